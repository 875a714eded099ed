"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 1000


class ExportForm(forms.Form):
    """For whom figures leave the organization, and what for."""

    whom = forms.CharField(
        label=_("For whom is it?"), max_length=200,
        help_text=_("For example: the county's program officer, our board, the coalition."),
        error_messages={"required": _("Say who will get the figures.")})
    why = forms.CharField(
        label=_("What for?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person who looks at it reads this. It is kept sealed, and deleted after ninety days."),
        error_messages={"required": _("Say in a sentence what for, so that the second person can decide.")})


class RefusalForm(forms.Form):
    """Why figures stay here."""

    reason = forms.CharField(
        label=_("Why not?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever asked reads this."),
        error_messages={"required": _("Say in a sentence why, so that the person knows what to change.")})


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
