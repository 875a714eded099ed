"""The second wall, on PostgreSQL: the database itself gives a page of staff no row of another organization.

The first wall is in the reads: each begins with the actor. Where one is forgotten, this one still holds. Every table
that belongs to an organization has a policy (row-level security) that lets through the rows of the organization which
the session of the database names, or all of them where it names none. It names one while a page of staff is made.

None is named for people who answer (their address leads to one round, and there is no actor), for the worker and for
commands (they care for every organization), and on pages where an account chooses among its own organizations.
On SQLite there is nothing of this: one machine, one file, the first wall.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, connection, connections, models
from django.http import HttpRequest, HttpResponse

from .doors import Entrance, door_of

SETTING = "alongside.organization"
POLICY = "rows_of_one_organization"
# Tables of many organizations at once that no policy guards, each with its reason.
UNGUARDED = {
    "privacy.SealingKey": "wrapped by the master key; what the installation itself sealed is opened on every page",
}
# Tables below a round have no organization of their own: they go with the rows of the table that they point to.
PARENTS = ("round", "cycle")
_seen: ContextVar[UUID | None] = ContextVar("rows_seen", default=None)
_NAMED = f"nullif(current_setting('{SETTING}', true), '')::uuid"


class RowsMiddleware:
    """Names the actor's organization to the database, behind the doorkeeper and until the answer is made."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)  # type: ignore[no-any-return]
        finally:
            if _seen.get() is not None:
                _forget()

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        door = door_of(view)
        if connection.vendor == "postgresql" and door is not None and door.entrance is Entrance.ROLE:
            _name(request.actor.organization_id)  # type: ignore[attr-defined]


@contextmanager
def rows_of_all(*, because: str) -> Iterator[None]:
    """For the few acts on a page of staff that concern more than one organization. Say why that is right."""
    if not because:
        raise ValueError("say why rows of all organizations are needed")
    seen = _seen.get()
    if seen is None:
        yield
        return
    _name(None)
    try:
        yield
    finally:
        _name_again(seen)


def policy_of(model: type[models.Model]) -> str | None:
    """The condition under which a row of this table is let through, as SQL; None where it belongs to nobody."""
    if model._meta.label in UNGUARDED:
        return None
    columns = {field.name: field for field in model._meta.concrete_fields}
    owned = [str(field.column) for field in columns.values() if field.attname == "organization_id"]
    if model._meta.label == "organizations.Organization":
        owned = ["id"]
    if owned:
        return f"{_NAMED} is null or {_quoted(owned[0])} = {_NAMED}"
    for name in PARENTS:
        if name in columns and columns[name].is_relation:
            return f"{_NAMED} is null or {_quoted(str(columns[name].column))} in {_rows_of(columns[name])}"
    return None


def install_policies(sender: Any, using: str = "default", **_: Any) -> None:
    """Give each table of one app its policy, where it has not got it yet. Runs after each `migrate`."""
    database = connections[using]
    if database.vendor != "postgresql":
        return
    wanted = {model._meta.db_table: policy for model in sender.get_models() if (policy := policy_of(model))}
    if not wanted:
        return
    with database.cursor() as cursor:
        there = _installed(cursor)
        for table, policy in wanted.items():
            if there.get(table) != _mark(policy):
                _install(cursor, table, policy)


def tables_without_policy() -> list[str]:
    """Tables that belong to an organization and that the database does not guard. Empty on SQLite: none is guarded."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        there = _installed(cursor)
    wanted = {model._meta.db_table: policy for model in apps.get_models() if (policy := policy_of(model))}
    return sorted(table for table, policy in wanted.items() if there.get(table) != _mark(policy))


def role_passes_policies() -> bool:
    """Whether the program's role is one on which no policy has an effect."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        return bool(cursor.fetchone()[0])


def _install(cursor: Any, table: str, policy: str) -> None:
    name = _quoted(table)
    cursor.execute(f"alter table {name} enable row level security")
    cursor.execute(f"alter table {name} force row level security")  # for the owner of the table, too: that is us
    cursor.execute(f"drop policy if exists {POLICY} on {name}")
    cursor.execute(f"create policy {POLICY} on {name} using ({policy}) with check ({policy})")
    cursor.execute(f"comment on policy {POLICY} on {name} is '{_mark(policy)}'")


def _installed(cursor: Any) -> dict[str, str]:
    """table -> mark of its policy, of tables where policies are in force for everybody."""
    cursor.execute(
        "select c.relname, obj_description(p.oid, 'pg_policy') from pg_policy p join pg_class c on c.oid = p.polrelid "
        "where p.polname = %s and c.relrowsecurity and c.relforcerowsecurity "
        "and c.relnamespace = current_schema()::regnamespace", [POLICY])
    return dict(cursor.fetchall())


def _mark(policy: str) -> str:
    """Stands as a comment at the policy, since PostgreSQL writes conditions in its own way."""
    return hashlib.sha256(policy.encode()).hexdigest()[:16]


def _rows_of(key: Any) -> str:
    """The rows of the table that a foreign key leads to, by the same policy."""
    parent, column = key.related_model, _quoted(key.target_field.column)
    return f"(select {column} from {_quoted(parent._meta.db_table)} where {policy_of(parent)})"  # noqa: S608 - our words


def _quoted(name: str) -> str:
    return f'"{name}"'


def _name(organization_id: UUID | None) -> None:
    _seen.set(organization_id)
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, false)", [SETTING, str(organization_id or "")])


def _name_again(organization_id: UUID) -> None:
    try:
        _name(organization_id)
    except DatabaseError:
        # A transaction that has failed takes no more statements; undoing it brings back what was named before.
        if not connection.in_atomic_block:
            connection.close()
            raise


def _forget() -> None:
    """The connection goes on to others. One that can't be told so is closed."""
    try:
        _name(None)
    except DatabaseError:
        connection.close()
