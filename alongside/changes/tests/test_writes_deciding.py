"""Findings, decisions, actions."""

from dataclasses import replace

import pytest
from django.db import IntegrityError

from alongside.access.api import Refused
from alongside.audit.api import entries_of
from alongside.changes.api import add_action, add_finding, decide, end_action
from alongside.changes.models import Action, Decision, Finding
from alongside.changes.reads.deciding import findings_of
from alongside.changes.rules.refusals import (
    ActionsStillPromised,
    CycleFinished,
    NothingDecidedToDo,
    NotReleasedYet,
    ReasonMissing,
    ResultMissing,
)
from alongside.changes.writes.deciding import (
    change_action,
    change_finding,
    move_finding,
    remove_finding,
    reopen_action,
)
from alongside.listening.tests.factories import make_cycle

from .factories import PROMISE, TODAY, make_action, make_decided, make_finding, make_released

pytestmark = pytest.mark.store


def _says(actor, cycle):
    return [finding.says for finding in findings_of(actor, cycle)]


def test_add_finding_puts_it_last(ana, house):
    cycle = make_released(house)
    make_finding(ana, cycle, "first")
    make_finding(ana, cycle, "second")
    assert _says(ana, cycle) == ["first", "second"]


def test_add_finding_before_the_release_is_refused(ana, house):
    with pytest.raises(NotReleasedYet):
        make_finding(ana, make_cycle(house))


def test_add_finding_after_the_finish_is_refused(ana, house):
    with pytest.raises(CycleFinished):
        make_finding(ana, make_released(house, finished_on=TODAY))


@pytest.mark.parametrize("who", ["ben", "fay", "fin", "sol", "cleo"])
def test_add_finding_is_refused_to_everybody_else(request, house, who):
    with pytest.raises(Refused):
        add_finding(request.getfixturevalue(who), make_released(house), domain_id="G", says="x")


def test_add_finding_is_recorded_without_its_words(ana, house):
    finding = make_finding(ana, make_released(house), "kept to ourselves")
    entry = entries_of(ana).first()
    assert (entry.act, entry.thing_id) == ("finding.added", str(finding.pk))


def test_change_finding_keeps_its_place(ana, house):
    cycle = make_released(house)
    first = make_finding(ana, cycle, "first")
    make_finding(ana, cycle, "second")
    change_finding(ana, first, domain_id="M", says="better words")
    assert _says(ana, cycle) == ["better words", "second"]


@pytest.mark.parametrize(("which", "up", "order"), [
    (1, True, ["b", "a", "c"]), (1, False, ["a", "c", "b"]),
    (0, True, ["a", "b", "c"]), (2, False, ["a", "b", "c"]),
])
def test_move_finding_goes_one_place(ana, house, which, up, order):
    cycle = make_released(house)
    made = [make_finding(ana, cycle, says) for says in "abc"]
    move_finding(ana, made[which], up=up)
    assert _says(ana, cycle) == order


def test_remove_finding_takes_decision_and_actions_along(ana, house):
    action = make_action(ana, make_released(house))
    remove_finding(ana, action.decision.finding)
    assert (Finding.objects.count(), Decision.objects.count(), Action.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("choice", ["later", "wont"])
def test_decide_later_or_no_without_a_reason_is_refused(ana, house, choice):
    finding = make_finding(ana, make_released(house))
    with pytest.raises(ReasonMissing):
        decide(ana, finding, choice=choice, reason="  ", today=TODAY)


def test_the_table_refuses_a_no_without_a_reason(ana, house):
    finding = make_finding(ana, make_released(house))
    with pytest.raises(IntegrityError):
        Decision.objects.create(organization=house, finding=finding, choice="wont", decided_on=TODAY)


def test_decide_again_replaces_the_decision(ana, house):
    finding = make_decided(ana, make_released(house), "wont")
    decide(ana, finding, choice="do", reason="", today=TODAY)
    assert Decision.objects.get().choice == "do"


def test_decide_against_what_is_still_promised_is_refused(ana, house):
    action = make_action(ana, make_released(house))
    with pytest.raises(ActionsStillPromised):
        decide(ana, action.decision.finding, choice="wont", reason="No money", today=TODAY)


def test_decide_in_another_organization_is_refused(ana, cleo, house):
    finding = make_finding(ana, make_released(house))
    with pytest.raises(Refused):
        decide(cleo, finding, choice="do", reason="", today=TODAY)


def test_add_action_under_a_no_is_refused(ana, house):
    finding = make_decided(ana, make_released(house), "wont")
    with pytest.raises(NothingDecidedToDo):
        add_action(ana, finding.decision, PROMISE)


def test_change_action_replaces_the_promise(ana, house):
    action = make_action(ana, make_released(house))
    change_action(ana, action, replace(PROMISE, what="Something else", due=None))
    action.refresh_from_db()
    assert (action.what, action.due) == ("Something else", None)


@pytest.mark.parametrize(("done", "state"), [(True, "done"), (False, "dropped")])
def test_end_action_says_how_and_when(ana, house, done, state):
    action = make_action(ana, make_released(house))
    end_action(ana, action, done=done, result="Four people wrote them", today=TODAY)
    action.refresh_from_db()
    assert (action.state, action.result, action.ended_on) == (state, "Four people wrote them", TODAY)


def test_end_action_without_a_result_is_refused(ana, house):
    with pytest.raises(ResultMissing):
        end_action(ana, make_action(ana, make_released(house)), done=False, result=" ", today=TODAY)


def test_end_action_again_keeps_the_first_day(ana, house):
    action = make_action(ana, make_released(house))
    end_action(ana, action, done=True, result="Done", today=TODAY)
    end_action(ana, action, done=True, result="Done well", today=TODAY.replace(day=20))
    assert (action.result, action.ended_on) == ("Done well", TODAY)


def test_end_action_is_possible_after_the_finish(ana, house):
    cycle = make_released(house)
    action = make_action(ana, cycle)
    cycle.finished_on = TODAY
    cycle.save()
    end_action(ana, action, done=True, result="Done", today=TODAY)
    assert Action.objects.get().state == "done"


def test_reopen_action_promises_it_again(ana, house):
    action = make_action(ana, make_released(house))
    end_action(ana, action, done=True, result="Done", today=TODAY)
    reopen_action(ana, action)
    assert (action.state, action.ended_on) == ("promised", None)
