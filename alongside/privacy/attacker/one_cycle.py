"""All that is known of one domain of one voice in one cycle, as a linear program.

Its numbers are, for each place (the whole organization, a unit, no unit) and column (the domain, a practice):
the people behind the figure, the sum of their levels, and how many said "I don't know".
"""

from collections.abc import Sequence
from itertools import product
from math import ceil

from alongside.privacy.gate import CellKey, Hole, Released, Shown, Withheld

from .knowledge import Known
from .program import MOST, Program, Sum

NOWHERE = ""  # people who told no unit
KINDS = ("people", "levels", "unsure")
HALF = 0.05  # levels: how far a mean may be from the tenth to which it was rounded
# A mean at its upper edge was rounded up. So a sum lies below the edge by at least this many levels. Levels are whole:
# a twentieth. Scores are fractions of as many as the practices that somebody answered: with up to twelve practices in a
# domain, and three quarters of them needed, sums of scores lie 1/39,600 away; in larger domains perhaps nearer.
BELOW_IN_PRACTICE, BELOW_IN_DOMAIN = 0.05, 2e-5
LOWEST, HIGHEST = 1.0, 5.0

Column = str | None
Place = str | None


def below_edge(column: Column) -> float:
    """How far, at least, the sum of levels of a practice (or of scores, without one) lies below its upper edge."""
    return BELOW_IN_PRACTICE if column else BELOW_IN_DOMAIN


class OneCycle:
    """What the releases of one cycle tell together; `told` holds those that the attacker has seen."""

    def __init__(self, told: Sequence[Released], voice: str, domain: str, known: Known) -> None:
        self.told, self.voice, self.domain, self.known = told, voice, domain, known
        here = [key for key in told[0] if (key.voice, key.domain) == (voice, domain)]
        asked = [key for key in here if not isinstance(told[0][key], Hole)]
        self.units: list[Place] = [*sorted({key.unit for key in asked if key.unit})]
        self.columns: list[Column] = sorted({key.practice for key in asked}, key=lambda name: name or "")
        self.practices = [column for column in self.columns if column]
        rest = [] if voice in known.placed or not self.units else [NOWHERE]
        self.parts: list[Place] = [*self.units, *rest]
        self.places: list[Place] = [None, *self.parts]
        self.asked = {(key.unit, key.practice) for key in asked}
        self.program = Program()
        self._number_them()
        self._add_up()
        for place, column in self.asked:
            for one in told:
                self._read(one, place, column)
        if known.complete:
            self._everybody_answered_everything()
        self._use_own_answers()
        if known.exact:
            self.program.only_whole(("levels", place, practice) for place in self.places for practice in self.practices)

    def key(self, place: Place, column: Column) -> CellKey:
        """The key of a figure here."""
        return CellKey(self.voice, place, self.domain, column)

    def _number_them(self) -> None:
        for place, column in product(self.places, self.columns):
            people, levels, unsure = ((kind, place, column) for kind in KINDS)
            self.program.know(people)
            self.program.know(levels, 0, HIGHEST * MOST)
            self.program.know(unsure)
            self.program.add({levels: 1.0, people: -LOWEST}, low=0)
            self.program.add({people: HIGHEST, levels: -1.0}, low=0)
            self._count(place, column)
            self._know_people(place, column)

    def _know_people(self, place: Place, column: Column) -> None:
        people = (self.known.people or {}).get(self.key(place, column))
        if people is not None:
            self.program.know(("people", place, column), people, people)

    def _count(self, place: Place, column: Column) -> None:
        """Nobody answers who was not asked, and nobody has a score who answered too little."""
        people, unsure, asked = ("people", place, column), ("unsure", place, column), ("asked", place)
        self.program.know(asked)
        if column is not None:
            self.program.add({asked: 1.0, people: -1.0, unsure: -1.0}, low=0)
            return
        self.program.add({asked: 1.0, people: -1.0}, low=0)
        if self.known.needed is not None and self.practices:
            answers = {("people", place, practice): 1.0 for practice in self.practices}
            needed = ceil(self.known.needed * len(self.practices))
            self.program.add({**answers, people: -float(needed)}, low=0)

    def _add_up(self) -> None:
        """The whole is the sum of its units, and of those who told no unit."""
        if not self.units:
            return
        for kind, column in product(KINDS, self.columns):
            self.program.equal((kind, None, column), [(kind, part, column) for part in self.parts])
        self.program.equal(("asked", None), [("asked", part) for part in self.parts])

    def _read(self, told: Released, place: Place, column: Column) -> None:
        figure = told.get(self.key(place, column))
        people, levels = ("people", place, column), ("levels", place, column)
        if isinstance(figure, Shown):
            low, high = figure.between or (figure.mean, figure.mean)
            self.program.know(people, figure.n.low, figure.n.high)
            self.program.add({levels: 1.0, people: -(low - HALF)}, low=0)
            self.program.add({levels: 1.0, people: -(high + HALF)}, high=-below_edge(column))
            if figure.unsure:
                self.program.know(("unsure", place, column), figure.unsure.low, figure.unsure.high)
        elif isinstance(figure, Withheld):
            # The reason is the whole organization's, also where it stands at a unit.
            low, high = (0, told.k - 1) if figure.reason == "too_few" else (told.k, MOST)
            self.program.know(("people", None, column), low, high)

    def _everybody_answered_everything(self) -> None:
        for place in self.places:
            for column in self.columns:
                self.program.equal(("people", place, column), [("asked", place)])
            if None in self.columns and self.practices:
                parts = [("levels", place, practice) for practice in self.practices]
                self.program.equal(("levels", place, None), parts, times=float(len(parts)))

    def skippers(self) -> list[tuple[Place, int]]:
        """Places in which few answered some practices and not all, and how many such answers there are.

        Where a score needs every practice, what the practices have more than the domain is what these said.
        """
        needed, people = self.known.needed, self.known.people
        if needed is None or people is None or ceil(needed * len(self.practices)) < len(self.practices):
            return []
        found = []
        for place in self.places:
            answers = sum(people.get(self.key(place, practice), 0) for practice in self.practices)
            some = answers - len(self.practices) * people.get(self.key(place, None), 0)
            if some > 0 and None in self.columns:
                found.append((place, some))
        return found

    def skipped(self, place: Place, answers: int) -> Sum:
        """The sum of what they said, as the program's numbers."""
        said, total = ("skipped", place), ("levels", place, None)
        self.program.know(said, LOWEST * answers, HIGHEST * answers)
        levels = {("levels", place, practice): 1.0 for practice in self.practices}
        self.program.add({**levels, total: -float(len(levels)), said: -1.0}, 0, 0)
        return {said: 1.0}

    def _use_own_answers(self) -> None:
        """Whoever knows some answers knows the least and the most of the sums in which they are."""
        for place, column in product(self.places, self.practices):
            own = self.own_levels(place, column)
            if own:
                levels, people = ("levels", place, column), ("people", place, column)
                self.program.add({levels: 1.0, people: -LOWEST}, low=sum(own) - LOWEST * len(own))
                self.program.add({people: HIGHEST, levels: -1.0}, low=HIGHEST * len(own) - sum(own))

    def own_levels(self, place: Place, column: Column) -> list[int]:
        """The levels in this sum that the attacker knows."""
        return [level for person in self.known.own if place is None or (person.unit or NOWHERE) == place
                if column and (level := person.answers.get(column))]
