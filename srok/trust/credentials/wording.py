"""Sentences of the credentials, by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "credentials.unreadable": _(
        "This text is not the QR of a Khmer identity card, or a part of it is missing or changed."
    ),
    "credentials.unknown_kid": _("This QR was signed with a key that Srok has never published. It is not genuine."),
    "credentials.bad_signature": _(
        "The signature does not match. What this QR says was changed, or it is not genuine."
    ),
    "credentials.bad_claims": _("A fact of this card cannot be written into its QR."),
    "credentials.portrait_not_webp": _("The small portrait for the QR must be a WebP picture."),
    "credentials.portrait_too_large": _("The small portrait for the QR may have 500 bytes; this one has {bytes}."),
    "credentials.too_long": _("The name alone does not fit into the QR of the card."),
    "credentials.one_ministry": _("An order needs one signature of Foreign Affairs and one of Interior."),
    "credentials.same_actor": _("The two signatures on an order must be those of two officers."),
    "credentials.approver_signed": _("Who approved the case cannot sign the order of its card."),
    "credentials.unknown_office_key": _("The card signer does not trust the key {kid}."),
    "credentials.order_signature": _("The signature of the ministry {ministry} is not one over this order."),
    "credentials.order_unreadable": _("The order is not in its canonical form."),
    "credentials.order_changed": _("What the card would sign is not what was ordered."),
    "credentials.order_number": _("The order is for another card number."),
    "credentials.other_ministry": _("You can sign only with the key of your own ministry."),
    "credentials.not_a_signer": _("Only an officer with the duty of signing orders can do this."),
    "credentials.no_key": _("There is no key {kid} for this purpose here."),
    "credentials.unopenable": _(
        "What was sealed cannot be opened with the key {kid}: it was changed, or it is not whole."
    ),
    "credentials.key_exists": _("The key {kid} exists already. A key is never overwritten."),
    "credentials.key_open": _("The file of the key {kid} can be read by others. It is not used until that is mended."),
}
