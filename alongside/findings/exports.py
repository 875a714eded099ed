"""The profile as CSV and JSON, made from the same cards as the pages: nothing more, nothing less.

CSV: one line a figure; UTF-8 with a byte order mark (without it, spreadsheets spoil accents); a cell of text
that a spreadsheet would run as a formula gets an apostrophe in front. JSON: the same rows under "figures",
with what is needed to read them. `KEYS` says what each key means.
"""

import csv
import io
from collections.abc import Sequence
from typing import Any

from alongside.privacy.api import Shown

from .cards import FigureCard, ProfileCard

FORMAT = "alongside-profile/1"
KEYS = {
    "unit": "the unit's name; empty for the whole organization",
    "domain": "domain id",
    "domain_title": "domain in words",
    "practice": "practice id; empty for the domain's own figure",
    "practice_title": "practice in words",
    "voice": "staff, consultants or clients; staff_and_consultants where they are told as one group",
    "state": "shown, withheld or not_asked",
    "mean": "mean level 1.0 to 5.0, rounded to 0.1 or told in wider steps; empty unless shown",
    "mean_step": "how wide these steps are: 0.1, or 0.3 or 0.9 beside a cycle with about as many people",
    "mean_from": "the mean, rounded to 0.1, is not below this",
    "mean_to": "the mean, rounded to 0.1, is not above this",
    "level": "the level 1 to 5 nearest to the mean",
    "level_word": "that level in words",
    "people_from": "at least so many people's answers",
    "people_to": "at most so many people's answers",
    "middle_from": "the middle half of answers: from, rounded to 0.5; empty where too few answered",
    "middle_to": "the middle half of answers: to",
    "dont_know_share": "about this share of people said \"I don't know\", rounded to 0.05; 0 is under 0.05",
    "dont_know_fewer_than": "instead of a share: fewer than so many people said \"I don't know\"",
    "reason": "why it is withheld or was not asked",
}
RISKY_FIRST = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, Any]


def rows_of(profiles: Sequence[ProfileCard]) -> list[Row]:
    """One row a figure, of the whole organization and of each unit (`profiles` in this order)."""
    return [
        {"unit": profile.unit_name, "domain": domain.id, "domain_title": domain.title, "practice": practice,
         "practice_title": title, **_figure(card, profile.k)}
        for profile in profiles
        for domain in profile.domains
        for practice, title, cards in (
            ("", "", domain.figures), *((one.id, one.title, one.figures) for one in domain.practices))
        for card in cards
    ]


def to_csv(profiles: Sequence[ProfileCard]) -> bytes:
    """The rows as CSV."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(KEYS))
    writer.writeheader()
    writer.writerows({key: _safe(value) for key, value in row.items()} for row in rows_of(profiles))
    return out.getvalue().encode("utf-8-sig")


def to_plain(profiles: Sequence[ProfileCard]) -> dict[str, Any]:
    """The rows with what is needed to read them, as JSON-ready data."""
    whole = profiles[0]
    return {
        "format": FORMAT,
        "cycle": whole.cycle_name,
        "released_on": whole.released_on.isoformat(),
        "audience": whole.audience,
        "framework": whole.framework_key,
        "form": whole.form,
        "fewest_people": whole.k,
        "several_cycles_together": list(whole.waves),
        "levels": list(whole.levels),
        "voices": [voice for voice, _ in whole.voices],
        "units": [link.name for link in whole.units if link.id],
        "keys": KEYS,
        "figures": rows_of(profiles),
    }


def _figure(card: FigureCard, k: int) -> Row:
    figure = card.figure
    if not isinstance(figure, Shown):
        empty: Row = dict.fromkeys(list(KEYS)[7:-1], None)
        return {"voice": card.who or card.voice, "state": card.state, **empty, "reason": card.reason}
    low, high = figure.middle or (None, None)
    least, most = figure.between or (figure.mean, figure.mean)
    share = figure.unsure_share
    return {
        "voice": card.who, "state": card.state, "mean": figure.mean, "mean_step": figure.step,
        "mean_from": least, "mean_to": most, "level": figure.level,
        "level_word": card.word, "people_from": figure.n.low, "people_to": figure.n.high,
        "middle_from": low, "middle_to": high, "dont_know_share": share,
        "dont_know_fewer_than": k if figure.unsure is not None and share is None else None, "reason": "",
    }


def _safe(value: Any) -> Any:
    """Text that would be a formula is made plain text; numbers stay numbers; nothing stays empty."""
    if isinstance(value, str) and value.startswith(RISKY_FIRST):
        return f"'{value}"
    return "" if value is None else value
