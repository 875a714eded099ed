"""What the worker does for this room: sends what waits, forgets lists that have served."""

import logging
import smtplib
from collections.abc import Iterator
from datetime import date
from email.utils import make_msgid
from uuid import UUID

from django.core.mail import EmailMessage, get_connection

from alongside.organizations.api import held_back

from . import reads, rules, writes
from .backend import MailServer, mail_server
from .messages import Message
from .models import AddressList, Mailing

log = logging.getLogger(__name__)


class Interrupted(Exception):
    """The mail server went away in the middle of a batch, after `sent` messages of it."""

    def __init__(self, sent: int = 0) -> None:
        super().__init__()
        self.sent = sent


def send_due_mail(today: date) -> int:
    """Send what was planned, in small batches; gives how many messages went out. Nothing without a server.

    Each batch counts as taken before it is sent, so a message that a crash cut off is not sent again: a
    second copy frightens people more than a missing one, and whoever waits still has the slip or the poster.
    Where the server cannot be reached at all, nothing is taken, and the next run tries again.
    """
    server = mail_server()
    waiting = reads.under_way() if server else []
    sent = 0
    try:
        for mailing_id in waiting:
            for of_a_batch in _send(mailing_id, server, today):
                sent += of_a_batch
    except (Interrupted, OSError, smtplib.SMTPException) as cut:  # its words can hold an address: not logged
        log.warning("the mail server could not be reached or went away; the rest waits for the next run")
        sent += getattr(cut, "sent", 0)
    return sent


def forget_lists(today: date) -> int:
    """Delete every list whose answer was sent, or whose cycle was finished long ago; gives how many. Not those that
    a legal hold covers."""
    held = held_back()
    served = [
        kept for kept in reads.lists_that_may_go()
        if not held.covers(kept.organization_id, kept.round.cycle_id) and rules.may_forget(
            answer_sent=kept.answer_sent, finished_on=kept.round.cycle.finished_on, today=today,
            keep_days=AddressList.held.days)
    ]
    for kept in served:
        writes.forget_list(kept)
    return len(served)


def _send(mailing_id: UUID, server: MailServer, today: date) -> Iterator[int]:
    """Send all that is left of one message, batch by batch; how many of each went out."""
    with get_connection() as connection:
        while taken := writes.take_batch(mailing_id, today):
            yield _send_batch(connection, server, *taken)


def _send_batch(connection, server: MailServer, mailing: Mailing, batch: tuple[str, ...]) -> int:
    """Each address gets a message of its own: nobody sees another's."""
    sent = 0
    try:
        for address in batch:
            sent += send_one(connection, server, mailing, address)
    except (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError):
        raise Interrupted(sent) from None
    finally:
        writes.settle(mailing, sent)
    return sent


def send_one(connection, server: MailServer, mailing: Mailing | Message, address: str) -> int:
    """Send the words of `mailing` to one address; 1 where they went out, 0 where the address was refused."""
    # The sender's own domain, so that no name of this machine travels along; no out-of-office answers.
    headers = {"Message-ID": make_msgid(domain=server.sender.rpartition("@")[2]),
               "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    one = EmailMessage(mailing.subject, mailing.body, server.sender, [address], connection=connection,
                       headers=headers)
    try:
        return connection.send_messages([one]) or 0
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException:  # this one address was refused; the others still get theirs
        return 0
