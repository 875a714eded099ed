"""Forms of this room: putting a legal hold, and typing a name before a cycle is removed."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.organizations.api import HoldKind

EVERYTHING = "everything"


class HoldForm(forms.Form):
    """`cycles`: (id, name) of the cycles that a hold can cover."""

    kind = forms.ChoiceField(
        label=_("Why nothing may be deleted"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")})
    covers = forms.ChoiceField(
        label=_("What it covers"), widget=forms.RadioSelect,
        help_text=_("As little as the order allows: people were promised that their answers are deleted."),
        error_messages={"required": _("Choose what must be kept.")})
    ordered_by = forms.CharField(
        label=_("Who ordered it, or who advised it"), max_length=200,
        help_text=_("A court, an authority, a lawyer. Kept sealed; the two roles that may set a hold read it."),
        error_messages={"required": _("Write down who it was.")})
    about = forms.CharField(
        label=_("What it is about"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A file number is enough. Please no names of people who answered or who are served."))

    def __init__(self, *args, cycles, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, gettext(kind.label)) for kind in HoldKind]
        self.fields["covers"].choices = [
            *((str(pk), name) for pk, name in cycles),
            (EVERYTHING, gettext("everything: all cycles, and the log of acts")),
        ]


class RemoveCycleForm(forms.Form):
    """The name of the cycle, typed, so that nobody removes the wrong one."""

    name = forms.CharField(
        label=_("Type the name of the cycle"), max_length=100,
        error_messages={"required": _("Type its name as it stands above. Nothing was removed.")})

    def __init__(self, *args, wanted: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._wanted = wanted

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if name.strip().casefold() != self._wanted.strip().casefold():
            raise forms.ValidationError(gettext("This is not its name. Nothing was removed."))
        return name
