"""Translations: from the PO files that people edit to the MO files that are read. `python -m` this to compile
them."""

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "ui" / "locale"


def sources(locale: Path = LOCALE) -> list[Path]:
    """Every PO file, sorted."""
    return sorted(locale.glob("*/LC_MESSAGES/*.po"))


def is_compiled(source: Path) -> bool:
    """Whether the MO file beside `source` is there and not older."""
    made = source.with_suffix(".mo")
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def compile_all(locale: Path = LOCALE) -> int:
    """Compile what is not compiled; gives how many files that were."""
    waiting = [source for source in sources(locale) if not is_compiled(source)]
    for source in waiting:
        draft = source.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(source.with_suffix(".mo"))  # whole or not at all: a server may be reading it
    return len(waiting)


def main() -> int:
    try:
        compile_all()
    # polib raises OSError for a broken file, and names the line
    except (OSError, UnicodeDecodeError) as error:
        print(f"A translation can't be compiled: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
