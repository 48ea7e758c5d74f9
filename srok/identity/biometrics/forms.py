"""Forms of the biometrics."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TryForm(forms.Form):
    """A photo to be checked; nothing is kept, so it is no command."""

    portrait = forms.FileField(label=_("Portrait"), help_text=_("JPEG or PNG, at least 480 by 600 pixels."))
