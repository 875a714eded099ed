"""`alongside backup`"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from .outcome import CannotDo, new, tell
from .passphrase import add_passphrase, new_passphrase


def add(parsers) -> None:
    made = new(parsers, "backup", run, about=(
        "Write one sealed file that brings this installation back on another machine.\n\n"
        "It holds the database, the keys and your own frameworks. Best is to seal it for a public key (--to): the\n"
        "secret key lies elsewhere, so this server can't open its own backups. Otherwise a passphrase of yours\n"
        "seals it: keep that apart from the file, on paper. Without it nobody can open the file, you included.\n"
        "The server may go on running. Older backups that were made here and are past their time\n"
        "(ALONGSIDE_BACKUP_DAYS) are deleted after a new one was made."
    ), examples=(
        "  alongside backup /mnt/usb/2027-07-01.backup\n"
        "  alongside backup /mnt/usb --to age1...       a file of today's date in that folder, for a key\n"
        "  alongside backup /mnt/usb --passphrase-file /root/alongside.passphrase\n"))
    made.add_argument("file", metavar="FILE", type=Path,
                      help="a new file, best on another disk; or a folder, where it is called by the day")
    made.add_argument("--to", metavar="KEY", action="append", default=[], help=(
        "seal for this public key (age1...; alongside backup-key makes one). Say it again for a second person: "
        "each key alone opens the file"))
    add_passphrase(made)


def run(args: argparse.Namespace) -> int:
    from alongside.config import environment
    from alongside.config.backups import ageing
    from alongside.config.backups.age_file import read_recipient
    from alongside.config.backups.making import make_backup
    from alongside.config.backups.refusals import BackupRefused

    settings = environment.read()
    today = datetime.now(UTC).date()
    try:
        lock = [read_recipient(one) for one in args.to] or new_passphrase(args)
        file = _free_name(args.file, f"alongside-{today}") if args.file.is_dir() else args.file
        manifest = make_backup(settings.data, settings.database, file, lock)
    except BackupRefused as refusal:
        raise CannotDo(str(refusal)) from None
    print(f"Backed up to {file}: {len(manifest.parts)} parts, {file.stat().st_size / 1e6:.1f} MB.")
    gone = _aged_out(ageing, settings.data, today, settings.backup_days)
    tell(f"It still holds what is deleted here later, until it goes itself: after {settings.backup_days} days. "
         f"Older ones deleted now: {gone}.")
    return 0


def _free_name(folder: Path, stem: str) -> Path:
    """`stem`.backup in `folder`, or with a number where that is taken."""
    names = [f"{stem}.backup", *(f"{stem}-{number}.backup" for number in range(2, 100))]
    return next((folder / name for name in names if not (folder / name).exists()), folder / names[0])


def _aged_out(ageing, data: Path, today, days: int) -> int:
    try:
        return ageing.age_out(data, today, days)
    except OSError as error:
        tell(f"An older backup could not be deleted ({error.strerror}: {error.filename}). Delete it by hand.")
        return 0
