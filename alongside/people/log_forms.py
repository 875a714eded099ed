"""Forms beside the log of acts: a head that somebody kept, and where heads are sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.audit.api import Head, NotAHead, parse_head


class HeadForm(forms.Form):
    """A head as it was written down."""

    head = forms.CharField(
        max_length=60, label=_("The number that was kept"),
        help_text=_("Such as 1234:ab12-cd34-ef56-7890. Spaces and hyphens don't matter."),
        error_messages={"required": _("Write the number that was kept.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))

    def clean_head(self) -> Head:
        """The head that was typed."""
        try:
            return parse_head(self.cleaned_data["head"])
        except NotAHead:
            raise forms.ValidationError(_(
                "This is no number of a log. It has digits, a colon, and 16 letters a to f and digits, such as "
                "1234:ab12-cd34-ef56-7890. Look for a letter that was read as another.")) from None


class HeadAddressForm(forms.Form):
    """Where the head of the week is sent."""

    address = forms.EmailField(
        max_length=254, label=_("E-mail address of somebody outside"),
        help_text=_("Somebody who has nothing to do with this server, such as a board member or a lawyer. The message "
                    "names neither your organization nor the topic."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}))
