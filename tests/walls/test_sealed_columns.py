"""Every column that can hold words is sealed, or stands here with the reason why it may lie open."""

import pytest
from django.apps import apps
from django.db import connection, models

from alongside.privacy.fields import FingerprintField, LookupSealedField, SealedByHand

SEALED = (SealedByHand, LookupSealedField, FingerprintField)
HOLDS_NO_WORDS = (
    models.IntegerField, models.BooleanField, models.DateField, models.TimeField, models.UUIDField, models.FloatField,
    models.DecimalField, models.DurationField)

HASH, STATE = "a keyed hash or a random mark", "one of a few words of the program"
FRAMEWORK = "an id of the framework, which is public"
PUBLIC = "stands on a page that everybody with its address can read"
HARMLESS = {
    "access_tries.key": HASH,
    "account_emailaddress.email": "nothing is ever written here: test_people.py sees to it, where somebody joins",
    "account_emailconfirmation.key": "nothing is ever written here: no address is confirmed by mail",
    "audit_chain.broken_how": STATE,
    "audit_chain.head_mac": HASH,
    "audit_chain.last_mac": HASH,
    "audit_chain.mac": HASH,
    "audit_chain.purged_mac": HASH,
    "audit_entry.act": STATE,
    "audit_entry.mac": HASH,
    "audit_entry.thing_id": "a random id",
    "audit_entry.thing_kind": STATE,
    "auth_group.name": "Django's table; nothing is ever written here",
    "auth_permission.codename": "Django's list of its tables",
    "auth_permission.name": "Django's list of its tables",
    "changes_action.state": STATE,
    "changes_decision.choice": STATE,
    "changes_finding.domain_id": FRAMEWORK,
    "changes_finding.practice_id": FRAMEWORK,
    "changes_reply.published": PUBLIC,
    "changes_replyline.language": "a language code",
    "changes_replytext.language": "a language code",
    "django_content_type.app_label": "Django's list of its tables",
    "django_content_type.model": "Django's list of its tables",
    "django_session.session_data": "sealed by people.sealed_sessions",
    "django_session.session_key": "random; names nobody, opens the session of somebody signed in for ten hours",
    "findings_outsideexport.state": STATE,
    "findings_release.audience": STATE,
    "findings_reviewedcomment.domain": FRAMEWORK,
    "findings_reviewedcomment.voice": STATE,
    "listening_code.fingerprint": HASH,
    "listening_comment.domain": FRAMEWORK,
    "listening_commentbox.promise": "a public key, and how many keys the box has",
    "listening_commentbox.state": STATE,
    "listening_cycle.form": STATE,
    "listening_cycle.framework_key": FRAMEWORK,
    "listening_cycle.reply_address": PUBLIC,
    "listening_heldresponse.sealed": "sealed with a key of its round that is destroyed: privacy.holding",
    "listening_round.address": PUBLIC,
    "listening_round.entry": STATE,
    "listening_round.state": STATE,
    "listening_round.voice": STATE,
    "mail_mailing.body": "made of a fixed text; the neutral words that everybody got by ordinary mail",
    "mail_mailing.kind": STATE,
    "mail_mailing.state": STATE,
    "mail_mailing.subject": "made of a fixed text; the neutral words that everybody got by ordinary mail",
    "mfa_authenticator.data": "people.adapters seals the secrets; in clear: public keys, what a passkey is called",
    "mfa_authenticator.type": STATE,
    "organizations_legalhold.kind": STATE,
    "organizations_organization.languages": "language codes",
    "organizations_organization.name": "the organization itself is no secret; nothing else in clear says more about it",
    "organizations_organization.words": "the word for survivors: it stands on every page",
    "people_account.password": "a slow hash of its own",
    "people_demodoor.token_hash": HASH,
    "people_invitation.roles": STATE,
    "people_invitation.token_hash": HASH,
    "people_membership.roles": STATE,
    "privacy_sealingkey.wrapped": "wrapped by the master key",
}
TABLES = {
    "cache": "counts of tries under keyed hashes, for minutes",
    "django_migrations": "names of files of the program",
}


def _columns() -> dict[str, models.Field]:
    return {
        f"{model._meta.db_table}.{field.column}": field
        for model in apps.get_models(include_auto_created=True) for field in model._meta.local_concrete_fields
        if not field.is_relation and not isinstance(field, HOLDS_NO_WORDS)
    }


def test_every_column_of_words_is_sealed_or_harmless():
    open_ = {name for name, field in _columns().items() if not isinstance(field, SEALED)}
    forgotten = sorted(open_ - set(HARMLESS))
    assert not forgotten, (
        f"{', '.join(forgotten)}: a stolen database would tell what stands there. Make it a SealedTextField or "
        "SealedJSONField of alongside.privacy (they are opened and rotated by themselves); or, where it really tells "
        f"nothing, give the reason in HARMLESS of {__file__}.")


def test_list_of_harmless_columns_names_no_other():
    assert sorted(set(HARMLESS) - {name for name, field in _columns().items() if not isinstance(field, SEALED)}) == []


@pytest.mark.django_db
@pytest.mark.store
def test_there_is_no_table_that_no_model_knows():
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert set(connection.introspection.table_names()) - known == set(TABLES)


def test_every_sealed_field_leads_to_the_organization_whose_key_it_is():
    """An owner that was misspelled would seal in time, but never be found by a rotation."""
    lost = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedByHand) and field.owner is not None:
                last = _field_at(model, field.owner)
                lost += [] if last == "organization_id" else [f"{field.place} -> {field.owner}"]
    assert lost == []


def _field_at(model: type[models.Model], path: str) -> str:
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return next(field.attname for field in model._meta.concrete_fields if field.attname == last)
