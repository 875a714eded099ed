"""Changing who belongs to an organization and what they may do."""

import secrets
from collections.abc import Iterable
from datetime import date
from hmac import compare_digest
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission, Role, rows_of_all
from alongside.audit.api import record, thing_of
from alongside.organizations.api import Organization

from . import rules
from .models import Account, DemoDoor, Invitation, Membership
from .reads import belongs_elsewhere, belongs_to_invented_only, handle_of, hash_of
from .sealed_sessions import opened


def add_member(organization: Organization, email: str, name: str, roles: Iterable[Role],
               password: str | None = None) -> Account:
    """A new account that belongs to `organization`. The caller (setup, sample, command line) decided it may.

    `password` None leaves the account with no password: it comes in by a demo door alone.
    Raises `CannotJoin` where an account has this address.
    """
    account = _new_account(email, name, password)
    Membership.objects.create(organization=organization, account=account, roles=_stored(roles))
    return account


@transaction.atomic
def invite(actor: Actor, *, invitation_id: UUID, label: str, roles: Iterable[Role], today: date) -> str:
    """Invite somebody with these roles. Gives the token of the link, which is kept nowhere.

    `invitation_id` comes from the form, so that a form sent twice makes one invitation.
    Raises `CannotGrant`, and `LinkGone` where this form was sent before.
    """
    actor.must(Permission.PEOPLE_INVITE)
    roles = list(roles)
    rules.ensure_grantable(actor.roles, roles)
    _forget_old_links(today)
    token = secrets.token_urlsafe(24)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                id=invitation_id, organization_id=actor.organization_id, token_hash=hash_of("link", token),
                label=label, roles=_stored(roles), expires_on=rules.last_day(today))
    except IntegrityError:
        raise rules.LinkGone(_(
            "This invitation was made already, and its link was shown once. If you did not keep the link, "
            "withdraw the invitation and make a new one.")) from None
    record(actor, "invitation.made", invitation)
    return token


@transaction.atomic
def withdraw(actor: Actor, invitation: Invitation) -> None:
    """Make an invitation's link useless, at once."""
    actor.must(Permission.PEOPLE_INVITE, invitation)
    gone = thing_of(invitation)
    invitation.delete()
    record(actor, "invitation.withdrawn", gone)


@transaction.atomic
def join_as_new(invitation: Invitation, *, name: str, email: str, password: str) -> Account:
    """Make an account and let it in. Spends the invitation. Raises `LinkGone` or `CannotJoin`."""
    _spend(invitation)
    account = _new_account(email, name, password)
    _let_in(invitation, account)
    return account


@transaction.atomic
def join(invitation: Invitation, account: Account) -> None:
    """Let an account that exists in. Spends the invitation. Raises `LinkGone` or `CannotJoin`."""
    if Membership.objects.filter(account=account, organization_id=invitation.organization_id).exists():
        raise rules.CannotJoin(_("You belong to this organization already."))
    if belongs_to_invented_only(account) and not invitation.organization.is_invented:
        raise rules.CannotJoin(_("Invented people can't join a real organization. Sign out first."))
    _spend(invitation)
    _let_in(invitation, account)


@transaction.atomic
def change_roles(actor: Actor, membership: Membership, roles: Iterable[Role]) -> None:
    """Give a colleague other roles. Raises `CannotGrant` or `LastCoordinator`."""
    actor.must(Permission.PEOPLE_INVITE, membership)
    now = Membership.objects.select_for_update().get(pk=membership.pk)
    roles = list(roles)
    held_now, to_themselves = [Role(role) for role in now.roles], now.account_id == actor.account_id
    rules.ensure_grantable(actor.roles, roles, held_now, to_themselves=to_themselves)
    now.roles = _stored(roles)
    now.save(update_fields=["roles"])
    rules.ensure_coordinated(_coordinators(now.organization_id))
    record(actor, "roles.changed", now)


@transaction.atomic
def remove_member(actor: Actor, membership: Membership) -> None:
    """End a membership, at once and in every session. An account that belongs nowhere else is deleted.

    Raises `LastCoordinator`.
    """
    actor.must(Permission.PEOPLE_INVITE, membership)
    account, organization_id, gone = membership.account, membership.organization_id, thing_of(membership)
    membership.delete()
    rules.ensure_coordinated(_coordinators(organization_id))
    with rows_of_all(because="an account goes only where it belongs to no other organization either"):
        if not account.memberships.exists():
            account.delete()
    record(actor, "member.removed", gone)


