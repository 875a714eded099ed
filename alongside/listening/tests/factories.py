"""Cycles and rounds for tests, frozen as `open_round` freezes them."""

from datetime import date, timedelta

from alongside.frameworks.api import DEFAULT_WORDS, framework, instrument
from alongside.listening import store
from alongside.listening.models import Code, Cycle, Round
from alongside.listening.reads import rounds_in
from alongside.listening.rules import Ask, Plan
from alongside.listening.writes import open_round, plan_cycle
from alongside.organizations.api import add_contact
from alongside.privacy.api import fingerprint

OPENED = date(2027, 1, 11)
KEY = "alongside-practices/1"


def make_cycle(organization, **facts) -> Cycle:
    """A cycle of three weeks with a reply promised three weeks later."""
    facts = {"name": "Winter 2027", "framework_key": KEY, "opens_on": OPENED,
             "closes_on": OPENED + timedelta(days=21), "reply_due": OPENED + timedelta(days=42)} | facts
    return Cycle.objects.create(organization=organization, **facts)


def freeze(cycle: Cycle, voice: str, **promise) -> dict:
    """What a round holds from its opening on."""
    asked = instrument(framework(cycle.framework_key), voice, cycle.form, DEFAULT_WORDS)
    return {"instrument": asked.to_plain(), "promise": {
        "asker": cycle.organization.name, "k_scores": 5, "k_comments": 10, "entry": "codes",
        "reply_due": cycle.reply_due.isoformat(), "closes_on": cycle.closes_on.isoformat(), "unit": "",
        "languages": ["en", "es"], "kept_days": 0, "comments_kept_days": 180, "mandated": True,
        "invented": False,
    } | promise}


def make_open_round(cycle: Cycle, voice: str = "clients", **facts) -> Round:
    """A round that people can answer."""
    entry = facts.get("entry", "codes")
    return Round.objects.create(**{
        "organization": cycle.organization, "cycle": cycle, "voice": voice, "state": "open",
        "opened_on": OPENED, "frozen": freeze(cycle, voice, entry=entry), **facts,
    })


def make_code(round_: Round, text: str = "KMPRTW") -> str:
    """Put one code into the pool."""
    Code.objects.create(pk=fingerprint("code", f"{round_.pk}:{text}"), round=round_)
    return text


def make_plan(**facts) -> Plan:
    """A plan for all three voices of the whole organization, by code."""
    asks = tuple(Ask(voice, 20, "codes") for voice in ("staff", "consultants", "clients"))
    return Plan(
        **{
            "name": "Winter 2027",
            "framework_key": KEY,
            "form": "full",
            "opens_on": OPENED,
            "closes_on": OPENED + timedelta(days=21),
            "reply_due": OPENED + timedelta(days=42),
            "asks": asks,
            **facts,
        }
    )


def plan_with_contact(actor, **facts) -> Cycle:
    """A planned cycle in an organization that named a support contact."""
    add_contact(actor, name="Rosa Vega", reach="+1 555 0100")
    return plan_cycle(actor, make_plan(**facts))


def opened_rounds(actor, cycle: Cycle) -> list[Round]:
    """The rounds of a cycle, opened on its first day."""
    rounds = rounds_in(actor, cycle)
    for round_ in rounds:
        open_round(actor, round_, today=OPENED)
    return rounds


def csv_of(round_: Round, *lines: str, header: list[str] | None = None) -> bytes:
    """A CSV file with the round's items as header; each line is one letter or word an item, separated by
    commas.
    """
    names = header or [item["id"] for page in round_.frozen["instrument"]["pages"] for item in page["items"]]
    return "\n".join([",".join(names), *lines]).encode()


def rest_until_release(round_: Round) -> None:
    """One line of answers and one comment, as they rest in a round between its closing and the release."""
    width = store.width_of(round_)
    store.put_imported(round_, [bytes(width)], width, commented=1)
    store.put_imported_comments(round_, [("G", "The door is loud.")])
