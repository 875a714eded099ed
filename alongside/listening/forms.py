"""Forms turn what was typed into facts; they save nothing."""

from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import codes, rules, words
from .models import Cycle, Entry, Voice
from .rules import Ask, Plan

WEEKS_OPEN, WEEKS_TO_REPLY = 3, 6
MOST_PEOPLE = 100_000
FORMS = [("full", _("All questions")), ("short", _("The short form: two practices in each area"))]
ENTRIES = [(Entry.CODES, _("Slips with codes")), (Entry.LINK, _("One open link"))]
REPEATS = [("", _("Only once")), ("6", _("Every 6 months")), ("12", _("Every 12 months"))]
PAPERS = [("letter", _("Letter (8.5 × 11 in)")), ("a4", "A4")]
CLIENT_CODES = _(
    "Slips are the safer way for clients: each one works once, and no message has to be sent. An open "
    "link can be passed on, and somebody could answer many times."
)


def _date_field(label: str, hint: str) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=hint, widget=widget)


class PlanForm(forms.Form):
    """The plan of a cycle. `frameworks` and `units` are what can be chosen; `own_words` are the organization's."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("Staff see it; people who answer do not.")
    )
    framework_key = forms.ChoiceField(
        label=_("Framework"), help_text=_("The practices that people are asked about.")
    )
    form = forms.ChoiceField(label=_("How many questions"), choices=FORMS, widget=forms.RadioSelect)
    unit_ids = forms.MultipleChoiceField(
        label=_("Units"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Choose none to ask the whole organization together. Choose units to ask each on its own; "
            "where fewer people answer than a number needs, units are put together again."
        ),
    )
    voices = forms.MultipleChoiceField(
        label=_("Voices"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The gaps between the three voices are the finding. A voice that you leave out stays a hole in "
            "the profile, and is shown as one; nothing stands in for it."
        ),
    )
    opens_on = _date_field(
        _("Opens on"), _("From this day you open the rounds, by hand, when you are ready.")
    )
    closes_on = _date_field(
        _("Closes on"), _("The last day for answers. It is promised to people, and then fixed.")
    )
    reply_due = _date_field(
        _("Reply promised by"), _("The day until which everyone who was asked hears back.")
    )
    every_months = forms.ChoiceField(
        label=_("Ask again"), choices=REPEATS, required=False,
        help_text=_("When the time has come, a new cycle is proposed to you. Nothing opens by itself."))

    other_people = forms.BooleanField(
        label=_("Other people are asked each time"), required=False,
        help_text=_(
            "As when people leave a program. If too few of a voice answer for a number, their answers wait up to 12 "
            "months, and are told once, together with those of other people. It is promised to them before they "
            "answer. Leave this empty if the same people may be asked again: one person would count as several."))

    together = forms.BooleanField(
        label=_("Tell what staff and partners say together, as of one group"), required=False,
        help_text=_(
            "For organizations with so few partners that their answers could never be shown. They are heard then, but "
            "nobody sees where they and staff differ. It is promised to both before they answer, and stays so in "
            "all later cycles."))

    def __init__(self, *args, frameworks, units, own_words, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.own_words = own_words
        language = get_language() or "en"
        self.fields["framework_key"].choices = [
            (one.key, f"{one.title.in_(language)} ({one.key})") for one in frameworks
        ]
        self.fields["unit_ids"].choices = [(str(unit.pk), unit.name) for unit in units]
        self.fields["voices"].choices = [(voice, words.voice_label(voice)) for voice in Voice.values]
        if not units:
            del self.fields["unit_ids"]
        for voice in Voice.values:
            self._add_voice(voice)

    def _add_voice(self, voice: str) -> None:
        self.fields[f"people_{voice}"] = forms.IntegerField(
            label=_("About how many people are asked"),
            min_value=0,
            max_value=MOST_PEOPLE,
            required=False,
            help_text=_(
                "In each unit, if you chose units. You can change it for each round before it opens."
            ),
        )
        self.fields[f"entry_{voice}"] = forms.ChoiceField(
            label=_("How they get in"), choices=ENTRIES, required=False, widget=forms.RadioSelect,
            help_text=CLIENT_CODES if voice == Voice.CLIENTS else "")

    @property
    def voice_rows(self) -> list[dict]:
        """What is asked for each voice, for the template."""
        return [
            {"voice": voice, "label": words.voice_label(voice), "hint": words.voice_hint(voice, self.own_words),
             "people": self[f"people_{voice}"], "entry": self[f"entry_{voice}"]}
            for voice in Voice.values
        ]

    def clean(self) -> dict:
        """Every problem of the plan goes to its field."""
        cleaned = super().clean()
        needed = ("name", "framework_key", "form", "opens_on", "closes_on", "reply_due")
        if all(name in cleaned for name in needed):
            for name, message in rules.problems_of(self.plan()):
                self.add_error(name, message)
        return cleaned

    def plan(self) -> Plan:
        """The facts that were typed. Call it on a form whose fields are valid."""
        typed = self.cleaned_data
        return Plan(
            name=typed["name"].strip(), framework_key=typed["framework_key"], form=typed["form"],
            opens_on=typed["opens_on"], closes_on=typed["closes_on"], reply_due=typed["reply_due"],
            asks=tuple(self._ask(voice) for voice in Voice.values if voice in typed.get("voices", ())),
            unit_ids=tuple(UUID(chosen) for chosen in typed.get("unit_ids", ())),
            every_months=int(typed["every_months"]) if typed.get("every_months") else None,
            other_people=typed.get("other_people", False), together=typed.get("together", False),
        )

    def _ask(self, voice: str) -> Ask:
        typed = self.cleaned_data
        return Ask(voice, typed.get(f"people_{voice}") or 0, typed.get(f"entry_{voice}") or Entry.CODES)


def first_plan(today: date) -> dict:
    """What a new plan starts with: today, three weeks to answer, six weeks to the reply, all voices, slips.
    """
    start = {
        "name": rules.suggested_name(today),
        "form": "full",
        "opens_on": today,
        "voices": Voice.values,
        "closes_on": today + timedelta(weeks=WEEKS_OPEN),
        "reply_due": today + timedelta(weeks=WEEKS_TO_REPLY),
    }
    return start | {f"entry_{voice}": Entry.CODES for voice in Voice.values}


def plan_again(cycle: Cycle, rounds: list) -> dict:
    """A planned cycle as the plan form shows it again."""
    start = {
        "name": cycle.name,
        "framework_key": cycle.framework_key,
        "form": cycle.form,
        "opens_on": cycle.opens_on,
        "closes_on": cycle.closes_on,
        "reply_due": cycle.reply_due,
        "every_months": str(cycle.every_months or ""),
        "other_people": cycle.other_people,
        "together": cycle.together,
        "voices": sorted({one.voice for one in rounds}),
        "unit_ids": [str(one.unit_id) for one in rounds if one.unit_id],
    }
    for one in rounds:
        start |= {f"people_{one.voice}": one.people, f"entry_{one.voice}": one.entry}
    return {f"entry_{voice}": Entry.CODES for voice in Voice.values} | start


class RoundForm(forms.Form):
    """About how many people a planned round asks, and how they get in."""

    people = forms.IntegerField(
        label=_("About how many people are asked"), min_value=0, max_value=MOST_PEOPLE
    )
    entry = forms.ChoiceField(label=_("How they get in"), choices=ENTRIES, widget=forms.RadioSelect)


class SlipsForm(forms.Form):
    """How many slips to make, and on which paper."""

    how_many = forms.IntegerField(
        label=_("How many slips"),
        min_value=1,
        max_value=codes.MOST_AT_ONCE,
        help_text=_(
            "A few more than people: some stay in the bowl, so nobody can count who took one. Eight fit on "
            "a sheet; at most 200 at a time, which takes a moment."
        ),
    )
    paper = forms.ChoiceField(label=_("Paper"), choices=PAPERS, initial="letter", widget=forms.RadioSelect)


class PosterForm(forms.Form):
    """On which paper a poster is printed."""

    paper = forms.ChoiceField(label=_("Paper"), choices=PAPERS, initial="letter", widget=forms.RadioSelect)


class FileForm(forms.Form):
    """A file of answers that were given elsewhere."""

    file = forms.FileField(label=_("CSV file"), help_text=_("At most 20 MB. One line for each person."),
                           widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))