@transaction.atomic
def make_sign_in_link(actor: Actor, membership: Membership, today: date) -> str:
    """A link with which a colleague sets a new password. Gives its token; an older link stops working.

    The second step stays as it is. Raises `CannotHelp`.
    """
    _ensure_helpable(actor, membership)
    _forget_old_links(today)
    Invitation.objects.filter(account=membership.account).delete()
    token = secrets.token_urlsafe(24)
    link = Invitation.objects.create(
        organization_id=actor.organization_id, token_hash=hash_of("link", token),
        label=str(membership.account)[:120], account=membership.account, expires_on=rules.last_day(today))
    record(actor, "password.link_made", link)
    return token


@transaction.atomic
def set_password_by_link(link: Invitation, password: str) -> None:
    """Set a new password. Spends the link and ends every session of the account. Raises `LinkGone`."""
    _spend(link)
    account = link.account
    account.set_password(password)
    account.session_series += 1
    account.save(update_fields=["password", "session_series"])
    record(Actor(account.pk, link.organization_id), "password.set_by_link", account)


@transaction.atomic
def forget_second_step(actor: Actor, membership: Membership) -> None:
    """For a colleague who lost phone and recovery codes: they set up a second step anew when they sign in.

    Ends every session of the account. Raises `CannotHelp`.
    """
    _ensure_helpable(actor, membership)
    account = membership.account
    account.authenticator_set.all().delete()
    _end_sessions(account)
    record(actor, "second_step.forgotten", membership)


@transaction.atomic
def sign_out_everywhere(actor: Actor, account: Account) -> None:
    """End every session of one's own account, this one included."""
    _end_sessions(account)
    record(actor, "sessions.ended", account)


@transaction.atomic
def end_session(actor: Actor, account: Account, handle: str) -> bool:
    """End one session of one's own account, at once; False where there is none with this handle."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        is_own = opened(session).get(SESSION_KEY) == str(account.pk)
        if is_own and compare_digest(handle_of(session.session_key), handle):
            session.delete()
            record(actor, "session.ended", account)
            return True
    return False


@transaction.atomic
def make_demo_door(account: Account) -> str:
    """A one-time sign-in for an invented person. Gives the token; only its hash is kept.

    Raises `CannotJoin` where the account belongs to a real organization.
    """
    if not belongs_to_invented_only(account):
        raise rules.CannotJoin(_("Only invented people come in by a demo door."))
    token = secrets.token_urlsafe(24)
    DemoDoor.objects.create(token_hash=hash_of("demo", token), account=account)
    return token


def spend_demo_door(door: DemoDoor) -> bool:
    """True for the one caller who comes through."""
    deleted, _kinds = DemoDoor.objects.filter(pk=door.pk).delete()
    return deleted == 1


def _new_account(email: str, name: str, password: str | None) -> Account:
    """The address counts as proved: the link was handed over by somebody who knows the person."""
    try:
        with transaction.atomic():
            account = Account.objects.create_user(email, password, name=name)
    except IntegrityError:
        raise rules.CannotJoin(_(
            "There is an account with this e-mail address. If it is yours, sign in first and open this link "
            "again.")) from None
    return account


def _let_in(invitation: Invitation, account: Account) -> None:
    membership = Membership.objects.create(
        organization_id=invitation.organization_id, account=account, roles=invitation.roles)
    record(Actor(account.pk, invitation.organization_id), "invitation.accepted", membership)


def _spend(link: Invitation) -> None:
    """Delete the link. Of two who use it at once, one finds it gone."""
    deleted, _kinds = Invitation.objects.filter(pk=link.pk).delete()
    if deleted != 1:
        raise rules.LinkGone(_("This link was used already. Ask for a new one."))


def _ensure_helpable(actor: Actor, membership: Membership) -> None:
    actor.must(Permission.PEOPLE_INVITE, membership)
    rules.ensure_helpable(
        actor.roles, [Role(role) for role in membership.roles],
        belongs_elsewhere=belongs_elsewhere(membership),
        is_themselves=membership.account_id == actor.account_id)


def _end_sessions(account: Account) -> None:
    account.session_series += 1
    account.save(update_fields=["session_series"])


def _coordinators(organization_id: UUID) -> int:
    """Counted in Python: SQLite can't look into a list of roles."""
    return sum(
        str(Role.COORDINATOR) in roles
        for roles in Membership.objects.select_for_update().filter(organization_id=organization_id)
        .values_list("roles", flat=True))


def _forget_old_links(today: date) -> None:
    Invitation.objects.filter(expires_on__lt=today).delete()


def _stored(roles: Iterable[Role]) -> list[str]:
    """In the order of the table, each once."""
    chosen = set(roles)
    return [str(role) for role in Role if role in chosen]
