"""Which backups were made here, and which of them are past their time.

The list lies in the data folder, one line a backup: the day, a space, the whole path. It is how a backup is known
again as our own, whatever it is called; nothing else is ever deleted.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from .age_file import is_backup

LEDGER = "backups.list"


@dataclass(frozen=True)
class Backup:
    """A backup that was made here. The file may have been moved or deleted since."""

    made_on: date
    file: Path

    @property
    def is_there(self) -> bool:
        """Whether a backup stands at its place: not another file that took its name."""
        try:
            with self.file.open("rb") as opened:
                return is_backup(opened)
        except OSError:
            return False

    @property
    def is_out_of_sight(self) -> bool:
        """Whether its folder is not there, as with a disk that lies in a drawer."""
        return not self.file.parent.is_dir()


def remember(data: Path, file: Path, made_on: date) -> None:
    """Put a new backup on the list."""
    with (data / LEDGER).open("a", encoding="utf-8") as opened:
        opened.write(f"{made_on.isoformat()} {file}\n")


def made_here(data: Path) -> list[Backup]:
    """Every backup on the list, the oldest first."""
    try:
        lines = (data / LEDGER).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    parts = [line.partition(" ") for line in lines]
    return sorted((Backup(date.fromisoformat(day), Path(file)) for day, _space, file in parts),
                  key=lambda one: one.made_on)


def past_their_time(data: Path, today: date, days: int) -> list[Backup]:
    """Backups that are older than `days` and still there, or out of sight. Never the newest that is there."""
    still = [one for one in made_here(data) if one.is_there or one.is_out_of_sight]
    newest = max((one for one in still if one.is_there), key=lambda one: one.made_on, default=None)
    return [one for one in still if one.made_on + timedelta(days=days) < today and one is not newest]


def age_out(data: Path, today: date, days: int) -> int:
    """Delete the backups that are past their time; gives how many. What is sealed needs no overwriting."""
    gone = 0
    for backup in past_their_time(data, today, days):
        if backup.is_there:
            backup.file.unlink()
            gone += 1
    return gone
