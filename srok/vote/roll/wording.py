"""The roll's sentences: why a person cannot be entered now, and what to do."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "roll.not_in_person": _(
        "Registration on the voter list is possible in person only, at the desk of the commune. A request by post, "
        "on line or through a consulate cannot be accepted. Come to the commune hall with the card while "
        "registration is open."
    ),
    "roll.window_closed": _(
        "Registration was announced for {from_} to {until}, both days included; outside these days nobody can be "
        "entered. Next opening: {next}. Come to this desk in person with the card then."
    ),
    "roll.window_not_announced": _(
        "The National Election Committee has not announced a registration window for {year}, so nobody can be "
        "entered now. Next opening: {next}. Keep the card, and ask again when the window is announced."
    ),
    "roll.not_announced": _("not announced yet"),
    "roll.under_age": _(
        "The person is not of voting age on the reference day of this list: it takes in people born on or before "
        "{born_by}. Come back in a later year's window; nothing needs to be done before."
    ),
    "roll.card_not_valid": _(
        "This card cannot be used for registration: {state}. Whoever needs a new card applies for it; the person "
        "can be entered as soon as the new card has been handed over and the window is open."
    ),
    "roll.not_citizen": _(
        "The answer book does not show the holder as a Khmer national today, so no entry is possible. Whoever thinks "
        "this is wrong asks the Ministry of Interior to correct it, then comes back while registration is open."
    ),
    "roll.card_not_active": _("it has not been handed over to its holder yet"),
    "roll.card_pending": _("its hand-over has not been confirmed yet"),
    "roll.card_suspended": _("it is suspended"),
    "roll.card_revoked": _("it has been ended"),
    "roll.card_expired": _("it has expired"),
    "roll.card_unknown": _("it is not known as a card in force"),
    "roll.already_listed": _(
        "This person is on a voter list already, since {on}. Each person has one place on one list; nothing more "
        "needs to be done."
    ),
    "roll.other_commune_desk": _(
        "A clerk can enter people only in the clerk's own commune. The person must go to the desk of the commune "
        "{commune}."
    ),
    "roll.unreadable_card": _(
        "The QR of the card could not be read as a genuine card. Clean the card, scan the whole QR again in good "
        "light, or ask the card's office. Nothing was entered."
    ),
    "roll.unreadable_picture": _(
        "No QR was found in the picture. Photograph the QR alone, straight from above, in good light, or paste the "
        "text from the scanner."
    ),
    "roll.unknown_row": _("There is no such entry on the list of your commune."),
    "roll.wrong_state": _("This cannot be done to an entry in its present state."),
}
