"""`alongside backup`"""

import argparse
from pathlib import Path

from .outcome import CannotDo, new, tell
from .passphrase import add_passphrase, new_passphrase


def add(parsers) -> None:
    made = new(parsers, "backup", run, about=(
        "Write one sealed file that brings this installation back on another machine.\n\n"
        "It holds the database, the keys and your own frameworks. A passphrase of yours seals it: keep that\n"
        "apart from the file, on paper. Without it nobody can open the file, you included. The server may\n"
        "go on running."
    ), examples=(
        "  alongside backup /mnt/usb/2027-07-01.backup\n"
        "  alongside backup /mnt/usb/2027-07-01.backup --passphrase-file /root/alongside.passphrase\n"))
    made.add_argument("file", metavar="FILE", type=Path, help="a new file, best on another disk")
    add_passphrase(made)


def run(args: argparse.Namespace) -> int:
    from alongside.config import environment
    from alongside.config.backups.making import make_backup
    from alongside.config.backups.refusals import BackupRefused

    settings = environment.read()
    passphrase = new_passphrase(args)
    try:
        manifest = make_backup(settings.data, settings.database, args.file, passphrase)
    except BackupRefused as refusal:
        raise CannotDo(str(refusal)) from None
    print(f"Backed up to {args.file}: {len(manifest.parts)} parts, {args.file.stat().st_size / 1e6:.1f} MB.")
    tell("It still holds what is deleted here later. Delete old backups on a schedule: docs/run/backup.md")
    return 0
