"""What the pages about a box are given. The words of a key are in `KeyOnPaper` alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ..models import BoxState, CommentBox
from .gathering import Gathering
from .words import keeper_label


@dataclass(frozen=True)
class KeyCard:
    """One key: its number and who keeps it. `is_in`: it was handed over, or has come to this gathering."""

    number: int
    label: str
    is_in: bool


@dataclass(frozen=True)
class BoxCard:
    """A box: what everybody may know of it. `is_ready`: all keys were handed over."""

    id: UUID
    state: str
    keys: tuple[KeyCard, ...]
    needed: int
    partner: bool
    made_on: date
    practiced_on: date | None
    is_ready: bool
    is_needed: bool

    @property
    def spare(self) -> int:
        """How many keys may be lost before nothing can be opened any more."""
        return len(self.keys) - self.needed


@dataclass(frozen=True)
class GatheringCard:
    """How far keys have come together. `field` goes into the form; `partner_wanted`: key 1 must still come."""

    keys: tuple[KeyCard, ...]
    needed: int
    still_needed: int
    partner_wanted: bool
    field: str


@dataclass(frozen=True)
class KeyOnPaper:
    """One key as its keeper writes it down."""

    number: int
    of: int
    label: str
    words: tuple[str, ...]


def box_card(row: CommentBox, still_needed: Collection[str]) -> BoxCard:
    """The card of a box; `still_needed` are the public keys of boxes in which comments may lie."""
    promise = row.promise
    in_use = row.state == BoxState.IN_USE
    return BoxCard(
        id=row.pk, state=row.state, keys=key_cards(promise, range(1, row.handed + 1)), needed=promise["needed"],
        partner=promise["partner"], made_on=row.made_on, practiced_on=row.practiced_on,
        is_ready=row.handed == promise["keys"], is_needed=in_use or promise["public"] in still_needed)


def gathering_card(gathering: Gathering) -> GatheringCard:
    """The card of a gathering, with the field that carries it on."""
    promise, numbers = gathering.promise, gathering.numbers
    return GatheringCard(
        keys=key_cards(promise, numbers), needed=promise["needed"], still_needed=gathering.still_needed,
        partner_wanted=promise["partner"] and 1 not in numbers, field=gathering.field())


def key_on_paper(promise: dict, number: int, words: str) -> KeyOnPaper:
    """Key `number` with its words."""
    keepers = promise["keepers"]
    return KeyOnPaper(number, len(keepers), keeper_label(keepers[number - 1]), tuple(words.split()))


def key_cards(promise: dict, is_in: Collection[int]) -> tuple[KeyCard, ...]:
    """Every key of a box, in order."""
    return tuple(KeyCard(number, keeper_label(keeper), number in is_in)
                 for number, keeper in enumerate(promise["keepers"], start=1))
