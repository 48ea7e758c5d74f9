"""The cases' sentences about the folder that a consulate sends."""

from django.utils.translation import gettext_lazy as _

INTAKE = {
    "cases.no_folder": _("The folder {name} cannot be opened."),
    "cases.no_applications_file": _("The folder holds no file named {name}."),
    "cases.not_utf8": _("{name} is not UTF-8 text. Save it from the spreadsheet as “CSV UTF-8”."),
    "cases.no_rows": _("{name} holds no applications."),
    "cases.too_many_rows": _("The file has more than {most} rows. Split it."),
    "cases.wrong_separator": _("The columns are not parted by commas. Save the file as CSV with commas."),
    "cases.missing_columns": _("Columns are missing: {columns}. Use the template."),
    "cases.extra_columns": _("These columns are not known: {columns}. Use the template."),
    "cases.repeated_columns": _("These columns stand there twice: {columns}."),
    "cases.row_cut": _(
        "The row is cut off, or a quotation mark is not closed. Nothing of it was taken; save the file again."
    ),
    "cases.row_too_long": _(
        "The row has more cells than there are columns. Put quotation marks around text with commas."
    ),
    "cases.no_row_end": _(
        "The file ends in the middle of a line: it may have been cut off. Save it again; this row was not taken."
    ),
    "cases.required": _("This must be given."),
    "cases.required_for_channel": _("This must be given when messages are to go by {channel}."),
    "cases.too_long": _("This is longer than {most} characters."),
    "cases.control_character": _("This holds an invisible control character. Type it again."),
    "cases.unknown_choice": _("“{given}” is not one of: {allowed}."),
    "cases.full_date_needed": _("The full date is needed here."),
    "cases.not_a_code": _("A code consists of digits only."),
    "cases.no_such_place": _(
        "No place of this name is known. Write the name of the village or commune, a comma, and the district."
    ),
    "cases.several_places": _("Several places have this name. Write the code of the right one: {places}"),
    "cases.unknown_place": _("The gazetteer knows no place {given}."),
    "cases.unknown_post": _("There is no post {post}."),
    "cases.address_too_coarse": _("An address needs at least the commune (six digits)."),
    "cases.bad_email": _("This is not an e-mail address."),
    "cases.bad_phone": _("This is not a telephone number."),
    "cases.khmer_repeated_mark": _("The same sign stands twice on one letter. Type the name again."),
    "cases.khmer_order_mended": _("The Khmer signs were typed out of order; the right order was stored."),
    "cases.leading_zero_restored": _("The code had lost the zero at its front; it was put back."),
    "cases.born_after_lodging": _("The birth date lies after the day of application."),
    "cases.born_too_long_ago": _("The birth date lies more than 120 years back."),
    "cases.unknown_paper": _("“{given}” is not a kind of paper of the list."),
    "cases.unknown_seen": _("“{given}” does not say how the paper was seen: {allowed}."),
    "cases.paper_without_file": _("The paper {kind} has no file. Only attested papers may come without one."),
    "cases.reference_repeated": _("This reference stands in row {first} already. The first row counts."),
    "cases.not_a_plain_name": _("{name} is not a plain file name of this folder."),
    "cases.file_missing": _("The file {name} is not in the folder."),
    "cases.not_a_file": _("{name} is not an ordinary file."),
    "cases.file_too_large": _("{name} is larger than {megabytes} megabytes."),
}
