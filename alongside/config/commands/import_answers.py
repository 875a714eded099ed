"""`alongside import-answers`"""

import argparse
import json
from pathlib import Path

from .outcome import CannotDo, existing_file, new, set_up, tell

PROGRESS_EVERY = 20_000


def add(parsers) -> None:
    made = new(parsers, "import-answers", run, about=(
        "Bring answers that were given elsewhere into an open round: all of a file, or nothing of it.\n\n"
        "The file is a CSV, one line a person: columns are item ids (M1, M2, ...) and comment_M for words;\n"
        "cells are 1 to 5, dk, na, pns, or empty. A map renames columns; null leaves one out (names, times):"
        "\n"
        '  {"Question 1": "M1", "Email": null}\n'
        "Bad cells are listed with line and column, and nothing is imported."
    ), examples=(
        "  alongside import-answers k7dp3mqz answers.csv --dry-run     look only\n"
        "  alongside import-answers k7dp3mqz answers.csv --map columns.json\n"))
    made.add_argument("round", metavar="ROUND", help="the round's id or its short address")
    made.add_argument("file", metavar="FILE.csv", type=existing_file)
    made.add_argument("--map", metavar="FILE.json", type=existing_file, help="which column holds what")
    made.add_argument("--dry-run", action="store_true", help="read and check, import nothing")
    made.add_argument("--format", choices=["text", "json"], default="text")


def run(args: argparse.Namespace) -> int:
    mapping = _mapping(args.map)
    set_up()
    from alongside.config import reads
    from alongside.listening.api import ColumnsRefused, ListeningRefused, import_answers

    _ensure_size(args.file)
    round_ = reads.round_called(args.round)
    try:
        with args.file.open("rb") as file:
            result = import_answers(None, round_, file, mapping, dry_run=args.dry_run, progress=_progress)
    except ColumnsRefused as refusal:
        raise CannotDo(f"{refusal} The file has these columns: {', '.join(refusal.header)}") from None
    except ListeningRefused as refusal:
        raise CannotDo(str(refusal)) from None
    _print(result, args)
    return 1 if result.bad_total or (not result.imported and not args.dry_run) else 0


def _ensure_size(file: Path) -> None:
    from alongside.listening.api import LARGEST_ON_THE_COMMAND_LINE

    if file.stat().st_size > LARGEST_ON_THE_COMMAND_LINE:
        raise CannotDo(f"The file is larger than {LARGEST_ON_THE_COMMAND_LINE // 1_000_000} MB. Split it.")


def _mapping(path: Path | None) -> dict | None:
    if path is None:
        return None
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CannotDo(f"{path} is not JSON: {error}", code=2) from None
    if not isinstance(held, dict) or not all(isinstance(value, str | None) for value in held.values()):
        raise CannotDo(f'{path} must be like {{"Question 1": "M1", "Email": null}}', code=2)
    return held


def _progress(rows: int) -> None:
    if rows and rows % PROGRESS_EVERY == 0:
        tell(f"{rows} lines read")


def _print(result, args: argparse.Namespace) -> None:
    if args.format == "json":
        print(json.dumps({
            "rows": result.rows, "imported": result.imported, "dry_run": args.dry_run,
            "commented": result.commented, "bad_total": result.bad_total,
            "bad": [vars(cell) for cell in result.bad],
        }, ensure_ascii=False))
        return
    for cell in result.bad:
        tell(f"line {cell.row}, column {cell.column or '-'}: {cell.value_shown!r}: {cell.why}")
    if result.bad_total > len(result.bad):
        tell(f"... and {result.bad_total - len(result.bad)} more")
    print(_summary(result, args.dry_run))


def _summary(result, dry_run: bool) -> str:
    people = f"{result.rows} people's answers, {result.commented} of them with words"
    if result.bad_total:
        return f"Nothing was imported: {result.bad_total} cells can't be read. ({people})"
    if not result.rows:
        return "Nothing was imported: the file holds no answers."
    return f"The file is sound: {people}. Nothing was imported yet." if dry_run else f"Imported: {people}."
