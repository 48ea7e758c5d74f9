"""Forms of the accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Name and password of an officer."""

    username = forms.CharField(label=_("User name"), max_length=60)
    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)
