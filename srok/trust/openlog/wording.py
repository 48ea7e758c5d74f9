"""Sentences of the public log, by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from srok.trust.openlog.wording_checking import SENTENCES as SENTENCES_OF_CHECKING
from srok.trust.openlog.wording_receipts import SENTENCES as SENTENCES_OF_RECEIPTS

SENTENCES: dict[str, Promise] = {
    "openlog.bad_proof": _("The proof does not hold ({part})."),
    "openlog.bad_tile": _("This is not the name of a tile of the log: {tile}."),
    "openlog.torn_tile": _("A tile or bundle of the log is missing, cut or has something behind it."),
    "openlog.tile_differs": _("A tile of the log is not what its entries give."),
    "openlog.root_differs": _("The entries do not give the root that was signed."),
    "openlog.entry_too_long": _("An entry of the log may have 8,192 bytes; this one has {bytes}."),
    "openlog.bad_entry": _("This cannot stand in the public log: {part} is not as it must be."),
    "openlog.bad_note": _("The signed note is not well formed ({part})."),
    "openlog.bad_checkpoint": _("The checkpoint is not well formed ({part})."),
    "openlog.bad_key": _("This is no key for checking the log: {name}."),
    "openlog.bad_signature": _("A signature of {name} does not match."),
    "openlog.not_signed": _("No known key has signed this."),
    "openlog.key_lost": _(
        "The key of the log {log} is not here, and it has signed before. No new key is made: restore the key."
    ),
    "openlog.smaller_tree": _(
        "The log {log} has signed {signed} entries, and here are only {size}. An older copy was restored: nothing is "
        "signed."
    ),
    "openlog.other_tree": _("The log {log} has signed another history than the one here. Nothing is signed."),
    "openlog.other_log": _("This folder holds another log, or one signed by another key."),
    "openlog.busy": _("Somebody else is publishing the log just now."),
    "openlog.disk_full": _("There is no room left for the log. Nothing was published."),
    "openlog.damaged": _("Entries of the log {log} are missing in the database. Nothing is published."),
    "openlog.unknown_log": _("There is no log {log}. There are: register, election."),
    "openlog.synthetic_only": _("Made-up entries can be added in a trial only, never to a log of production."),
    "openlog.no_log": _("There is no published log in this folder."),
    "openlog.unreadable_file": _("The file {name} is missing or cannot be read."),
    **SENTENCES_OF_RECEIPTS,
    **SENTENCES_OF_CHECKING,
}
