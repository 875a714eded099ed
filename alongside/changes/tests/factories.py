"""Released cycles, findings and replies for tests, made through the room's own verbs."""

from datetime import date

from alongside.changes.api import (
    Line,
    Promise,
    Text,
    add_action,
    add_finding,
    decide,
    publish_reply,
    write_reply,
)
from alongside.listening.tests.factories import make_cycle, make_open_round

RELEASED = date(2027, 2, 3)
TODAY = date(2027, 2, 10)
PROMISE = Promise(
    what="Rules are written anew", owner="Rosa Lindqvist", due=date(2027, 3, 1), money="$1,200",
    survivors_part="Two advisors, paid",
)


def make_released(organization, **facts):
    """A cycle whose one round is closed and whose results are released."""
    cycle = make_cycle(organization, released_on=RELEASED, **facts)
    make_open_round(cycle, "clients", state="closed", closed_on=cycle.closes_on)
    return cycle


def make_finding(actor, cycle, says="House rules were made without us", **facts):
    """A finding on practice G9."""
    return add_finding(actor, cycle, **{"domain_id": "G", "practice_id": "G9", "says": says} | facts)


def make_decided(actor, cycle, choice="do", says="House rules were made without us"):
    """A finding with a decision."""
    finding = make_finding(actor, cycle, says)
    decide(actor, finding, choice=choice, reason="" if choice == "do" else "No money this year", today=TODAY)
    return finding


def make_action(actor, cycle, promise=PROMISE):
    """An action under a decision to do something."""
    return add_action(actor, make_decided(actor, cycle).decision, promise)


def texts(*findings, languages=("en", "es"), said="You told us", answer="We heard you"):
    """A reply that is complete in every language."""
    lines = tuple(Line(str(finding.pk), said, answer) for finding in findings)
    return tuple(Text(language, f"Thank you {language}", "See you", lines) for language in languages)


def make_published(actor, cycle, **facts):
    """A published reply on one finding."""
    finding = make_decided(actor, cycle)
    write_reply(actor, cycle, texts(finding, **facts))
    return publish_reply(actor, cycle, today=TODAY)
