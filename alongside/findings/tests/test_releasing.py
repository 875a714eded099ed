"""Releasing a cycle: once, whole, never before its rounds are closed."""

from datetime import timedelta

import pytest

from alongside.access.api import Refused
from alongside.audit.api import entries_of
from alongside.findings import reads
from alongside.findings.api import CannotRelease, close_cycle, profile_of, release_cycle, release_ready_cycles
from alongside.findings.models import Release
from alongside.findings.tests.conftest import TODAY
from alongside.findings.tests.factories import fill, make_cycle, make_round
from alongside.findings.writes import releasing
from alongside.listening.api import AlreadyReleased, Round, raw_people
from alongside.organizations.api import add_unit, put_hold
from alongside.privacy import gate
from alongside.privacy.gate import NotFromTheGate

pytestmark = pytest.mark.store


def plan(cycle, voice):
    return Round.objects.create(organization=cycle.organization, cycle=cycle, voice=voice, state="planned")


def test_cycle_is_not_released_while_a_round_is_open(ana, cycle):
    fill(make_round(cycle, "staff"), 20)
    make_round(cycle, "clients")
    with pytest.raises(CannotRelease):
        release_cycle(ana, cycle)
    assert Release.objects.count() == 0


def test_cycle_is_not_released_while_a_round_can_still_be_opened(ana, cycle):
    fill(make_round(cycle, "staff"), 20)
    plan(cycle, "clients")
    with pytest.raises(CannotRelease):
        release_cycle(ana, cycle, today=cycle.closes_on)


def test_cycle_in_which_nobody_was_asked_is_not_released(ana, cycle):
    plan(cycle, "clients")
    with pytest.raises(CannotRelease):
        close_cycle(ana, cycle)


def test_release_makes_one_payload_for_each_audience(released):
    assert sorted(Release.objects.values_list("audience", flat=True)) == ["inside", "outside"]


def test_release_sets_the_day_of_the_cycle(released):
    released.refresh_from_db()
    assert released.released_on == TODAY


def test_answers_go_when_figures_were_made_of_them(released):
    released.refresh_from_db()
    assert ([raw_people(one) for one in released.rounds.all()], released.answers_until) == ([0, 0], None)


def test_answers_of_too_few_go_too(ana, cycle):
    round_ = fill(make_round(cycle, "staff"), 3)
    release_cycle(ana, cycle, today=TODAY)
    assert raw_people(round_) == 0


@pytest.mark.parametrize("covers_all", [True, False])
def test_answers_under_a_legal_hold_stay_for_a_year(ana, dee, cycle, covers_all):
    round_ = fill(make_round(cycle, "staff"), 20)
    put_hold(dee, kind="court", ordered_by="the county court", about="", today=TODAY,
             cycle_id=None if covers_all else cycle.pk)
    release_cycle(ana, cycle, today=TODAY)
    cycle.refresh_from_db()
    assert (raw_people(round_), cycle.answers_until) == (20, TODAY + timedelta(days=366))


def test_hold_on_another_cycle_keeps_nothing_here(ana, dee, house, cycle):
    round_ = fill(make_round(cycle, "staff"), 20)
    put_hold(dee, kind="court", ordered_by="the county court", about="", today=TODAY, cycle_id=make_cycle(house).pk)
    release_cycle(ana, cycle, today=TODAY)
    assert raw_people(round_) == 0


