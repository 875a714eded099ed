"""Reading SQLite's files as they lie there: every page, free space included, and every commit in the log.

A cell of the table of what waits: size of the record, row id (both of variable length), then the record: its head
(length, types of id, sealed, round), sealed, round. What does not fit is in a chain of overflow pages.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

from .evidence import Evidence, Held, Spent

PAGE = 4096
LOG_HEAD, FRAME_HEAD = 32, 24
A_HEAD = re.compile(rb"[\x05-\x08]\x00([\x80-\xff]{1,3}[\x00-\x7f]|[\x00-\x7f])\x4d\x02\x00\x00", re.DOTALL)
A_CODE = re.compile(rb"\x05\x81\x0d([\x08\x09])\x4d([0-9a-f]{64})([0-9a-f]{32})")
Pages = dict[int, bytes]


def read(copy: Path) -> Evidence:
    """`copy` is a copied database with its log beside it. It is read only in the end, when all bytes are known."""
    pages = _pages(copy.read_bytes())
    log = copy.with_name(copy.name + "-wal")
    held: dict[int, Held] = {}
    spent: dict[str, Spent] = {}
    for act, changed in enumerate(_commits(log.read_bytes() if log.exists() else b""), start=1):
        pages |= changed
        _see(pages, changed, act, held, spent)
    newest: dict[int, Held] = {}
    places: dict[str, Spent] = {}
    _see(pages, pages, 0, newest, places)
    first_acts = {row: one.act for row, one in held.items()}
    code_acts = {mark: one.act for mark, one in spent.items()}
    held |= {row: Held(row, one.sealed, first_acts.get(row, 0), one.place, one.chain, one.size)
             for row, one in newest.items()}
    spent |= {mark: Spent(mark, code_acts.get(mark, 0), one.place) for mark, one in places.items()}
    return Evidence(list(held.values()), list(spent.values()), _live(copy))


def _live(copy: Path) -> dict[int, UUID]:
    with closing(sqlite3.connect(copy)) as opened:
        return {row: UUID(mark) for row, mark in opened.execute("select id, round_id from listening_heldresponse")}


def _pages(database: bytes) -> Pages:
    return {1 + at // PAGE: database[at:at + PAGE] for at in range(0, len(database), PAGE)}


def _commits(log: bytes) -> Iterator[Pages]:
    """The pages that each commit changed, in the order in which they lie there; of earlier rounds of the log too."""
    changed: Pages = {}
    for at in range(LOG_HEAD, len(log) - PAGE - FRAME_HEAD + 1, PAGE + FRAME_HEAD):
        number = int.from_bytes(log[at:at + 4], "big")
        changed[number] = log[at + FRAME_HEAD:at + FRAME_HEAD + PAGE]
        if int.from_bytes(log[at + 4:at + 8], "big"):
            yield changed
            changed = {}


def _see(pages: Pages, changed: Pages, act: int, held: dict[int, Held], spent: dict[str, Spent]) -> None:
    """Note what is seen for the first time in the pages that changed."""
    for number, page in changed.items():
        for found in A_CODE.finditer(page):
            if found[1] == b"\x09":
                mark = found[2].decode()
                spent.setdefault(mark, Spent(mark, act, number * PAGE + found.start()))
        for found in A_HEAD.finditer(page):
            one = _cell(pages, number, found, act)
            if one:
                held.setdefault(one.row, one)


def _cell(pages: Pages, number: int, found: re.Match[bytes], act: int) -> Held | None:
    page, head = pages[number], found.start()
    sealed_size = (_number(found[1]) - 12) // 2
    size = page[head] + sealed_size + 32
    before = _ids_before(page, head, size)
    if before is None or sealed_size < 0:
        return None
    local = _local(size)
    chain = int.from_bytes(page[head + local:head + local + 4], "big") if local < size else 0
    record = page[head:head + local] + _overflow(pages, chain, size - local)
    whole = len(record) == size
    sealed = record[page[head]:page[head] + sealed_size] if whole else b""
    return Held(before, sealed, act, number * PAGE + head, chain, sealed_size)


def _ids_before(page: bytes, head: int, size: int) -> int | None:
    """The row id before the record at `head`, if the size before that is `size`."""
    for length in range(9, 0, -1):
        at = head - length
        if at > 0 and page[max(at - 3, 0):at].endswith(_varint(size)) and _is_varint(page[at:head]):
            return _number(page[at:head])
    return None


def _local(size: int) -> int:
    """How many bytes of a record lie in the page itself: SQLite's own rule."""
    if size <= PAGE - 35:
        return size
    least = (PAGE - 12) * 32 // 255 - 23
    most = least + (size - least) % (PAGE - 4)
    return most if most <= PAGE - 35 else least


def _overflow(pages: Pages, number: int, left: int) -> bytes:
    found = b""
    while number in pages and len(found) < left:
        page = pages[number]
        found += page[4:4 + min(PAGE - 4, left - len(found))]
        number = int.from_bytes(page[:4], "big")
    return found


def _number(varint: bytes) -> int:
    value = 0
    for place, byte in enumerate(varint):
        if place == 8:
            return value << 8 | byte
        value = value << 7 | byte & 0x7F
    return value


def _varint(value: int) -> bytes:
    found = [value & 0x7F]
    while value := value >> 7:
        found.append(value & 0x7F | 0x80)
    return bytes(reversed(found))


def _is_varint(text: bytes) -> bool:
    return all(byte & 0x80 for byte in text[:-1]) and (len(text) == 9 or not text[-1] & 0x80)
