"""`alongside restore`"""

import argparse
import os
import sys

from .migrate import bring_up_to_date
from .outcome import CannotDo, existing_file, new, set_up, tell
from .passphrase import add_passphrase, known_passphrase


def add(parsers) -> None:
    made = new(parsers, "restore", run, about=(
        "Bring an installation back from a file that `alongside backup` wrote.\n\n"
        "Everything in the file is checked before anything here is touched. Everybody has to sign in again.\n"
        "Stop the server first."
    ), examples=(
        "  alongside restore /mnt/usb/2027-07-01.backup               into an empty DATA_DIR\n"
        "  alongside restore /mnt/usb/2027-07-01.backup --replace     what is there is kept aside\n"
        "  alongside restore FILE --key /mnt/stick/alongside.key      one that was made with --to\n"))
    made.add_argument("file", metavar="FILE", type=existing_file)
    made.add_argument("--replace", action="store_true", help="also where there is one; it is kept aside")
    made.add_argument("--yes", action="store_true", help="with --replace: do not ask")
    made.add_argument("--key", metavar="FILE", type=existing_file, help="the secret key of a backup made with --to")
    add_passphrase(made)


def run(args: argparse.Namespace) -> int:
    from alongside.config import environment
    from alongside.config.backups.refusals import BackupRefused
    from alongside.config.backups.restoring import restore_backup

    data = environment.data_folder(os.environ)
    database = environment.database(os.environ, data)
    if args.replace and not args.yes:
        _ask(str(data))
    try:
        manifest = restore_backup(args.file, data, database, _key(args), replace=args.replace)
    except BackupRefused as refusal:
        raise CannotDo(str(refusal)) from None
    _make_ready()
    print(f"Restored what was backed up on {manifest.made_on} (version {manifest.version}). "
          "Start: alongside serve")
    return 0


def _key(args: argparse.Namespace):
    """A passphrase, or the secret keys of `--key`; that file may ask for a passphrase itself."""
    from alongside.config.backups.age_file import is_sealed_key, read_keys

    if args.key is None:
        return known_passphrase(args)
    try:
        text = args.key.read_bytes()
    except OSError as error:
        raise CannotDo(f"{error.strerror}: {args.key}.") from None
    return read_keys(text, known_passphrase(args) if is_sealed_key(text) else "")


def _make_ready() -> None:
    """Migrate, sign everybody out, purge what fell due since the backup was made."""
    try:
        set_up()
        from datetime import UTC, datetime

        from alongside.config import writes
        from alongside.privacy.api import forget_keys

        bring_up_to_date()
        forget_keys()
        writes.end_every_session()
        writes.record_restore()
        writes.purge_expired(datetime.now(UTC).date())
    except Exception as error:
        raise CannotDo(f"The files are back, but bringing them up to date failed ({type(error).__name__}). "
                       "Run: alongside migrate, then alongside doctor") from error


def _ask(data: str) -> None:
    if not sys.stdin.isatty():
        raise CannotDo("Nobody is here to ask. Say --replace --yes to replace what is there.", code=2)
    tell(f"This puts another installation in the place of {data}. What is there is kept aside.")
    if input("Type replace to go on: ").strip() != "replace":
        raise CannotDo("Nothing was changed.")
