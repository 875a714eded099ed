"""The passphrase of a backup: from a file, from the environment, or asked for."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from .outcome import CannotDo

VARIABLE = "ALONGSIDE_BACKUP_PASSPHRASE"
SHORTEST = 12


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """The option that both commands take."""
    parser.add_argument("--passphrase-file", metavar="FILE", type=Path, help=(
        f"read the passphrase from the first line of FILE (or set {VARIABLE}; else it is asked for)"))


def known_passphrase(args: argparse.Namespace) -> str:
    """The passphrase of a backup that exists. Raises `CannotDo` where there is none."""
    return _given(args) or _asked("Passphrase of the backup: ")


def new_passphrase(args: argparse.Namespace) -> str:
    """The passphrase for a new backup, typed twice. Raises `CannotDo` where it is short or differs."""
    given = _given(args)
    passphrase = given or _asked("New passphrase for this backup (12 characters or more): ")
    if len(passphrase) < SHORTEST:
        raise CannotDo(f"A passphrase needs {SHORTEST} characters or more: it protects the keys to "
                       "everything. Four or five words that don't belong together are good.")
    if not given and _asked("The same again: ") != passphrase:
        raise CannotDo("The two were not the same. Nothing was written.")
    return passphrase


def _given(args: argparse.Namespace) -> str:
    if args.passphrase_file is None:
        return os.environ.get(VARIABLE, "")
    try:
        lines = args.passphrase_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise CannotDo(f"Cannot read the passphrase from {args.passphrase_file}.") from None
    if not lines or not lines[0]:
        raise CannotDo(f"The first line of {args.passphrase_file} is empty.")
    return lines[0]


def _asked(question: str) -> str:
    if not sys.stdin.isatty():
        raise CannotDo(f"A passphrase is needed. Set {VARIABLE}, or say --passphrase-file FILE.", code=2)
    return getpass.getpass(question)
