"""No staff page of an open round tells how many have answered: it stays the same, byte for byte."""

import re

import pytest

from alongside.listening import store
from alongside.listening.answering.sheets import sheet_at
from alongside.listening.answering.submission import new_mark, send
from alongside.listening.answering.walk import Walk
from alongside.listening.models import Code, HeldResponse
from alongside.listening.writes import make_codes, open_round

from .factories import make_plan, rounds_in

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def rounds(ana, settings, tmp_path):
    """Two open rounds of today: staff by link, clients by codes."""
    from datetime import timedelta

    from django.utils import timezone

    from alongside.listening.rules import Ask
    from alongside.listening.writes import plan_cycle
    from alongside.organizations.api import add_contact

    settings.DATA_DIR = tmp_path
    add_contact(ana, name="Rosa Vega", reach="+1 555 0100")
    today = timezone.localdate()
    cycle = plan_cycle(ana, make_plan(
        asks=(Ask("staff", 9, "link"), Ask("clients", 9, "codes")), opens_on=today,
        closes_on=today + timedelta(days=21), reply_due=today + timedelta(days=42)))
    found = rounds_in(ana, cycle)
    for round_ in found:
        open_round(ana, round_)
    return found


def answer(round_, code: str) -> None:
    """Answer as people do: the code is spent, the answer held, with a comment."""
    sheet = sheet_at(round_.address)
    send(
        sheet,
        Walk(page=1, language="en", code=code, letters="3" * store.width_of(round_), comments={1: "words"}),
    )


def pages(signed, rounds) -> dict[str, bytes]:
    cycle_id = rounds[0].cycle_id
    paths = ["/cycles/", "/cycles/new", f"/cycles/{cycle_id}/", f"/cycles/{cycle_id}/change",
             f"/cycles/{cycle_id}/questions/clients"]
    for round_ in rounds:
        base = f"/cycles/{cycle_id}/rounds/{round_.pk}/"
        paths += [base, base + "close", base + "import", base + "poster?as=page"]
    return {path: TOKEN.sub(b"", signed.get(path).content) for path in paths}


@pytest.mark.parametrize("name", ["ana", "dee"])
def test_no_page_changes_with_the_number_of_answers(request, as_, ana, rounds, name):
    signed = as_(request.getfixturevalue(name))
    made = make_codes(ana, rounds[1], 7)
    seen = []
    for answers in (0, 1, 6):
        for _ in range(answers):
            answer(rounds[0], new_mark())
            answer(rounds[1], made.pop())
        seen.append(pages(signed, rounds))
    assert HeldResponse.objects.count() == 14
    assert Code.objects.filter(round=rounds[1], spent=False).count() == 0
    assert seen[0] == seen[1] == seen[2]


def test_no_refusal_changes_with_the_number_of_answers(as_, ana, rounds):
    signed, seen = as_(ana), []
    base = f"/cycles/{rounds[1].cycle_id}/rounds/{rounds[1].pk}/"
    made = make_codes(ana, rounds[1], 7)
    for answers in (0, 7):
        for _ in range(answers):
            answer(rounds[1], made.pop())
        tried = [signed.post(base + "close"), signed.post(base, {"people": 1, "entry": "link"}),
                 signed.post(base + "slips", {"how_many": 501, "paper": "a4"}), signed.post(base + "open")]
        seen.append([(one.status_code, TOKEN.sub(b"", one.content)) for one in tried])
    assert seen[0] == seen[1]


def test_log_says_nothing_of_answers(as_, ana, rounds, caplog):
    caplog.set_level("DEBUG")
    answer(rounds[0], new_mark())
    pages(as_(ana), rounds)
    assert [record for record in caplog.records if record.name.startswith("alongside")] == []
