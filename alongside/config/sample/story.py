"""Tells the sample's story with the product's own acts, so that it can be nothing that the product can't make."""

from datetime import date, timedelta
from pathlib import Path

import yaml
from django.db import transaction
from django.utils import timezone

from alongside.access.api import Actor, Role
from alongside.changes import api as changes
from alongside.findings import api as findings
from alongside.listening import api as listening
from alongside.organizations.api import Organization, add_contact, add_unit, found_organization
from alongside.people.api import add_member

from .answers import answer_round

WORDS = Path(__file__).parent / "words.yaml"
ASKING, UNTIL_REPLY = 21, 42
FRAMEWORK = "alongside-practices/1"


def make_sample(actor: Actor | None = None) -> Organization:
    """The invented organization, made when it is not there yet. `actor` asked for it, and gets no role by this."""
    there = Organization.objects.filter(is_invented=True).first()
    return there or _tell(read_words())


def read_words() -> dict:
    """All texts of the sample."""
    return yaml.safe_load(WORDS.read_text())


@transaction.atomic
def _tell(words: dict) -> Organization:
    house = found_organization(
        name=words["organization"], words=words["words"], languages=words["languages"], is_invented=True)
    for person in words["people"]:
        add_member(house, email=person["email"], name=person["name"], roles=[Role(person["role"])])
    # The story is told by one pair of hands that may do all of it.
    teller = Actor(None, house.pk, frozenset({Role.COORDINATOR, Role.DIRECTOR}))
    units = {name: add_unit(teller, name=name).pk for name in words["units"]}
    for contact in words["contacts"]:
        add_contact(teller, **contact, last_checked=timezone.localdate() - timedelta(days=20))
    for told in words["cycles"]:
        _tell_cycle(teller, told, units, words["reply"])
    return house


def _tell_cycle(teller: Actor, told: dict, units: dict, reply: dict) -> None:
    opened = timezone.localdate() - timedelta(days=told["opened_days_ago"])
    cycle = listening.plan_cycle(teller, listening.Plan(
        name=told["name"], framework_key=FRAMEWORK, form=told["form"], opens_on=opened,
        closes_on=opened + timedelta(days=ASKING), reply_due=opened + timedelta(days=UNTIL_REPLY),
        asks=tuple(listening.Ask(voice, 20, "link" if voice == "staff" else "codes")
                   for voice in ("staff", "consultants", "clients")),
        unit_ids=tuple(units.values()) if told["by_unit"] else (),
        every_months=6 if not told["answers"] else None,
    ))
    names = {pk: name for name, pk in units.items()} | {None: "whole"}
    for round_ in listening.rounds_in(teller, cycle):
        listening.open_round(teller, round_, today=opened)
        if told["answers"]:
            round_.refresh_from_db()
            _answer(round_, told, names[round_.unit_id])
    if told["answers"]:
        _finish(teller, cycle, told, reply, opened)


def _answer(round_, told: dict, unit: str) -> None:
    how = told["answers"][round_.voice]
    comments = told["comments"].get(round_.voice, []) if unit in ("whole", "River house") else []
    answer_round(round_, how["people"][unit], how["middle"], comments)


def _finish(teller: Actor, cycle, told: dict, reply: dict, opened: date) -> None:
    closed, replied = opened + timedelta(days=ASKING), opened + timedelta(days=UNTIL_REPLY - 2)
    for round_ in listening.rounds_in(teller, cycle):
        listening.close_round(teller, round_, today=closed)
    findings.release_cycle(teller, cycle, today=closed)
    cycle.refresh_from_db()
    _review(teller, cycle, told)
    lines = [(line, _decide(teller, cycle, line, replied)) for line in told["findings"]]
    changes.write_reply(teller, cycle, [
        changes.Text(language, reply["opening"][language], reply["closing"][language], tuple(
            changes.Line(str(finding.pk), line["said"][language], line["answer"][language])
            for line, finding in lines))
        for language in ("en", "es")])
    changes.publish_reply(teller, cycle, today=replied)
    changes.finish(teller, cycle, today=replied)


def _decide(teller: Actor, cycle, line: dict, today: date):
    finding = changes.add_finding(
        teller, cycle, domain_id=line["domain"], practice_id=line["practice"], says=line["says"])
    decision = changes.decide(teller, finding, choice=line["choice"], reason=line["reason"], today=today)
    if told := line["action"]:
        action = changes.add_action(teller, decision, changes.Promise(
            what=told["what"], owner=told["owner"], due=today + timedelta(days=180), money=told["money"],
            survivors_part=told["survivors_part"].format(survivors="survivors")))
        if told["done"]:
            changes.end_action(teller, action, done=True, result=told["result"], today=today)
    return finding


def _review(teller: Actor, cycle, told: dict) -> None:
    rewritten = {one["words"]: one["rewritten"] for voice in told["comments"].values() for one in voice}
    for waiting in findings.waiting_comments(teller, cycle):
        findings.review(teller, waiting, rewritten[listening.raw_comment(waiting.comment_id)])
    if rewritten:
        findings.release_comments(teller, cycle, today=cycle.released_on)
