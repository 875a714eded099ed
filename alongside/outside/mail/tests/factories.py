"""Lists and messages for tests."""

from datetime import date

from alongside.listening.tests.factories import make_cycle, make_open_round
from alongside.outside.mail.messages import Message
from alongside.outside.mail.writes import keep_list, send_to_all

TODAY = date(2027, 1, 15)
WORDS = Message("A few questions", "Hello,\n\nhttps://example.org/q/abcd\n")
ENV = {"EMAIL_URL": "smtp://us%40er:p%2Fw@mail.example.org:2525", "EMAIL_FROM": "hello@example.org"}


def make_asked(actor, organization, people: int = 3, **facts):
    """An open round whose list has so many addresses: p00@example.org, p01@example.org, ..."""
    round_ = make_open_round(make_cycle(organization), **{"voice": "staff", **facts})
    keep_list(actor, round_, addresses(people))
    return round_


def addresses(people: int) -> str:
    """So many lines."""
    return "\n".join(f"p{n:02}@example.org" for n in range(people))


def make_waiting(actor, organization, people: int = 3):
    """An invitation that waits for the worker."""
    return send_to_all(actor, make_asked(actor, organization, people), "invitation", WORDS, today=TODAY)
