"""Reading PostgreSQL's heap as it lies there: live rows, dead ones, and what is left in the holes of its pages.

A row: 24 bytes of head (first `xmin`), then its columns. What waits: id (8 bytes), a pointer to the TOASTed value
(18), round (16). A code: one byte of length, 64 letters, spent (1), round (16). A piece of a TOASTed value: its number
(4), the number of the piece (4), length (4), bytes.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from .evidence import Evidence, Held, Spent

ROW_HEAD = 24
PAGE_HEAD, BLOCK = 24, 8192
NORMAL = 1  # a pointer of a page to a row that is there
A_POINTER = b"\x01\x12"
A_LENGTH = b"\x83"  # 64 letters and the byte itself


def read(cursor, rounds: Iterable[UUID]) -> Evidence:
    """What the raw files of the two tables hold on these rounds. Needs the rights of a superuser."""
    cursor.execute("checkpoint")
    rows, codes = _file(cursor, "'listening_heldresponse'::regclass"), _file(cursor, "'listening_code'::regclass")
    pieces = _file(cursor, "(select reltoastrelid from pg_class where relname = 'listening_heldresponse')::regclass")
    held: list[Held] = []
    spent: list[Spent] = []
    for round_id in rounds:
        held += _held(rows, pieces, round_id)
        spent += _spent(codes, round_id)
    cursor.execute("select id, round_id from listening_heldresponse")
    return Evidence(held, spent, dict(cursor.fetchall()))


def _file(cursor, table: str) -> bytes:
    cursor.execute(f"select pg_read_binary_file(pg_relation_filepath({table}))")
    return bytes(cursor.fetchone()[0])


def _held(rows: bytes, pieces: bytes, round_id: UUID) -> Iterable[Held]:
    found: dict[int, Held] = {}
    for start in _starts(rows, round_id, 8 + 18):
        pointer = start + ROW_HEAD + 8
        if rows[pointer:pointer + 2] == A_POINTER:
            size, value = _int(rows, pointer + 6) & 0x3FFFFFFF, _int(rows, pointer + 10)
            row = int.from_bytes(rows[start + ROW_HEAD:pointer], "little")
            one = Held(row, _joined(pieces, value, size), _int(rows, start), _place(start), value, size)
            found.setdefault(row, one)
    return found.values()


def _joined(pieces: bytes, value: int, size: int) -> bytes:
    """A TOASTed value, b"" where a piece of it is gone."""
    found: dict[int, bytes] = {}
    for at in _real_first(pieces, [match.start() for match in re.finditer(_exactly(value), pieces)]):
        number, length = _int(pieces, at + 4), (_int(pieces, at + 8) >> 2) - 4
        if at % 4 == 0 and number < 100 and 0 < length <= 2000 and at % BLOCK + 12 + length <= BLOCK:
            found.setdefault(number, pieces[at + 12:at + 12 + length])
    whole = b"".join(found[number] for number in sorted(found))
    return whole if len(whole) == size else b""


def _spent(codes: bytes, round_id: UUID) -> Iterable[Spent]:
    found: dict[tuple[str, int], Spent] = {}
    for start in _starts(codes, round_id, 66):
        mark = codes[start + ROW_HEAD + 1:start + ROW_HEAD + 65].decode("ascii", errors="replace")
        if codes[start + ROW_HEAD:start + ROW_HEAD + 1] == A_LENGTH and codes[start + ROW_HEAD + 65]:
            found.setdefault((mark, _int(codes, start)), Spent(mark, _int(codes, start), _place(start)))
    return found.values()


def _starts(file: bytes, round_id: UUID, before: int) -> list[int]:
    """Where rows begin that name a round after `before` bytes of other columns."""
    bodies = (match.start() - before for match in re.finditer(re.escape(round_id.bytes), file))
    return [body - ROW_HEAD for body in _real_first(file, [body for body in bodies if body >= ROW_HEAD])]


def _real_first(file: bytes, bodies: list[int]) -> list[int]:
    """Bodies of rows that their page still points to, then what was left in the holes: copies, when rows moved."""
    real = [body for body in bodies if _is_pointed_to(file, body - ROW_HEAD)]
    return real + sorted(set(bodies) - set(real))


def _is_pointed_to(file: bytes, start: int) -> bool:
    page, at = start // BLOCK * BLOCK, start % BLOCK
    lower = int.from_bytes(file[page + 12:page + 14], "little")
    pointers = (_int(file, place) for place in range(page + PAGE_HEAD, page + lower, 4))
    return any(pointer & 0x7FFF == at and pointer >> 15 & 3 == NORMAL for pointer in pointers)


def _exactly(number: int) -> bytes:
    return re.escape(number.to_bytes(4, "little"))


def _place(start: int) -> int:
    """A page is filled from its end: the place in the order of writing."""
    return start // BLOCK * BLOCK + BLOCK - start % BLOCK


def _int(data: bytes, at: int) -> int:
    return int.from_bytes(data[at:at + 4], "little")
