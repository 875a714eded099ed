"""Drawing the pages of people who answer.

A page of the walk is drawn once for each round and language by a template and kept; what one person brought
along is then put into the kept text. So a page costs a copy, not a rendering.
"""

import itertools
import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from alongside.listening import packing
from alongside.listening.boxes.words import keepers_said

from .sheets import Sheet
from .submission import NotTaken
from .walk import LONGEST_COMMENT, Walk

# Places in a kept page that are filled for each person: signs of the private use area, which no text of ours holds.
CARRIED, ANSWER, WORDS, NOTICE = "\ue000", "\ue001", "\ue002", "\ue003"


def promise_page(sheet: Sheet, language: str, *, code: str = "", problem: NotTaken | None = None,
                 walk: Walk | None = None) -> str:
    """The page before the first question: made from what was promised when the round opened."""
    why = problem.why if problem else ""
    context = {"problem": why, "promise": sheet.promise, "carried": CARRIED, "typed": WORDS, "sheet": sheet}
    kept = _keep((sheet.version, language, f"promise {why}"), "promise",
                 lambda: _frame(sheet, language) | context | _keepers(sheet))
    carried = _carried(walk, shown=None) if walk else ""
    return kept.replace(CARRIED, carried).replace(WORDS, escape(code))


def question_page(sheet: Sheet, walk: Walk) -> str:
    """One domain: its items, the ways not to answer, a place for words."""
    kept = _kept_questions(sheet, walk.language, walk.page)
    first = sum(sheet.page_sizes[:walk.page - 1])
    for number in range(first, first + sheet.page_sizes[walk.page - 1]):
        letter = walk.letters[number]
        if letter != packing.LETTERS[packing.BLANK]:
            kept = kept.replace(f"name=i{number} value={letter}>", f"name=i{number} value={letter} checked>", 1)
    words = walk.comments.get(walk.page, "")
    notice = _too_long(walk.language) if len(words) > LONGEST_COMMENT else ""
    return (kept.replace(WORDS, escape(words)).replace(NOTICE, notice)
            .replace(CARRIED, _carried(walk, shown=walk.page)))


def look_over_page(sheet: Sheet, walk: Walk, problem: NotTaken | None = None) -> str:
    """Everything somebody answered, before anything is kept."""
    kept = _kept_look_over(sheet, walk.language, problem.why if problem else "")
    answers = _answer_words(sheet, walk.language)
    kept = re.sub(f"{ANSWER}(\\d+);", lambda m: answers[walk.letters[int(m[1])]], kept)
    kept = re.sub(f"{WORDS}(\\d+);", lambda m: _comment_shown(walk, int(m[1])), kept)
    return kept.replace(CARRIED, _carried(walk, shown=0, with_code=problem is None)).replace(
        NOTICE, escape(walk.code))


def plain_page(name: str, sheet: Sheet | None, language: str, **context) -> str:
    """A page without questions: the end, thrown away, closed, no such form. `context`: what only this call knows."""
    if sheet and not context:
        return _keep((sheet.version, language, name), name, lambda: _frame(sheet, language) | {"sheet": sheet})
    frame = _frame(sheet, language) if sheet else _bare_frame(language)
    with override(language):
        return render_to_string(f"listening/answering/{name}.html", frame | {"sheet": sheet} | context)


def forget_pages() -> None:
    """Drop what the process keeps (between tests)."""
    _kept_parts.clear()
    _answer_words_cached.cache_clear()


_kept_parts: dict[tuple, str] = {}
MOST_KEPT = 2000


def _keep(key: tuple, template: str, context: Callable[[], dict]) -> str:
    """A drawn page from the process's memory, or drawn now. The key is (sheet's version, language, which page)."""
    kept = _kept_parts.get(key)
    if kept is None:
        if len(_kept_parts) >= MOST_KEPT:
            _kept_parts.clear()
        with override(key[1]):
            kept = _kept_parts[key] = render_to_string(f"listening/answering/{template}.html", context())
    return kept


