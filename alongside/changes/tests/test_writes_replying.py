"""Writing and publishing the reply, and closing the loop."""

from datetime import date

import pytest
from django.db import IntegrityError

from alongside.access.api import Refused
from alongside.changes.api import (
    Line,
    Text,
    decide,
    end_action,
    finish,
    is_published,
    publish_reply,
    write_reply,
)
from alongside.changes.models import Reply, ReplyLine
from alongside.changes.reads.deciding import findings_of
from alongside.changes.reads.replying import draft_of, is_changed
from alongside.changes.rules.refusals import NotAnsweredYet, NotReleasedYet, ReplyIncomplete
from alongside.changes.writes.deciding import remove_finding
from alongside.listening.tests.factories import make_cycle

from .factories import TODAY, make_action, make_decided, make_finding, make_published, make_released, texts

pytestmark = pytest.mark.store
LATER = date(2027, 3, 5)


def _draft(actor, cycle, language="en"):
    return next(text for text in draft_of(actor, cycle) if text.language == language)


def test_draft_begins_with_the_finding_in_the_first_language(ana, house):
    cycle = make_released(house)
    make_decided(ana, cycle, says="Pay is late")
    assert [text.lines[0].said for text in draft_of(ana, cycle)] == ["Pay is late", ""]


def test_draft_leaves_out_what_is_not_decided(ana, house):
    cycle = make_released(house)
    make_finding(ana, cycle)
    assert _draft(ana, cycle).lines == ()


def test_draft_takes_its_heading_from_the_actions(ana, house):
    cycle = make_released(house)
    end_action(ana, make_action(ana, cycle), done=True, result="Done", today=TODAY)
    assert _draft(ana, cycle).lines[0].heading == "did"


def test_write_reply_keeps_half_a_draft(ana, house):
    cycle = make_released(house)
    write_reply(ana, cycle, [Text("es", opening="Gracias")])
    assert _draft(ana, cycle, "es").opening == "Gracias"


def test_write_reply_again_replaces_the_words(ana, house):
    cycle = make_released(house)
    finding = make_decided(ana, cycle)
    write_reply(ana, cycle, texts(finding, answer="first"))
    write_reply(ana, cycle, texts(finding, answer="second"))
    assert (_draft(ana, cycle).lines[0].answer, ReplyLine.objects.count()) == ("second", 2)


def test_write_reply_leaves_out_findings_of_others(ana, cleo, house, other_house):
    foreign = make_decided(cleo, make_released(other_house))
    write_reply(ana, make_released(house), [Text("en", lines=(Line(str(foreign.pk), "x", "y"),))])
    assert ReplyLine.objects.count() == 0


def test_write_reply_before_the_release_is_refused(ana, house):
    with pytest.raises(NotReleasedYet):
        write_reply(ana, make_cycle(house), [Text("en")])


def test_write_reply_publishes_nothing(ana, house):
    cycle = make_released(house)
    write_reply(ana, cycle, texts(make_decided(ana, cycle)))
    assert is_published(cycle) is False


def test_publish_reply_puts_every_language_on_the_page(ana, house):
    reply = make_published(ana, make_released(house))
    assert (reply.published_on, reply.published["languages"]) == (TODAY, ["en", "es"])


def test_publish_reply_with_a_language_missing_is_refused(ana, house):
    cycle = make_released(house)
    write_reply(ana, cycle, texts(make_decided(ana, cycle), languages=["en"]))
    with pytest.raises(ReplyIncomplete):
        publish_reply(ana, cycle, today=TODAY)


def test_publish_reply_with_an_undecided_finding_is_refused(ana, house):
    cycle = make_released(house)
    write_reply(ana, cycle, texts(make_decided(ana, cycle)))
    make_finding(ana, cycle, "not decided")
    with pytest.raises(ReplyIncomplete):
        publish_reply(ana, cycle, today=TODAY)


@pytest.mark.parametrize("who", ["ben", "fay", "fin", "sol", "cleo"])
def test_publish_reply_is_refused_to_everybody_else(request, ana, house, who):
    cycle = make_released(house)
    write_reply(ana, cycle, texts(make_decided(ana, cycle)))
    with pytest.raises(Refused):
        publish_reply(request.getfixturevalue(who), cycle, today=TODAY)


def test_publish_reply_is_possible_where_nothing_could_be_shown(ana, house):
    cycle = make_released(house)
    write_reply(ana, cycle, texts())
    assert publish_reply(ana, cycle, today=TODAY).published_on == TODAY


def test_publish_reply_again_dates_the_change(ana, house):
    cycle = make_released(house)
    reply = make_published(ana, cycle)
    write_reply(ana, cycle, [Text("en", "Thank you all", "See you")])
    reply = publish_reply(ana, cycle, today=LATER)
    assert (reply.published_on, reply.changed_on) == (TODAY, LATER)


def test_publish_reply_again_without_a_change_dates_nothing(ana, house):
    cycle = make_released(house)
    make_published(ana, cycle)
    assert publish_reply(ana, cycle, today=LATER).changed_on is None


def test_a_later_draft_changes_nothing_on_the_page(ana, house):
    cycle = make_released(house)
    reply = make_published(ana, cycle)
    write_reply(ana, cycle, [Text("en", "Something half-written", "")])
    assert Reply.objects.get().published == reply.published


def test_removing_a_finding_leaves_the_page_as_it_is(ana, house):
    cycle = make_released(house)
    reply = make_published(ana, cycle)
    remove_finding(ana, _finding(ana, cycle))
    assert Reply.objects.get().published == reply.published


def test_a_kept_promise_makes_the_draft_differ_from_the_page(ana, house):
    cycle = make_released(house)
    action = make_action(ana, cycle)
    write_reply(ana, cycle, texts(action.decision.finding))
    reply = publish_reply(ana, cycle, today=TODAY)
    end_action(ana, action, done=True, result="Done", today=TODAY)
    assert is_changed(reply, draft_of(ana, cycle)) is True


def test_the_table_refuses_a_published_reply_without_words(house):
    with pytest.raises(IntegrityError):
        Reply.objects.create(organization=house, cycle=make_released(house), published_on=TODAY)


def test_finish_without_a_reply_is_refused(ana, house):
    with pytest.raises(NotAnsweredYet):
        finish(ana, make_released(house), today=TODAY)


def test_finish_with_a_draft_alone_is_refused(ana, house):
    cycle = make_released(house)
    write_reply(ana, cycle, texts(make_decided(ana, cycle)))
    with pytest.raises(NotAnsweredYet):
        finish(ana, cycle, today=TODAY)


def test_finish_with_a_new_language_not_answered_is_refused(ana, house):
    cycle = make_released(house)
    make_published(ana, cycle)
    house.languages = ["en", "es", "fr"]
    house.save()
    with pytest.raises(NotAnsweredYet):
        finish(ana, cycle, today=TODAY)


def test_finish_after_the_reply_closes_the_loop(ana, house):
    cycle = make_released(house)
    make_published(ana, cycle)
    finish(ana, cycle, today=LATER)
    cycle.refresh_from_db()
    assert cycle.finished_on == LATER


def test_decide_after_the_reply_is_possible_until_the_finish(ana, house):
    cycle = make_released(house)
    make_published(ana, cycle)
    assert decide(ana, _finding(ana, cycle), choice="later", reason="In May", today=LATER).choice == "later"


def _finding(actor, cycle):
    return findings_of(actor, cycle).get()
