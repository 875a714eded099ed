"""Making a box, putting it to use, and what a round takes of it."""

import json

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from alongside.access.api import Refused
from alongside.audit.api import entries_of
from alongside.listening.boxes import gathering, reads, writes
from alongside.listening.boxes.refusals import BoxGone, KeyHandedBefore, KeysNotHanded
from alongside.listening.models import BoxState, CommentBox, Round
from alongside.listening.tests.factories import OPENED, make_cycle, opened_rounds, plan_with_contact
from alongside.privacy.api import TooLate, box

from .factories import KEEPERS, TODAY, box_in_use, boxed_round, handed_box

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def everything_stored() -> str:
    return str([list(model._default_manager.values()) for model in apps.get_models()])


def test_keys_and_private_key_are_nowhere_in_the_tables(ana):
    row, words = box_in_use(ana)
    private = box.combine(box.Box.from_plain(row.promise), words[:2])
    stored = everything_stored()
    assert row.promise["public"] in stored
    for secret in (private.hex(), str(private)[2:-1], *(" ".join(one.split()[4:8]) for one in words)):
        assert secret not in stored


def test_keys_are_numbered_by_keeper_with_the_partner_first(ana):
    row, _ = box_in_use(ana, ["outside", "board", "partner", "staff"], needed=3, partner=True)
    assert row.promise["keepers"] == ["partner", "board", "staff", "outside"]


def test_new_box_takes_the_place_of_one_that_was_not_finished(ana):
    first, _ = writes.make_box(ana, KEEPERS, needed=2, partner=False, today=TODAY)
    second, _ = writes.make_box(ana, KEEPERS, needed=2, partner=False, today=TODAY)
    assert list(reads.boxes_of(ana)) == [second]
    with pytest.raises(BoxGone):
        writes.hand_key(ana, first, 1)


def test_box_is_not_put_to_use_before_each_key_was_checked(ana):
    row, _ = writes.make_box(ana, KEEPERS, needed=2, partner=False, today=TODAY)
    writes.hand_key(ana, row, 1)
    writes.hand_key(ana, row, 2)
    with pytest.raises(KeysNotHanded):
        writes.use_box(ana, row)


def test_keys_are_handed_in_order_and_twice_is_once(ana):
    row, _ = writes.make_box(ana, KEEPERS, needed=2, partner=False, today=TODAY)
    with pytest.raises(KeyHandedBefore):
        writes.hand_key(ana, row, 2)
    for number in (1, 1, 2, 1):
        writes.hand_key(ana, row, number)
    assert CommentBox.objects.get().handed == 2


def test_putting_a_box_to_use_retires_the_one_before(ana):
    old, _ = box_in_use(ana)
    new, _ = box_in_use(ana)
    assert {row.pk: row.state for row in reads.boxes_of(ana)} == {old.pk: "retired", new.pk: "in_use"}


