"""Pages of findings, decisions, actions and the reply."""

from html import unescape

import pytest

from alongside.changes.api import write_reply
from alongside.changes.models import Action, Decision, Finding, Reply
from alongside.listening.tests.factories import make_cycle

from .factories import (
    PROMISE,
    make_action,
    make_decided,
    make_finding,
    make_published,
    make_released,
    texts,
)

ALLOWED = {"ana": 200, "dee": 200, "ben": 403, "fay": 403, "fin": 403, "sol": 403, "cleo": 404}


def _table(request, as_, path, people=ALLOWED):
    return {who: as_(request.getfixturevalue(who)).get(path).status_code for who in people}


@pytest.mark.parametrize("page", ["findings/", "findings/add", "reply/", "reply/preview"])
def test_pages_of_a_cycle_open_to_who_edits_changes(request, as_, house, page):
    assert _table(request, as_, f"/cycles/{make_released(house).pk}/{page}") == ALLOWED


@pytest.mark.parametrize("page", ["", "remove", "decide", "actions/add"])
def test_pages_of_a_finding_open_to_who_edits_changes(request, as_, ana, house, page):
    finding = make_decided(ana, make_released(house))
    assert _table(request, as_, f"/cycles/{finding.cycle_id}/findings/{finding.pk}/{page}") == ALLOWED


@pytest.mark.parametrize("page", ["", "end"])
def test_pages_of_an_action_open_to_who_edits_changes(request, as_, ana, house, page):
    action = make_action(ana, make_released(house))
    assert _table(request, as_, f"/changes/{action.pk}/{page}") == ALLOWED


@pytest.mark.parametrize("name", ["poster.pdf", "handout.pdf", "read-aloud.txt"])
def test_papers_open_to_who_edits_changes(request, as_, ana, house, name):
    cycle = make_released(house)
    make_published(ana, cycle)
    assert _table(request, as_, f"/cycles/{cycle.pk}/reply/{name}") == ALLOWED


def test_changes_open_to_who_sees_changes(request, as_):
    people = {"ana": 200, "dee": 200, "ben": 200, "fay": 403, "fin": 403, "sol": 403, "cleo": 200}
    assert _table(request, as_, "/changes/", people) == people


def test_changes_ask_a_stranger_to_sign_in(client, db):
    assert client.get("/changes/")["Location"].startswith("/account/login/")


@pytest.mark.parametrize("path", ["finish", "reply/publish"])
def test_acts_on_a_cycle_refuse_everybody_else(request, as_, house, path):
    cycle = make_released(house)
    people = {"ben": 403, "fay": 403, "fin": 403, "sol": 403, "cleo": 404}
    path = f"/cycles/{cycle.pk}/{path}"
    assert {who: as_(request.getfixturevalue(who)).post(path).status_code for who in people} == people


@pytest.mark.parametrize("path", ["finish", "reply/publish", "findings/{}/move"])
def test_acts_are_not_done_by_looking(as_, ana, house, path):
    cycle = make_released(house)
    path = path.format(make_finding(ana, cycle).pk)
    assert as_(ana).get(f"/cycles/{cycle.pk}/{path}").status_code == 405


def test_a_finding_is_not_found_under_another_cycle(as_, ana, house):
    finding = make_finding(ana, make_released(house))
    other = make_released(house, name="Other")
    assert as_(ana).get(f"/cycles/{other.pk}/findings/{finding.pk}/decide").status_code == 404


def test_finding_add_takes_its_place_from_the_link(as_, ana, house):
    page = as_(ana).get(f"/cycles/{make_released(house).pk}/findings/add?domain=G&practice=G4")
    assert page.context["form"]["practice_id"].value() == "G4"


def test_finding_add_writes_it_down(as_, ana, house):
    cycle = make_released(house)
    sent = {"domain_id": "G", "practice_id": "G4", "says": "Goals are set for people"}
    as_(ana).post(f"/cycles/{cycle.pk}/findings/add", sent)
    assert Finding.objects.get().says == "Goals are set for people"


def test_finding_add_keeps_what_was_typed(as_, ana, house):
    page = as_(ana).post(f"/cycles/{make_released(house).pk}/findings/add", {"says": "Typed with care"})
    assert (page.status_code, "Typed with care" in page.content.decode()) == (200, True)


