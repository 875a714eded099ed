"""Importing answers that were given elsewhere: all or nothing, into an open round."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction

from alongside.access.api import Actor, Permission
from alongside.audit.api import record

from . import store
from .boxes.locking import locked
from .imports import BadCell, Mapping_, Parsed, Wanted, read_answers
from .models import Round
from .writes import ensure_open, locked_open


@dataclass(frozen=True)
class ImportResult:
    """What became of a file: `rows` people in it, the first 200 `bad` cells of `bad_total`, and whether it is
    in.
    """

    rows: int
    bad: list[BadCell]
    bad_total: int
    commented: int
    imported: bool


def wanted_by(round_: Round) -> Wanted:
    """The items and domains that an opened round asks for."""
    pages = round_.frozen["instrument"]["pages"]
    return Wanted(
        items=tuple(item["id"] for page in pages for item in page["items"]),
        domains=tuple(page["domain_id"] for page in pages),
    )


def import_answers(actor: Actor | None, round_: Round, file: BinaryIO, mapping: Mapping_ | None = None,
                   dry_run: bool = True, progress: Callable[[int], None] = lambda rows: None) -> ImportResult:
    """Read `file` and, unless it is a dry run or has a bad cell, store all of it in one transaction.

    `actor` None is the command line: somebody who keeps the server's files anyway. `mapping` and the file's
    form: see `imports`. Raises `RoundNotOpen` (a closed round's answers were mixed), `ImportRefused`,
    `ColumnsRefused`. Tells nothing about what others answered.
    """
    if actor is not None:
        actor.must(Permission.ANSWERS_IMPORT, round_)
    ensure_open(round_)
    parsed = read_answers(file, wanted_by(round_), mapping, progress)
    fits = parsed.rows > 0 and parsed.bad_total == 0
    if fits and not dry_run:
        _store(actor or Actor(organization_id=round_.organization_id), round_, parsed)
    return ImportResult(
        rows=parsed.rows, bad=parsed.bad, bad_total=parsed.bad_total, commented=parsed.commented,
        imported=fits and not dry_run,
    )


@transaction.atomic
def _store(actor: Actor, round_: Round, parsed: Parsed) -> None:
    held = locked_open(round_)
    store.put_imported(held, [parsed.block], store.width_of(held), commented=parsed.commented)
    store.put_imported_comments(held, locked(held, parsed.comments))
    record(actor, "answers.imported", held)
