"""What is in a backup: the list that stands at its head, with a sha256 of every part."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

import alongside

from .refusals import Damaged, TooNew

NAME = "manifest.json"
FORMAT = 1
LONGEST = 10_000_000  # bytes of a manifest; a part's entry takes about 150
READ_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Part:
    """A file in the backup. `name` is relative, with `/`."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`database` is "sqlite" or "postgresql"; `made_on` a date such as "2027-03-01"."""

    version: str
    made_on: str
    database: str
    parts: tuple[Part, ...]

    def to_json(self) -> bytes:
        """The manifest as it stands in the file."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode()


def read_manifest(text: bytes) -> Manifest:
    """Raises `Damaged` for anything that is not a manifest, `TooNew` for one of a newer version."""
    try:
        held = json.loads(text)
        parts = tuple(Part(str(one["name"]), int(one["size"]), str(one["sha256"])) for one in held["parts"])
        manifest = Manifest(str(held["version"]), str(held["made_on"]), str(held["database"]), parts)
        form = int(held["format"])
    except (ValueError, KeyError, TypeError):
        raise Damaged("The backup's list of contents can't be read. Nothing was changed.") from None
    if form > FORMAT or _numbers(manifest.version) > _numbers(alongside.__version__):
        raise TooNew(
            f"This backup was made by version {manifest.version}; installed is {alongside.__version__}. "
            "Install that version or a newer one, then restore. Nothing was changed.")
    return manifest


def part_of(file: Path, name: str) -> Part:
    """The entry of `file` under `name`."""
    return Part(name, file.stat().st_size, sha256_of(file))


def sha256_of(file: Path) -> str:
    """64 hex digits."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(READ_AT_ONCE):
            digest.update(piece)
    return digest.hexdigest()


def is_safe(name: str) -> bool:
    """Whether a part's name stays inside the folder that it is unpacked into."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\0" not in name


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", version))
