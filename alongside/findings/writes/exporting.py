"""Taking a profile out of the organization: one person asks, another approves or refuses."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission
from alongside.audit.api import record
from alongside.findings import reads
from alongside.findings.models import OutsideExport, Release
from alongside.findings.refusals import AlreadyDecided, NotYours
from alongside.findings.rules import exporting as rules
from alongside.listening.api import Cycle


@transaction.atomic
def ask_export(actor: Actor, cycle: Cycle, *, whom: str, why: str, today: date) -> OutsideExport:
    """Ask to take the outside profile of a released cycle out; gives the request.

    One that still waits, or was approved and still holds, stays as it is; one that is over makes room.
    Raises `NotYours` where the actor can't see these figures.
    """
    if not actor.may(Permission.PROFILE_SEE):
        actor.must(Permission.PROFILE_OUTSIDE, cycle)
    released = reads.releases_of(actor).filter(cycle=cycle, audience=Release.OUTSIDE)
    if not released.select_for_update(of=("self",)):  # locked, so that two presses make one request
        raise NotYours(_("There are no figures of this cycle that could be taken out."))
    if own := reads.own_export(actor, cycle):
        if rules.is_alive(own.state, own.asked_on, own.decided_on, today):
            return own
        own.delete()
    export = OutsideExport.objects.create(
        organization_id=cycle.organization_id, cycle=cycle, asked_by=actor.account_id, asked_on=today,
        words={"who": actor.name, "whom": whom, "why": why})
    record(actor, "export.asked", export)
    return export


@transaction.atomic
def approve_export(actor: Actor, export: OutsideExport, *, today: date) -> None:
    """Let the profile leave. Raises `NotYours` for one's own request, `AlreadyDecided`."""
    row = _waiting(actor, export, today)
    row.state, row.decided_by, row.decided_on = OutsideExport.APPROVED, actor.account_id, today
    row.save()
    record(actor, "export.approved", row)


@transaction.atomic
def refuse_export(actor: Actor, export: OutsideExport, *, reason: str, today: date) -> None:
    """Keep the profile here, and say why. Raises `NotYours` for one's own request, `AlreadyDecided`."""
    row = _waiting(actor, export, today)
    row.state, row.decided_by, row.decided_on = OutsideExport.REFUSED, actor.account_id, today
    row.reason = reason
    row.save()
    record(actor, "export.refused", row)


def _waiting(actor: Actor, export: OutsideExport, today: date) -> OutsideExport:
    actor.must(Permission.EXPORTS_APPROVE, export)
    row = OutsideExport.objects.select_for_update().get(pk=export.pk)
    if not rules.may_decide(row.asked_by, actor.account_id):
        raise NotYours(_("You asked for this yourself. Somebody else has to look at it."))
    if not rules.is_open(row.state, row.asked_on, today):
        raise AlreadyDecided(_("Somebody decided about this already, or it waited too long. It can be asked anew."))
    return row
