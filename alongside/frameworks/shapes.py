"""What a framework is made of: frozen values without behavior beyond looking things up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, NoReturn, TypeVar

VOICES = ("staff", "consultants", "clients")

T = TypeVar("T")


class Fixed(Mapping[str, T], Generic[T]):
    """A mapping that does not change, so that everything holding it can be frozen and hashed."""

    __slots__ = ("_held",)

    def __init__(self, held: Mapping[str, T] | None = None) -> None:
        self._held = dict(held or {})

    def __getitem__(self, key: str) -> T:
        return self._held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __hash__(self) -> int:
        return hash(frozenset(self._held.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._held!r})"


class ByLanguage(Fixed[T]):
    """The same thing said in several languages; the first one is what anybody gets who asks for another."""

    __slots__ = ()

    def in_(self, language: str) -> T:
        """What is said in `language` ("es-MX"), in its base ("es"), or else in the first language."""
        for wanted in (language, language.split("-")[0]):
            if wanted in self._held:
                return self._held[wanted]
        return next(iter(self._held.values()))


Text = ByLanguage[str]
Lines = ByLanguage[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Review:
    """Whether survivors have reviewed this, in one word for programs and one sentence for people."""

    status: str
    note: Text


@dataclass(frozen=True, slots=True)
class Practice:
    """One observable thing; `items` has a text for each of `voices`, `not_asked` a reason for the others."""

    id: str
    domain_id: str
    title: Text
    voices: tuple[str, ...]
    not_asked: Fixed[Text]
    levels: Lines
    items: Fixed[Text]
    prompts: Fixed[Text]
    evidence: Lines
    origin: str
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Domain:
    """A page of practices; `note` and `heading` are by voice, a heading only where it is kinder."""

    id: str
    title: Text
    short: Text
    note: Fixed[Text]
    heading: Fixed[Text]
    comment: Text
    practices: tuple[Practice, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """A whole framework in one version; by voice, `limits` counts items and `minutes` is the time they take.

    `unmeasured` names the languages whose reading level nobody could check, for want of a formula.
    """

    id: str
    version: int
    license: str
    title: Text
    about: Text
    review: Review
    languages: tuple[str, ...]
    scales: Fixed[Lines]
    levels: Lines
    domains: tuple[Domain, ...]
    short_form: tuple[str, ...]
    limits: Fixed[int]
    minutes: Fixed[int]
    unmeasured: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How everything else names this framework: "alongside-practices/1"."""
        return f"{self.id}/{self.version}"

    @property
    def practices(self) -> tuple[Practice, ...]:
        """Every practice, in the order in which people meet them."""
        return tuple(practice for domain in self.domains for practice in domain.practices)

    def domain(self, id: str) -> Domain:
        """The domain "M"; LookupError where there is none."""
        return next((one for one in self.domains if one.id == id), None) or _none(id)

    def practice(self, id: str) -> Practice:
        """The practice "M1"; LookupError where there is none."""
        return next((one for one in self.practices if one.id == id), None) or _none(id)


def _none(id: str) -> NoReturn:
    raise LookupError(f"no {id} in this framework")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a framework's files, and where: line 1 is the first."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.rule}: {self.message}"


class FrameworkRefused(Exception):
    """A folder is no framework; `problems` lists everything that has to change, in order of file and line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class FrameworkUnknown(LookupError):
    """No framework has this key."""
