"""What a respondent's pages are made of: the frozen round, read once and kept in the process for a minute.

A frozen round never changes, so walking from page to page needs no database at all. Whether the round is still
open is asked when somebody starts, and again, for good, when answers are sent.
"""

import time
from dataclasses import dataclass
from datetime import date

from alongside.frameworks.api import Instrument, Page
from alongside.listening.models import Round, RoundState
from alongside.organizations.api import support_contacts
from alongside.ui.api import pseudo_languages

MINUTE = 60.0
MOST_KEPT = 500


@dataclass(frozen=True)
class Contact:
    """Somebody who supports people in distress, as shown to people who answer."""

    name: str
    reach: str
    languages: str
    hours: str
    may_be_told: str


@dataclass(frozen=True)
class Sheet:
    """One round as people who answer meet it."""

    round: Round
    instrument: Instrument
    promise: dict
    contacts: tuple[Contact, ...]
    closes_on: date
    reply_due: date
    reply_path: str

    @property
    def address(self) -> str:
        return self.round.address

    @property
    def version(self) -> tuple:
        """Equal for two sheets that draw the same pages: the frozen part of a round can't change, contacts can."""
        return self.address, self.contacts

    @property
    def is_open(self) -> bool:
        return self.round.state == RoundState.OPEN

    @property
    def languages(self) -> list[str]:
        return [*self.promise["languages"], *pseudo_languages()]

    @property
    def needs_code(self) -> bool:
        return self.round.entry == "codes"

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.instrument.pages

    @property
    def page_sizes(self) -> list[int]:
        return [len(page.items) for page in self.pages]


class NoSuchRound(LookupError):
    """No round was ever opened at this address."""


_kept: dict[str, tuple[float, Sheet]] = {}


def sheet_at(address: str) -> Sheet:
    """The round at a public address, as it was within the last minute. Raises `NoSuchRound`."""
    kept = _kept.get(address)
    if kept and time.monotonic() - kept[0] < MINUTE:
        return kept[1]
    sheet = _read(address)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[address] = (time.monotonic(), sheet)
    return sheet


def forget_sheets() -> None:
    """Drop what the process keeps (between tests)."""
    _kept.clear()


def _read(address: str) -> Sheet:
    found = Round.objects.select_related("cycle").filter(address=address, frozen__isnull=False).first()
    if found is None:
        raise NoSuchRound(address)
    contacts = support_contacts(found.organization_id)
    promise = found.frozen["promise"]
    return Sheet(
        round=found, instrument=Instrument.from_plain(found.frozen["instrument"]), promise=promise,
        contacts=tuple(Contact(c.name, c.reach, c.languages, c.hours, c.may_be_told) for c in contacts),
        closes_on=date.fromisoformat(promise["closes_on"]), reply_due=date.fromisoformat(promise["reply_due"]),
        reply_path=f"/r/{found.cycle.reply_address}",
    )
