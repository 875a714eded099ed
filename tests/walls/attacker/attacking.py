"""Every attacker on one invented organization, and the same on thousands."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

from alongside.privacy.attacker import Cycle, Known, Person, Tried, Year, attack_cycle, attack_years
from alongside.privacy.gate import Earlier, Policy, Released, people_behind, release
from tests.walls.outcome import Outcome, Tell

from .organizations import Organization, Round, organization

K_INSIDE, K_OUTSIDE = 5, 15
NEEDED = 0.75
VOICE = "staff"
FEW = 20  # people, of whom the attackers also reckon with whole levels
INSIDERS = 3  # of each cycle: others differ from them in what they said, not in what they can try
AT_ONCE = 50
Attempt = tuple[str, Tried]


def released(org: Organization) -> tuple[list[Released], list[Released]]:
    """What the inside and the outside are told, cycle by cycle."""
    inside: list[Earlier] = []
    outside: list[Earlier] = []
    for told in org.rounds:
        inner = release(told.cells, policy=Policy(k_scores=K_INSIDE), earlier=inside)
        outer = release(told.cells, policy=Policy(k_scores=K_OUTSIDE), within=inner, earlier=[
            *outside, *(replace(one, same_readers=False) for one in inside)])
        inside.append(Earlier(inner, people_behind(told.cells)))
        outside.append(Earlier(outer, people_behind(told.cells)))
    return [one.released for one in inside], [one.released for one in outside]


def attempts(org: Organization) -> Iterator[Attempt]:
    """Who attacks what, and what they find."""
    inside, outside = released(org)
    for at, told in enumerate(org.rounds):
        for who, cycle in _readers(org, told, inside[at], outside[at]):
            yield f"{who}, cycle {at + 1}", attack_cycle(cycle)
    for who, seen in (("somebody inside", [*zip(inside, outside, strict=True)]),
                      ("somebody outside", [(one,) for one in outside])):
        years = [Year(told, round_.counts(), {cell.key: cell.asked for cell in round_.cells})
                 for told, round_ in zip(seen, org.rounds, strict=True)]
        yield f"{who} who knows all numbers of people, over {len(years)} cycles", attack_years(years)


def _readers(org: Organization, told: Round, inner: Released, outer: Released) -> Iterator[tuple[str, Cycle]]:
    placed = {VOICE} if all(person.unit for person in told.people) else set()
    yield "a reader inside", Cycle((inner, outer), Known(placed=placed, needed=NEEDED))
    yield "a reader outside", Cycle((outer,), Known(placed=placed, needed=NEEDED))
    if org.complete:
        yield "a reader who knows that all answered everything", Cycle(
            (inner, outer), Known(placed=placed, complete=True, needed=NEEDED))
    counting = partial(Known, people=told.counts(), placed=placed, complete=org.complete, needed=NEEDED)
    yield "somebody who knows all numbers of people", Cycle((inner, outer), counting())
    if len(told.people) <= FEW:
        yield "somebody who knows all numbers of people, exactly", Cycle((inner, outer), counting(exact=True))
    for person in insiders(told):
        yield "one of those who answered", Cycle((inner, outer), counting(own=(person,)))


def insiders(told: Round) -> Sequence[Person]:
    """Some of those who answered, each from another unit or with other answers: those at an end first."""
    alike = {(one.unit, *one.answers.values()): Person(one.unit, one.answers) for one in told.people}
    far = sorted(alike.values(), key=lambda one: -max(abs((level or 3) - 3) for level in one.answers.values()))
    return far[:INSIDERS]


def attacked(seed: int) -> list[str]:
    """What was found in one organization, each in a line that tells no number."""
    lines = []
    for who, tried in attempts(organization(seed)):
        lines += [f"organization {seed}, {who}: {found.how} at {_place(found.key)}" for found in tried.found]
        if tried.refuted:  # all that the attackers know here is true: they would have given up for a mistake
            lines.append(f"organization {seed}, {who}: what was released contradicts itself")
    return lines


def _place(key) -> str:
    return f"{key.unit or 'the whole organization'}, {key.practice or 'the area'}"


def _say_nothing() -> None:
    """The solver writes lines of its own between ours, for those who make it. What goes wrong is said elsewhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def run(trials: int, tell: Tell) -> Outcome:
    """Attack this many organizations; uses every processor."""
    found: list[str] = []
    with ProcessPoolExecutor(os.cpu_count(), initializer=_say_nothing) as processes:
        for done, lines in enumerate(processes.map(attacked, range(trials), chunksize=AT_ONCE), 1):
            found += lines
            if done % (AT_ONCE * 10) == 0 or done == trials:
                tell(f"{done} of {trials} organizations attacked, {len(found)} people given away")
    return Outcome(
        name="Working out what somebody said from what was released", tried=trials, found=tuple(found),
        says=f"{trials} invented organizations over one to four cycles were attacked with all that was released, "
             "by readers, by people who know how many answered, and by some who answered themselves. Nobody's "
             "answer, and no small number of people, may be found.")
