"""Many people send while the round is being closed: who was thanked is in the store, and nobody else is."""

import random
import threading
import time
from itertools import count

import pytest
from django.db import connection, transaction

from alongside.listening import packing, store, writes
from alongside.listening.answering.sheets import forget_sheets, sheet_at
from alongside.listening.answering.submission import NotTaken, new_mark, send
from alongside.listening.answering.walk import Walk
from alongside.listening.models import Code, HeldResponse
from alongside.listening.tests.factories import make_code, make_cycle, make_open_round

pytestmark = [pytest.mark.store, pytest.mark.django_db(transaction=True)]
SENDERS, EACH, BEFORE_CLOSING = 6, 100, 10
PATIENCE = 60  # seconds, on a busy machine
ALPHABET = "BCDFGHJK"


class Crowd:
    """People in threads of their own, each with a connection of its own."""

    def __init__(self, address: str, width: int) -> None:
        self.address, self.width = address, width
        self.accepted: list[str] = []
        self.refused: list[str] = []
        self.broken: list[BaseException] = []
        self.enough, self.start = threading.Event(), threading.Event()
        self.threads: list[threading.Thread] = []

    def does(self, act, *facts) -> None:
        """Have `act(*facts)` done by somebody of the crowd."""
        self.threads.append(threading.Thread(target=self._tried, args=(act, *facts), daemon=True))
        self.threads[-1].start()

    def sends(self, tickets: list[tuple[str, str]]) -> None:
        """Send one answer after another until one is refused because the round is closed."""
        sheet = sheet_at(self.address)
        for code, letters in tickets:
            try:
                send(sheet, Walk(page=1, language="en", code=code, letters=letters, comments={1: letters}))
            except NotTaken as refused:
                self.refused.append(refused.why)
                if refused.why == "closed":
                    return
            else:
                self.accepted.append(letters)
            if len(self.accepted) >= BEFORE_CLOSING:
                self.enough.set()
            _breathe()  # or SQLite lets the closing wait for the last of them

    def finishes(self) -> None:
        """Let all begin at once, and wait for the last of them."""
        self.start.set()
        for thread in self.threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "somebody waits for ever"
        assert self.broken == []

    def _tried(self, act, *facts) -> None:
        try:
            self.start.wait(PATIENCE)
            act(*facts)
        except BaseException as error:
            self.broken.append(error)
        finally:
            connection.close()


def _breathe() -> None:
    time.sleep(random.uniform(0, 0.004))


@pytest.fixture(autouse=True)
def _between_spending_and_keeping(monkeypatch):
    """Closing is to come between a spent code and its answer, too, however fast the machine is."""
    hold = store.hold

    def hold_later(*facts) -> None:
        _breathe()
        hold(*facts)

    monkeypatch.setattr(store, "hold", hold_later)


@pytest.fixture(params=["codes", "link"])
def round_(request, house):
    forget_sheets()
    yield make_open_round(make_cycle(house), entry=request.param)
    forget_sheets()


@pytest.fixture
def crowd(round_) -> Crowd:
    return Crowd(round_.address, store.width_of(round_))


@pytest.fixture
def tickets(round_, crowd):
    """`tickets(n)`: as many codes (or marks of forms), each with an answer that nobody else gives."""
    numbers = count()

    @transaction.atomic
    def make(how_many: int) -> list[tuple[str, str]]:
        made = []
        for number in [next(numbers) for _ in range(how_many)]:
            text = "BB" + "".join(ALPHABET[number // 8**place % 8] for place in range(4))
            code = make_code(round_, text) if round_.entry == "codes" else new_mark()
            made.append((code, f"{number:0{crowd.width}o}".translate(str.maketrans("067", "-pn"))))
        return made

    return make


def kept_in(round_) -> list[bytes]:
    """The answers of a closed round, one a person."""
    raw = store.raw_answers(round_)
    return [raw.block[at:at + raw.width] for at in range(0, len(raw.block), raw.width)]


def test_closing_keeps_every_answer_that_was_accepted(ana, round_, crowd, tickets):
    def close():
        assert crowd.enough.wait(PATIENCE)
        writes.close_round(ana, round_)

    for _ in range(SENDERS):
        crowd.does(crowd.sends, tickets(EACH))
    crowd.does(close)
    crowd.finishes()
    assert set(crowd.refused) == {"closed"}, "nobody was sending any more: the test tested nothing"
    assert kept_in(round_) == sorted(packing.to_bytes(letters) for letters in crowd.accepted)
    assert sorted(words for _row, _domain, words in store.raw_comments(round_)) == sorted(crowd.accepted)
    assert (HeldResponse.objects.count(), Code.objects.count()) == (0, 0)


def test_closing_that_fails_leaves_every_accepted_answer_and_its_code(ana, round_, crowd, tickets, monkeypatch):
    def fail(*facts):
        raise OSError("the disk is full")

    def close():
        assert crowd.enough.wait(PATIENCE)
        with pytest.raises(OSError):
            writes.close_round(ana, round_)

    monkeypatch.setattr(writes, "record", fail)
    for _ in range(SENDERS):
        crowd.does(crowd.sends, tickets(EACH // 4))
    crowd.does(close)
    crowd.finishes()
    assert (crowd.refused, len(crowd.accepted)) == ([], SENDERS * EACH // 4)
    assert HeldResponse.objects.count() == Code.objects.filter(spent=True).count() == len(crowd.accepted)


def test_two_who_send_the_same_code_at_once_are_one_answer(round_, crowd, tickets):
    shared = tickets(EACH)
    for _ in range(SENDERS):
        crowd.does(crowd.sends, shared)
    crowd.finishes()
    assert crowd.refused == ["spent"] * (EACH * (SENDERS - 1))
    assert sorted(crowd.accepted) == sorted(letters for _code, letters in shared)
    assert HeldResponse.objects.count() == Code.objects.filter(spent=True).count() == EACH
