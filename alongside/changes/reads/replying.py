"""Looking at the reply: its drafts, what it lacks, and what stands on the public page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import get_language_info

from alongside.access.api import Actor
from alongside.listening.api import Cycle
from alongside.organizations.api import SupportContact, languages_of, standing_holds, support_contacts

from ..models import Reply
from ..rules.replying import Line, Text, from_plain, heading_of, to_plain
from .deciding import findings_of


@dataclass(frozen=True)
class PublicReply:
    """The reply as anybody with its address reads it, in one language."""

    address: str
    text: Text
    languages: tuple[str, ...]
    published_on: date
    changed_on: date | None
    invented: bool
    contacts: tuple[SupportContact, ...]
    held: bool = False  # people are told that a legal hold stops deleting


@dataclass(frozen=True)
class AwaitedReply:
    """An address that people were given, where nothing stands yet."""

    due: date
    languages: tuple[str, ...]
    invented: bool
    contacts: tuple[SupportContact, ...]
    held: bool = False


def replies_of(actor: Actor) -> QuerySet[Reply]:
    """Every reply of this actor's organization."""
    return Reply.objects.filter(organization_id=actor.organization_id)


def reply_of(actor: Actor, cycle: Cycle) -> Reply | None:
    """The reply of one cycle, where somebody began it."""
    return replies_of(actor).filter(cycle=cycle).first()


def reply_address(cycle: Cycle) -> str:
    """The public path where the reply of a cycle stands or will stand: "/r/...". Known before anybody is
    asked."""
    return f"/r/{cycle.reply_address}"


def is_published(cycle: Cycle) -> bool:
    """Whether everybody with the address can read the reply of this cycle."""
    return Reply.objects.filter(cycle=cycle, published_on__isnull=False).exists()


def draft_of(actor: Actor, cycle: Cycle) -> tuple[Text, ...]:
    """The reply as it is being written, in each of the organization's languages, with a line for each decided
    finding in their order. "You said" begins with the finding's own words in the first language."""
    decided = [
        (finding, heading_of(finding.decision.choice, [a.state for a in finding.decision.actions.all()]))
        for finding in findings_of(actor, cycle).filter(decision__isnull=False)
        .prefetch_related("decision__actions")
    ]
    reply = reply_of(actor, cycle)
    texts = {text.language: text for text in reply.texts.all()} if reply else {}
    lines = {(line.language, line.finding_id): line for line in reply.lines.all()} if reply else {}
    languages = languages_of(cycle.organization)
    return tuple(
        Text(
            language, texts[language].opening if language in texts else "",
            texts[language].closing if language in texts else "",
            tuple(_line(finding, heading, lines.get((language, finding.pk)), first=language == languages[0])
                  for finding, heading in decided),
        ) for language in languages
    )


def is_changed(reply: Reply | None, draft: tuple[Text, ...]) -> bool:
    """Whether the draft says something else than the public page."""
    return reply is not None and reply.published is not None and reply.published != to_plain(draft)


def published_at(address: str, wanted: list[str]) -> PublicReply | AwaitedReply | None:
    """What stands at a public address, in the first of the `wanted` languages that there is; None where the
    address was never given to anybody."""
    cycle = Cycle.objects.select_related("organization").filter(reply_address=address).first()
    if cycle is None:
        return None
    contacts = tuple(support_contacts(cycle.organization_id))
    reply = Reply.objects.filter(cycle=cycle, published_on__isnull=False).first()
    if reply is None:
        return AwaitedReply(
            cycle.reply_due, tuple(languages_of(cycle.organization)), cycle.organization.is_invented,
            contacts, _is_told_of_hold(cycle),
        )
    languages = tuple(reply.published["languages"])
    return PublicReply(
        address, from_plain(reply.published, pick(wanted, languages)), languages, reply.published_on,
        reply.changed_on, cycle.organization.is_invented, contacts, _is_told_of_hold(cycle),
    )


def _is_told_of_hold(cycle: Cycle) -> bool:
    return any(hold.told_on for hold in standing_holds(cycle.organization_id, cycle.pk))


def pick(wanted: list[str], languages: tuple[str, ...]) -> str:
    """The first wanted language that there is ("es-mx" is content with "es"), else the first there is."""
    for wish in wanted:
        for language in languages:
            if wish == language or wish.startswith(f"{language}-"):
                return language
    return languages[0]


def language_name(code: str) -> str:
    """A language's name in itself; its code where Django does not know it."""
    try:
        name = get_language_info(code)["name_local"]
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def is_right_to_left(code: str) -> bool:
    """Whether a language is written from right to left; False where Django does not know it."""
    try:
        return get_language_info(code)["bidi"]
    except KeyError:
        return False


def _line(finding, heading, stored, *, first: bool) -> Line:
    said = stored.said if stored else (finding.says if first else "")
    return Line(str(finding.pk), said, stored.answer if stored else "", heading)
