"""What an attacker finds: people who are given away by what was released."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from alongside.privacy.gate import CellKey, Hole, Released, Shown

from .knowledge import Known
from .one_cycle import HIGHEST, LOWEST, OneCycle, Place
from .over_years import Churn, Year, columns_together, one_for_one, suppositions, unsure_between
from .program import SURE, Contradiction, Program, Sum

NOTHING = Known()
NARROWEST = 0.5  # levels: a person's score in a domain that is known more closely counts as known


@dataclass(frozen=True)
class Found:
    """Somebody who is given away: where, and by what; never a number that was withheld.

    how   "few": the answers of too few people are shown · "count": a small number of people is known too
          closely · "unsure": the same of "I don't know" · "end": it is certain that everybody (or all
          others) chose one end of the scale · "answer": one person's answer is certain · "came": what was
          said by those who came or left · "skipped": what those said who answered some questions and not all
    """

    key: CellKey
    how: str


@dataclass
class Tried:
    """What an attack tried and found. `refuted`: areas in which what is known besides can't be so."""

    found: list[Found] = field(default_factory=list)
    questions: int = 0
    refuted: int = 0

    def ask(self, is_safe: bool, key: CellKey, how: str) -> None:
        """Count a question, and keep what it found."""
        self.questions += 1
        if not is_safe and Found(key, how) not in self.found:
            self.found.append(Found(key, how))


@dataclass(frozen=True)
class Cycle:
    """One cycle as the attacker has it: what was seen (the inside first), and what is known besides."""

    told: tuple[Released, ...]
    known: Known = NOTHING


def attack_cycle(cycle: Cycle) -> Tried:
    """Try everything on one cycle. `told` may be of the inside, of the outside, or both."""
    tried = Tried()
    asked = {(key.voice, key.domain) for key, figure in cycle.told[0].items() if not isinstance(figure, Hole)}
    for voice, domain in sorted(asked):
        try:
            _attack_block(OneCycle(cycle.told, voice, domain, cycle.known), tried)
        except Contradiction:
            tried.refuted += 1
    return tried


def _attack_block(block: OneCycle, tried: Tried) -> None:
    k, program = block.told[0].k, block.program
    cells = list(product(block.places, block.columns))
    counts = [_people(*cell) for cell in cells if _is_hidden(block, *cell)] if block.known.people is None else []
    unsure = [_unsure(place, column) for place, column in product(block.places, block.practices)]
    ends = [total for cell in cells for total in _to_ends(block, *cell)]
    for totals in (counts, unsure, ends):
        program.look_around(totals)
    if not block.known.own:
        _attack_skippers(block, tried)
    for place, column in cells:
        key = block.key(place, column)
        if block.known.people is not None:
            _attack_answers(block, tried, place, column)
            continue
        if _is_hidden(block, place, column):
            tried.ask(_hides_count(program, _people(place, column), k), key, "count")
        else:
            tried.ask(program.at_least(_people(place, column), k), key, "few")
        if column and not block.known.complete:
            tried.ask(_hides_count(program, _unsure(place, column), k), key, "unsure")
        tried.ask(_keeps_from_ends(block, place, column), key, "end")


def _attack_skippers(block: OneCycle, tried: Tried) -> None:
    """What those said who answered some practices of a domain and not all."""
    said = [(place, answers, block.skipped(place, answers)) for place, answers in block.skippers()]
    for place, answers, total in said:
        if answers == 1:
            is_safe = block.program.wide_enough(total, 2)
        else:
            most = {name: -factor for name, factor in total.items()}
            is_safe = block.program.reaches(total, LOWEST * answers + 1) and block.program.reaches(
                most, 1 - HIGHEST * answers)
        tried.ask(is_safe, block.key(place, None), "skipped")


def _is_hidden(block: OneCycle, place: Place, column: str | None) -> bool:
    return not isinstance(block.told[0].get(block.key(place, column)), Shown)


def _people(place: Place, column: str | None) -> Sum:
    return {("people", place, column): 1.0}


def _unsure(place: Place, column: str | None) -> Sum:
    return {("unsure", place, column): 1.0}


def _hides_count(program: Program, total: Sum, k: int) -> bool:
    """Could the number be any of k, if it is small at all?"""
    return program.at_least(total, k) or program.wide_enough(total, k)


def _attack_answers(block: OneCycle, tried: Tried, place: Place, column: str | None) -> None:
    """Whoever knows how many answered asks what the others said: all the same end, or one person's answer."""
    people = (block.known.people or {}).get(block.key(place, column), 0)
    own = block.own_levels(place, column)
    others = people - len(own)
    if others < 1 or (block.known.own and not own):
        return
    key = block.key(place, column)
    tried.ask(_keeps_from_ends(block, place, column), key, "end")
    if others == 1 and column:
        levels = {("levels", place, column): 1.0}
        tried.ask(block.program.wide_enough(levels, 2), key, "answer")


def _to_ends(block: OneCycle, place: Place, column: str | None) -> tuple[Sum, Sum]:
    """How far a group is from either end of the scale, all people together, in levels."""
    levels, people = ("levels", place, column), ("people", place, column)
    return {people: HIGHEST, levels: -1.0}, {levels: 1.0, people: -LOWEST}


def _keeps_from_ends(block: OneCycle, place: Place, column: str | None) -> bool:
    """Could somebody (but the attackers themselves) be a step or more away from each end?"""
    own = block.own_levels(place, column)
    from_high, from_low = _to_ends(block, place, column)
    far = (sum(HIGHEST - level for level in own) + 1, sum(level - LOWEST for level in own) + 1)
    if all(block.program.reaches(total, step) for total, step in zip((from_high, from_low), far, strict=True)):
        return True
    return not block.program.at_least(_people(place, column), len(own) + 1)  # perhaps there is nobody


def attack_years(years: Sequence[Year]) -> Tried:
    """Suppose that all who stayed answered as before, in every pair of cycles and over all of them."""
    tried = Tried()
    for columns in columns_together(years):
        for program, churns in suppositions(years, columns):
            for churn in churns:
                tried.ask(_hides_churn(program, churn), churn.key, "came")
            for came, left in one_for_one(churns):
                tried.ask(_hides_one_for_one(program, came, left), came.key, "came")
    for before, now in combinations(years, 2):
        for key in before.asked.keys() & now.asked.keys():
            unsure = unsure_between(before, now, key)
            tried.ask(not unsure or len(unsure) > 1, key, "unsure")
    return tried


def _hides_one_for_one(program: Program, came: Churn, left: Churn) -> bool:
    """Either of them knows what they said themselves: the other's answer must not be certain."""
    low, high = program.between({came.name: 1.0, left.name: -1.0})
    levels = range(int(LOWEST), int(HIGHEST) + 1)
    return all(sum(low - SURE <= own - other <= high + SURE for other in levels) != 1 for own in levels)


def _hides_churn(program: Program, churn: Churn) -> bool:
    """One person's answer must not be certain, nor that several all chose one end of the scale."""
    total = {churn.name: 1.0}
    if churn.number == 1 and churn.key.practice:
        return program.wide_enough(total, 2)
    if churn.number == 1:
        low, high = program.between(total)
        return high - low >= NARROWEST
    low, high = churn.number * LOWEST, churn.number * HIGHEST
    return program.reaches(total, low + 1) and program.reaches({churn.name: -1.0}, 1 - high)
