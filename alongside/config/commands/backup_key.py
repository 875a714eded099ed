"""`alongside backup-key`"""

import argparse
import os
from pathlib import Path

from .outcome import CannotDo, new, tell
from .passphrase import add_passphrase, new_passphrase


def add(parsers) -> None:
    made = new(parsers, "backup-key", run, about=(
        "Make a key for backups, so that the server can't open its own.\n\n"
        "Best on another computer than the server's. Writes the secret key, sealed with a passphrase, into a new\n"
        "file: keep it on two sticks in two houses, and the passphrase on paper. Prints the public key, which\n"
        "you give to `alongside backup --to`."
    ), examples="  alongside backup-key /mnt/usb/alongside.key\n")
    made.add_argument("file", metavar="FILE", type=Path, help="a new file")
    add_passphrase(made)


def run(args: argparse.Namespace) -> int:
    from alongside.config.backups.age_file import new_key

    if args.file.exists():
        raise CannotDo(f"{args.file} exists already. Name a new file.")
    sealed, public = new_key(new_passphrase(args))
    try:
        with open(os.open(args.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(sealed)
    except OSError as error:
        raise CannotDo(f"{error.strerror}: {args.file}. No key was made.") from None
    print(public)
    tell("Without this file and its passphrase nobody can open the backups that are made for it.")
    return 0
