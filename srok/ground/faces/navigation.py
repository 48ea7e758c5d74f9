"""Which pages the frame offers to whom: a convenience only, what someone may do is checked by each page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Item:
    """A link of the navigation."""

    url: str
    words: str
    current: bool


PUBLIC: tuple[tuple[str, Promise], ...] = (
    ("web:home", _("Home")),
    ("web:about", _("What this is")),
    ("cases:track", _("Track an application")),
    ("verification:check", _("Check a card")),
    ("missions:appointments", _("Appointments")),
    ("openlog:home", _("Public log")),
)
# In the order of a case's way; an officer with two roles of one desk sees it once.
DESKS: tuple[tuple[str, Promise, frozenset[str]], ...] = (
    ("cases:queue", _("Consular desk"), frozenset({"consular_officer", "examiner"})),
    ("cases:queue", _("Interior desk"), frozenset({"identification_officer", "approver"})),
    ("cards:desk", _("Card desk"), frozenset({"card_officer", "order_signer"})),
    ("roll:desk", _("Commune desk"), frozenset({"commune_clerk"})),
    ("missions:days", _("Days and the line"), frozenset({"consular_officer", "mission_head"})),
    ("missions:kits", _("Missions"), frozenset({"mission_head"})),
    ("parcels:desk", _("From the kits"), frozenset({"mission_head", "examiner"})),
    ("verification:ask", _("Answers"), frozenset({"border_officer", "land_officer", "roll_officer"})),
)
# A mission's laptop: today's mission, the line of people, the counter, the sealed parcels.
KIT: tuple[tuple[str, Promise], ...] = (
    ("web:home", _("Home")),
    ("missions:today", _("Who is here")),
    ("cases:captures", _("Applications")),
    ("cards:bag", _("Cards to hand over")),
    ("parcels:kit", _("Send")),
)


def items(request: HttpRequest | None) -> list[Item]:
    """The links for this reader, without those whose room is not installed; none on a page drawn without request."""
    if request is None:
        return []
    user = getattr(request, "user", None)
    roles = frozenset(getattr(user, "roles", ()) or ())
    if settings.SROK_KIT:
        signed_in = user is not None and user.is_authenticated
        return list(_present(KIT if signed_in else KIT[:1], request.path))
    if user is None or not user.is_authenticated:
        return list(_present(PUBLIC, request.path))
    desks = tuple((name, words) for name, words, needed in DESKS if roles & needed)
    return list(_present((PUBLIC[0], *desks, PUBLIC[3]), request.path))


def _present(entries: tuple[tuple[str, Promise], ...], path: str) -> Iterator[Item]:
    for name, words in entries:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        yield Item(url, str(words), path == url or (len(url) > 1 and path.startswith(url)))
