"""Answers of too few people wait for those of others, and are told once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.findings.api import profile_of, profile_plain, release_cycle
from alongside.findings.reads import rounds_behind
from alongside.findings.rules.waves import Wave, told_together
from alongside.findings.tests.factories import answer, close, make_cycle, make_round
from alongside.listening.api import raw_people
from alongside.listening.models import Cycle
from alongside.listening.store import width_of

store = pytest.mark.store
START = date(2027, 1, 1)


def wave(number: int, people: int, *, asked="the same", k=5, may_wait=True) -> Wave:
    return Wave(str(number), people, k, asked, may_wait)


def test_enough_people_are_told_by_themselves():
    assert told_together(wave(2, 5), [wave(1, 3)], set()) == [wave(2, 5)]


def test_too_few_people_wait():
    assert told_together(wave(2, 2), [wave(1, 2)], set()) == []


def test_waves_that_are_enough_together_are_told_together():
    assert told_together(wave(2, 2), [wave(1, 3)], set()) == [wave(1, 3), wave(2, 2)]


@pytest.mark.parametrize(("earlier", "told"), [
    (wave(1, 3), {"1"}), (wave(1, 3, asked="others"), set()), (wave(1, 3, k=6), set()),
    (wave(1, 3, may_wait=False), set())])
def test_wave_that_was_told_or_does_not_fit_is_left_out(earlier, told):
    assert told_together(wave(2, 2), [earlier], told) == []


def test_people_who_were_not_told_so_are_not_told_together():
    assert told_together(wave(2, 2, may_wait=False), [wave(1, 3)], set()) == []


@given(st.lists(st.integers(0, 9), max_size=12))
def test_each_answer_is_told_at_most_once_and_never_of_too_few(numbers):
    waves, told = [wave(at, people) for at, people in enumerate(numbers)], []
    for at, own in enumerate(waves):
        together = told_together(own, waves[:at], set(told))
        assert not together or sum(one.people for one in together) >= own.k
        told += [one.cycle for one in together]
    assert len(told) == len(set(told))


def asked(house, name: str, levels: list[int], *, months: int, other_people: bool = True, **promise) -> Cycle:
    """A cycle some months after the start, whose clients gave these levels to every question."""
    opens_on = START + timedelta(days=30 * months)
    cycle = make_cycle(house, name=name, opens_on=opens_on, closes_on=opens_on + timedelta(days=20),
                       reply_due=opens_on + timedelta(days=40), other_people=other_people)
    if other_people:
        promise = {"waves_months": 12} | promise
    round_ = make_round(cycle, "clients", **promise)
    answer(round_, [bytes([level]) * width_of(round_) for level in levels])
    close(round_)
    return cycle


def released(ana, cycle: Cycle) -> Cycle:
    release_cycle(ana, cycle, today=cycle.closes_on + timedelta(days=1))
    return cycle


def left_of(cycle: Cycle) -> int:
    cycle.refresh_from_db()
    return sum(raw_people(round_) for round_ in cycle.rounds.all())


def clients(ana, cycle: Cycle):
    cards = profile_of(ana, cycle).domains[0].figures
    return next(card for card in cards if card.voice == "clients")


@store
def test_second_wave_is_told_together_with_the_first_that_waited(ana, house):
    first = released(ana, asked(house, "Spring", [1, 2, 4], months=0))
    second = released(ana, asked(house, "Summer", [5, 3, 4], months=3))
    assert (clients(ana, first).state, clients(ana, second).mean) == ("withheld", "3.2")


@store
def test_answers_that_wait_stay_until_they_are_told(ana, house):
    first = released(ana, asked(house, "Spring", [1, 2, 4], months=0))
    assert (left_of(first), first.answers_until - first.released_on) == (3, timedelta(days=366))
    second = released(ana, asked(house, "Summer", [5, 3, 4], months=3))
    assert (left_of(first), left_of(second)) == (0, 0)


@store
@pytest.mark.parametrize("levels", [[1, 2, 4], [1, 2, 4, 5, 3, 2]])
def test_last_day_of_answers_does_not_tell_whether_too_few_answered(ana, house, levels):
    """It stands on a page for everybody who works here, also for those who see no profile."""
    cycle = released(ana, asked(house, "Spring", levels, months=0))
    cycle.refresh_from_db()
    assert cycle.answers_until == cycle.released_on + timedelta(days=366)


@store
def test_answers_go_on_waiting_beside_a_wave_with_enough_people(ana, house):
    first = released(ana, asked(house, "Spring", [1, 2, 4], months=0))
    many = released(ana, asked(house, "Summer", [5, 3, 4, 2, 3, 4], months=3))
    assert (left_of(first), left_of(many)) == (3, 0)


@store
def test_profile_says_that_answers_wait_and_later_whose_they_are(ana, house):
    first = released(ana, asked(house, "Spring", [1, 2, 4], months=0))
    second = released(ana, asked(house, "Summer", [5, 3, 4], months=3))
    assert "Their answers wait" in profile_of(ana, first).waves[0]
    assert "(Spring, Summer)" in profile_of(ana, second).waves[0]
    assert profile_plain(ana, second)["several_cycles_together"] == list(profile_of(ana, second).waves)


@store
def test_third_wave_is_not_told_with_those_that_were_told(ana, house):
    released(ana, asked(house, "Spring", [1, 2, 4], months=0))
    released(ana, asked(house, "Summer", [5, 3, 4], months=3))
    third = released(ana, asked(house, "Fall", [2, 2, 3], months=6))
    assert clients(ana, third).state == "withheld"


@store
@pytest.mark.parametrize(("months", "promised"), [(14, True), (3, False)])
def test_wave_of_long_ago_or_without_the_promise_is_not_told_together(ana, house, months, promised):
    released(ana, asked(house, "Spring", [1, 2, 4], months=0, other_people=promised))
    later = released(ana, asked(house, "Later", [5, 3, 4], months=months))
    assert clients(ana, later).state == "withheld"


@store
def test_promise_of_more_people_is_kept(ana, house):
    released(ana, asked(house, "Spring", [1, 2, 4], months=0, k_scores=7))
    later = released(ana, asked(house, "Later", [5, 3, 4], months=3))
    assert clients(ana, later).state == "withheld"


@store
def test_waves_of_another_organization_stay_there(ana, house, other_house, cleo):
    released(cleo, asked(other_house, "Theirs", [1, 2, 4], months=0))
    ours = asked(house, "Ours", [5, 3, 4], months=3)
    assert rounds_behind(ours, list(ours.rounds.all()), 5) == {"clients": []}


@store
def test_wave_with_enough_people_leaves_those_who_wait_alone(ana, house):
    released(ana, asked(house, "Spring", [1, 2, 4], months=0))
    many = released(ana, asked(house, "Summer", [5, 3, 4, 2, 3, 4], months=3))
    third = released(ana, asked(house, "Fall", [2, 2, 3], months=6))
    assert profile_of(ana, many).waves == ()
    assert "(Spring, Fall)" in profile_of(ana, third).waves[0]
