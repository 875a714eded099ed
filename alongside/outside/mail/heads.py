"""The weekly head of a log of acts, by e-mail to whoever keeps it outside. Names neither organization nor topic."""

import logging
import smtplib

from django.core.mail import get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from alongside.people.api import WaitingHead, head_was_sent, waiting_heads

from .backend import mail_server
from .duties import send_one
from .messages import BETWEEN, Message

log = logging.getLogger(__name__)


def send_heads() -> int:
    """Send every head that waits; gives how many went out. Nothing without a server: then it goes by hand.

    A keeper who got a head twice is no worse off, so one counts as sent only after it was.
    """
    server = mail_server()
    waiting = waiting_heads() if server else []
    sent = 0
    try:
        for one in waiting:
            with get_connection() as connection:
                went = send_one(connection, server, words_for(one), one.address)
            if went:
                head_was_sent(one)
            sent += went
    except (OSError, smtplib.SMTPException):  # its words can hold an address: not logged
        log.warning("the mail server could not be reached; the heads of the logs wait for the next run")
    return sent


def words_for(waiting: WaitingHead) -> Message:
    """Subject and body, in every language of the organization."""
    subjects, bodies = [], []
    for language in waiting.languages:
        with override(language):
            subjects.append(gettext("A number to keep"))
            bodies.append(render_to_string("mail/head.txt", {"head": waiting.head, "day": waiting.made_on}).strip())
    return Message(" · ".join(dict.fromkeys(subjects)), BETWEEN.join(dict.fromkeys(bodies)) + "\n")
