"""Reads one YAML file into plain values, remembering the line of everything in it.

Only the plain part of YAML is read: no anchors (a few lines of them can unfold into gigabytes), no tags, one
document a file, text and small whole numbers. Whatever YAML would quietly turn into something else ("No" into
false, "12:30" into 750) is named instead. No file, whatever it holds, gives anything but values or problems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml.resolver import Resolver

from alongside.frameworks.rules.sources import Document
from alongside.frameworks.rules.sources import Path as Place
from alongside.frameworks.shapes import Problem

LARGEST_FILE = 1_000_000  # bytes; the built-in domains take less than a tenth of it
WIDEST_LINE = 140  # characters
DEEPEST = 10  # levels of nesting; a framework needs 6
MOST_VALUES = 20_000  # in one file; the longest built-in domain has about a thousand

# Written in C where the library is there: ten times faster, same events.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,8}")
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_TEXT, _NUMBER, _NOTHING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "null"))


def read_document(file: Path) -> tuple[Document, list[Problem]]:
    """A file's values and its problems so far; one that cannot be read holds None and has a problem."""
    try:
        text = _text_of(file)
        reader = _Reader(file.name)
        root = reader.read(text)
    except _Unreadable as refusal:
        problem = Problem(file.name, refusal.line, refusal.rule, refusal.message)
        return Document(file.name, None, {}), [problem]
    return Document(file.name, root, reader.lines), [*reader.problems, *_wide_lines(file.name, text)]


class _Unreadable(Exception):
    def __init__(self, rule: str, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.rule, self.message, self.line = rule, message, line


def _text_of(file: Path) -> str:
    """The file as text; it is never read beyond the largest size."""
    try:
        if not file.is_file():
            raise _Unreadable("file-missing", "this file is not there")
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _Unreadable("file-unreadable", f"this file cannot be opened: {error.strerror}") from None
    if len(raw) > LARGEST_FILE:
        raise _Unreadable("file-too-large", f"this file is larger than {LARGEST_FILE} bytes")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _Unreadable("file-not-utf-8", "save this file as UTF-8", line) from None


def _wide_lines(name: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > WIDEST_LINE:
            yield Problem(name, number, "line-too-wide", f"{len(line)} characters, at most {WIDEST_LINE}")


class _Reader:
    """Builds values out of YAML's events; events come before aliases are followed, so nothing can unfold."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self._resolver = Resolver()

    def read(self, text: str) -> object:
        try:
            return self._whole(yaml.parse(text, Loader=LOADER))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            raise _Unreadable("broken-yaml", str(error.problem or error.context), line) from None
        except (yaml.YAMLError, ValueError) as error:
            reason = getattr(error, "reason", None) or type(error).__name__
            raise _Unreadable("broken-yaml", f"this is not YAML: {reason}") from None

    def _whole(self, events: Iterator[yaml.Event]) -> object:
        root, started = None, False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and started:
                raise _Unreadable("more-than-one-document", "one file holds one document", _line(event))
            if isinstance(event, yaml.NodeEvent):
                root, started = self._node(event, events, ()), True
        if not started:
            raise _Unreadable("broken-yaml", "this file is empty")
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> object:
        _refuse_tricks(event)
        self.lines.setdefault(place, _line(event))
        if len(self.lines) > MOST_VALUES:
            raise _Unreadable("too-many-values", f"more than {MOST_VALUES} values in one file", _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(place) >= DEEPEST:
            raise _Unreadable("nested-too-deep", f"more than {DEEPEST} levels", _line(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place)
        return self._mapping(events, place)

    def _sequence(self, events: Iterator[yaml.Event], place: Place) -> list[object]:
        found: list[object] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(self._node(event, events, (*place, len(found))))
        return found

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            _refuse_tricks(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Unreadable("broken-yaml", "a key must be a word", _line(event))
            key, line = event.value, _line(event)
            self.lines.setdefault((*place, key), line)
            value = self._node(next(events), events, (*place, key))
            if key in found:
                self._note(line, "duplicate-key", f"{key[:60]!r} is here twice")
            found.setdefault(key, value)
        return found

    def _scalar(self, event: yaml.ScalarEvent) -> str | int | None:
        """Text with its spaces tidied, a whole number, or None for nothing."""
        written = event.value
        tag = self._resolver.resolve(yaml.ScalarNode, written, (True, False)) if event.implicit[0] else _TEXT
        if tag == _NOTHING:
            return None
        if tag == _NUMBER and _WHOLE_NUMBER.fullmatch(written):
            return int(written)
        if tag != _TEXT:
            self._note(_line(event), "quotes-needed", f"{written[:60]!r} is not read as text without quotes")
        if _HIDDEN.search(written):
            self._note(_line(event), "hidden-character", f"{written[:60]!r} has a character nobody can see")
        return " ".join(unicodedata.normalize("NFC", written).split())

    def _note(self, line: int, rule: str, message: str) -> None:
        self.problems.append(Problem(self.name, line, rule, message))


def _refuse_tricks(event: yaml.Event) -> None:
    if getattr(event, "anchor", None) is not None:
        raise _Unreadable("anchor-refused", "anchors and aliases (& and *) are not read", _line(event))
    if getattr(event, "tag", None) is not None:
        raise _Unreadable("tag-refused", "tags (!) are not read", _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
