"""Writing down findings, deciding on them, promising actions and saying what came of them."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from alongside.access.api import Actor, Permission
from alongside.audit.api import record, thing_of
from alongside.listening.api import Cycle

from ..models import Action, ActionState, Decision, Finding
from ..reads.deciding import decision_of, findings_of
from ..rules import deciding as rules


@dataclass(frozen=True)
class Promise:
    """What an action promises: `due` may be open, `money` and `survivors_part` may be empty."""

    what: str
    owner: str
    due: date | None = None
    money: str = ""
    survivors_part: str = ""


@transaction.atomic
def add_finding(actor: Actor, cycle: Cycle, *, domain_id: str, says: str, practice_id: str = "") -> Finding:
    """A new finding at the end of the list. Raises `NotReleasedYet` or `CycleFinished`."""
    _may_change(actor, cycle)
    last = findings_of(actor, cycle).aggregate(last=Max("place"))["last"]
    finding = Finding.objects.create(
        organization_id=actor.organization_id, cycle=cycle, domain_id=domain_id, practice_id=practice_id,
        says=says, place=0 if last is None else last + 1,
    )
    record(actor, "finding.added", finding)
    return finding


@transaction.atomic
def change_finding(
    actor: Actor, finding: Finding, *, domain_id: str, says: str, practice_id: str = "",
) -> None:
    """Say it in other words, or move it to another practice."""
    actor.must(Permission.CHANGES_EDIT, finding)
    _may_change(actor, finding.cycle)
    finding.domain_id, finding.practice_id, finding.says = domain_id, practice_id, says
    finding.save(update_fields=["domain_id", "practice_id", "says"])
    record(actor, "finding.changed", finding)


@transaction.atomic
def remove_finding(actor: Actor, finding: Finding) -> None:
    """Remove a finding with its decision, its actions and its lines in the draft of the reply."""
    actor.must(Permission.CHANGES_EDIT, finding)
    _may_change(actor, finding.cycle)
    gone = thing_of(finding)
    finding.delete()
    record(actor, "finding.removed", gone)


@transaction.atomic
def move_finding(actor: Actor, finding: Finding, *, up: bool) -> None:
    """One place up or down; at the end of the list nothing happens."""
    actor.must(Permission.CHANGES_EDIT, finding)
    _may_change(actor, finding.cycle)
    ordered = list(findings_of(actor, finding.cycle).select_for_update(of=("self",)))
    here = next(n for n, one in enumerate(ordered) if one.pk == finding.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(ordered):
        return
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for place, one in enumerate(ordered):
        one.place = place
    Finding.objects.bulk_update(ordered, ["place"])
    record(actor, "finding.moved", finding)


@transaction.atomic
def decide(actor: Actor, finding: Finding, *, choice: str, reason: str, today: date) -> Decision:
    """Do, later, or won't. Raises `ReasonMissing`, `ActionsStillPromised`, `CycleFinished`."""
    actor.must(Permission.CHANGES_EDIT, finding)
    _may_change(actor, finding.cycle)
    rules.ensure_reason(choice, reason)
    decision = decision_of(finding)
    if decision is None:
        decision = Decision(organization_id=actor.organization_id, finding=finding)
    else:
        rules.ensure_nothing_promised(choice, [action.state for action in decision.actions.all()])
    decision.choice, decision.reason, decision.decided_on = choice, reason.strip() or None, today
    decision.save()
    record(actor, "finding.decided", decision)
    return decision


@transaction.atomic
def add_action(actor: Actor, decision: Decision, promise: Promise) -> Action:
    """Promise one thing under a decision to do something. Raises `NothingDecidedToDo` under any other."""
    actor.must(Permission.CHANGES_EDIT, decision)
    rules.ensure_to_be_done(decision.choice)
    action = Action.objects.create(
        organization_id=actor.organization_id, decision=decision, **asdict(promise))
    record(actor, "action.promised", action)
    return action


@transaction.atomic
def change_action(actor: Actor, action: Action, promise: Promise) -> None:
    """Change what is promised."""
    actor.must(Permission.CHANGES_EDIT, action)
    facts = asdict(promise)
    for field, value in facts.items():
        setattr(action, field, value)
    action.save(update_fields=list(facts))
    record(actor, "action.changed", action)


@transaction.atomic
def end_action(actor: Actor, action: Action, *, done: bool, result: str, today: date) -> None:
    """It was done, or it was dropped; either way with a word on what came of it. Raises `ResultMissing`.

    Ending it again changes the words and keeps the day on which it ended first.
    """
    actor.must(Permission.CHANGES_EDIT, action)
    rules.ensure_result(result)
    action.state = ActionState.DONE if done else ActionState.DROPPED
    action.result, action.ended_on = result.strip(), action.ended_on or today
    action.save(update_fields=["state", "result", "ended_on"])
    record(actor, "action.ended", action)


@transaction.atomic
def reopen_action(actor: Actor, action: Action) -> None:
    """It was ended by mistake: it is promised again."""
    actor.must(Permission.CHANGES_EDIT, action)
    action.state, action.ended_on = ActionState.PROMISED, None
    action.save(update_fields=["state", "ended_on"])
    record(actor, "action.promised_again", action)


def _may_change(actor: Actor, cycle: Cycle) -> None:
    actor.must(Permission.CHANGES_EDIT, cycle)
    rules.ensure_changeable(cycle.released_on, cycle.finished_on)
