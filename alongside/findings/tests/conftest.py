"""Cycles to release, and one that was."""

from datetime import date

import pytest

from alongside.findings.api import release_cycle
from alongside.findings.tests.factories import fill, make_cycle, make_round

TODAY = date(2027, 2, 10)


@pytest.fixture
def cycle(house):
    """A cycle without rounds."""
    return make_cycle(house)


@pytest.fixture
def released(ana, cycle):
    """Forty staff and thirty clients were asked; partners were not."""
    fill(make_round(cycle, "staff"), 40, level=4.0)
    fill(make_round(cycle, "clients"), 30, level=2.5)
    release_cycle(ana, cycle, today=TODAY)
    return cycle
