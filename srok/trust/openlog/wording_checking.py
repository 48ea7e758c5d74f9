"""Sentences of the comparison of tables and log, by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "openlog.row_without_leaf": _("A row stands in the tables, and no entry of the log brought it."),
    "openlog.row_differs": _("A row says something else than its newest entry in the log."),
    "openlog.row_twice": _("A row stands twice in the tables."),
    "openlog.leaf_without_row": _("An entry of the log has no row in the tables: the row was deleted."),
    "openlog.wrong_opening": _("An opening does not fit the commitment of its entry."),
    "openlog.entry_differs": _("An entry of the log is not the one that was stored with its act."),
    "openlog.leaf_lost": _("A stored entry neither stands in the log nor waits for it."),
    "openlog.fact_without_leaf": _("An act on a covered table was recorded without an entry for the log."),
    "openlog.entry_without_leaf": _("An entry of the log names an act that stored none."),
}
