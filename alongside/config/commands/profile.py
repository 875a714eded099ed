"""`alongside profile`"""

import argparse
import json

from .outcome import CannotDo, new, set_up


def add(parsers) -> None:
    made = new(parsers, "profile", run, about=(
        "Print the released profile of a cycle: what the pages show, no more.\n\n"
        "Figures stand here as they passed the gate. What was withheld stays withheld, with the reason."
    ), examples=(
        '  alongside profile "Spring 2027" --format text\n'
        "  alongside profile 3f0c4a52-7d1e-4a35-9a51-5d8a3c6f2e10 > profile.json\n"))
    made.add_argument("cycle", metavar="CYCLE", help="the cycle's id or its name")
    made.add_argument("--format", choices=["json", "text"], default="json")


def run(args: argparse.Namespace) -> int:
    set_up()
    from alongside.config import reads
    from alongside.findings.api import NotReleasedYet, profile_plain

    try:
        plain = profile_plain(None, reads.cycle_called(args.cycle))
    except NotReleasedYet:
        raise CannotDo("The results of this cycle were not released yet. They are released once, after every "
                       "round is closed.") from None
    print(json.dumps(plain, ensure_ascii=False, indent=1) if args.format == "json" else as_text(plain))
    return 0


def as_text(held, depth: int = 0) -> str:
    """Anything made of dicts, lists and plain values as indented lines."""
    space = "  " * depth
    if isinstance(held, dict):
        return "\n".join(_line(space, f"{key}:", value, depth) for key, value in held.items())
    if isinstance(held, list):
        return "\n".join(_line(space, "-", value, depth) for value in held)
    return f"{space}{'' if held is None else held}"


def _line(space: str, name: str, value, depth: int) -> str:
    if isinstance(value, dict | list) and value:
        return f"{space}{name}\n{as_text(value, depth + 1)}"
    return f"{space}{name} {'none' if value in (None, [], {}) else value}"
