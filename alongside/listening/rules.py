"""Decisions of this room, pure: today is handed in, nothing is looked up."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

LONGEST_ASKING = 366  # days between opening and closing, and again until the reply
COMMENTS_KEPT_DAYS = 180
REPEATS = (6, 12)
WAVES_MONTHS = 12  # how long answers of too few people wait for others to be told together with
ANSWERS_WAIT_DAYS = 366  # the same, counted from the release of their cycle


@dataclass(frozen=True)
class Ask:
    """One voice of a plan: about how many people will be asked (in each unit), and how they get in."""

    voice: str
    people: int
    entry: str


@dataclass(frozen=True)
class Plan:
    """All that is decided when a cycle is planned. No `unit_ids` means: the whole organization together."""

    name: str
    framework_key: str
    form: str
    opens_on: date
    closes_on: date
    reply_due: date
    asks: tuple[Ask, ...]
    unit_ids: tuple[UUID, ...] = ()
    every_months: int | None = None
    other_people: bool = False
    together: bool = False


def answers_kept_days(*, may_wait: bool) -> int:
    """Days after the release for which answers are kept: none, unless those of too few may wait for others."""
    return ANSWERS_WAIT_DAYS if may_wait else 0


def problems_of(plan: Plan) -> list[tuple[str, str]]:
    """(field, message) for all that doesn't hold together; empty where the plan is sound."""
    found = [*_problems_of_dates(plan)]
    if not plan.name.strip():
        found.append(("name", _("Give the cycle a name, such as “Spring 2027”.")))
    if not plan.asks:
        found.append(("voices", _("Choose at least one voice to ask.")))
    if plan.every_months not in (None, *REPEATS):
        found.append(("every_months", _("Choose never, every 6 months, or every 12 months.")))
    return found


def _problems_of_dates(plan: Plan) -> list[tuple[str, str]]:
    most = timedelta(days=LONGEST_ASKING)
    found = []
    if not 2000 <= plan.opens_on.year <= 2100:
        found.append(("opens_on", _("Choose a year from 2000 to 2100.")))
    if plan.closes_on < plan.opens_on:
        found.append(("closes_on", _("Closing comes before opening. Choose a later day.")))
    elif plan.closes_on - plan.opens_on > most:
        found.append(("closes_on", _("This is more than a year after opening. Choose an earlier day.")))
    if plan.reply_due < plan.closes_on:
        found.append(("reply_due", _("The reply comes before closing. Choose a later day.")))
    elif plan.reply_due - plan.closes_on > most:
        found.append(
            ("reply_due", _("This is more than a year after closing. People should hear back sooner."))
        )
    return found


def suggested_name(day: date) -> str:
    """"Spring 2027" for a day in that spring (northern hemisphere; people can type another name)."""
    seasons = (_("Winter"), _("Spring"), _("Summer"), _("Fall"))
    return _("%(season)s %(year)d") % {"season": seasons[day.month % 12 // 3], "year": day.year}


def later(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_over(closes_on: date, today: date) -> bool:
    """Answers are taken on the closing day itself; the day after, it is over."""
    return closes_on < today


def day_everywhere(now: datetime) -> date:
    """The date that has begun everywhere on earth at `now` (aware): what was promised "until June 3" is still
    open
    while it is June 3 anywhere."""
    return (now.astimezone(UTC) - timedelta(hours=12)).date()


def told_as(voice: str, *, together: bool) -> str:
    """The voice under which a round's answers are told."""
    return "staff" if together and voice == "consultants" else voice


def may_be_told_together(closed_on: date, closes_on: date) -> bool:
    """Whether a wave that closed on `closed_on` may be told together with a later one that closes on `closes_on`."""
    return closed_on <= closes_on <= later(closed_on, WAVES_MONTHS)


def is_time_to_repeat(opens_on: date, every_months: int | None, today: date) -> bool:
    """Whether a cycle that opened on `opens_on` should be asked again by today."""
    return every_months is not None and later(opens_on, every_months) <= today


def dates_again(
    opens_on: date, closes_on: date, reply_due: date, *, new_opening: date
) -> tuple[date, date, date]:
    """Opening, closing and reply of a repeat that opens on `new_opening`, each as far apart as before."""
    shift = new_opening - opens_on
    return new_opening, closes_on + shift, reply_due + shift


def common_languages(wanted: list[str], offered: tuple[str, ...]) -> list[str]:
    """The languages an organization uses that the questions have, in the organization's order."""
    return [language for language in wanted if language in offered]


def cycle_state(states: list[str], *, proposed: bool, released: bool, finished: bool) -> str:
    """One word for where a cycle is: proposed, planned, asking, closed, released or finished."""
    if finished or released:
        return "finished" if finished else "released"
    if "open" in states:
        return "asking"
    if "closed" in states:
        return "between" if "planned" in states else "closed"
    return "proposed" if proposed else "planned"
