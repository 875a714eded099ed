"""What staff type about addresses."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressesForm(forms.Form):
    """The box with the addresses of everyone asked; `rules.read_addresses` says what is wrong with a line."""

    addresses = forms.CharField(
        label=_("Addresses of everyone who is asked"), max_length=400_000, strip=False, required=False,
        help_text=_("One address on each line. Paste them from your own list. No names."),
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}))
