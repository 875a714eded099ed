"""Forms about boxes. What is typed of a key is read and forgotten."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.privacy.api import box

from ..models import Keeper
from .gathering import Gathering
from .words import keeper_label

AT_FIRST = {Keeper.PARTNER: 1, Keeper.DIRECTOR: 1, Keeper.BOARD: 1, Keeper.STAFF: 0, Keeper.OUTSIDE: 1}
# Nothing offers to remember or mend what is typed.
TYPED_WORDS = {"autocomplete": "off", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false",
               "dir": "ltr", "lang": "en"}


class BoxForm(forms.Form):
    """Who keeps keys, and how many must come together."""

    needed = forms.IntegerField(
        label=_("How many keys must come together"), min_value=box.FEWEST_KEYS, max_value=box.MOST_KEYS, initial=3,
        help_text=_("One fewer than there are, or less: then a lost key is no loss. More than half is a good start."))
    partner = forms.BooleanField(
        label=_("The key of the partner with lived experience is always one of them"), required=False,
        help_text=_("If you tick this, nobody can open comments without the partner. If this one key is lost, nobody "
                    "can at all: ask the partner to keep it on paper in two places."))
    sure = forms.BooleanField(
        label=_("We know: when too many keys are lost, nobody can ever open the comments"), required=True,
        error_messages={"required": _("Tick this first. There is no way around it, not even for us.")})

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        counts = {f"keys_{keeper}": _count_field(keeper) for keeper in Keeper}
        self.fields = {**counts, **self.fields}

    @property
    def counts(self) -> list:
        """The fields of how many keys each kind of keeper gets."""
        return [self[f"keys_{keeper}"] for keeper in Keeper]

    @property
    def keepers(self) -> list[str]:
        """One entry a key. Call it on a form whose fields are valid."""
        return [str(keeper) for keeper in Keeper for _one in range(self.cleaned_data[f"keys_{keeper}"] or 0)]

    def clean(self) -> dict:
        """A box that is possible, with one partner's key where that is always needed."""
        cleaned = super().clean()
        if any(name in self.errors for name in (*(f"keys_{keeper}" for keeper in Keeper), "needed")):
            return cleaned
        partner = cleaned["partner"]
        if partner and cleaned[f"keys_{Keeper.PARTNER}"] != 1:
            self.add_error("partner", _("For this, give exactly one key to a partner with lived experience."))
        try:
            box.ensure_possible(len(self.keepers), cleaned["needed"], partner=partner)
        except box.BoxRefused as refused:
            self.add_error("needed", str(refused))
        return cleaned


def _count_field(keeper: Keeper) -> forms.IntegerField:
    return forms.IntegerField(
        label=keeper_label(keeper), min_value=0, max_value=box.MOST_KEYS, initial=AT_FIRST[keeper], required=False)


class CheckForm(forms.Form):
    """A few words of a key, typed from the paper. `places` count from 1."""

    def __init__(self, *args, places: Sequence[int], words: Sequence[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._right = {f"word_{place}": words[place - 1] for place in places}
        for place in places:
            self.fields[f"word_{place}"] = forms.CharField(
                label=_("Word %(place)d") % {"place": place}, required=False, max_length=40,
                widget=forms.TextInput(attrs=TYPED_WORDS))

    def clean(self) -> dict:
        """Each word must be the one on the paper; what was typed stays in its field."""
        cleaned = super().clean()
        for name, right in self._right.items():
            if name in cleaned and box.tidy(cleaned[name]) != [right]:
                self.add_error(name, _("The key has another word here. Look at the paper, or at the words again."))
        return cleaned


class KeyForm(forms.Form):
    """The words of one key."""

    words = forms.CharField(
        label=_("The 33 words"), required=False, strip=True,
        widget=forms.Textarea(attrs=TYPED_WORDS | {"rows": 6}),
        help_text=_("In their order. Capitals, numbers and line breaks do not matter."))

    def add_to(self, so_far: Gathering) -> Gathering:
        """The gathering with the typed key; as it was, with an error on the field, where that is no key for it."""
        try:
            return so_far.with_key(self.data.get("words", ""))
        except box.BoxRefused as refused:
            self.add_error("words", str(refused))
            return so_far
