"""Changing cycles and rounds. Once a round is open, nothing that people were promised can change."""

import logging
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission
from alongside.audit.api import record, thing_of
from alongside.organizations.api import (
    contacts_of,
    ensure_not_held,
    languages_of,
    organization_of,
    standing_holds,
    units_of,
)
from alongside.privacy.api import fingerprint

from . import codes, reads, rules, store
from .boxes.reads import promised_box
from .models import Code, Cycle, Entry, Round, RoundState, Voice
from .refusals import (
    CannotOpenYet,
    CodesRefused,
    NoSupportContact,
    NotFinished,
    NotReleased,
    PlanRefused,
    PromiseFrozen,
    RoundNotOpen,
)
from .rules import Ask, Plan

log = logging.getLogger(__name__)


@transaction.atomic
def plan_cycle(actor: Actor, plan: Plan) -> Cycle:
    """A new cycle with a planned round for each voice (and unit). Raises `PlanRefused`."""
    actor.must(Permission.CYCLES_PLAN)
    _ensure_sound(actor, plan)
    cycle = Cycle(organization_id=actor.organization_id)
    _write_plan(cycle, plan)
    record(actor, "cycle.planned", cycle)
    return cycle


@transaction.atomic
def change_plan(actor: Actor, cycle: Cycle, plan: Plan) -> None:
    """Plan a cycle anew. Raises `PromiseFrozen` once a round was opened, and `PlanRefused`."""
    actor.must(Permission.CYCLES_PLAN, cycle)
    _ensure_nobody_asked(cycle)
    _ensure_sound(actor, plan)
    Round.objects.filter(cycle=cycle).delete()
    _write_plan(cycle, plan)
    record(actor, "cycle.changed", cycle)


@transaction.atomic
def remove_cycle(actor: Actor, cycle: Cycle) -> None:
    """Remove a cycle in which nobody was asked yet; else `PromiseFrozen`.

    Removing a proposed repeat also ends the repeating, or the same proposal would come back the next day.
    """
    actor.must(Permission.CYCLES_PLAN, cycle)
    _ensure_nobody_asked(cycle)
    Cycle.objects.filter(pk=cycle.follows_id).update(every_months=None)
    gone = thing_of(cycle)
    cycle.delete()
    record(actor, "cycle.removed", gone)


@transaction.atomic
def remove_finished_cycle(actor: Actor, cycle: Cycle) -> None:
    """Remove a finished cycle with all that came of it: answers, figures, findings, its reply, its lists.

    Raises `NotFinished` while people wait for the reply they were promised, and `UnderHold`.
    """
    actor.must(Permission.CYCLES_PLAN, cycle)
    ensure_not_held(cycle.organization_id, cycle.pk)
    locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if locked.finished_on is None:
        raise NotFinished(_("People were asked in this cycle and wait for an answer. Finish it first."))
    gone = thing_of(locked)
    locked.delete()
    record(actor, "cycle.removed", gone)


@transaction.atomic
def change_round(actor: Actor, round_: Round, *, people: int, entry: str) -> None:
    """Change about how many people a planned round asks, and how they get in. Raises `PromiseFrozen`."""
    actor.must(Permission.CYCLES_PLAN, round_)
    _ensure_planned(_locked(round_))
    round_.people, round_.entry = people, Entry(entry)
    round_.save(update_fields=["people", "entry"])
    record(actor, "round.changed", round_)


@transaction.atomic
def open_round(actor: Actor, round_: Round, *, today: date | None = None) -> None:
    """Open a round: freeze its questions and its promise, for good.

    Raises `PromiseFrozen` where it was opened before, `NoSupportContact`, and `CannotOpenYet` where its last
    day is over, its framework is gone or shares no language with the organization.
    """
    actor.must(Permission.CYCLES_PLAN, round_)
    today = today or timezone.localdate()
    locked = _locked(round_)
    _ensure_planned(locked)
    _ensure_can_open(actor, locked, today)
    round_.frozen = _frozen(actor, locked)
    round_.state, round_.opened_on = RoundState.OPEN, today
    round_.save(update_fields=["frozen", "state", "opened_on"])
    record(actor, "round.opened", round_)


