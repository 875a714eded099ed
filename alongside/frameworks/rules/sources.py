"""A framework's files as they were read: plain values that may still be wrong, and the line each stands on.

The rules look at these and not at a finished framework, so that one fault does not hide the next: whatever
has the wrong shape is passed over here, since the schema has already named it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.frameworks.shapes import VOICES, Problem

FRAMEWORK_FILE = "framework.yaml"

Path = tuple[str | int, ...]

NO_LANGUAGE = frozenset((*VOICES, "status"))

# The parts of a file that are said to people in a language (`origin` is read by reviewers, in English).
SAID = frozenset(
    {"title", "about", "review", "scales", "levels", "short", "note", "heading", "comment"}
    | {"not_asked", "items", "prompts", "evidence"}
)


@dataclass(frozen=True, slots=True)
class Document:
    """One file: what it holds, and the line (first is 1) of each path into it. Unreadable files hold None."""

    file: str
    root: object
    lines: Mapping[Path, int]

    @property
    def readable(self) -> bool:
        """Whether there is anything to judge; if not, a problem already says why."""
        return isinstance(self.root, dict)

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, rule: str, message: str) -> Problem:
        """A problem with what stands at `path`."""
        return Problem(self.file, self.line(path), rule, message)

    def at(self, *path: str | int) -> object:
        """What stands at `path`, or None."""
        here = self.root
        for step in path:
            if isinstance(here, dict):
                here = here.get(step)
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                return None
        return here

    def map(self, *path: str | int) -> dict[str, Any]:
        """The mapping at `path`; an empty one where there is none."""
        found = self.at(*path)
        return found if isinstance(found, dict) else {}

    def texts(self, *path: str | int) -> tuple[str, ...]:
        """The list at `path`, without what is not text."""
        found = self.at(*path)
        return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()

    def practices(self) -> Iterator[Path]:
        """The path of each practice in a domain's file."""
        found = self.at("practices")
        for place, practice in enumerate(found if isinstance(found, list) else ()):
            if isinstance(practice, dict):
                yield ("practices", place)


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of one framework: its folder's name, `framework.yaml` and a document for each domain's id."""

    folder: str
    framework: Document
    domains: Mapping[str, Document]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages promised; empty if framework.yaml cannot be read."""
        return self.framework.texts("languages")

    def documents(self) -> tuple[Document, ...]:
        """Every file that could be read."""
        return tuple(one for one in (self.framework, *self.domains.values()) if one.readable)

    def readable_domains(self) -> Iterator[tuple[str, Document]]:
        """Id (as the file is named) and document of each domain that could be read."""
        return ((id, document) for id, document in self.domains.items() if document.readable)


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in one language: what it is for (`part`), whom it is said to, and where it stands.

    `voice` is None where it is said to all; `practice` is its practice's id, None outside of practices.
    """

    document: Document
    path: Path
    part: str
    voice: str | None
    language: str
    practice: str | None
    text: str

    def problem(self, rule: str, message: str) -> Problem:
        """A problem with this text, with the beginning of the text."""
        shown = self.text if len(self.text) <= 60 else f"{self.text[:57]}..."
        return self.document.problem(self.path, rule, f"{message} ({self.where}: {shown!r})")

    @property
    def where(self) -> str:
        """The path in words: "M1 items clients en"."""
        inside = self.path[2:] if self.practice else self.path
        steps = [str(step) for step in inside if isinstance(step, str)]
        return " ".join([self.practice, *steps] if self.practice else steps)


def wordings(document: Document) -> Iterator[Wording]:
    """Every text of a file that somebody will read, once for each language."""
    for path, text in _leaves((), document.root):
        inside = path[2:] if path[0] == "practices" else path
        steps = [step for step in inside if isinstance(step, str)]
        if len(steps) < 2 or steps[0] not in SAID or steps[-1] in NO_LANGUAGE:
            continue
        voice = next((step for step in steps if step in VOICES), None)
        practice = str(document.at(*path[:2], "id")) if path[0] == "practices" else None
        yield Wording(document, path, steps[0], voice, steps[-1], practice, text)


def _leaves(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves((*path, key), inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _leaves((*path, place), inner)
    elif isinstance(value, str) and path:
        yield path, value
