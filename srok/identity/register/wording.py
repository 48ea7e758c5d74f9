"""The register's sentences."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "register.file_missing": _("The file {name} cannot be opened."),
    "register.file_empty": _("The file {name} is empty: it has not even a row of column names."),
    "register.file_not_utf8": _("The file {name} is not UTF-8 text. Save it again as CSV in UTF-8."),
    "register.file_broken": _("The file {name} is not a CSV file, or breaks off in the middle."),
    "register.cannot_write": _("The file {name} cannot be written."),
    "register.columns_missing": _("Columns are missing: {columns}."),
    "register.columns_unknown": _("Columns are not known here: {columns}."),
    "register.columns_twice": _("A column stands twice in the first row."),
    "register.too_many_changes": _(
        "This file would change {changed} of {existing} people on the list, more than 0.5 %. Nothing was changed. "
        "Look at the file; if it is right, allow it expressly."
    ),
    "register.not_your_list": _(
        "The resident list belongs to the identification department of Interior: {office} cannot import it."
    ),
    "register.disturbed": _("Another import disturbed this one. Nothing was changed; run it again."),
    "register.row_shape": _("The row has too few or too many cells."),
    "register.bad_register_no": _("A register number has exactly 10 digits."),
    "register.own_parent": _("A person cannot be their own parent."),
    "register.reserved_number": _(
        "Numbers that begin with 99 are reserved for synthetic people, and only for rows that say so."
    ),
    "register.repeated_number": _("This register number stands in an earlier row already."),
    "register.repeated_card": _("This card stands in an earlier row already."),
    "register.not_khmer": _("This is not a name in Khmer letters."),
    "register.not_latin": _("This is not a name in Latin letters."),
    "register.name_missing": _("There is no name in either script."),
    "register.name_half": _("Family name and given name are both needed in a script, or neither."),
    "register.bad_sex": _("The sex is written F, M or X."),
    "register.birth_missing": _("The birth date is missing. A year alone is enough."),
    "register.bad_date": _("This is not a date that exists."),
    "register.in_the_future": _("This date has not come yet."),
    "register.birth_too_early": _("Nobody born so early is alive. Check the year."),
    "register.died_before_birth": _("The date of death lies before the birth."),
    "register.unknown_place": _("There is no place or country with this code."),
    "register.too_long": _("This is too long."),
    "register.control_character": _("This holds an invisible control character. Type it again."),
    "register.card_incomplete": _("A card needs its number, generation, day of issue and last day."),
    "register.bad_card_number": _("A card number has exactly 9 digits."),
    "register.card_dates_reversed": _("The card's last day lies before its day of issue."),
    "register.unknown_person": _("This person is not on the list."),
    "register.already_admitted": _("The case {case} has admitted a person already."),
    "register.not_alive": _("The list says that this person has died."),
}
