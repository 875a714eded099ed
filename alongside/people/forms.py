"""Forms of this room. They turn what was typed into facts and save nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from alongside.access.api import Role
from alongside.organizations.api import ContactForm, OrganizationForm

from .roles import WORDS

LEAST_ROWS = 3
MOST_ROWS = 12


class PasswordForm(forms.Form):
    """A new password, typed once."""

    password = forms.CharField(
        strip=False, max_length=200, label=_("Password"),
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four words are easy to keep."))

    def clean_password(self) -> str:
        """Long enough, and none of the passwords that everybody tries first."""
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class AccountForm(PasswordForm):
    """A new account."""

    field_order = ["name", "email", "password"]

    name = forms.CharField(
        max_length=120, label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        max_length=254, label=_("Your e-mail address"),
        help_text=_("You sign in with it. We send nothing to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}))


class RolesForm(forms.Form):
    """Which roles somebody has."""

    roles = forms.TypedMultipleChoiceField(
        coerce=Role, choices=[(str(role), words.name) for role, words in WORDS.items()],
        widget=forms.CheckboxSelectMultiple, label=_("Roles"),
        error_messages={"required": _("Choose at least one role.")})


class InvitationForm(RolesForm):
    """Whom to invite, and as what. The number makes a form that was sent twice one invitation."""

    field_order = ["label", "roles"]

    label = forms.CharField(
        max_length=120, label=_("Who is it for?"),
        help_text=_("So that you know the invitation again. The person writes their own name."))
    number = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


def contact_rows(data: Mapping | None = None) -> list[ContactForm]:
    """The support contacts as rows of a page: three at first. A row that was left empty is right as it is."""
    count = LEAST_ROWS
    if data is not None and data.get("rows", "").isdigit():
        count = min(max(int(data["rows"]), LEAST_ROWS), MOST_ROWS)
    return [_row(number, data) for number in range(count)]


def one_row_more(rows: list[ContactForm]) -> list[ContactForm]:
    """The rows as they were typed, and an empty one, where there is still room."""
    more = [_row(len(rows), None)] if len(rows) < MOST_ROWS else []
    return [as_typed(row) for row in rows] + more


def as_typed(form: forms.Form) -> forms.Form:
    """The form with what was typed and without a word about what is wrong: it was not sent in yet."""
    typed = {
        name: field.widget.value_from_datadict(form.data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    return type(form)(initial=typed, prefix=form.prefix)


@dataclass(frozen=True)
class Problem:
    """One thing to look at again: the id of its field, the field's label, a sentence."""

    where: str
    label: str
    what: str


@dataclass(frozen=True)
class SetupPage:
    """The forms of the setup page, in the order of the page."""

    organization: OrganizationForm
    rows: list[ContactForm]
    account: AccountForm

    @property
    def forms(self) -> list[forms.Form]:
        """All of them, to check them together and to gather what is wrong."""
        return [self.organization, *self.rows, self.account]

    @property
    def problems(self) -> list["Problem"]:
        """What is wrong on the whole page, in its order. Nothing where nothing was sent in."""
        return [
            Problem(form[name].id_for_label or form[name].auto_id, form[name].label, sentence)
            for form in self.forms for name, sentences in form.errors.items() for sentence in sentences
        ]

    @property
    def has_room(self) -> bool:
        """Whether one more contact fits."""
        return len(self.rows) < MOST_ROWS

    def with_one_row_more(self) -> "SetupPage":
        """What was typed, and room for one more contact."""
        return SetupPage(as_typed(self.organization), one_row_more(self.rows), as_typed(self.account))


def _row(number: int, data: Mapping | None) -> ContactForm:
    return ContactForm(data, prefix=f"contact-{number}", empty_permitted=True, use_required_attribute=False)