@transaction.atomic
def make_codes(actor: Actor, round_: Round, how_many: int) -> list[str]:
    """`how_many` new codes (1..500; 5,000 a round) in plain: the only time anybody sees them.

    Only keyed hashes are kept, written in the order of the hashes, so that the order of rows tells nothing.
    Raises `RoundNotOpen` and `CodesRefused`.
    """
    actor.must(Permission.CYCLES_PLAN, round_)
    ensure_open(_locked(round_))
    _ensure_codes_fit(round_, how_many)
    made: dict[str, str] = {}
    while len(made) < how_many:
        fresh = {_hash_of(round_, code): code for code in codes.make_distinct(how_many - len(made))}
        taken = set(Code.objects.filter(pk__in=fresh).values_list("pk", flat=True))
        made |= {mark: code for mark, code in fresh.items() if mark not in taken}
    Code.objects.bulk_create([Code(fingerprint=mark, round=round_) for mark in sorted(made)], batch_size=500)
    record(actor, "codes.made", round_)
    return list(made.values())


@transaction.atomic
def close_round(actor: Actor, round_: Round, *, today: date | None = None) -> None:
    """Close an open round for good and mix its answers. Raises `RoundNotOpen`.

    Closing before the promised day is allowed on any day: a round that does harm (a wrong slip, a threat)
    must be stopped at once. It gains nobody anything: no page says how many have answered, k people are
    needed all the same, and a closed round never opens again. It is never refused for a want of answers
    either, for a refusal would count them. Closing later than promised is impossible: the dates are frozen,
    and the worker closes what is due.
    """
    actor.must(Permission.CYCLES_PLAN, round_)
    _close(actor, round_, today or timezone.localdate())


@transaction.atomic
def finish_cycle(actor: Actor, cycle: Cycle, *, today: date | None = None) -> None:
    """The reply is out: the loop is closed. Raises `NotReleased` before the results were released."""
    actor.must(Permission.REPLY_PUBLISH, cycle)
    if cycle.released_on is None:
        raise NotReleased(_("The results of this cycle were not released yet, so its reply cannot be final."))
    cycle.finished_on = today or timezone.localdate()
    cycle.save(update_fields=["finished_on"])
    record(actor, "cycle.finished", cycle)


def close_due_rounds(today: date) -> int:
    """Close every round whose promised last day is over; gives how many. For the worker, in every
    organization.

    Hand in `rules.day_everywhere(now)`: the promised day must be over wherever people are.
    """
    closed = 0
    for round_ in list(reads.due_rounds(today)):
        try:
            with transaction.atomic():
                _close(Actor(organization_id=round_.organization_id), round_, today)
            closed += 1
        except RoundNotOpen:  # somebody closed it by hand a moment ago
            continue
        except Exception:  # one organization's trouble must not keep the others' rounds open
            log.exception("a round that is due could not be closed")
    return closed


def propose_due_cycles(today: date) -> int:
    """Propose a repeat of every cycle whose time has come, once each; gives how many. For the worker."""
    due = [
        one
        for one in reads.cycles_to_repeat()
        if rules.is_time_to_repeat(one.opens_on, one.every_months, today)
    ]
    return sum(_propose(cycle, today) for cycle in due)


def _propose(cycle: Cycle, today: date) -> bool:
    try:
        with transaction.atomic():
            repeat = _repeat(cycle, today)
            record(Actor(organization_id=cycle.organization_id), "cycle.proposed", repeat)
    except IntegrityError:  # another worker was faster
        return False
    return True


def ensure_open(round_: Round) -> None:
    """Raise `RoundNotOpen` unless the round is open."""
    if round_.state != RoundState.OPEN:
        raise RoundNotOpen(_("This round is not open. A closed round stays closed: its answers were mixed."))