def test_finding_add_refuses_a_practice_of_another_domain(as_, ana, house):
    sent = {"domain_id": "M", "practice_id": "G4", "says": "x"}
    as_(ana).post(f"/cycles/{make_released(house).pk}/findings/add", sent)
    assert Finding.objects.count() == 0


def test_finding_add_before_the_release_says_why_not(as_, ana, house):
    sent = {"domain_id": "G", "says": "Typed with care"}
    page = as_(ana).post(f"/cycles/{make_cycle(house).pk}/findings/add", sent).content.decode()
    assert ("after the cycle is closed" in page, "Typed with care" in page) == (True, True)


def test_decide_without_a_reason_keeps_the_choice(as_, ana, house):
    finding = make_finding(ana, make_released(house))
    page = as_(ana).post(f"/cycles/{finding.cycle_id}/findings/{finding.pk}/decide", {"choice": "wont"})
    assert (Decision.objects.count(), page.context["form"]["choice"].value()) == (0, "wont")


def test_decide_to_do_leads_to_the_first_action(as_, ana, house):
    finding = make_finding(ana, make_released(house))
    gone = as_(ana).post(f"/cycles/{finding.cycle_id}/findings/{finding.pk}/decide", {"choice": "do"})
    assert gone["Location"] == f"/cycles/{finding.cycle_id}/findings/{finding.pk}/actions/add"


def test_action_add_writes_it_down(as_, ana, house):
    finding = make_decided(ana, make_released(house))
    sent = {"what": "New rules", "owner": "House manager", "due": "2027-03-01"}
    as_(ana).post(f"/cycles/{finding.cycle_id}/findings/{finding.pk}/actions/add", sent)
    assert Action.objects.get().what == "New rules"


def test_action_speaks_of_survivors_in_the_organizations_word(as_, ana, house):
    house.words = {"en": {"survivor": "thriver", "survivors": "thrivers"}}
    house.save()
    signed, action = as_(ana), make_action(ana, make_released(house))
    asked = signed.get(f"/changes/{action.pk}/").content.decode()
    assert "What part do thrivers have in it, and how are they paid?" in asked
    assert f"Part of thrivers: {PROMISE.survivors_part}" in signed.get("/changes/").content.decode()


def test_action_end_without_a_result_keeps_the_choice(as_, ana, house):
    action = make_action(ana, make_released(house))
    page = as_(ana).post(f"/changes/{action.pk}/end", {"state": "dropped"})
    assert (Action.objects.get().state, page.context["form"]["state"].value()) == ("promised", "dropped")


def test_action_end_writes_what_came_of_it(as_, ana, house):
    action = make_action(ana, make_released(house))
    as_(ana).post(f"/changes/{action.pk}/end", {"state": "done", "result": "Four people wrote them"})
    assert Action.objects.get().result == "Four people wrote them"


def test_changes_show_a_reader_no_name_and_no_way_to_edit(as_, ana, ben, house):
    cycle = make_released(house)
    action = make_action(ana, cycle)
    write_reply(ana, cycle, texts(action.decision.finding))
    as_(ana).post(f"/cycles/{cycle.pk}/reply/publish")
    page = as_(ben).get("/changes/").content.decode()
    assert (PROMISE.what in page, PROMISE.owner in page, str(action.pk) in page) == (True, False, False)


def test_reply_edit_saves_a_draft(as_, ana, house):
    cycle = make_released(house)
    finding = make_decided(ana, cycle)
    typed = {"en-opening": "Thank you", f"es-said-{finding.pk}": "Reglas"}
    as_(ana).post(f"/cycles/{cycle.pk}/reply/", typed)
    page = as_(ana).get(f"/cycles/{cycle.pk}/reply/").content.decode()
    assert ("Thank you" in page, "Reglas" in page) == (True, True)


def test_reply_edit_keeps_what_was_typed_where_it_is_too_long(as_, ana, house):
    cycle = make_released(house)
    make_decided(ana, cycle)
    typed = {"en-opening": "x" * 1001, "es-opening": "Con cuidado"}
    page = as_(ana).post(f"/cycles/{cycle.pk}/reply/", typed)
    assert (Reply.objects.count(), "Con cuidado" in page.content.decode()) == (0, True)


