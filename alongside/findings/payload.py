"""What one release holds: the figures as the gate let them out, and all texts needed to read them later.

A later version of the framework, of the organization's words or of a unit's name changes nothing in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from alongside.frameworks.api import (
    ByLanguage,
    Framework,
    Instrument,
    Lines,
    Practice,
    Text,
    Words,
    fill_lines,
    fill_text,
)
from alongside.listening.api import Round
from alongside.privacy.api import CellKey, Released, fingerprint, reread, to_plain

FORMAT = 1


class UnknownFormat(ValueError):
    """A release was written by a newer version of the program."""


@dataclass(frozen=True)
class PracticeText:
    """A practice in words: what its five levels look like, and why a voice was not asked."""

    id: str
    title: Text
    levels: Lines
    not_asked: Mapping[str, Text]


@dataclass(frozen=True)
class DomainText:
    """A domain in words, with the practices that stand under it."""

    id: str
    title: Text
    short: Text
    practices: tuple[PracticeText, ...]


@dataclass(frozen=True)
class Content:
    """One release, read back.

    asked    voice -> practice id -> fingerprint (empty: asked in two ways)
    behind   voice -> (id, name) of the cycles whose answers stand behind its figures; none: too few answered
    waiting  voices whose answers wait to be told together with others
    together whether "staff" are staff and consultants, told as one group
    """

    framework_key: str
    form: str
    levels: Lines
    domains: tuple[DomainText, ...]
    asked: Mapping[str, Mapping[str, str]]
    units: tuple[tuple[str, str], ...]
    behind: Mapping[str, tuple[tuple[str, str], ...]]
    waiting: tuple[str, ...]
    together: bool
    figures: Released

    @property
    def framework_id(self) -> str:
        """The framework without its version: trends join releases of the same framework."""
        return self.framework_key.rpartition("/")[0]


@dataclass(frozen=True)
class ReleasedProfile:
    """A release with the cycle it belongs to."""

    cycle_name: str
    audience: str
    released_on: date
    content: Content


def prints_of(instruments: list[tuple[str, Instrument]]) -> dict[str, dict[str, str]]:
    """Voice -> practice -> fingerprint; empty where two rounds of a voice asked it in different words."""
    asked: dict[str, dict[str, str]] = {}
    for voice, instrument in instruments:
        prints = asked.setdefault(voice, {})
        for item in instrument.items:
            is_same = prints.get(item.id, item.fingerprint) == item.fingerprint
            prints[item.id] = item.fingerprint if is_same else ""
    return asked


def waves_of(rounds: Iterable[Round]) -> list[list[str]]:
    """[cycle id, name] of each cycle that rounds belong to, in their order."""
    return [[id, name] for id, name in {str(one.cycle_id): one.cycle.name for one in rounds}.items()]


def as_one_group(asked: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The fingerprints where consultants are told with staff: of a practice's words for both, side by side."""
    voices = [prints for voice in ("staff", "consultants") if (prints := asked.get(voice))]
    both = {id: "+".join(prints[id] for prints in voices) if all(prints[id] for prints in voices) else ""
            for id in set.intersection(*map(set, voices))} if voices else {}
    return {voice: prints for voice, prints in asked.items() if voice not in ("staff", "consultants")} | (
        {"staff": both} if voices else {})


def texts_of(framework: Framework, words: Words) -> dict[str, Any]:
    """The titles, levels and reasons of a framework in the organization's words, as plain data."""
    return {
        "languages": list(framework.languages),
        "levels": _lines(fill_lines(framework.levels, words)),
        "domains": [
            {"id": domain.id, "title": dict(fill_text(domain.title, words)),
             "short": dict(fill_text(domain.short, words)),
             "practices": [_practice(practice, words) for practice in domain.practices]}
            for domain in framework.domains
        ],
    }


def _practice(practice: Practice, words: Words) -> dict[str, Any]:
    return {
        "id": practice.id, "title": dict(fill_text(practice.title, words)),
        "levels": _lines(fill_lines(practice.levels, words)),
        "not_asked": {voice: dict(fill_text(why, words)) for voice, why in practice.not_asked.items()},
    }


def _lines(lines: Lines) -> dict[str, list[str]]:
    return {language: list(said) for language, said in lines.items()}


def write(figures: Released, about: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON-ready release.

    `facts`: framework_key, form, units [[id, name]], asked, behind, waiting, together, and `texts_of`.
    """
    return {"format": FORMAT, **facts, "figures": to_plain(figures, about, _mark)}


def read(payload: Mapping[str, Any], about: str) -> Content:
    """The release that `write` wrote. Raises `UnknownFormat`, and `NotFromTheGate` for changed figures."""
    if payload.get("format") != FORMAT:
        raise UnknownFormat("this release is in a format that this version does not read")
    languages = payload["languages"]
    return Content(
        framework_key=payload["framework_key"], form=payload["form"],
        levels=_lines_again(payload["levels"], languages),
        domains=tuple(_domain_again(domain, languages) for domain in payload["domains"]),
        asked=payload["asked"], units=tuple((id, name) for id, name in payload["units"]),
        behind={voice: tuple((id, name) for id, name in waves) for voice, waves in payload["behind"].items()},
        waiting=tuple(payload["waiting"]), together=payload["together"],
        figures=reread(payload["figures"], about, _mark),
    )


def remember(people: Mapping[CellKey, int]) -> list[list[str | int | None]]:
    """How many people stand behind each figure, JSON-ready: [voice, unit, domain, practice, people]."""
    return [[*key, number] for key, number in people.items()]


def recall(memory: list[list[Any]]) -> dict[CellKey, int]:
    """The numbers of people that `remember` wrote."""
    return {CellKey(*key): number for *key, number in memory}


def about(organization_id: UUID, cycle_id: UUID, audience: str) -> str:
    """What a release's figures are bound to: moved elsewhere, they don't come back as figures."""
    return f"{organization_id}/{cycle_id}/{audience}"


def _mark(text: str) -> str:
    return fingerprint("release", text)


def _domain_again(plain: Mapping[str, Any], languages: list[str]) -> DomainText:
    return DomainText(
        plain["id"], _text_again(plain["title"], languages), _text_again(plain["short"], languages),
        tuple(_practice_again(practice, languages) for practice in plain["practices"]),
    )


def _practice_again(plain: Mapping[str, Any], languages: list[str]) -> PracticeText:
    not_asked = {voice: _text_again(why, languages) for voice, why in plain["not_asked"].items()}
    title, levels = _text_again(plain["title"], languages), _lines_again(plain["levels"], languages)
    return PracticeText(plain["id"], title, levels, not_asked)


def _text_again(plain: Mapping[str, str], languages: list[str]) -> Text:
    # A database may hand languages back in another order; the first one is the one to fall back on.
    return ByLanguage({language: plain[language] for language in languages})


def _lines_again(plain: Mapping[str, list[str]], languages: list[str]) -> Lines:
    return ByLanguage({language: tuple(plain[language]) for language in languages})
