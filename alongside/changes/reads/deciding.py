"""Looking at findings, decisions and actions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When

from alongside.access.api import Actor, Permission
from alongside.listening.api import Cycle

from ..models import Action, ActionState, Decision, Finding, Reply
from ..rules.loop import is_overdue
from .outline import Outline, outline_of


@dataclass(frozen=True)
class ActionCard:
    """One action as it is shown. `owner` is empty for people outside the organization."""

    id: UUID
    what: str
    owner: str
    due: date | None
    money: str
    survivors_part: str
    state: str
    result: str
    ended_on: date | None
    overdue: bool
    finding: str
    cycle: str
    cycle_id: UUID


@dataclass(frozen=True)
class FindingCard:
    """One finding, its decision and its actions."""

    id: UUID
    number: int
    title: str
    says: str
    is_first: bool
    is_last: bool
    choice: str
    reason: str
    decided_on: date | None
    actions: tuple[ActionCard, ...]


def findings_of(actor: Actor, cycle: Cycle) -> QuerySet[Finding]:
    """The findings of one cycle of this actor's organization, in their order."""
    return Finding.objects.filter(organization_id=actor.organization_id, cycle=cycle).select_related(
        "cycle", "decision")


def actions_of(actor: Actor) -> QuerySet[Action]:
    """Every action that this actor may know of.

    Who edits changes sees all. Others (funders, evaluators) see those of cycles whose reply is published: the
    people who were asked hear it first.
    """
    mine = Action.objects.filter(
        organization_id=actor.organization_id).select_related("decision__finding__cycle")
    if actor.may(Permission.CHANGES_EDIT):
        return mine
    return mine.filter(decision__finding__cycle__in=_answered_cycles(actor))


def actions_listed(actor: Actor, today: date, state: str = "") -> QuerySet[Action]:
    """`actions_of` with the overdue first, then what is promised by date, then what ended, newest first.

    `state` is "", "promised", "overdue", "done" or "dropped".
    """
    late = Q(state=ActionState.PROMISED, due__lt=today)
    actions = actions_of(actor)
    if state == "overdue":
        actions = actions.filter(late)
    elif state:
        actions = actions.filter(state=state)
    order = Case(When(late, then=Value(0)), When(state=ActionState.PROMISED, then=Value(1)), default=Value(2))
    return actions.order_by(order, F("ended_on").desc(nulls_first=True), F("due").asc(nulls_last=True), "id")


def finding_cards(actor: Actor, cycle: Cycle, language: str, today: date) -> tuple[FindingCard, ...]:
    """All findings of a cycle with what was decided and promised. Two queries."""
    outline = outline_of(cycle, language)
    found = list(findings_of(actor, cycle).prefetch_related("decision__actions"))
    return tuple(
        _finding_card(finding, number, len(found), outline, today)
        for number, finding in enumerate(found, start=1))


def action_card(actor: Actor, action: Action, today: date) -> ActionCard:
    """One action. Expects `decision__finding__cycle` to be loaded."""
    return _action_card(action, action.decision.finding, today, named=actor.may(Permission.CHANGES_EDIT))


def undecided(actor: Actor, cycle: Cycle) -> int:
    """How many findings of a cycle have no decision yet."""
    return findings_of(actor, cycle).filter(decision__isnull=True).count()


def decision_of(finding: Finding) -> Decision | None:
    """The decision on a finding, or None."""
    return getattr(finding, "decision", None)


def _answered_cycles(actor: Actor) -> QuerySet:
    """Ids of the cycles whose reply everybody with its address can read."""
    published = Reply.objects.filter(organization_id=actor.organization_id, published_on__isnull=False)
    return published.values("cycle")


def _finding_card(finding: Finding, number: int, of: int, outline: Outline, today: date) -> FindingCard:
    decision = decision_of(finding)
    actions = decision.actions.all() if decision else ()
    return FindingCard(
        id=finding.pk, number=number, says=finding.says,
        title=outline.title(finding.domain_id, finding.practice_id),
        is_first=number == 1, is_last=number == of,
        choice=decision.choice if decision else "", reason=(decision.reason or "") if decision else "",
        decided_on=decision.decided_on if decision else None,
        actions=tuple(_action_card(action, finding, today, named=True) for action in actions),
    )


def _action_card(action: Action, finding: Finding, today: date, *, named: bool) -> ActionCard:
    return ActionCard(
        id=action.pk, what=action.what, owner=action.owner if named else "", due=action.due,
        money=action.money, survivors_part=action.survivors_part, state=action.state, result=action.result or "",
        ended_on=action.ended_on,
        overdue=action.state == ActionState.PROMISED and is_overdue(action.due, today),
        finding=finding.says, cycle=finding.cycle.name, cycle_id=finding.cycle_id,
    )