def _kept_questions(sheet: Sheet, language: str, page: int) -> str:
    def context() -> dict:
        drawn, first = sheet.pages[page - 1], sum(sheet.page_sizes[:page - 1])
        words = sheet.instrument.scale[_text_language(sheet, language)]
        return _frame(sheet, language) | {
            "number": page, "pages": len(sheet.pages), "steps": range(1, len(sheet.pages) + 1),
            "title": _in(drawn.title, language), "note": _in(drawn.note, language),
            "ask": _in(drawn.comment, language), "longest": LONGEST_COMMENT,
            "items": [(first + n, _in(item.text, language)) for n, item in enumerate(drawn.items)],
            "scale": list(enumerate(words, start=1)), "carried": CARRIED, "words": WORDS, "notice": NOTICE,
        }

    return _keep((sheet.version, language, page), "questions", context)


def _kept_look_over(sheet: Sheet, language: str, problem: str) -> str:
    def context() -> dict:
        return _frame(sheet, language) | {
            "parts": _parts(sheet, language), "carried": CARRIED, "problem": problem, "typed": NOTICE,
            "sheet": sheet}

    return _keep((sheet.version, language, f"look {problem}"), "look_over", context)


def _parts(sheet: Sheet, language: str) -> list[tuple]:
    """(page number, title, [(place of the answer, item)], place of the words) of each page."""
    numbers = itertools.count()
    return [
        (place, _in(page.title, language),
         [(f"{ANSWER}{next(numbers)};", _in(item.text, language)) for item in page.items], f"{WORDS}{place};")
        for place, page in enumerate(sheet.pages, start=1)
    ]


def _answer_words(sheet: Sheet, language: str) -> dict[str, str]:
    return _answer_words_cached(language, tuple(sheet.instrument.scale[_text_language(sheet, language)]))


@lru_cache(maxsize=64)
def _answer_words_cached(language: str, scale: tuple[str, ...]) -> dict[str, str]:
    with override(language):
        skipped = _("skipped")
        others = (_("I don't know"), _("Doesn't apply"), _("Prefer not to say"))
    words = [f"<i>{escape(skipped)}</i>", *(f"<b>{escape(word)}</b>" for word in (*scale, *others))]
    return dict(zip(packing.LETTERS, words, strict=True))


def _comment_shown(walk: Walk, page: int) -> str:
    words = walk.comments.get(page, "")
    return f'<dd class="w">{escape(words)}</dd>' if words else ""


def _too_long(language: str) -> str:
    with override(language):
        words = _("This is longer than we can take. Please make it shorter: 2,000 letters at most. Nothing is lost.")
    return f'<p class="n" role="alert">{escape(words)}</p>'


def _carried(walk: Walk, *, shown: int | None, with_code: bool = True) -> str:
    """Hidden fields with all that this page does not show itself."""
    fields = [("l", walk.language), ("a", walk.letters)] if shown is not None else [("a", walk.letters)]
    if shown is not None:
        fields.append(("p", str(walk.page)))
        if with_code:
            fields.append(("c", walk.code))
    fields += [(f"t{n}", words) for n, words in walk.comments.items() if n != shown]
    return "".join(f'<input type=hidden name={name} value="{escape(value)}">' for name, value in fields)


def _text_language(sheet: Sheet, language: str) -> str:
    return language if language in sheet.instrument.languages else sheet.instrument.languages[0]


def _in(text, language: str) -> str:
    return text[language] if language in text else next(iter(text.values()))


def _keepers(sheet: Sheet) -> dict:
    promised = sheet.promise.get("box")
    return {"keepers": keepers_said(promised["keepers"])} if promised else {}


def _bare_frame(language: str) -> dict:
    info = get_language_info(language)
    return {"language": language, "direction": "rtl" if info["bidi"] else "ltr", "invented": False}


def _frame(sheet: Sheet, language: str) -> dict:
    languages = [(code, get_language_info(code)["name_local"]) for code in sheet.languages]
    return _bare_frame(language) | {
        "languages": languages, "address": sheet.address, "contacts": sheet.contacts,
        "invented": sheet.promise.get("invented", False),
    }