def test_table_refuses_two_boxes_in_use(ana, house):
    row, _ = box_in_use(ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentBox.objects.create(organization=house, promise=row.promise, made_on=TODAY, state=BoxState.IN_USE)


@pytest.mark.parametrize("act", [writes.use_box, writes.retire_box])
def test_changing_a_box_twice_is_refused(ana, act):
    row, _ = box_in_use(ana)
    if act is writes.retire_box:
        writes.retire_box(ana, row)
    with pytest.raises(BoxGone):
        act(ana, row)


def test_others_make_no_box(fay, fin, ben, sol, cleo, ana):
    row, _ = handed_box(ana)
    for actor in (fay, fin, ben, sol):
        with pytest.raises(Refused):
            writes.make_box(actor, KEEPERS, needed=2, partner=False, today=TODAY)
    for actor in (fay, fin, ben, sol, cleo):
        for act in (lambda: writes.hand_key(actor, row, 1), lambda: writes.use_box(actor, row),  # noqa: B023
                    lambda: writes.retire_box(actor, row),  # noqa: B023
                    lambda: writes.practice(actor, row, gathering.begin(ana, "x", row.promise), "", today=TODAY)):  # noqa: B023
            with pytest.raises(Refused):
                act()
    assert reads.box_in(cleo, BoxState.MAKING) is None


def test_round_takes_the_box_into_its_promise_for_good(ana):
    row, _ = box_in_use(ana, needed=3, partner=True)
    cycle = plan_with_contact(ana)
    first, *others = opened_rounds(ana, cycle)
    writes.retire_box(ana, row)
    box_in_use(ana)
    for round_ in (first, *others):
        round_.refresh_from_db()
        assert round_.frozen["promise"]["box"] == row.promise
    assert set(row.promise) == {"public", "mark", "keys", "needed", "partner", "keepers"}


def test_round_that_opens_without_a_box_in_use_has_none(ana):
    handed_box(ana)
    rounds = opened_rounds(ana, plan_with_contact(ana))
    assert ["box" in round_.frozen["promise"] for round_ in rounds] == [False] * 3


def test_box_of_one_organization_is_none_of_another(ana, cleo):
    box_in_use(ana)
    rounds = opened_rounds(cleo, plan_with_contact(cleo))
    assert ["box" in round_.frozen["promise"] for round_ in rounds] == [False] * 3


def test_practice_opens_an_invented_comment_and_is_noted(ana):
    row, words = handed_box(ana)
    together = gathering.begin(ana, "practice", row.promise).with_key(words[2]).with_key(words[0])
    assert writes.practice(ana, row, together, "Invented.", today=TODAY) == "Invented."
    assert CommentBox.objects.get().practiced_on == TODAY


def test_practice_with_too_few_keys_is_refused(ana):
    row, words = handed_box(ana)
    together = gathering.begin(ana, "practice", row.promise).with_key(words[0])
    with pytest.raises(box.TooFewKeys):
        writes.practice(ana, row, together, "Invented.", today=TODAY)
    assert CommentBox.objects.get().practiced_on is None


def test_papers_are_needed_while_comments_may_lie_in_a_box(ana, house):
    row, _ = box_in_use(ana)
    round_ = boxed_round(make_cycle(house), row)
    wanted = {row.promise["public"]}
    assert reads.boxes_still_needed(ana, OPENED) == wanted
    type(round_.cycle).objects.update(released_on=OPENED)
    assert reads.boxes_still_needed(ana, OPENED.replace(month=3)) == wanted
    assert reads.boxes_still_needed(ana, OPENED.replace(year=2028)) == set()
    Round.objects.update(unlocked_on=OPENED)
    assert reads.boxes_still_needed(ana, OPENED) == set()


def test_acts_on_a_box_are_recorded_without_its_words(ana):
    row, words = box_in_use(ana)
    together = gathering.begin(ana, "practice", row.promise).with_key(words[0]).with_key(words[1])
    writes.practice(ana, row, together, "Invented.", today=TODAY)
    writes.retire_box(ana, row)
    entries = list(entries_of(ana))
    assert [entry.act for entry in entries][::-1] == [
        "box.made", "box.put_to_use", "box.practiced", "box.retired"]
    assert words[0].split()[7] not in json.dumps([[entry.act, entry.thing_id] for entry in entries])


def test_page_carries_keys_for_one_act_of_one_account(ana, dee):
    row, words = handed_box(ana)
    field = gathering.begin(ana, "practice", row.promise).with_key(words[0]).field()
    assert gathering.go_on(ana, "practice", row.promise, field).numbers == [1]
    other, _ = handed_box(ana)
    for actor, act, promise in ((dee, "practice", row.promise), (ana, "open", row.promise),
                                (ana, "practice", other.promise)):
        with pytest.raises(TooLate):
            gathering.go_on(actor, act, promise, field)


def test_field_that_the_page_carries_shows_no_word(ana):
    row, words = handed_box(ana)
    field = gathering.begin(ana, "practice", row.promise).with_key(words[0]).field()
    assert [word for word in words[0].split() if len(word) > 5 and word in field] == []
