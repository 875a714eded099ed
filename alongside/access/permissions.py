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
    EXPORTS_APPROVE = "exports.approve"
    COMMENTS_REVIEW = "comments.review"
    COMMENTS_SEE = "comments.see"
    CHANGES_SEE = "changes.see"
    CHANGES_EDIT = "changes.edit"
    REPLY_PUBLISH = "reply.publish"
    MAIL_SEND = "mail.send"
    HOLD_SET = "hold.set"
    AUDIT_SEE = "audit.see"
    SERVER_CARE = "server.care"


# What each one lets somebody do, in words; docs/permissions.md is made from it.
WHAT_FOR: dict[Permission, str] = {
    Permission.HOME: "open the start page",
    Permission.ORGANIZATION_EDIT: "change name, words, languages, units, support contacts; raise the thresholds",
    Permission.PEOPLE_INVITE: "see who belongs here, invite, give roles, help to sign in, remove",
    Permission.CYCLES_SEE: "see cycles, rounds and their questions; no answer and no count",
    Permission.CYCLES_PLAN: "plan cycles, open and close rounds, make access codes, release results",
    Permission.ANSWERS_IMPORT: "bring in answers that were given elsewhere",
    Permission.PROFILE_SEE: "see the figures that were released for inside",
    Permission.PROFILE_OUTSIDE: "see the figures that were released for outside",
    Permission.EXPORTS_APPROVE: "approve or refuse a file that leaves the organization; never one's own",
    Permission.COMMENTS_REVIEW: "read comments as they were written, to put them in other words",
    Permission.COMMENTS_SEE: "read comments in the reviewer's words, once they are released",
    Permission.CHANGES_SEE: "see findings, decisions and actions",
    Permission.CHANGES_EDIT: "write findings, decide, promise actions, write at the reply",
    Permission.REPLY_PUBLISH: "publish the reply and finish a cycle",
    Permission.MAIL_SEND: "keep lists of addresses and write to everyone who was asked",
    Permission.HOLD_SET: "stop deleting under a legal hold, say that people were told, lift it",
    Permission.AUDIT_SEE: "see who of the staff did what",
    Permission.SERVER_CARE: "care for the server; make somebody a keeper of it",
}


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
        P.MAIL_SEND, P.EXPORTS_APPROVE, P.HOLD_SET,
    }),
    Role.DIRECTOR: frozenset({
        P.HOME, P.ORGANIZATION_EDIT, P.PEOPLE_INVITE, P.CYCLES_SEE, P.PROFILE_SEE, P.COMMENTS_SEE,
        P.CHANGES_SEE, P.CHANGES_EDIT, P.REPLY_PUBLISH, P.AUDIT_SEE,
        P.EXPORTS_APPROVE, P.HOLD_SET,
    }),
    Role.FACILITATOR: frozenset({P.HOME, P.CYCLES_SEE}),
    Role.FINANCE: frozenset({P.HOME}),
    # Funders and evaluators: figures released for outside (k >= 11), what was decided, and nothing else.
    Role.READER: frozenset({P.HOME, P.PROFILE_OUTSIDE, P.CHANGES_SEE}),
    # The volunteer who runs the server reads no content.
    Role.SERVER_ADMIN: frozenset({P.HOME, P.SERVER_CARE}),
}
