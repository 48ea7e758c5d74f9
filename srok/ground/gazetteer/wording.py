"""The gazetteer's sentences: refusals, and why a row of a source was refused or a name mended."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "gazetteer.unknown_place": _("There is no place with the code {place}."),
    "gazetteer.not_a_commune": _("The code {place} is neither a commune nor a village."),
    "gazetteer.unknown_post": _("There is no post abroad with the code {place}."),
    "gazetteer.no_places": _("The source {name} holds no place that can be used. Nothing was changed."),
    "gazetteer.unreadable_file": _("The file {name} cannot be read as text in UTF-8."),
    "gazetteer.missing_columns": _("The file {name} has no column {columns}."),
    "gazetteer.bad_code": _("The code does not have 2, 4, 6 or 8 digits."),
    "gazetteer.no_name": _("The Khmer or the Latin name is missing."),
    "gazetteer.wrong_parent": _("The code does not start with the code of the place around it."),
    "gazetteer.unknown_parent": _("The place around it is not in the source."),
    "gazetteer.code_twice": _("The same code stands in more than one row, and nobody can say which is meant."),
    "gazetteer.name_twice": _("A place of the same name already stands in the same place under another code."),
    "gazetteer.unit_conflict": _("The list of cities and khans has another name at this code."),
    "gazetteer.invisible_mark": _("The name held invisible characters."),
    "gazetteer.double_space": _("The name held double spaces."),
    "gazetteer.sign_order": _("The signs of the name stood in the wrong order."),
    "gazetteer.sign_twice": _("A sign of the name was written twice."),
}
