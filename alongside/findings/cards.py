"""What pages, files and exports of the profile are given: frozen texts and released figures, nothing else."""

from dataclasses import dataclass
from datetime import date

from alongside.privacy.api import Figure
from alongside.ui.api import LevelLine, TrendLine


@dataclass(frozen=True)
class FigureCard:
    """One released figure in words. `state`: shown, withheld or not_asked; what doesn't apply is empty.

    `between`: from where to where the mean lies, where it is told roughly. `who`: the voice, or
    "staff_and_consultants" where they are told as one group; empty for the one that is told with the other.
    """

    voice: str
    label: str
    figure: Figure
    state: str
    short: str
    mean: str = ""
    between: str = ""
    level: int = 0
    word: str = ""
    people: str = ""
    middle: str = ""
    unsure: str = ""
    reason: str = ""
    who: str = ""


@dataclass(frozen=True)
class GapCard:
    """A difference of a level or more between two voices. `practice_id` is empty for a domain.

    `at_least`: one of them is told roughly, and they may be farther apart.
    """

    domain_id: str
    practice_id: str
    title: str
    size: str
    at_least: bool
    high: FigureCard
    low: FigureCard
    words: str


@dataclass(frozen=True)
class PracticeCard:
    """A practice as the three voices see it; `levels` say what each of the five levels looks like."""

    id: str
    domain_id: str
    title: str
    figures: tuple[FigureCard, ...]
    levels: tuple[tuple[str, str], ...]
    gap: GapCard | None


@dataclass(frozen=True)
class DomainCard:
    """A domain as the three voices see it, with its practices."""

    id: str
    title: str
    short: str
    figures: tuple[FigureCard, ...]
    line: LevelLine
    gap: GapCard | None
    practices: tuple[PracticeCard, ...]
    words: tuple[str, ...]
    described: str


@dataclass(frozen=True)
class UnitLink:
    """A unit that can be looked at by itself; `id` is empty for the whole organization."""

    id: str
    name: str
    here: bool


@dataclass(frozen=True)
class ProfileCard:
    """The profile of one cycle for one audience: the whole organization, or one unit (`unit`, its id)."""

    cycle_name: str
    released_on: date
    audience: str
    framework_key: str
    form: str
    k: int
    k_middle: int
    unit: str
    unit_name: str
    units: tuple[UnitLink, ...]
    voices: tuple[tuple[str, str], ...]
    levels: tuple[str, ...]
    words: tuple[str, ...]
    rough: str
    waves: tuple[str, ...]
    domains: tuple[DomainCard, ...]
    talk_about: tuple[GapCard, ...]

    @property
    def steps(self) -> str:
        """The first two bands in which people are counted."""
        return f"{self.k}–{2 * self.k - 1}, {2 * self.k}–{3 * self.k - 1}"

    def domain(self, id: str) -> DomainCard | None:
        """The domain with this id, or None."""
        return next((one for one in self.domains if one.id == id), None)


@dataclass(frozen=True)
class TrendPoint:
    """One cycle in a trend: its figure, and whether the words were the same as in the cycle before."""

    cycle_name: str
    figure: FigureCard | None
    same_words: bool


@dataclass(frozen=True)
class TrendCard:
    """One voice over the cycles, for a domain (`practice_id` empty) or a practice."""

    practice_id: str
    title: str
    voice: str
    label: str
    points: tuple[TrendPoint, ...]
    line: TrendLine
    broken: bool
    described: str
