"""The accounts' sentences."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "accounts.foreign_role": _("The office {office} cannot give the role {role}: it belongs to another ministry."),
    "accounts.unknown_role": _("There is no role {role}."),
    "accounts.unknown_office": _("There is no office {office}."),
    "accounts.unknown_officer": _("No officer signs in as {username}."),
    "accounts.already_appointed": _("An officer named {username} is appointed already."),
    "accounts.wrong_password": _("The name or the password is not right. Check both and try again."),
    "accounts.locked_out": _("Too many wrong tries. Wait fifteen minutes, then try again."),
}
