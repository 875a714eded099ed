"""Cycles and rounds for tests, frozen as `open_round` freezes them."""

from datetime import date, timedelta

from alongside.frameworks.api import DEFAULT_WORDS, framework, instrument
from alongside.listening.models import Code, Cycle, Round
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
        "languages": ["en", "es"], "kept_days": 1096, "comments_kept_days": 180, "mandated": True,
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
