"""`alongside attack`"""

import argparse

from .outcome import WRONG, new, set_up, tell

HOW = {
    "few": "figures of too few people are shown",
    "count": "a small number of people is known too closely",
    "unsure": "it is known too closely how many said “I don’t know”",
    "end": "it is certain that everybody chose the same end of the scale",
    "answer": "one person’s answer is certain",
    "skipped": "what those said who answered some questions and not all is certain",
    "came": "what those said who came or left is certain",
}


def add(parsers) -> None:
    made = new(parsers, "attack", run, about=(
        "Try to single somebody out by what was released, with all that a reader could see.\n\n"
        "For each released cycle, a program looks for numbers of people and answers that were withheld and can\n"
        "be worked out from what is shown: by readers inside, and by readers outside. It reads the released\n"
        "figures and nothing else. Exit code 1 where it finds somebody; it says where, never which number."
    ), examples=(
        "  alongside attack\n"
        '  alongside attack --organization "Harbor House"\n'))
    made.add_argument("--organization", metavar="NAME", help="one organization, by its name; else all")


def run(args: argparse.Namespace) -> int:
    set_up()
    from alongside.config.removing import organization_called
    from alongside.findings.api import given_away_in, released_cycles

    chosen = organization_called(args.organization).pk if args.organization else None
    cycles = released_cycles(chosen)
    found = []
    for at, cycle in enumerate(cycles, 1):
        name = f"{cycle.organization.name}, {cycle.name}"
        found += given_away_in(cycle, lambda audience, at=at, name=name: tell(
            f"{at} of {len(cycles)}: {name}, readers {audience}"))
    if found:
        print("Somebody could be singled out here. Take these figures back from whoever has them, and report it:")
        print("\n".join(_line(one) for one in found))
        return WRONG
    print("Nobody can be singled out from what was released." if cycles else
          "Nothing was released yet. Nobody can be singled out.")
    return 0


def _line(one) -> str:
    parts = (one.voice, one.unit or "the whole organization", one.area, one.practice)
    place = ", ".join(part for part in parts if part)
    return f"- {one.organization}, {one.cycle}, readers {one.audience}: {place}: {HOW[one.how]}"
