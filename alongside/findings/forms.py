"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 1000


class WordsForm(forms.Form):
    """A comment in the reviewer's words."""

    words = forms.CharField(
        label=_("The same in your own words"), max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        help_text=_("Say what the person means. Leave out names, places, days, and ways of speaking that "
                    "tell who wrote it."),
        error_messages={
            "required": _("Write it in your own words, or keep it to yourself with the other button.")},
    )
