"""Forms of this room. They turn what was typed into facts and save nothing."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Organization
from .rules import LEAST_FOR_COMMENTS, LEAST_FOR_SCORES, MOST
from .words import OWN, key_of, suggested


def _languages() -> list[tuple[str, str]]:
    """The languages people can be asked in: those of the screens, without the one for looking at pages."""
    return [(code, name) for code, name in settings.LANGUAGES if "-x" not in code]


def _word_choices() -> list[tuple[str, str]]:
    """Each suggestion with its Spanish counterpart beside it, then the organization's own word."""
    return [
        *((key, f"{word['en']['survivor']} · {word['es']['survivor']}") for key, word in suggested().items()),
        (OWN, _("Our own word")),
    ]


class OrganizationForm(forms.Form):
    """What the organization is called, its word for "survivor" and its languages."""

    name = forms.CharField(
        max_length=200, label=gettext_lazy("Name of your organization"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}))
    word = forms.ChoiceField(
        choices=_word_choices, widget=forms.RadioSelect, initial="survivor",
        label=gettext_lazy("Which word do you use for a survivor of trafficking?"),
        help_text=gettext_lazy("It stands on every page, in English and Spanish. You can change it later."))
    own_one = forms.CharField(
        max_length=60, required=False, label=gettext_lazy("Your own word, for one person"),
        help_text=gettext_lazy("Only if you chose “Our own word”."))
    own_many = forms.CharField(
        max_length=60, required=False, label=gettext_lazy("Your own word, for several people"))
    es_one = forms.CharField(
        max_length=60, required=False, label=gettext_lazy("The Spanish word, for one person"),
        help_text=gettext_lazy("Leave it empty to use the Spanish word that stands beside your choice."))
    es_many = forms.CharField(
        max_length=60, required=False, label=gettext_lazy("The Spanish word, for several people"))
    languages = forms.MultipleChoiceField(
        choices=_languages, widget=forms.CheckboxSelectMultiple, initial=["en", "es"],
        label=gettext_lazy("In which languages do you ask people?"),
        error_messages={"required": gettext_lazy("Choose at least one language.")})

    @classmethod
    def filled(cls, organization: Organization) -> "OrganizationForm":
        """The form as the organization stands."""
        key, words = key_of(organization.words), organization.words
        own = words.get("en", {}) if key == OWN else {}
        spanish = words.get("es", {})
        if key != OWN and spanish == suggested()[key]["es"]:
            spanish = {}  # it follows the choice, also when the choice changes
        return cls(initial={
            "name": organization.name, "word": key, "languages": organization.languages,
            "own_one": own.get("survivor", ""), "own_many": own.get("survivors", ""),
            "es_one": spanish.get("survivor", ""), "es_many": spanish.get("survivors", ""),
        })

    def clean(self) -> dict:
        """Our own word needs both forms, and Spanish of its own where people are asked in Spanish."""
        found = super().clean() or {}
        if found.get("word") == OWN:
            self._need("own_one", _("Write the word as you say it of one person."))
            self._need("own_many", _("Write the word as you say it of several people."))
        spanish = [found.get("es_one"), found.get("es_many")]
        own_in_spanish = found.get("word") == OWN and "es" in found.get("languages", [])
        if own_in_spanish or any(spanish):
            self._need("es_one", _("Write the Spanish word for one person."))
            self._need("es_many", _("Write the Spanish word for several people."))
        return found

    def facts(self) -> dict:
        """`name`, `words` and `languages`, as `found_organization` and `change_organization` take them."""
        found = self.cleaned_data
        words = dict(suggested().get(found["word"]) or suggested()["survivor"])
        if found["word"] == OWN:
            words["en"] = {"survivor": found["own_one"], "survivors": found["own_many"]}
        if found["es_one"]:
            words["es"] = {"survivor": found["es_one"], "survivors": found["es_many"]}
        return {"name": found["name"], "words": words, "languages": found["languages"]}

    def _need(self, field: str, sentence: str) -> None:
        if not self.cleaned_data.get(field):
            self.add_error(field, sentence)


class ContactForm(forms.Form):
    """Somebody who supports people in distress."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    reach = forms.CharField(
        max_length=200, label=gettext_lazy("How to reach them"),
        help_text=gettext_lazy("A phone number, a room, or both."))
    languages = forms.CharField(max_length=120, required=False, label=gettext_lazy("Languages"))
    hours = forms.CharField(max_length=120, required=False, label=gettext_lazy("Hours"))
    may_be_told = forms.CharField(
        max_length=300, required=False, label=gettext_lazy("Who may be told what they hear"),
        help_text=gettext_lazy("For example: nobody, unless a child is in danger."))
    last_checked = forms.DateField(
        required=False, label=gettext_lazy("Last checked"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The day somebody last called to see that they answer."))

    def clean_last_checked(self):
        """A day that has come."""
        day = self.cleaned_data["last_checked"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def facts(self) -> dict:
        """As `add_contact` and `change_contact` take them."""
        return dict(self.cleaned_data)


class UnitForm(forms.Form):
    """A unit's name."""

    name = forms.CharField(
        max_length=100, label=gettext_lazy("Name of the unit"),
        help_text=gettext_lazy("A house, an office or a program."))


class ThresholdsForm(forms.Form):
    """From how many people on figures and comments are shown. Up only."""

    k_scores = forms.IntegerField(
        max_value=MOST, label=gettext_lazy("People needed before figures are shown"))
    k_comments = forms.IntegerField(
        max_value=MOST, label=gettext_lazy("People needed before comments are shown"))

    def __init__(self, *args, organization: Organization, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field, least in (("k_scores", LEAST_FOR_SCORES), ("k_comments", LEAST_FOR_COMMENTS)):
            now = max(getattr(organization, field), least)
            self.fields[field].min_value = now
            self.fields[field].initial = now
            self.fields[field].validators.append(_at_least(now))
            self.fields[field].widget.attrs["min"] = now


def _at_least(now: int):
    def check(value: int) -> None:
        if value < now:
            raise forms.ValidationError(
                _("This number can be raised, never lowered. It is %(now)d now.") % {"now": now})

    return check
