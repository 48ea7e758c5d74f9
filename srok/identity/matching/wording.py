"""The matching's sentences: why a candidate stands where it stands. `one_in` counts people on the list."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "matching.nothing_asked": _("There is no name to search for."),
    "matching.unknown_report": _("There is no such search report."),
    "matching.unreadable": _("What is asked cannot be read: {what}."),
    # The fields, as labels.
    "matching.field_given": _("Given name"),
    "matching.field_family": _("Family name"),
    "matching.field_order": _("Reading of the name"),
    "matching.field_birth": _("Date of birth"),
    "matching.field_sex": _("Sex"),
    "matching.field_birthplace": _("Place of birth"),
    "matching.field_father_given": _("Father's given name"),
    "matching.field_father_family": _("Father's family name"),
    "matching.field_mother_given": _("Mother's given name"),
    "matching.field_mother_family": _("Mother's family name"),
    "matching.field_gap": _("Difference in age"),
    "matching.field_kin": _("Family"),
    "matching.field_alive": _("State"),
    # Names, closest first.
    "matching.name_khmer": _("The same in Khmer letters. One person in {one_in} agrees so closely."),
    "matching.name_latin": _("The same in Latin letters. One person in {one_in} agrees at least so closely."),
    "matching.name_sound": _("Spelled otherwise, sounds the same. One person in {one_in} agrees at least so closely."),
    "matching.name_near": _("A letter or two differ. One person in {one_in} agrees at least so closely."),
    "matching.name_consonants": _("The consonants agree. One person in {one_in} agrees at least so closely."),
    "matching.name_far": _("Somewhat alike. One person in {one_in} agrees at least so closely."),
    "matching.name_else": _("Another name."),
    "matching.name_patronymic": _(
        "The family name is the father's given name: an old custom, no contradiction. "
        "One person in {one_in} agrees so closely."
    ),
    "matching.name_fathers": _("The family name is the father's: no contradiction, and no proof."),
    "matching.order_swapped": _("Read with family name and given name exchanged, as many foreign papers have it."),
    "matching.order_part": _("Read with a part of the name left out."),
    # Birth dates.
    "matching.birth_exact": _("The same date. One person in {one_in} has it."),
    "matching.birth_swapped": _("Day and month are exchanged."),
    "matching.birth_day_month": _("The same day and month of another year. One person in {one_in} has them."),
    "matching.birth_placeholder": _(
        "The same year; one of the two days is a borrowed one, or not known. One person in {one_in} agrees so closely."
    ),
    "matching.birth_year_part": _(
        "The same year, and the same month or day. One person in {one_in} agrees so closely."
    ),
    "matching.birth_year": _("The same year. One person in {one_in} was born in it."),
    "matching.birth_near_1": _("One year apart."),
    "matching.birth_near_3": _("Two or three years apart."),
    "matching.birth_near_8": _("Four to eight years apart."),
    "matching.birth_else": _("More than eight years apart."),
    # Places, sexes, ages.
    "matching.place_commune": _("The same commune. One person in {one_in} was born there."),
    "matching.place_district": _("The same district. One person in {one_in} was born there."),
    "matching.place_province": _("The same province or country. One person in {one_in} was born there."),
    "matching.place_else": _("Another province or country."),
    "matching.sex_same": _("The same."),
    "matching.sex_else": _("Not the same."),
    "matching.gap_plausible": _("The ages fit."),
    "matching.gap_else": _("The ages do not fit."),
    # Remarks.
    "matching.kin_sibling": _(
        "The parents agree and the given name does not: this looks like a brother or sister, not the applicant."
    ),
    "matching.kin_twin": _(
        "Parents and birth date agree and the given name does not: this looks like a twin, not the applicant."
    ),
    "matching.alive_no": _("The list says that this person has died."),
    # What to make of a candidate.
    "matching.hint_likely": _("Likely"),
    "matching.hint_review": _("To be looked at"),
    "matching.hint_unlikely": _("Unlikely"),
    "matching.not_found_is_not_unlisted": _("Not found does not mean not listed."),
}