def test_answers_stay_where_the_release_fails(ana, cycle, monkeypatch):
    round_ = fill(make_round(cycle, "staff"), 20)
    monkeypatch.setattr(releasing, "record", lambda *_facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        release_cycle(ana, cycle, today=TODAY)
    assert raw_people(round_) == 20


def test_release_is_recorded(ana, released):
    assert entries_of(ana).filter(act="cycle.released", thing_id=str(released.pk)).count() == 1


def test_second_release_is_refused(ana, released):
    with pytest.raises(AlreadyReleased):
        release_cycle(ana, released)
    assert Release.objects.count() == 2


@pytest.mark.parametrize("name", ["dee", "fay", "fin", "ben", "sol", "cleo"])
def test_release_is_refused_to_others(name, request, cycle):
    fill(make_round(cycle, "staff"), 20)
    with pytest.raises(Refused):
        release_cycle(request.getfixturevalue(name), cycle)


def test_inside_threshold_follows_the_promise_that_people_were_given(ana, cycle):
    fill(make_round(cycle, "staff", k_scores=8), 40)
    release_cycle(ana, cycle)
    assert profile_of(ana, cycle).k == 8


def test_outside_threshold_is_a_whole_multiple_of_eleven_or_more(ben, released):
    assert profile_of(ben, released).k == 15


def test_outside_shows_nothing_that_inside_withholds(ana, cycle):
    north, south = (add_unit(ana, name=name) for name in ("North", "South"))
    fill(make_round(cycle, "staff", north), 33)
    fill(make_round(cycle, "staff", south), 7)
    release_cycle(ana, cycle)
    both = (reads.profile_in(ana, cycle, audience) for audience in ("inside", "outside"))
    inside, outside = (one.content.figures for one in both)
    shown_outside = {key for key, figure in outside.items() if hasattr(figure, "mean")}
    assert shown_outside <= {key for key, figure in inside.items() if hasattr(figure, "mean")}


def test_outside_release_is_made_within_the_inside_one(ana, cycle, monkeypatch):
    made = []

    def spy(*args, within=None, **others):
        made.append((gate.release(*args, within=within, **others), within))
        return made[-1][0]

    monkeypatch.setattr(releasing, "release", spy)
    fill(make_round(cycle, "staff"), 20)
    release_cycle(ana, cycle)
    (inside, _), (_, within) = made
    assert within is inside


def test_close_cycle_closes_open_rounds_and_releases(ana, cycle):
    make_round(cycle, "staff")
    close_cycle(ana, cycle)
    assert (Round.objects.get().state, cycle.released_on is not None) == ("closed", True)


def test_close_cycle_leaves_out_rounds_that_were_never_opened(ana, cycle):
    make_round(cycle, "staff")
    plan(cycle, "clients")
    close_cycle(ana, cycle)
    assert list(Round.objects.values_list("voice", flat=True)) == ["staff"]


def test_worker_releases_cycles_whose_rounds_are_all_closed(cycle):
    fill(make_round(cycle, "staff"), 20)
    assert release_ready_cycles(TODAY) == 1


def test_worker_leaves_a_cycle_with_an_open_round(cycle):
    fill(make_round(cycle, "staff"), 20)
    make_round(cycle, "clients")
    assert release_ready_cycles(TODAY) == 0


def test_worker_waits_until_an_unopened_round_can_not_be_opened_any_more(cycle):
    fill(make_round(cycle, "staff"), 20)
    plan(cycle, "clients")
    days = (cycle.closes_on, cycle.closes_on + timedelta(days=1))
    assert [release_ready_cycles(day) for day in days] == [0, 1]


def test_worker_goes_on_after_a_cycle_that_can_not_be_released(house, cycle):
    fill(make_round(cycle, "staff"), 20)
    cycle.framework_key = "gone/1"
    cycle.save()
    fill(make_round(make_cycle(house, name="Another"), "staff"), 20)
    assert release_ready_cycles(TODAY) == 1


def test_figures_changed_in_the_store_do_not_come_back(ana, released):
    release = Release.objects.get(audience="inside")
    figure = next(one for one in release.payload["figures"]["figures"] if "mean" in one[-1])
    figure[-1]["mean"] = 50
    release.save()
    with pytest.raises(NotFromTheGate):
        profile_of(ana, released)


def test_profile_keeps_the_words_it_was_released_with(ana, released, house):
    before = profile_of(ana, released)
    house.words = {"en": {"survivor": "thriver", "survivors": "thrivers"}}
    house.save()
    assert profile_of(ana, released) == before
