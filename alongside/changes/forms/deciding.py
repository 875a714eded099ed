"""What staff type about findings, decisions and actions. Forms turn input into facts and save nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import ActionState, Choice
from ..reads.outline import Outline
from ..rules import deciding as rules
from ..rules.refusals import ChangesRefused
from ..writes.deciding import Promise


class FindingForm(forms.Form):
    """One thing that this cycle showed, in the organization's own words."""

    domain_id = forms.ChoiceField(label=_("Which area is it about?"))
    practice_id = forms.ChoiceField(
        label=_("Which practice?"), required=False,
        help_text=_("Leave it open where it is about the whole area."))
    says = forms.CharField(
        label=_("What people said, in your own words"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two short sentences. No quotes, and nothing by which somebody could be known."))

    def __init__(self, *args, outline: Outline, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.outline = outline
        self.fields["domain_id"].choices = [("", _("Choose an area")), *outline.domains.items()]
        self.fields["practice_id"].choices = [("", _("The whole area")), *(
            (title, [(key, outline.practices[key]) for key, of in outline.domain_of.items() if of == domain])
            for domain, title in outline.domains.items()
        )]

    def clean(self) -> dict:
        facts = super().clean()
        practice = facts.get("practice_id")
        if practice and facts.get("domain_id") and self.outline.domain_of[practice] != facts["domain_id"]:
            self.add_error("practice_id", _(
                "This practice belongs to another area. Choose its area, or leave it open."))
        return facts


class DecisionForm(forms.Form):
    """Do, later, or won't; and why."""

    choice = forms.ChoiceField(
        label=_("What will you do about it?"), widget=forms.RadioSelect,
        choices=[
            (Choice.DO, _("We will do something about it")),
            (Choice.LATER, _("Not now, but later")),
            (Choice.WONT, _("We can't or won't")),
        ])
    reason = forms.CharField(
        label=_("Why?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "For “later” and for “can't or won't” people are owed the reason: say it as you would say it to "
            "somebody who is waiting for it. For “later”, say when you will look at it again."))

    def clean(self) -> dict:
        facts = super().clean()
        if "choice" in facts and "reason" in facts:
            try:
                rules.ensure_reason(facts["choice"], facts["reason"])
            except ChangesRefused as refused:
                self.add_error("reason", str(refused))
        return facts


class ActionForm(forms.Form):
    """What is promised. `part_label` asks for the part of survivors in the organization's own word."""

    what = forms.CharField(
        label=_("What will change?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing that people will be able to see or feel."))
    owner = forms.CharField(
        label=_("Who sees to it?"), max_length=120, help_text=_("A name or a role, such as “house manager”."))
    due = forms.DateField(
        label=_("Until when?"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A promise without a date is easily forgotten. It may stay open."))
    money = forms.CharField(
        label=_("What money is there for it?"), max_length=120, required=False,
        help_text=_("An amount, a budget line, or “none needed”."))
    survivors_part = forms.CharField(
        max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: two advisors choose the new wording, three hours each at the usual rate."))

    def __init__(self, *args, part_label: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["survivors_part"].label = part_label

    def promise(self) -> Promise:
        """The facts of a valid form."""
        return Promise(**self.cleaned_data)


class EndForm(forms.Form):
    """What came of an action."""

    state = forms.ChoiceField(
        label=_("How did it end?"), widget=forms.RadioSelect,
        choices=[(ActionState.DONE, _("It was done")), (ActionState.DROPPED, _("It was dropped"))])
    result = forms.CharField(
        label=_("What came of it?"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences: what is different now, or why it could not be done."))
