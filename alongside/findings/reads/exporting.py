"""Looking at requests to take a profile out of the organization."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from alongside.access.api import Actor, Permission
from alongside.findings.models import OutsideExport
from alongside.findings.rules import exporting as rules
from alongside.listening.api import Cycle


@dataclass(frozen=True)
class ExportCard:
    """A request as pages show it. `state`: asked, approved, refused. `until`: the last day for fetching."""

    id: UUID
    cycle_id: UUID
    cycle_name: str
    state: str
    asked_on: date
    who: str
    whom: str
    why: str
    reason: str
    until: date | None


def exports_of(actor: Actor) -> QuerySet[OutsideExport]:
    """Every request of this actor's organization."""
    return OutsideExport.objects.filter(organization_id=actor.organization_id).select_related("cycle")


def exports_to_decide(actor: Actor, today: date) -> QuerySet[OutsideExport]:
    """The requests that wait for this actor: somebody else's, of their organization."""
    waiting = exports_of(actor).filter(
        state=OutsideExport.ASKED, asked_on__gte=today - timedelta(days=rules.WAITS))
    mine_to_decide = waiting.exclude(asked_by=actor.account_id)
    return mine_to_decide if actor.may(Permission.EXPORTS_APPROVE) else waiting.none()


def own_export(actor: Actor, cycle: Cycle) -> OutsideExport | None:
    """This actor's request for a cycle; there is at most one."""
    return exports_of(actor).filter(cycle=cycle, asked_by=actor.account_id).first()


def may_fetch(actor: Actor, cycle: Cycle, today: date) -> bool:
    """Whether the actor may take the outside profile of a cycle out as a file today."""
    own = own_export(actor, cycle)
    return own is not None and rules.may_fetch(own.state, own.decided_on, today)


def export_card(export: OutsideExport) -> ExportCard:
    """A request with its sealed words opened: for whoever asked, and whoever decides."""
    words, until = export.words, None
    if export.state == OutsideExport.APPROVED:
        until = rules.last_day(export.decided_on)
    return ExportCard(
        export.pk, export.cycle_id, export.cycle.name, export.state, export.asked_on,
        words["who"], words["whom"], words["why"], export.reason or "", until)
