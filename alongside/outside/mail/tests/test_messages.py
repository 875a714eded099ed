"""What everybody gets says neither who asks nor what about."""

from datetime import date

import pytest

from alongside.outside.mail.messages import Asked, message
from alongside.outside.mail.models import Kind

ASKED = Asked("https://example.org/q/abcd", 8, True, date(2027, 2, 1))


@pytest.mark.parametrize(("kind", "subject"), [
    ("invitation", "A few questions"), ("reminder", "A reminder"), ("answer", "An answer to what was asked"),
])
def test_subjects_are_neutral(kind, subject):
    assert message(kind, ASKED, ["en"]).subject == subject


@pytest.mark.parametrize("kind", Kind.values)
def test_every_message_goes_to_everyone_and_says_so(kind):
    assert "Everyone who was asked gets this message, whether or not they answered." in message(
        kind, ASKED, ["en"]).body


@pytest.mark.parametrize("kind", Kind.values)
def test_no_message_names_the_topic(kind):
    words = message(kind, ASKED, ["en"]).body.lower()
    topic = ("survivor", "trafficking", "alongside", "client", "survey")
    assert [word for word in topic if word in words] == []


def test_every_message_has_every_language():
    written = message("invitation", ASKED, ["en", "es"]).body
    assert [day in written for day in ("February 1, 2027", "1 de febrero de 2027")] == [True, True]


def test_the_address_is_written_as_it_is():
    assert "\n\nhttps://example.org/q/abcd\n\n" in message("reminder", ASKED, ["en"]).body


def test_no_code_is_in_a_message():
    open_link = Asked("https://example.org/q/abcd", 8, False, date(2027, 2, 1))
    slips = ["slip" in message("invitation", asked, ["en"]).body for asked in (ASKED, open_link)]
    assert slips == [True, False]
