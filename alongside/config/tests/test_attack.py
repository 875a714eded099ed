"""`alongside attack` on what was really released."""

import importlib
import re

import pytest

from alongside.config.commands import main
from alongside.config.commands.attack import HOW
from alongside.findings.api import release_cycle
from alongside.findings.tests.factories import answer, close, fill, make_cycle, make_round
from alongside.listening.store import width_of
from alongside.organizations.api import add_unit
from alongside.privacy.attacker import Found

pytestmark = pytest.mark.store
RELEASE = importlib.import_module("alongside.privacy.gate.release")


@pytest.fixture
def by_units(ana, house):
    """Nine people in the north, three in the south who all say 5."""
    cycle = make_cycle(house, name="Winter")
    for name, levels in (("North", [2, 3, 4, 3, 2, 3, 4, 3, 3]), ("South", [5, 5, 5])):
        round_ = make_round(cycle, "staff", add_unit(ana, name=name))
        answer(round_, [bytes([level]) * width_of(round_) for level in levels])
        close(round_)
    return cycle


@pytest.mark.django_db
def test_empty_installation_is_not_attacked(capsys):
    assert (main(["attack"]), capsys.readouterr().out) == (0, "Nothing was released yet. Nobody can be singled out.\n")


def test_released_cycle_gives_nobody_away(ana, by_units, capsys):
    release_cycle(ana, by_units)
    assert (main(["attack"]), capsys.readouterr().out) == (0, "Nobody can be singled out from what was released.\n")


def test_progress_is_told_apart_from_the_result(ana, house, by_units, capsys):
    release_cycle(ana, by_units)
    main(["attack"])
    assert capsys.readouterr().err.splitlines() == [
        f"1 of 1: {house.name}, Winter, readers {audience}" for audience in ("inside", "outside")]


def test_broken_gate_is_found_out_without_a_number(ana, house, capsys, monkeypatch):
    monkeypatch.setattr(RELEASE, "too_few", lambda cell, k: cell.answered < k - 1)
    monkeypatch.setattr(RELEASE, "unsafe_units", lambda table, k: frozenset())
    cycle = make_cycle(house, name="Winter")
    round_ = make_round(cycle, "staff")
    close(answer(round_, [bytes([level]) * width_of(round_) for level in (2, 3, 4, 3)]))
    release_cycle(ana, cycle)
    code, said = main(["attack"]), capsys.readouterr().out
    line = next(line for line in said.splitlines() if line.startswith("- "))
    assert (code, line) == (1, f"- {house.name}, Winter, readers inside: staff, the whole organization, "
                               "Fundraising: figures of too few people are shown")


def test_one_organization_can_be_chosen(ana, cleo, house, other_house, capsys):
    for actor, place in ((ana, house), (cleo, other_house)):
        cycle = make_cycle(place, name=f"Cycle of {place.name}")
        fill(make_round(cycle, "staff"), 20)
        release_cycle(actor, cycle)
    code, told = main(["attack", "--organization", other_house.name]), capsys.readouterr().err
    assert (code, house.name in told, other_house.name in told) == (0, False, True)


def test_every_kind_of_finding_has_words():
    assert set(re.findall(r'"(\w+)"', Found.__doc__)) == set(HOW)
