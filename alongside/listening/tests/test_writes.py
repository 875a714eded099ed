"""Planning, opening, codes, closing, repeating."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.access.api import Refused
from alongside.audit.api import entries_of
from alongside.listening import rules, store, writes
from alongside.listening.models import Code, Cycle, HeldResponse, Round
from alongside.listening.reads import rounds_in
from alongside.listening.refusals import (
    CannotOpenYet,
    CodesRefused,
    NoSupportContact,
    NotReleased,
    PlanRefused,
    PromiseFrozen,
    RoundNotOpen,
)
from alongside.listening.rules import Ask
from alongside.organizations.api import add_unit, organization_of, put_hold
from alongside.organizations.writes import change_organization
from alongside.privacy.api import fingerprint

from .factories import OPENED, make_plan, opened_rounds, plan_with_contact

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def cycle(ana):
    return plan_with_contact(ana)


@pytest.fixture
def opened(ana, cycle):
    return opened_rounds(ana, cycle)[0]


def test_plan_makes_one_round_for_each_voice(ana, cycle):
    assert [(one.voice, one.unit, one.state) for one in rounds_in(ana, cycle)] == [
        ("staff", None, "planned"), ("consultants", None, "planned"), ("clients", None, "planned")]


def test_plan_by_unit_makes_a_round_for_each_voice_of_each_unit(ana):
    units = [add_unit(ana, name=name) for name in ("Harbor", "Office")]
    asks = (Ask("staff", 8, "link"), Ask("clients", 9, "codes"))
    cycle = writes.plan_cycle(ana, make_plan(asks=asks, unit_ids=tuple(unit.pk for unit in units)))
    assert [(one.unit.name, one.voice, one.people, one.entry) for one in rounds_in(ana, cycle)] == [
        ("Harbor", "staff", 8, "link"), ("Harbor", "clients", 9, "codes"),
        ("Office", "staff", 8, "link"), ("Office", "clients", 9, "codes")]


def test_plan_with_another_organizations_unit_is_refused(ana, cleo):
    theirs = add_unit(cleo, name="Harbor")
    with pytest.raises(PlanRefused, match="not here any more"):
        writes.plan_cycle(ana, make_plan(unit_ids=(theirs.pk,)))


def test_plan_with_an_unknown_framework_is_refused(ana):
    with pytest.raises(PlanRefused, match="framework is not here"):
        writes.plan_cycle(ana, make_plan(framework_key="other/1"))


def test_unsound_plan_is_refused_whole(ana):
    with pytest.raises(PlanRefused, match="Closing comes before opening"):
        writes.plan_cycle(ana, make_plan(closes_on=OPENED - timedelta(days=1)))
    assert Cycle.objects.count() == 0


@pytest.mark.parametrize("name", ["dee", "fay", "fin", "ben", "sol"])
def test_only_the_coordinator_plans(request, name):
    with pytest.raises(Refused):
        writes.plan_cycle(request.getfixturevalue(name), make_plan())


def test_planned_cycle_can_be_planned_anew(ana, cycle):
    writes.change_plan(ana, cycle, make_plan(name="Later", asks=(Ask("staff", 5, "link"),)))
    planned = Cycle.objects.get()
    assert (planned.name, [one.voice for one in rounds_in(ana, planned)]) == ("Later", ["staff"])


def test_voice_of_the_whole_organization_is_asked_once(cycle):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(organization_id=cycle.organization_id, cycle=cycle, voice="staff")


# -- opening -------------------------------------------------------------------------------------------------

def test_opening_freezes_the_promise_from_the_settings_of_the_moment(ana, house, opened):
    assert Round.objects.get(pk=opened.pk).frozen["promise"] == {
        "asker": house.name, "k_scores": 5, "k_comments": 10, "entry": "codes", "reply_due": "2027-02-22",
        "closes_on": "2027-02-01", "unit": "", "languages": ["en", "es"], "kept_days": 0,
        "comments_kept_days": 180, "mandated": True, "invented": False}


@pytest.mark.parametrize("covers", ["nothing", "everything", "this cycle", "another cycle"])
def test_round_that_opens_under_a_legal_hold_promises_no_day_of_deleting(ana, cycle, covers):
    covered = {"everything": None, "this cycle": cycle.pk}.get(covers, uuid4())
    if covers != "nothing":
        put_hold(ana, kind="court", ordered_by="the county court", about="", cycle_id=covered, today=OPENED)
    opened = opened_rounds(ana, cycle)[0]
    assert opened.frozen["promise"].get("legal_hold", False) == (covers in ("everything", "this cycle"))


def test_opening_freezes_the_questions_in_the_organizations_words(ana, house):
    words = {"en": {"survivor": "thriver", "survivors": "thrivers"}}
    change_organization(ana, organization_of(ana), name=house.name, words=words, languages=["en"])
    opened = opened_rounds(ana, plan_with_contact(ana))[0]
    text = json.dumps(opened.frozen["instrument"]["pages"][0]["items"][0]["text"]["en"])
    assert "thrivers" in text


def test_opening_without_a_support_contact_is_refused(ana):
    (round_, *_) = rounds_in(ana, writes.plan_cycle(ana, make_plan()))
    with pytest.raises(NoSupportContact):
        writes.open_round(ana, round_, today=OPENED)
    assert Round.objects.get(pk=round_.pk).state == "planned"


def test_opening_after_the_last_day_is_refused(ana, cycle):
    with pytest.raises(CannotOpenYet, match="last day"):
        writes.open_round(ana, rounds_in(ana, cycle)[0], today=cycle.closes_on + timedelta(days=1))


def test_opening_on_the_last_day_is_allowed(ana, cycle):
    (round_, *_) = rounds_in(ana, cycle)
    writes.open_round(ana, round_, today=cycle.closes_on)
    assert round_.state == "open"


def test_opening_without_a_common_language_is_refused(ana, house, cycle):
    change_organization(ana, organization_of(ana), name=house.name, words=house.words, languages=["tl"])
    with pytest.raises(CannotOpenYet, match="language"):
        writes.open_round(ana, rounds_in(ana, cycle)[0], today=OPENED)


def test_opening_where_the_framework_is_gone_is_refused(ana, cycle):
    Cycle.objects.filter(pk=cycle.pk).update(framework_key="gone/1")
    with pytest.raises(CannotOpenYet, match="framework"):
        writes.open_round(ana, rounds_in(ana, cycle)[0], today=OPENED)


# -- nothing that was promised changes -----------------------------------------------------------------------

@pytest.mark.parametrize("change", [
    lambda ana, cycle, one: writes.change_plan(ana, cycle, make_plan()),
    lambda ana, cycle, one: writes.change_plan(
        ana, cycle, replace(make_plan(), closes_on=cycle.closes_on + timedelta(days=7))),
    lambda ana, cycle, one: writes.change_plan(ana, cycle, make_plan(form="short")),
    lambda ana, cycle, one: writes.change_round(ana, one, people=5, entry="link"),
    lambda ana, cycle, one: writes.open_round(ana, one, today=OPENED),
    lambda ana, cycle, one: writes.remove_cycle(ana, cycle),
], ids=["plan", "closing date", "form", "entry", "opening again", "removing"])
@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_write_that_would_change_a_promise_is_refused(ana, cycle, opened, change, closed):
    if closed:
        writes.close_round(ana, opened, today=OPENED)
    before = (list(Cycle.objects.values()), list(Round.objects.values()))
    with pytest.raises(PromiseFrozen):
        change(ana, cycle, opened)
    assert (list(Cycle.objects.values()), list(Round.objects.values())) == before


def test_stale_copy_of_a_round_can_not_change_it(ana, cycle):
    (stale, *_) = rounds_in(ana, cycle)
    writes.open_round(ana, rounds_in(ana, cycle)[0], today=OPENED)
    with pytest.raises(PromiseFrozen):
        writes.change_round(ana, stale, people=5, entry="link")


def test_later_settings_of_the_organization_change_no_promise(ana, house, opened):
    before = Round.objects.get(pk=opened.pk).frozen
    change_organization(ana, organization_of(ana), name="Other", words={}, languages=["es"])
    assert Round.objects.get(pk=opened.pk).frozen == before


# -- codes ---------------------------------------------------------------------------------------------------

def test_codes_are_given_out_once_and_only_their_hashes_kept(ana, opened):
    made = writes.make_codes(ana, opened, 8)
    kept = set(Code.objects.values_list("fingerprint", flat=True))
    assert kept == {fingerprint("code", f"{opened.pk}:{code}") for code in made}
    assert not any(code in mark.upper() for code in made for mark in kept)


def test_order_of_code_rows_tells_nothing(ana, opened):
    writes.make_codes(ana, opened, 50)
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT fingerprint FROM listening_code ORDER BY {order}")  # noqa: S608 - one of two words
        rows = [row[0] for row in cursor.fetchall()]
    assert rows == sorted(rows)


@pytest.mark.parametrize("how_many", [0, -1, 501])
def test_number_of_codes_has_limits(ana, opened, how_many):
    with pytest.raises(CodesRefused):
        writes.make_codes(ana, opened, how_many)


def test_round_has_at_most_five_thousand_codes(ana, opened):
    Code.objects.bulk_create(Code(fingerprint=str(n), round=opened) for n in range(4999))
    with pytest.raises(CodesRefused, match="5,000"):
        writes.make_codes(ana, opened, 2)
    assert len(writes.make_codes(ana, opened, 1)) == 1


def test_codes_of_a_planned_round_are_refused(ana, cycle):
    with pytest.raises(RoundNotOpen):
        writes.make_codes(ana, rounds_in(ana, cycle)[0], 5)


def test_codes_of_a_closed_round_are_refused(ana, opened):
    stale = Round.objects.get(pk=opened.pk)
    writes.close_round(ana, opened, today=OPENED)
    with pytest.raises(RoundNotOpen):
        writes.make_codes(ana, stale, 5)


def test_codes_of_a_round_by_link_are_refused(ana):
    cycle = plan_with_contact(ana, asks=(Ask("staff", 5, "link"),))
    with pytest.raises(CodesRefused, match="open link"):
        writes.make_codes(ana, opened_rounds(ana, cycle)[0], 5)


# -- closing -------------------------------------------------------------------------------------------------

def test_closing_mixes_the_answers(ana, opened):
    width = store.width_of(opened)
    store.hold(opened, "3" * width, {})
    writes.close_round(ana, opened, today=OPENED)
    assert store.raw_answers(opened).block == bytes([3] * width)
    assert HeldResponse.objects.count() == 0


def test_closing_a_round_that_nobody_answered_is_not_refused(ana, opened):
    writes.close_round(ana, opened, today=OPENED)
    assert Round.objects.get(pk=opened.pk).state == "closed"


def test_closing_twice_is_refused(ana, opened):
    stale = Round.objects.get(pk=opened.pk)
    writes.close_round(ana, opened, today=OPENED)
    with pytest.raises(RoundNotOpen):
        writes.close_round(ana, stale, today=OPENED)


def test_worker_closes_only_what_is_over(ana, cycle, opened):
    assert writes.close_due_rounds(cycle.closes_on) == 0
    assert writes.close_due_rounds(cycle.closes_on + timedelta(days=1)) == 3
    assert set(Round.objects.values_list("state", flat=True)) == {"closed"}


def test_worker_leaves_no_person_in_the_audit(ana, cycle, opened):
    writes.close_due_rounds(cycle.closes_on + timedelta(days=1))
    assert {entry.account_id for entry in entries_of(ana) if entry.act == "round.closed"} == {None}


def test_trouble_of_one_round_keeps_no_other_open(ana, cycle, opened, monkeypatch):
    mix = store.mix

    def breaks(round_):
        if round_.voice == "staff":
            raise ValueError("broken")
        mix(round_)

    monkeypatch.setattr(store, "mix", breaks)
    assert writes.close_due_rounds(cycle.closes_on + timedelta(days=1)) == 2
    assert Round.objects.get(voice="staff").state == "open"


# -- the end and the next time -------------------------------------------------------------------------------

def test_cycle_can_not_finish_before_it_was_released(dee, ana, cycle):
    with pytest.raises(NotReleased):
        writes.finish_cycle(dee, cycle)


def test_released_cycle_finishes_with_the_reply(dee, ana, cycle):
    cycle.released_on = OPENED
    writes.finish_cycle(dee, cycle, today=OPENED + timedelta(days=3))
    assert Cycle.objects.get().finished_on == OPENED + timedelta(days=3)


def test_facilitator_can_not_finish_a_cycle(fay, ana, cycle):
    with pytest.raises(Refused):
        writes.finish_cycle(fay, cycle)


@pytest.fixture
def yearly(ana):
    cycle = plan_with_contact(ana, every_months=12)
    opened_rounds(ana, cycle)
    return cycle


def test_repeat_is_proposed_when_its_time_has_come(yearly):
    assert writes.propose_due_cycles(rules.later(OPENED, 12) - timedelta(days=1)) == 0
    assert writes.propose_due_cycles(rules.later(OPENED, 12)) == 1


def test_repeat_is_proposed_once(yearly):
    for late in range(3):
        writes.propose_due_cycles(rules.later(OPENED, 12) + timedelta(days=late))
    assert Cycle.objects.filter(follows=yearly).count() == 1


def test_repeat_is_a_plan_and_asks_nobody(ana, yearly):
    writes.propose_due_cycles(rules.later(OPENED, 12))
    repeat = Cycle.objects.get(follows=yearly)
    assert (repeat.name, repeat.closes_on - repeat.opens_on) == (
        "Winter 2028",
        yearly.closes_on - yearly.opens_on,
    )
    assert [(one.voice, one.state, one.frozen, one.people) for one in rounds_in(ana, repeat)] == [
        (voice, "planned", None, 20) for voice in ("staff", "consultants", "clients")]
    assert repeat.reply_address != yearly.reply_address


def test_repeat_asks_other_people_where_its_model_did(ana):
    opened_rounds(ana, plan_with_contact(ana, every_months=12, other_people=True))
    writes.propose_due_cycles(rules.later(OPENED, 12))
    assert [one.other_people for one in Cycle.objects.all()] == [True, True]


@pytest.mark.parametrize(("other_people", "promised"), [(True, 12), (False, None)])
def test_people_are_promised_to_be_told_with_others_only_where_it_was_planned(ana, other_people, promised):
    cycle = plan_with_contact(ana, other_people=other_people)
    opened_rounds(ana, cycle)
    assert {one.frozen["promise"].get("waves_months") for one in rounds_in(ana, cycle)} == {promised}


def test_repeat_of_a_server_that_was_off_opens_no_earlier_than_today(yearly):
    late = rules.later(OPENED, 12) + timedelta(days=40)
    writes.propose_due_cycles(late)
    assert Cycle.objects.get(follows=yearly).opens_on == late


def test_cycle_that_never_asked_is_not_repeated(ana):
    plan_with_contact(ana, every_months=6)
    assert writes.propose_due_cycles(rules.later(OPENED, 24)) == 0


def test_table_refuses_a_second_repeat(yearly):
    writes.propose_due_cycles(rules.later(OPENED, 12))
    first = Cycle.objects.get(follows=yearly)
    first.name, first.pk, first.reply_address = first.name, uuid4(), "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_worker_that_was_slower_proposes_nothing(yearly, monkeypatch):
    due = list(writes.reads.cycles_to_repeat())
    writes.propose_due_cycles(rules.later(OPENED, 12))
    monkeypatch.setattr(writes.reads, "cycles_to_repeat", lambda: due)
    assert writes.propose_due_cycles(rules.later(OPENED, 12)) == 0
    assert Cycle.objects.filter(follows=yearly).count() == 1


def test_removed_proposal_does_not_come_back(ana, yearly):
    writes.propose_due_cycles(rules.later(OPENED, 12))
    writes.remove_cycle(ana, Cycle.objects.get(follows=yearly))
    assert writes.propose_due_cycles(rules.later(OPENED, 13)) == 0


# -- another organization ------------------------------------------------------------------------------------

@pytest.mark.parametrize("act", [
    lambda cleo, cycle, one: writes.change_plan(cleo, cycle, make_plan()),
    lambda cleo, cycle, one: writes.remove_cycle(cleo, cycle),
    lambda cleo, cycle, one: writes.change_round(cleo, one, people=1, entry="link"),
    lambda cleo, cycle, one: writes.open_round(cleo, one, today=OPENED),
    lambda cleo, cycle, one: writes.make_codes(cleo, one, 5),
    lambda cleo, cycle, one: writes.close_round(cleo, one, today=OPENED),
    lambda cleo, cycle, one: writes.finish_cycle(cleo, cycle),
])
def test_another_organization_changes_nothing(ana, cleo, cycle, act):
    with pytest.raises(Refused, match="another organization"):
        act(cleo, cycle, rounds_in(ana, cycle)[0])


def test_every_act_is_recorded_without_values(ana, cycle, opened):
    writes.make_codes(ana, opened, 5)
    writes.close_round(ana, opened, today=OPENED)
    assert [entry.act for entry in entries_of(ana)][:6] == [
        "round.closed", "codes.made", "round.opened", "round.opened", "round.opened", "cycle.planned"]


def test_both_groups_are_promised_to_be_told_together_and_nobody_else(ana):
    cycle = plan_with_contact(ana, together=True)
    opened_rounds(ana, cycle)
    promised = {one.voice: one.frozen["promise"].get("together") for one in rounds_in(ana, cycle)}
    assert promised == {"staff": True, "consultants": True, "clients": None}


@pytest.mark.parametrize("first", [True, False])
def test_staff_and_consultants_are_never_told_apart_in_one_cycle_and_together_in_another(ana, first):
    opened_rounds(ana, plan_with_contact(ana, together=first))
    with pytest.raises(PlanRefused) as refused:
        plan_with_contact(ana, together=not first)
    assert [field for field, _words in refused.value.problems] == ["together"]


def test_round_planned_before_the_other_promise_was_made_is_not_opened(ana):
    later = plan_with_contact(ana, together=False)
    opened_rounds(ana, plan_with_contact(ana, together=True))
    staff = next(one for one in rounds_in(ana, later) if one.voice == "staff")
    with pytest.raises(CannotOpenYet):
        writes.open_round(ana, staff, today=OPENED)
