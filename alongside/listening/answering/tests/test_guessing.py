"""Guessing codes: counted one by one, however many guess at the same moment."""

import threading

import pytest
from django.db import connection

from alongside.listening.answering import submission
from alongside.listening.answering.sheets import forget_sheets, sheet_at
from alongside.listening.answering.walk import Walk
from alongside.listening.models import Code, Round
from alongside.listening.tests.factories import make_code, make_cycle, make_open_round

pytestmark = [pytest.mark.store, pytest.mark.django_db(transaction=True)]
GUESSERS, EACH = 8, 30
ALLOWED = submission.WRONG_CODES_ALLOWED
LETTERS = "BCDFGHJK"


@pytest.fixture(autouse=True)
def _one_stretch(monkeypatch):
    """The test may run over the end of ten minutes; this clock does not."""
    monkeypatch.setattr(submission, "_ten_minutes", lambda: 7)


@pytest.fixture
def sheet(house):
    forget_sheets()
    round_ = make_open_round(make_cycle(house))
    make_code(round_)
    yield sheet_at(round_.address)
    forget_sheets()


def guess(sheet, how: str, text: str) -> str:
    """What is said to one guess."""
    try:
        if how == "check":
            submission.check_code(sheet, text)
        else:
            submission.send(sheet, Walk(7, "en", text, "1" * 23))
    except submission.NotTaken as refused:
        return refused.why
    return "right"


def guess_at_once(sheet, how: str) -> list[str]:
    said: list[str] = []

    def work(number: int) -> None:
        try:
            for at in range(EACH):
                said.append(guess(sheet, how, f"B{LETTERS[number]}{LETTERS[at % 8]}{LETTERS[at // 8]}ZX"))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(GUESSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.mark.parametrize("how", ["check", "send"])
def test_guesses_at_once_are_stopped_at_the_stated_number(sheet, how):
    said = guess_at_once(sheet, how)
    assert (said.count("wrong"), said.count("wait")) == (ALLOWED, GUESSERS * EACH - ALLOWED)


def test_right_code_has_to_wait_as_well(sheet):
    Round.objects.update(wrong_codes=ALLOWED, wrong_codes_in=7)
    assert [guess(sheet, how, "KMPRTW") for how in ("check", "send")] == ["wait", "wait"]
    assert not Code.objects.filter(spent=True).exists()


def test_ten_minutes_later_people_go_on(sheet, monkeypatch):
    Round.objects.update(wrong_codes=ALLOWED, wrong_codes_in=6)
    assert [guess(sheet, how, "KMPRTW") for how in ("check", "send", "send")] == ["right", "right", "spent"]


def test_spent_code_is_no_guess(sheet):
    for _ in range(3):
        guess(sheet, "send", "KMPRTW")
    assert Round.objects.get().wrong_codes == 0


def test_key_that_can_not_be_written_loses_nothing_typed(sheet, monkeypatch):
    def disk_is_full(*facts):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(submission.store.HoldingKeys, "for_arrivals", disk_is_full)
    assert guess(sheet, "send", "KMPRTW") == "trouble"
    assert not Code.objects.filter(spent=True).exists()
