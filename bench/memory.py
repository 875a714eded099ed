"""What an idle server holds in memory, all processes together."""

import time
from pathlib import Path

from .house import server


def measure(data: Path) -> list[dict]:
    """Proportional (PSS) and plain (RSS) memory of the server and its children, after a quiet moment."""
    with server(data) as (_, running):
        time.sleep(5)
        family = _family(running.pid)
        plain = sum(_kilobytes(pid, "Rss") for pid in family) / 1024
        shared_fairly = sum(_kilobytes(pid, "Pss") for pid in family) / 1024
    return [
        {"what": "idle server, all processes, MiB (pages shared between them counted once)",
         "value": round(shared_fairly), "bar": 250},
        {"what": "  the same with shared pages counted in each process, MiB", "value": round(plain)},
        {"what": "  processes", "value": len(family)},
    ]


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _kilobytes(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
