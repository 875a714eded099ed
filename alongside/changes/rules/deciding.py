"""What may be found, decided and promised, and when. Pure."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from .refusals import (
    ActionsStillPromised,
    CycleFinished,
    NothingDecidedToDo,
    NotReleasedYet,
    ReasonMissing,
    ResultMissing,
)

FEWEST_SUGGESTED, MOST_SUGGESTED = 3, 5


def ensure_released(released_on: date | None) -> None:
    """Raise `NotReleasedYet` before the results of a cycle were released."""
    if released_on is None:
        raise NotReleasedYet(_("Findings come after the cycle is closed and its results are released."))


def ensure_changeable(released_on: date | None, finished_on: date | None) -> None:
    """Raise unless the cycle is released and its loop not closed yet."""
    ensure_released(released_on)
    if finished_on is not None:
        raise CycleFinished(_(
            "This cycle is finished, and people have its reply. New findings belong to the next one."))


def ensure_reason(choice: str, reason: str) -> None:
    """Raise `ReasonMissing` where "later" or "won't" does not say why."""
    if choice != "do" and not reason.strip():
        raise ReasonMissing(_("Please say why. People who hear “later” or “no” are owed the reason."))


def ensure_nothing_promised(choice: str, states: Collection[str]) -> None:
    """Raise `ActionsStillPromised` where a decision is taken back over actions (their states) not ended
    yet."""
    if choice != "do" and "promised" in states:
        raise ActionsStillPromised(_(
            "Actions are still promised for this. Say first what came of each, then change the decision."))


def ensure_to_be_done(choice: str) -> None:
    """Raise `NothingDecidedToDo` unless the decision is to do something."""
    if choice != "do":
        raise NothingDecidedToDo(_(
            "Actions belong to a decision to do something. Change the decision first."))


def ensure_result(result: str) -> None:
    """Raise `ResultMissing` where an action ends without a word on what came of it."""
    if not result.strip():
        raise ResultMissing(_("Please say in one sentence what came of it, also where it was dropped."))