def locked_open(round_: Round) -> Round:
    """The round, locked until the transaction ends. Raises `RoundNotOpen`."""
    locked = _locked(round_)
    ensure_open(locked)
    return locked


def _close(actor: Actor, round_: Round, today: date) -> None:
    locked_open(round_)
    round_.state, round_.closed_on = RoundState.CLOSED, today
    round_.wrong_codes = round_.wrong_codes_in = 0  # when somebody mistyped a code has served, and is a time
    round_.save(update_fields=["state", "closed_on", "wrong_codes", "wrong_codes_in"])
    store.mix(round_)
    record(actor, "round.closed", round_)


def _repeat(cycle: Cycle, today: date) -> Cycle:
    opens_on, closes_on, reply_due = rules.dates_again(
        cycle.opens_on, cycle.closes_on, cycle.reply_due,
        new_opening=max(today, rules.later(cycle.opens_on, cycle.every_months)),
    )
    repeat = Cycle.objects.create(
        organization_id=cycle.organization_id, name=rules.suggested_name(opens_on), form=cycle.form,
        framework_key=cycle.framework_key, opens_on=opens_on, closes_on=closes_on, reply_due=reply_due,
        every_months=cycle.every_months, other_people=cycle.other_people, together=cycle.together,
        follows=cycle,
    )
    Round.objects.bulk_create([
        Round(organization_id=cycle.organization_id, cycle=repeat, voice=old.voice, unit_id=old.unit_id,
              entry=old.entry, people=old.people)
        for old in cycle.rounds.all()
    ])
    return repeat


def _write_plan(cycle: Cycle, plan: Plan) -> None:
    for field in ("name", "framework_key", "form", "opens_on", "closes_on", "reply_due", "every_months",
                  "other_people", "together"):
        setattr(cycle, field, getattr(plan, field))
    cycle.save()
    Round.objects.bulk_create(
        _planned(cycle, ask, unit_id) for unit_id in plan.unit_ids or (None,) for ask in plan.asks
    )


def _planned(cycle: Cycle, ask: Ask, unit_id) -> Round:
    return Round(organization_id=cycle.organization_id, cycle=cycle, voice=ask.voice, unit_id=unit_id,
                 entry=ask.entry, people=ask.people)


def _ensure_sound(actor: Actor, plan: Plan) -> None:
    problems = rules.problems_of(plan)
    if plan.framework_key not in {one.key for one in reads.frameworks()}:
        problems.append(("framework_key", _("This framework is not here. Choose another one.")))
    if set(plan.unit_ids) - set(units_of(actor).values_list("pk", flat=True)):
        problems.append(("unit_ids", _("One of the units is not here any more. Choose again.")))
    if _told_otherwise(actor.organization_id, together=plan.together):
        problems.append(("together", _told_otherwise_words()))
    if problems:
        raise PlanRefused(problems)


def _told_otherwise(organization_id, *, together: bool) -> bool:
    """Whether staff or consultants were asked under the other promise. One less the other would be a small group."""
    asked = Round.objects.filter(
        organization_id=organization_id, voice__in=(Voice.STAFF, Voice.CONSULTANTS), opened_on__isnull=False)
    return asked.exclude(cycle__together=together).exists()


def _told_otherwise_words() -> str:
    return _("In an earlier cycle staff and partners were asked under the other promise. It has to stay as it was "
             "then: figures of both beside figures of one would show what the few others said.")


def _ensure_nobody_asked(cycle: Cycle) -> None:
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    if Round.objects.filter(cycle=cycle).exclude(state=RoundState.PLANNED).exists():
        raise PromiseFrozen(
            _(
                "People were asked in this cycle. What they were promised (questions, dates, who reads what) "
                "stays as it is."
            )
        )


def _ensure_planned(round_: Round) -> None:
    if round_.state != RoundState.PLANNED:
        raise PromiseFrozen(_("This round was opened before. What people were promised then cannot change."))


