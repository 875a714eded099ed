"""Drawing the reply: as a page, as a poster, as a handout, as text to read aloud. All from one card."""

import math
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from alongside.listening.api import Cycle
from alongside.organizations.api import support_contacts
from alongside.ui.api import qr_svg

from ..reads.replying import AwaitedReply, PublicReply, is_right_to_left, language_name, pick, reply_address
from ..rules.replying import Text, words_of

WORDS_A_MINUTE = 100  # aloud, slowly, with pauses


def reply_page(reply: PublicReply, *, preview_of: object = None) -> str:
    """The reply as HTML. `preview_of` is the id of the cycle where staff look at a draft, with a way back."""
    language = reply.text.language
    return _draw("changes/reply.html", language, reply.invented, {
        "reply": reply, "text": reply.text, "contacts": reply.contacts, "preview_of": preview_of,
        "languages": [(code, language_name(code)) for code in reply.languages],
    })


def draft_page(request: HttpRequest, cycle: Cycle, draft: tuple[Text, ...]) -> str:
    """The draft as people will read it, in the language that ?l= asks for."""
    languages = tuple(text.language for text in draft)
    chosen = pick([request.GET.get("l", "")], languages)
    text = next(text for text in draft if text.language == chosen)
    lines = tuple(line for line in text.lines if line.said.strip() or line.answer.strip())
    return reply_page(PublicReply(
        cycle.reply_address, replace(text, lines=lines), languages, timezone.localdate(), None,
        cycle.organization.is_invented, tuple(support_contacts(cycle.organization_id)),
    ), preview_of=cycle.pk)


def nothing_yet_page(awaited: AwaitedReply | None, language: str, today: date) -> str:
    """There is nothing to read here yet: when to come back. `awaited` None: nobody was given this address."""
    due = awaited.due if awaited and awaited.due >= today else None
    return _draw("changes/reply_nothing_yet.html", language, bool(awaited and awaited.invented), {
        "known": awaited is not None, "due": due, "contacts": awaited.contacts if awaited else (),
        "held": bool(awaited and awaited.held)})


def paper(kind: str, reply: PublicReply, address: str) -> str:
    """The whole HTML of a "poster" or "handout" that becomes a PDF. `address` is the full public address."""
    with override(reply.text.language):
        code = qr_svg(address, title=address)
    return _draw(f"changes/{kind}.html", reply.text.language, reply.invented, {
        "reply": reply, "text": reply.text, "contacts": reply.contacts, "code": code,
        "size": _size(reply.text), "address": address.split("://", 1)[-1],
    })


def read_aloud(reply: PublicReply) -> str:
    """Plain text to be read aloud: how long it takes first, then one thing a paragraph."""
    text = reply.text
    minutes = max(1, math.ceil(sum(len(words.split()) for words in words_of(text)) / WORDS_A_MINUTE))
    return _draw("changes/read_aloud.txt", text.language, reply.invented,
                 {"reply": reply, "text": text, "minutes": minutes, "contacts": reply.contacts})


def full_address(request: HttpRequest, cycle: Cycle) -> str:
    """The reply's address as people type it."""
    base = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    return base + reply_address(cycle)


def _size(text: Text) -> str:
    """How large a poster can be set so that it stays on one page: "", "long" or "longest"."""
    letters = sum(len(line.said) + len(line.answer) for line in text.lines)
    return "" if letters < 700 else "long" if letters < 1500 else "longest"


def _draw(template: str, language: str, invented: bool, context: dict) -> str:
    direction = "rtl" if is_right_to_left(language) else "ltr"
    with override(language):
        return render_to_string(
            template, {"language": language, "direction": direction, "invented": invented, **context})