def test_reply_edit_shows_what_looks_like_a_quote(as_, ana, house):
    cycle = make_released(house)
    as_(ana).post(f"/cycles/{cycle.pk}/reply/", {"en-opening": "One said “nobody ever asked me”."})
    assert as_(ana).get(f"/cycles/{cycle.pk}/reply/").context["quotes"] == ("nobody ever asked me",)


def test_reply_edit_shows_what_is_hard_to_read(as_, ana, house):
    cycle = make_released(house)
    hard = "Organizational accountability necessitates comprehensive institutional consideration."
    as_(ana).post(f"/cycles/{cycle.pk}/reply/", {"en-opening": hard, "en-closing": "See you soon."})
    shown = as_(ana).get(f"/cycles/{cycle.pk}/reply/").context["hard"]
    assert [(one.language, one.part) for one in shown] == [("English", "opening")]


def test_reply_publish_says_what_is_missing(as_, ana, house):
    cycle = make_released(house)
    make_decided(ana, cycle)
    page = as_(ana).post(f"/cycles/{cycle.pk}/reply/publish", follow=True)
    assert "not complete in every language" in unescape(page.content.decode())


def test_reply_publish_of_a_quote_needs_the_second_look(as_, ana, house):
    cycle = make_released(house)
    write_reply(ana, cycle, texts(make_decided(ana, cycle), answer="“We ask again in May”"))
    path = f"/cycles/{cycle.pk}/reply/publish"
    as_(ana).post(path)
    before = Reply.objects.get().published_on
    as_(ana).post(path, {"own_words": "on"})
    assert (before, Reply.objects.get().published_on is None) == (None, False)


def test_papers_of_a_draft_are_not_made(as_, ana, house):
    cycle = make_released(house)
    write_reply(ana, cycle, texts(make_decided(ana, cycle)))
    assert as_(ana).get(f"/cycles/{cycle.pk}/reply/poster.pdf").status_code == 404


@pytest.mark.parametrize("name", ["poster.pdf", "handout.pdf"])
def test_papers_have_neutral_names(as_, ana, house, name):
    cycle = make_released(house)
    make_published(ana, cycle)
    made = as_(ana).get(f"/cycles/{cycle.pk}/reply/{name}")
    assert (made["Content-Disposition"], made.content[:5]) == (f'inline; filename="{name}"', b"%PDF-")


def test_text_to_read_aloud_says_first_how_long_it_takes(as_, ana, house):
    cycle = make_released(house)
    make_published(ana, cycle)
    spoken = as_(ana).get(f"/cycles/{cycle.pk}/reply/read-aloud.txt?l=es").content.decode()
    assert spoken.index("1 minut") < spoken.index("Thank you es")


def test_finish_without_a_reply_shows_what_is_missing(as_, ana, house):
    cycle = make_released(house)
    make_finding(ana, cycle)
    page = as_(ana).post(f"/cycles/{cycle.pk}/finish")
    assert (page.status_code, page.context["undecided"], len(page.context["gaps"])) == (409, 1, 2)


def test_finish_after_the_reply_goes_home(as_, ana, house):
    cycle = make_released(house)
    make_published(ana, cycle)
    gone = as_(ana).post(f"/cycles/{cycle.pk}/finish")
    cycle.refresh_from_db()
    assert (gone["Location"], cycle.finished_on is not None) == ("/", True)


@pytest.mark.parametrize("rows", [1, 3])
def test_findings_page_costs_the_same_for_many(as_, ana, house, rows, django_assert_num_queries):
    cycle = make_released(house)
    for _row in range(rows):
        make_action(ana, cycle)
    signed = as_(ana)
    with django_assert_num_queries(9):
        signed.get(f"/cycles/{cycle.pk}/findings/")


@pytest.mark.parametrize("rows", [1, 3])
def test_changes_page_costs_the_same_for_many(as_, ana, house, rows, django_assert_num_queries):
    cycle = make_released(house)
    for _row in range(rows):
        make_action(ana, cycle)
    signed = as_(ana)
    with django_assert_num_queries(7):
        signed.get("/changes/")


@pytest.mark.parametrize("rows", [1, 3])
def test_reply_page_costs_the_same_for_many(as_, ana, house, rows, django_assert_num_queries):
    cycle = make_released(house)
    write_reply(ana, cycle, texts(*(make_action(ana, cycle).decision.finding for _row in range(rows))))
    signed = as_(ana)
    with django_assert_num_queries(13):
        signed.get(f"/cycles/{cycle.pk}/reply/")
