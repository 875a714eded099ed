"""What each role is called, and what it can and can't see, in one plain sentence each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.access.api import Role


@dataclass(frozen=True)
class RoleWords:
    """A role in words."""

    name: str | Promise
    can: str | Promise
    cannot: str | Promise


WORDS: dict[Role, RoleWords] = {
    Role.COORDINATOR: RoleWords(
        _("Coordinator"),
        _("Plans cycles, invites people, reads comments to put them in other words, and writes the reply."),
        _("Sees no answer and no figure before a round is closed, and no list of who did what."),
    ),
    Role.DIRECTOR: RoleWords(
        _("Director"),
        _("Sees the profile, the reviewed comments, the decisions, and who of the staff did what."),
        _("Does not run rounds, and reads no comment before somebody put it in other words."),
    ),
    Role.FACILITATOR: RoleWords(
        _("Facilitator"),
        _("Sees which cycles and rounds there are, to lead talks and interviews."),
        _("Sees no figures, no comments and no payments."),
    ),
    Role.FINANCE: RoleWords(
        _("Finance"),
        _("Sees the start page, and nothing more until payments are part of this system."),
        _("Sees no answers, no figures and no comments."),
    ),
    Role.READER: RoleWords(
        _("Reader (funder or evaluator)"),
        _("Sees figures that stand for 11 people or more, and what was decided."),
        _("Sees no comments, no smaller groups and no round that is open."),
    ),
    Role.SERVER_ADMIN: RoleWords(
        _("Server keeper"),
        _("Keeps the server running, backs it up and restores it."),
        _("Reads no answers, no figures and no comments."),
    ),
}


def role_name(role: Role) -> str:
    """What a role is called."""
    return str(WORDS[role].name)


def names_of(roles: list[str]) -> tuple[str, ...]:
    """The names of stored roles, in the order of the table."""
    return tuple(str(words.name) for role, words in WORDS.items() if role in roles)
