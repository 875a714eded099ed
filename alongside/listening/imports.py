"""Reading a CSV file of answers. Pure: bytes in, bytes out; nothing is stored here.

The file: UTF-8 (with or without a mark at its start), one line a person, separated by comma, semicolon or
tab. The header holds item ids (M1, M2, ... in any order) and, where there are any, `comment_M` for words
under domain M. A mapping {their column: "M1" | "comment_M" | None} renames columns; None leaves a column out,
which is the place for names, addresses and times: they never get in.

A cell is 1..5, empty (skipped), or one of these words, in capitals or not:
    dk, ns    I don't know ("no sé")
    na        doesn't apply ("no aplica")
    pns, pnd  prefer not to say ("prefiero no decirlo")
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import BinaryIO

from django.utils.translation import gettext as _

from .packing import IMPORT_WORDS
from .refusals import ColumnsRefused, ImportRefused

LONGEST_COMMENT = 2000
LONGEST_ANSWER = 20
LONGEST_LINE = 1_000_000  # bytes
MOST_COLUMNS = 400
MOST_BAD_SHOWN = 200
REPORT_EVERY = 5000
COMMENT = "comment_"
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # the wide signs work as well
CELLS = {**IMPORT_WORDS, "ns": IMPORT_WORDS["dk"], "pnd": IMPORT_WORDS["pns"]}

Progress = Callable[[int], None]
Mapping_ = Mapping[str, "str | None"]


@dataclass(frozen=True)
class Wanted:
    """What a round asks: item ids in the order of its instrument, and the ids of its domains."""

    items: tuple[str, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True)
class BadCell:
    """A cell that can't be read. `row` counts from 1, the header; `value_shown` is cut, and empty for a
    comment.
    """

    row: int
    column: str
    value_shown: str
    why: str


@dataclass
class Parsed:
    """What a file holds. `block` is rows x items bytes in the order of `Wanted.items`; `bad` has the first
    200.
    """

    rows: int = 0
    block: bytes = b""
    comments: list[tuple[str, str]] = field(default_factory=list)
    commented: int = 0
    bad: list[BadCell] = field(default_factory=list)
    bad_total: int = 0

    def note(self, row: int, column: str, value: str, why: Callable[[], str]) -> None:
        """Count a bad cell, and list it (with its reason in words) while there is room."""
        self.bad_total += 1
        if len(self.bad) < MOST_BAD_SHOWN:
            self.bad.append(BadCell(row, column, _shown(value), why()))


@dataclass(frozen=True)
class _Layout:
    """Which column of the file holds what. `items[i]` is the place of the i-th item; `comments` are places,
    domains.
    """

    header: list[str]
    items: tuple[int, ...]
    comments: tuple[tuple[int, str], ...]


def read_answers(file: BinaryIO, wanted: Wanted, mapping: Mapping_ | None = None,
                 progress: Progress = lambda rows: None) -> Parsed:
    """Read a whole file. Raises `ImportRefused` (broken file) and `ColumnsRefused`; bad cells are listed, not
    raised.

    Lines without any answer are passed over. `progress` is called with the number of rows read so far.
    100,000 rows of 48 items take under a second.
    """
    records = _records(file)
    first = next(records, None)
    if first is None:
        raise ImportRefused(_("The file is empty."))
    layout = _layout([cell.strip() for cell in first[1]], wanted, mapping)
    return _read_rows(records, layout, progress)


def item_choices(header: list[str], wanted: Wanted) -> dict[str, str]:
    """A first guess of a mapping for a header: columns whose name is an id, whatever its capitals."""
    known = _known(wanted)
    return {name: known.get(name.casefold(), "") for name in header}


def _read_rows(records: Iterator, layout: _Layout, progress: Progress) -> Parsed:
    parsed, lines, known = Parsed(), [], _Cells(CELLS)
    pick, nothing = _picker(layout.items), bytes(len(layout.items))
    width = len(layout.header)
    for number, cells in records:
        if len(cells) != width:
            _note_width(parsed, number, cells, width)
            continue
        try:
            line = bytes(map(known.__getitem__, pick(cells)))
        except KeyError:
            _note_bad_cells(number, cells, layout, known, parsed)
            line = nothing
        said = bool(layout.comments) and _read_comments(number, cells, layout, parsed)
        if said or line != nothing:
            lines.append(line)
            if len(lines) % REPORT_EVERY == 0:
                progress(len(lines))
    parsed.rows, parsed.block = len(lines), b"".join(lines)
    progress(parsed.rows)
    return parsed


def _note_width(parsed: Parsed, number: int, cells: list[str], width: int) -> None:
    """Note a line with too few or too many cells. Spreadsheets end files with empty lines: those are passed
    over.
    """
    if any(cells):
        why = _("This line has %(cells)d cells; the first line has %(columns)d.")
        parsed.note(number, "", "", lambda: why % {"cells": len(cells), "columns": width})


class _Cells(dict):
    """Written cell -> byte. Learns a new spelling (" dk", "Na") when it meets it; `KeyError` for no answer.
    """

    def __missing__(self, cell: str) -> int:
        value = CELLS.get(cell.strip(" ").casefold()) if len(cell) <= LONGEST_ANSWER else None
        if value is None:
            raise KeyError
        self[cell] = value
        return value


def _note_bad_cells(number: int, cells: list[str], layout: _Layout, known: _Cells, parsed: Parsed) -> None:
    for place in layout.items:
        cell = cells[place]
        try:
            known[cell]
        except KeyError:
            parsed.note(number, layout.header[place], cell, partial(_why_bad, cell))


def _why_bad(cell: str) -> str:
    if cell.startswith(FORMULA):
        return _("It starts like a spreadsheet formula. Cells must not start with = + - @ or a tab.")
    if len(cell) > LONGEST_ANSWER:
        return _("It is too long. Write 1 to 5, dk, na, pns, or nothing.")
    return _("It is no answer. Write 1 to 5, dk, na, pns, or nothing.")


def _read_comments(number: int, cells: list[str], layout: _Layout, parsed: Parsed) -> bool:
    """Keep the words of a row; gives whether there were any."""
    found = False
    for place, domain in layout.comments:
        words = cells[place].strip(" \n")
        if not words:
            continue
        if words.startswith(FORMULA):
            parsed.note(number, layout.header[place], "", lambda: _(
                "These words start like a spreadsheet formula. Cells must not start with = + - @ or a tab."))
        elif len(words) > LONGEST_COMMENT:
            parsed.note(number, layout.header[place], "",
                        lambda: _("These words are longer than 2,000 characters."))
        else:
            parsed.comments.append((domain, words))
            found = True
    parsed.commented += found
    return found


def _picker(places: tuple[int, ...]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(places) == 1:  # itemgetter of one place gives the cell itself
        return lambda cells: (cells[places[0]],)
    return itemgetter(*places) if places else lambda cells: ()


def _layout(header: list[str], wanted: Wanted, mapping: Mapping_ | None) -> _Layout:
    """Where everything stands. Raises `ColumnsRefused` and names each unknown, missing and doubled column."""
    if len(header) > MOST_COLUMNS:
        raise ImportRefused(_("The first line has more than 400 columns. Is this the right file?"))
    known = _known(wanted)
    targets = [_target(name, known, mapping) for name in header]
    _ensure_columns(header, targets, wanted, mapping)
    place_of = {target: place for place, target in enumerate(targets) if target}
    return _Layout(
        header=header, items=tuple(place_of[item] for item in wanted.items),
        comments=tuple((place_of[COMMENT + one], one) for one in wanted.domains if COMMENT + one in place_of),
    )


def _known(wanted: Wanted) -> dict[str, str]:
    names = [*wanted.items, *(COMMENT + domain for domain in wanted.domains)]
    return {name.casefold(): name for name in names}


def _target(name: str, known: dict[str, str], mapping: Mapping_ | None) -> str | None:
    """What a column holds; None for "leave it out", "" for unknown."""
    if mapping is not None and name in mapping:
        name = mapping[name]
        if name is None:
            return None
    return known.get(str(name).casefold(), "")


def _ensure_columns(header: list[str], targets: list, wanted: Wanted, mapping: Mapping_ | None) -> None:
    counted = Counter(target for target in targets if target)
    twice = sorted(
        {*(name for name, n in Counter(header).items() if n > 1), *(t for t, n in counted.items() if n > 1)}
    )
    unknown = [name for name, target in zip(header, targets, strict=True) if target == ""]
    missing = [item for item in wanted.items if item not in counted]
    absent = [name for name in mapping or () if name not in header]
    troubles = [
        (_("These columns are not known: %(names)s."), [_shown(name) or "“”" for name in unknown]),
        (_("These columns are missing: %(names)s."), missing),
        (_("These columns are there more than once: %(names)s."), [_shown(name) for name in twice]),
        (
            _("The mapping names columns that the file does not have: %(names)s."),
            [_shown(name) for name in absent],
        ),
    ]
    said = [sentence % {"names": _listed(names)} for sentence, names in troubles if names]
    if said:
        raise ColumnsRefused(" ".join(said), header)


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:60])
    return f"{shown}, …" if len(names) > 60 else shown


def _records(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """(line number at which the record ends, cells) of each record. Raises `ImportRefused`."""
    lines = _lines(file)
    first = next(lines, None)
    if first is None:
        return
    reader = csv.reader(_with(first, lines), delimiter=_separator(first), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        why = _(
            "Line %(line)d cannot be read as CSV (%(why)s). Save the file again as CSV in your spreadsheet."
        )
        raise ImportRefused(why % {"line": reader.line_num, "why": error}) from error


def _with(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _separator(header: str) -> str:
    """Comma, semicolon or tab: the one that the first line has most of."""
    return max(",;\t", key=header.count)


def _lines(file: BinaryIO) -> Iterator[str]:
    """Lines of text. Raises `ImportRefused` with the number of the line that is broken."""
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            raw = _without_mark(raw)
        if len(raw) > LONGEST_LINE:
            raise ImportRefused(_("Line %(line)d is longer than a million characters.") % {"line": number})
        if b"\0" in raw:
            raise ImportRefused(
                _(
                    "Line %(line)d has a zero byte in it. This is no CSV file; save it as CSV (UTF-8) "
                    "in your spreadsheet."
                )
                % {"line": number}
            )
        try:
            yield raw.decode()
        except UnicodeDecodeError:
            raise ImportRefused(
                _(
                    "Line %(line)d is not UTF-8 text. Choose “CSV UTF-8” when you save the file in your "
                    "spreadsheet."
                )
                % {"line": number}
            ) from None


def _without_mark(raw: bytes) -> bytes:
    return raw.removeprefix(b"\xef\xbb\xbf")


def _shown(value: str) -> str:
    """The start of a value, with characters made visible that would steer a screen."""
    visible = "".join(sign if sign.isprintable() else "�" for sign in value[:24])
    return visible + "…" if len(value) > 24 else visible
