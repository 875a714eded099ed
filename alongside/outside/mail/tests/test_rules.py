"""Which lines are addresses, and what may be sent when."""

from datetime import date

import pytest

from alongside.outside.mail import rules
from alongside.outside.mail.rules import EnoughSent, ListNotReadable, NotTheTime, Sent, UnderWay

TODAY = date(2027, 1, 15)
LONG_AGO = date(2027, 1, 1)


def test_addresses_come_in_alphabetical_order_each_once():
    typed = "b@example.org\n\n  A@example.org \nB@EXAMPLE.org"
    assert rules.read_addresses(typed) == ("A@example.org", "B@EXAMPLE.org")


@pytest.mark.parametrize("line", [
    "Marisol", "Marisol <m@example.org>", "a@example.org, b@example.org", "a@b", "a@example.org;",
    "a b@example.org",
])
def test_a_line_that_is_no_address_is_named_with_its_number(line):
    with pytest.raises(ListNotReadable) as refused:
        rules.read_addresses(f"good@example.org\n{line}")
    assert refused.value.lines == ((2, line),)


@pytest.mark.parametrize("typed", ["", " \n ", "\n".join(f"a{n}@example.org" for n in range(5001))])
def test_an_empty_or_huge_list_is_refused(typed):
    with pytest.raises(ListNotReadable):
        rules.read_addresses(typed)


@pytest.mark.parametrize(("kind", "state", "published"), [
    ("invitation", "planned", False), ("invitation", "closed", True), ("reminder", "closed", True),
    ("answer", "closed", False), ("answer", "open", False),
])
def test_a_message_out_of_its_time_is_refused(kind, state, published):
    with pytest.raises(NotTheTime):
        rules.ensure_time(kind, state, published)


@pytest.mark.parametrize(("kind", "state", "published"), [
    ("invitation", "open", False), ("reminder", "open", False), ("answer", "closed", True),
])
def test_a_message_in_its_time_is_fine(kind, state, published):
    assert rules.ensure_time(kind, state, published) is None


@pytest.mark.parametrize(("kind", "before"), [
    ("invitation", [Sent("invitation", LONG_AGO)]), ("answer", [Sent("answer", LONG_AGO)]),
    ("reminder", [Sent("reminder", LONG_AGO), Sent("reminder", LONG_AGO)]),
    ("reminder", [Sent("invitation", date(2027, 1, 13))]),
])
def test_nobody_is_nagged(kind, before):
    with pytest.raises(EnoughSent):
        rules.ensure_not_too_much(kind, before, TODAY)


@pytest.mark.parametrize(("kind", "before"), [
    ("invitation", []), ("reminder", [Sent("invitation", date(2027, 1, 12))]),
    ("reminder", [Sent("reminder", LONG_AGO)]), ("answer", [Sent("reminder", date(2027, 1, 14))]),
])
def test_one_of_each_and_two_reminders_are_fine(kind, before):
    assert rules.ensure_not_too_much(kind, before, TODAY) is None


def test_two_messages_are_never_under_way_together():
    with pytest.raises(UnderWay):
        rules.ensure_not_too_much("answer", [Sent("reminder", None)], TODAY)


@pytest.mark.parametrize(("answered", "finished", "forget"), [
    (True, None, True), (False, None, False), (False, date(2026, 12, 16), False),
    (False, date(2026, 12, 15), True),
])
def test_a_list_is_forgotten_when_it_has_served(answered, finished, forget):
    assert rules.may_forget(answer_sent=answered, finished_on=finished, today=TODAY, keep_days=30) == forget
