"""The form of the reply: one set of fields for each language, one line for each decided finding."""

from collections.abc import Iterable

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..reads.replying import is_right_to_left, language_name
from ..rules.replying import Line, Text

LONGEST = {"opening": 1000, "closing": 1000, "said": 300, "answer": 600}


class ReplyForm(forms.Form):
    """Drafts may be empty anywhere. `draft` gives languages and lines, and what was saved before."""

    def __init__(self, *args, draft: Iterable[Text], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.draft = tuple(draft)
        for text in self.draft:
            self._add(text.language, "opening", text.opening, rows=4, label=_("Opening"), hint=_(
                "Thank people. Say when you asked, and that everybody who was asked can read this."))
            for line in text.lines:
                self._add(text.language, f"said-{line.finding_id}", line.said, rows=2, label=_("You said"))
                self._add(text.language, f"answer-{line.finding_id}", line.answer, rows=3,
                          label=line.heading_words)
            self._add(text.language, "closing", text.closing, rows=3, label=_("Closing"), hint=_(
                "Say when you will ask again, and how people can tell you more."))

    def _add(
        self, language: str, name: str, initial: str, *, rows: int, label: str, hint: str = "",
    ) -> None:
        attrs = {"rows": rows, "lang": language, "dir": "rtl" if is_right_to_left(language) else "ltr"}
        self.fields[f"{language}-{name}"] = forms.CharField(
            label=label, help_text=hint, initial=initial, required=False,
            max_length=LONGEST[name.split("-")[0]], widget=forms.Textarea(attrs=attrs),
        )

    def texts(self) -> tuple[Text, ...]:
        """What was typed, as the texts of a valid form."""
        return tuple(
            Text(
                text.language, self._typed(text.language, "opening"), self._typed(text.language, "closing"),
                tuple(
                    Line(line.finding_id, self._typed(text.language, f"said-{line.finding_id}"),
                         self._typed(text.language, f"answer-{line.finding_id}"), line.heading)
                    for line in text.lines
                ),
            ) for text in self.draft
        )

    @cached_property
    def columns(self) -> list[dict]:
        """The fields by language, for the page."""
        return [
            {
                "language": text.language, "name": language_name(text.language),
                "opening": self[f"{text.language}-opening"], "closing": self[f"{text.language}-closing"],
                "lines": [
                    {"number": number, "said": self[f"{text.language}-said-{line.finding_id}"],
                     "answer": self[f"{text.language}-answer-{line.finding_id}"]}
                    for number, line in enumerate(text.lines, start=1)
                ],
            } for text in self.draft
        ]

    def _typed(self, language: str, name: str) -> str:
        return self.cleaned_data[f"{language}-{name}"]
