"""Whether somebody's words were really put in other words."""

import re

LONGEST_RUN = 7  # words in a row that may be the same
SHORTEST_QUOTE = 4  # an original of so many words may not stand whole inside the new words


def shares_wording(original: str, words: str) -> bool:
    """Whether `words` give the original back: the same, all of a short original, or 8 words in a row of it.

    Capitals, punctuation and spaces make no difference.
    """
    before, after = _words(original), _words(words)
    if before == after:
        return True
    run = LONGEST_RUN + 1 if len(before) > LONGEST_RUN else len(before)
    return len(before) >= SHORTEST_QUOTE and bool(_runs(before, run) & _runs(after, run))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"['’]", "", text).casefold())


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[at:at + length]) for at in range(len(words) - length + 1)}
