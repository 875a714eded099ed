"""Roles and what each may do, in one table. Roles are narrow; one person may hold several."""

from enum import StrEnum


class Refused(Exception):
    """An act that this actor may not do. The message is fit for the person."""


class Permission(StrEnum):
    """One thing that a page or an act can need."""

    HOME = "home"
    ORGANIZATION_EDIT = "organization.edit"
    PEOPLE_INVITE = "people.invite"
    CYCLES_SEE = "cycles.see"
    CYCLES_PLAN = "cycles.plan"
    ANSWERS_IMPORT = "answers.import"
    PROFILE_SEE = "profile.see"
    PROFILE_OUTSIDE = "profile.outside"
    COMMENTS_REVIEW = "comments.review"
    COMMENTS_SEE = "comments.see"
    CHANGES_SEE = "changes.see"
    CHANGES_EDIT = "changes.edit"
    REPLY_PUBLISH = "reply.publish"
    MAIL_SEND = "mail.send"
    AUDIT_SEE = "audit.see"
    SERVER_CARE = "server.care"


class Role(StrEnum):
    """A set of permissions with a name that people know."""

    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    DIRECTOR = "director"
    FINANCE = "finance"
    READER = "reader"
    SERVER_ADMIN = "server_admin"


P = Permission
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset({
        P.HOME, P.ORGANIZATION_EDIT, P.PEOPLE_INVITE, P.CYCLES_SEE, P.CYCLES_PLAN, P.ANSWERS_IMPORT,
        P.PROFILE_SEE, P.COMMENTS_REVIEW, P.COMMENTS_SEE, P.CHANGES_SEE, P.CHANGES_EDIT, P.REPLY_PUBLISH,
        P.MAIL_SEND,
    }),
    Role.DIRECTOR: frozenset({
        P.HOME, P.ORGANIZATION_EDIT, P.PEOPLE_INVITE, P.CYCLES_SEE, P.PROFILE_SEE, P.COMMENTS_SEE,
        P.CHANGES_SEE, P.CHANGES_EDIT, P.REPLY_PUBLISH, P.AUDIT_SEE,
    }),
    Role.FACILITATOR: frozenset({P.HOME, P.CYCLES_SEE}),
    Role.FINANCE: frozenset({P.HOME}),
    # Funders and evaluators: figures released for outside (k >= 11), what was decided, and nothing else.
    Role.READER: frozenset({P.HOME, P.PROFILE_OUTSIDE, P.CHANGES_SEE}),
    # The volunteer who runs the server reads no content.
    Role.SERVER_ADMIN: frozenset({P.HOME, P.SERVER_CARE}),
}
