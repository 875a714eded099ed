"""What may be sent, to whom (always everyone), and which lines are addresses. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

MOST_ADDRESSES = 5000
MOST_REMINDERS = 2
BETWEEN_MESSAGES = timedelta(days=3)
BATCH = 10

_is_address = EmailValidator()


class MailRefused(Exception):
    """Base of all refusals of this room. The message is fit for the person."""


class NotTheTime(MailRefused):
    """This message does not fit where the round or the reply is now."""


class NobodyListed(MailRefused):
    """There is no list of addresses to send to."""


class UnderWay(MailRefused):
    """Another message to the same people is still being sent."""


class EnoughSent(MailRefused):
    """People got this message already, or were reminded often enough."""


class ListNotReadable(MailRefused):
    """Some lines are no addresses. `lines` are (line number, line) pairs."""

    def __init__(self, message: str, lines: tuple[tuple[int, str], ...] = ()) -> None:
        super().__init__(message)
        self.lines = lines


@dataclass(frozen=True)
class Sent:
    """A message that was sent before, or still is being sent (`sent_on` None)."""

    kind: str
    sent_on: date | None


def read_addresses(typed: str) -> tuple[str, ...]:
    """One address a line, in alphabetical order, each once whatever its capitals.

    Raises `ListNotReadable` with the lines that are none, or where there are none or too many.
    """
    numbered = enumerate(typed.splitlines(), start=1)
    lines = [(number, line.strip()) for number, line in numbered if line.strip()]
    wrong = tuple((number, line) for number, line in lines if not _is_readable(line))
    if wrong:
        raise ListNotReadable(
            _("Some lines are not an address. Write one address on each line, nothing else."), wrong)
    addresses = {line.lower(): line for _number, line in lines}
    if not addresses:
        raise ListNotReadable(_("There is no address in the box yet."))
    if len(addresses) > MOST_ADDRESSES:
        raise ListNotReadable(_("At most %(most)d addresses fit in one list.") % {"most": MOST_ADDRESSES})
    return tuple(addresses[key] for key in sorted(addresses))


def ensure_time(kind: str, round_state: str, reply_published: bool) -> None:
    """Raise `NotTheTime`: an invitation or reminder needs an open round, the answer a published reply."""
    if kind == "answer" and not reply_published:
        raise NotTheTime(_("The answer can be sent when the reply is published."))
    if kind != "answer" and round_state != "open":
        raise NotTheTime(_("This can be sent while the round is open."))


def ensure_not_too_much(kind: str, before: Sequence[Sent], today: date) -> None:
    """Raise `UnderWay` or `EnoughSent`: one invitation, one answer, at most two reminders, with days between.

    Nobody is nagged, and whoever answered at once is not asked again and again.
    """
    if any(one.sent_on is None for one in before):
        raise UnderWay(_("Another message to these people is still on its way. Wait until it is sent."))
    same = [one for one in before if one.kind == kind]
    if len(same) >= (MOST_REMINDERS if kind == "reminder" else 1):
        raise EnoughSent(_("Everyone was reminded twice. That is enough.") if kind == "reminder"
                         else _("Everyone got this message already."))
    if kind == "reminder" and any(today - one.sent_on < BETWEEN_MESSAGES for one in before):
        raise EnoughSent(_("The last message is not three days old. Give people some time."))


def may_forget(*, answer_sent: bool, finished_on: date | None, today: date, keep_days: int) -> bool:
    """Whether a list has served: the answer was sent to it, or its cycle was finished `keep_days` ago."""
    return answer_sent or (finished_on is not None and (today - finished_on).days > keep_days)


def _is_readable(line: str) -> bool:
    try:
        _is_address(line)
    except ValidationError:
        return False
    return len(line) <= 254