def _ensure_can_open(actor: Actor, round_: Round, today: date) -> None:
    if not contacts_of(actor).exists():
        raise NoSupportContact(
            _(
                "First name at least one person or line that supports people in distress. They are "
                "shown on every page where people answer."
            )
        )
    if round_.voice in (Voice.STAFF, Voice.CONSULTANTS) and _told_otherwise(
            round_.organization_id, together=round_.cycle.together):
        raise CannotOpenYet(_told_otherwise_words())
    if rules.is_over(round_.cycle.closes_on, today):
        raise CannotOpenYet(_("The last day of this cycle is over. Change the plan first."))


def _ensure_codes_fit(round_: Round, how_many: int) -> None:
    if round_.entry != Entry.CODES:
        raise CodesRefused(_("People get into this round by one open link. It needs no codes."))
    if not 1 <= how_many <= codes.MOST_AT_ONCE:
        raise CodesRefused(_("Choose a number of slips from 1 to 200."))
    if Code.objects.filter(round=round_).count() + how_many > codes.MOST_IN_A_ROUND:
        raise CodesRefused(_("A round has at most 5,000 slips. Make fewer, or use the ones you printed."))


def _frozen(actor: Actor, round_: Round) -> dict:
    """The questions and the promise, made from the settings of this moment. Dates as ISO text, spans in days.
    """
    organization = organization_of(actor)
    instrument = _instrument(round_, organization)
    languages = rules.common_languages(languages_of(organization), instrument.languages)
    if not languages:
        raise CannotOpenYet(_("These questions are not there in any language that your organization uses."))
    promise = {
        "asker": organization.name,
        "k_scores": organization.k_scores,
        "k_comments": organization.k_comments,
        "entry": round_.entry,
        "reply_due": round_.cycle.reply_due.isoformat(),
        "closes_on": round_.cycle.closes_on.isoformat(),
        "unit": round_.unit.name if round_.unit else "",
        "languages": languages,
        "kept_days": rules.answers_kept_days(may_wait=round_.cycle.other_people),
        "comments_kept_days": rules.COMMENTS_KEPT_DAYS,
        "mandated": True,
        "invented": organization.is_invented,
    } | promised_box(organization.pk) | _promised_hold(round_) | _promised_waves(round_.cycle) | _promised_group(round_)
    return {"instrument": instrument.to_plain(), "promise": promise}


def _promised_hold(round_: Round) -> dict:
    """Where a legal hold stops deleting, nobody is promised a day on which it happens."""
    return {"legal_hold": True} if standing_holds(round_.organization_id, round_.cycle_id) else {}


def _promised_waves(cycle: Cycle) -> dict:
    """Answers of too few people wait for those of others only where people were told so before they answered."""
    return {"waves_months": rules.WAVES_MONTHS} if cycle.other_people else {}


def _promised_group(round_: Round) -> dict:
    is_told_so = round_.cycle.together and round_.voice in (Voice.STAFF, Voice.CONSULTANTS)
    return {"together": True} if is_told_so else {}


def _instrument(round_: Round, organization):
    try:
        return reads.instrument_for(round_.cycle, round_.voice, organization)
    except (reads.FrameworkUnknown, reads.FrameworkRefused) as error:
        raise CannotOpenYet(
            _("The framework of this cycle is not here any more. Change the plan first.")
        ) from error


def _locked(round_: Round) -> Round:
    """The row as it is now, kept from others until the transaction ends.

    The keys stay free: an answer that is being kept points to its round, and must not wait for us (who, closing,
    wait for it). The cycle comes first, as in a release, so that the two never wait for each other.
    """
    return (
        Round.objects.select_for_update(of=("cycle", "self"), no_key=True)
        .select_related("cycle", "unit")
        .get(pk=round_.pk)
    )


def _hash_of(round_: Round, code: str) -> str:
    return fingerprint("code", f"{round_.pk}:{code}")
