"""Drawing of form fields: the classes of the frame on Django's widgets, nothing about any form's meaning."""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Widget, "govuk-input"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a group: its drawn input, its label and the id that joins them."""

    tag: SafeString
    label: str
    id: str


def kind(field: BoundField) -> str:
    """How a field is drawn: `radios`, `checkboxes`, `checkbox` (one yes or no) or `single`."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "single"


def target(field: BoundField) -> str:
    """The id of the control, or of the first choice of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


def control(field: BoundField, width: str = "") -> SafeString:
    """The field's widget with class, error mark and, for inputs, a width in characters."""
    widget = field.field.widget
    if kind(field) == "checkbox":
        return field.as_widget(attrs={"class": "govuk-checkboxes__input", **_described(field)})
    name = next(found for type_, found in CLASSES if isinstance(widget, type_))
    classes = [name, *([f"{name}--error"] if field.errors else [])]
    if width and name == "govuk-input":
        classes.append(f"govuk-input--width-{width}")
    return field.as_widget(attrs={"class": " ".join(classes), **_described(field)})


def _described(field: BoundField) -> dict[str, str]:
    """`aria-describedby` of the hint and the error that the partial prints."""
    ids = [f"{field.auto_id}_{part}" for part, there in (("hint", field.help_text), ("error", field.errors)) if there]
    return {"aria-describedby": " ".join(ids)} if ids else {}


def options(field: BoundField) -> list[Option]:
    """The choices of a radio or checkbox group in their order."""
    group = "radios" if kind(field) == "radios" else "checkboxes"
    attrs = {"class": f"govuk-{group}__input", "id": field.auto_id}
    drawn = field.field.widget.subwidgets(field.html_name, field.value(), attrs=attrs)
    found = [BoundWidget(field.field.widget, widget, field.form.renderer) for widget in drawn]
    return [Option(one.tag(), str(one.choice_label), one.id_for_label) for one in found]
