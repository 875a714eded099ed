"""Cycles to release, and one that was."""

from datetime import date

import pytest
from django.utils import timezone

from alongside.access.api import Role
from alongside.findings.api import release_cycle
from alongside.findings.tests.factories import fill, make_cycle, make_round
from alongside.findings.writes import approve_export, ask_export

TODAY = date(2027, 2, 10)


@pytest.fixture
def cycle(house):
    """A cycle without rounds."""
    return make_cycle(house)


@pytest.fixture
def let_out(house):
    """`let_out(actor, cycle)`: the actor asked for the files of the outside profile, and somebody approved."""
    from tests.personas import make_member

    def act(actor, cycle) -> None:
        second = make_member(house, f"second{actor.name}", Role.DIRECTOR)
        today = timezone.localdate()
        approve_export(second, ask_export(actor, cycle, whom="x", why="y", today=today), today=today)
    return act


@pytest.fixture
def released(ana, cycle):
    """Forty staff and thirty clients were asked; partners were not."""
    fill(make_round(cycle, "staff"), 40, level=4.0)
    fill(make_round(cycle, "clients"), 30, level=2.5)
    release_cycle(ana, cycle, today=TODAY)
    return cycle
