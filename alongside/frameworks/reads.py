"""Which frameworks there are: those that come with the product, and valid ones that an organization added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from alongside.frameworks.loading import load
from alongside.frameworks.rules.sources import FRAMEWORK_FILE
from alongside.frameworks.shapes import Framework, FrameworkRefused, FrameworkUnknown, Problem

BUILT_IN = Path(__file__).parent / "data"

_KEY = re.compile(r"([a-z][a-z0-9-]*)/([1-9][0-9]*)")

Stamp = tuple[tuple[str, int, int], ...]


def available(extra: Path | None = None) -> tuple[Framework, ...]:
    """The built-in frameworks and the valid ones in the folder `extra`, each in its own folder there.

    FrameworkRefused only if a built-in one is broken; what is wrong with the others is told by `refused`.
    """
    built_in = [_kept(folder) for folder in _folders(BUILT_IN)]
    added = [found for _, found in _added(extra) if isinstance(found, Framework)]
    return tuple(built_in + sorted(added, key=lambda one: (one.id, one.version)))


def framework(key: str, extra: Path | None = None) -> Framework:
    """The framework "alongside-practices/1"; FrameworkUnknown, or FrameworkRefused for broken files."""
    parts = _KEY.fullmatch(key)
    name = f"{parts[1]}-{parts[2]}" if parts else ""
    for place in (BUILT_IN, extra):
        if name and place is not None and (place / name).is_dir():
            return _kept(place / name)
    raise FrameworkUnknown(f"there is no framework {key!r}")


def refused(extra: Path | None = None) -> tuple[tuple[str, FrameworkRefused], ...]:
    """Name of each folder in `extra` that is no framework, and why."""
    return tuple((name, found) for name, found in _added(extra) if isinstance(found, FrameworkRefused))


def _added(extra: Path | None) -> Iterator[tuple[str, Framework | FrameworkRefused]]:
    for folder in _folders(extra):
        if (BUILT_IN / folder.name).is_dir():
            message = f"{folder.name} comes with the product; give yours another id or version"
            yield folder.name, FrameworkRefused((Problem(FRAMEWORK_FILE, 1, "key-taken", message),))
            continue
        try:
            yield folder.name, _kept(folder)
        except FrameworkRefused as refusal:
            yield folder.name, refusal


def _folders(place: Path | None) -> list[Path]:
    """The folders in a place, by name; none where the place is not there or may not be looked into."""
    try:
        inside = sorted(place.iterdir()) if place else []
        return [folder for folder in inside if folder.is_dir() and not folder.name.startswith(".")]
    except OSError:
        return []


def _kept(folder: Path) -> Framework:
    """The framework in a folder, read once in this process and again only when a file has changed."""
    found = _loaded(folder, _stamp(folder))
    if isinstance(found, Framework):
        return found
    raise FrameworkRefused(found)


@lru_cache(maxsize=64)
def _loaded(folder: Path, stamp: Stamp) -> Framework | tuple[Problem, ...]:
    """The framework or its problems: a broken one is not judged again on every page either."""
    try:
        return load(folder)
    except FrameworkRefused as refusal:
        return refusal.problems


def _stamp(folder: Path) -> Stamp:
    """Name, time of change (ns) and size (bytes) of each file; empty where nobody may look."""
    try:
        seen = [(file.name, file.stat()) for file in sorted(folder.iterdir())]
    except OSError:
        return ()
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in seen)
