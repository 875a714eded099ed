"""Checks of the data folder, the disk and the clock."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from alongside.config.backups import ageing
from alongside.config.backups.making import ASIDE

from .finding import ADVICE, Finding

LEAST_FREE = 500_000_000  # bytes: a backup and a restore need a copy of the database each
OLD_AFTER = 8  # days
BUILT = datetime(2026, 1, 1, tzinfo=UTC)  # nobody runs this before it was written


def modes_of_files() -> Iterator[Finding]:
    """The data folder and the keys are for the server's user alone."""
    data = Path(settings.DATA_DIR)
    for path in (data, *_secrets(data)):
        if path.stat().st_mode & 0o077:
            mode = "700" if path.is_dir() else "600"
            yield Finding(
                "files", f"{path} can be read by other users of this machine.",
                "Whoever reads the keys can open everything that is sealed.", f"Run: chmod {mode} {path}")


def _secrets(data: Path) -> list[Path]:
    return [data / "secrets", *sorted((data / "secrets").iterdir())]


def disk_space() -> Iterator[Finding]:
    """There is room for answers, and for a backup."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LEAST_FREE:
        yield Finding(
            "disk", f"Only {free // 1_000_000} MB are free where the data are.",
            "Where the disk is full, answers that people give are lost.",
            "Delete what is not needed, or add a disk.")


def age_of_backup() -> Iterator[Finding]:
    """There is a backup, and it is not old."""
    made = ageing.made_here(Path(settings.DATA_DIR))
    why = "If this machine breaks or is stolen, all work since the last backup is gone."
    mend = "Run: alongside backup FILE, onto another disk, every week. See docs/run/backup.md."
    if not made:
        yield Finding("backup", "No backup was ever made.", why, mend, ADVICE)
        return
    days = (datetime.now(UTC).date() - made[-1].made_on).days
    if days > OLD_AFTER:
        yield Finding("backup", f"The last backup is {days} days old.", why, mend, ADVICE)


def backups_past_their_time() -> Iterator[Finding]:
    """Backups are gone when people were told that they are."""
    data, today = Path(settings.DATA_DIR), datetime.now(UTC).date()
    for backup in ageing.past_their_time(data, today, settings.BACKUP_DAYS):
        seen = ("is still there" if backup.is_there else
                f"may still be there: {backup.file.parent} is not plugged in or not mounted")
        yield Finding(
            "old backup", f"{backup.file} of {backup.made_on} {seen}.",
            f"It holds what was deleted since. Your staff read that backups are kept {settings.BACKUP_DAYS} days.",
            f"Delete it, and every copy of it. Where it is gone for good, delete its line in {data / ageing.LEDGER}.")


def kept_aside() -> Iterator[Finding]:
    """What a restore kept aside is deleted again one day."""
    for path in sorted(Path(settings.DATA_DIR).glob(ASIDE + "*")):
        yield Finding(
            "restore", f"{path} holds what was here before a restore.",
            "It holds people's words that may have been deleted since.",
            f"When you are sure that nothing is missing: rm -r {path}", ADVICE)


def clock() -> Iterator[Finding]:
    """Rounds close by the clock."""
    if datetime.now(UTC) < BUILT:
        yield Finding(
            "clock", f"This machine believes that today is {datetime.now(UTC).date()}.",
            "Rounds close, and data are purged, by the date.", "Set the clock: timedatectl set-ntp true")
    newest = max((path.stat().st_mtime for path in Path(settings.DATA_DIR).iterdir()), default=0)
    if newest > time.time() + 3600:
        yield Finding(
            "clock", "Files in the data folder come from the future: the clock was set back.",
            "Rounds close, and data are purged, by the date.", "Set the clock: timedatectl set-ntp true")


CHECKS = (modes_of_files, disk_space, age_of_backup, backups_past_their_time, kept_aside, clock)
