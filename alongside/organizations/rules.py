"""Decisions about the organization, without database, request or clock."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

CHECK_AGAIN_AFTER = timedelta(days=180)
LEAST_FOR_SCORES = 5
LEAST_FOR_COMMENTS = 10
MOST = 100


class CannotLoosen(Exception):
    """A threshold would go down. The message is fit for the person."""


class NameTaken(Exception):
    """Two units of an organization would share a name. The message is fit for the person."""


class UnitInUse(Exception):
    """A unit that a round asks can't go. The message is fit for the person."""


def needs_checking(last_checked: date | None, today: date) -> bool:
    """Whether somebody should call and see that a support contact still answers."""
    return last_checked is None or today - last_checked > CHECK_AGAIN_AFTER


def ensure_not_loosened(*, scores: tuple[int, int], comments: tuple[int, int]) -> None:
    """Each pair is (what holds now, what is asked for), in people. Raises `CannotLoosen`.

    Thresholds only go up: people who answered were promised at least what held when they were asked.
    """
    for (now, asked), least in ((scores, LEAST_FOR_SCORES), (comments, LEAST_FOR_COMMENTS)):
        if asked < max(now, least):
            raise CannotLoosen(
                _("This number can be raised, never lowered. It is %(now)d now.") % {"now": max(now, least)})
