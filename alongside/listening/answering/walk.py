"""Where somebody is in the form and what they brought along: read from the request, kept nowhere. Pure."""

from dataclasses import dataclass, field, replace

from django.http import QueryDict

from alongside.listening import packing

LONGEST_COMMENT = 2000
LONGEST_CODE = 40
KEPT_SIGNS = "\n\u200c\u200d"  # Persian and Indic scripts need the joiners


@dataclass(frozen=True)
class Walk:
    """The state of one person's form. `letters` has one letter an item; `comments` is by page number (1..)."""

    page: int
    language: str
    code: str
    letters: str
    comments: dict[int, str] = field(default_factory=dict)

    def at(self, page: int) -> "Walk":
        """The same answers on another page."""
        return replace(self, page=page)

    @property
    def too_long(self) -> int | None:
        """The first page whose comment is longer than we take, or None."""
        return next((n for n, words in sorted(self.comments.items()) if len(words) > LONGEST_COMMENT), None)


def read(posted: QueryDict, page_sizes: list[int], languages: list[str]) -> Walk:
    """What a form brought along, tidied: unknown letters count as skipped, unknown pages as the first."""
    width = sum(page_sizes)
    letters = list(packing.tidy(posted.get("a", ""), width))
    for key, value in posted.items():
        if key[:1] == "i" and key[1:].isdecimal() and int(key[1:]) < width and value in packing.LETTERS:
            letters[int(key[1:])] = value or packing.LETTERS[packing.BLANK]
    comments = {
        number: words for number in range(1, len(page_sizes) + 1)
        if (words := _clean(posted.get(f"t{number}", "")))
    }
    language = posted.get("l", "")
    return Walk(
        page=_number(posted.get("p", ""), len(page_sizes) + 1),
        language=language if language in languages else languages[0],
        code=posted.get("c", "")[:LONGEST_CODE].strip(), letters="".join(letters), comments=comments,
    )


def target(walk: Walk, go: str, pages: int) -> int:
    """The page that a button leads to: 0 is the promise, pages + 1 looks over."""
    if go == "next":
        return min(walk.page + 1, pages + 1)
    if go == "back":
        return max(walk.page - 1, 0)
    return _number(go, pages + 1) if go else walk.page


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isdecimal() and len(text) < 5 else 0


def _clean(words: str) -> str:
    """Without characters that only steer a screen (zero bytes, direction marks); line breaks and joiners stay."""
    kept = (sign for sign in words.replace("\r\n", "\n") if sign in KEPT_SIGNS or sign.isprintable())
    return "".join(kept).strip()
