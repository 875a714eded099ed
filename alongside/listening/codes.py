"""Access codes: six letters that are easy to read, to say and to type. Pure.

The alphabet has 19 consonants: no vowel, so that no word forms; no Q, which looks like O and 0; no digit, so
that a digit somebody types can only be a letter they misread. No letter stands twice in a row, because
doubles are miscounted when read aloud. That leaves 19 * 18**5, about 36 million codes: with 5,000 in a round,
one guess in 7,000 hits.
"""

import math
import secrets

LETTERS = "BCDFGHJKLMNPRSTVWXZ"
LENGTH = 6
MOST_AT_ONCE = 200
MOST_IN_A_ROUND = 5000
ON_A_SHEET = 8
SPARE = 10
# What people type for a letter that they misread.
MISREAD = str.maketrans(
    {
        "0": "D",
        "O": "D",
        "Q": "D",
        "1": "L",
        "I": "L",
        "|": "L",
        "2": "Z",
        "5": "S",
        "6": "G",
        "7": "T",
        "8": "B",
        "U": "V",
    }
)


def make_code() -> str:
    """A random code, such as BRHTVD."""
    letters = [secrets.choice(LETTERS)]
    while len(letters) < LENGTH:
        letters.append(secrets.choice(LETTERS.replace(letters[-1], "")))
    return "".join(letters)


def make_distinct(how_many: int) -> set[str]:
    """`how_many` codes, all different."""
    made: set[str] = set()
    while len(made) < how_many:
        made.add(make_code())
    return made


def normalize(text: str) -> str:
    """What somebody typed as a code would be written: capitals, no spaces or hyphens, misread letters mended.

    Gives "" where it can be no code. An idea of what was typed is never kept.
    """
    letters = "".join(sign for sign in text.upper() if not sign.isspace() and sign not in "-–—_.·").translate(
        MISREAD
    )
    is_code = len(letters) == LENGTH and all(letter in LETTERS for letter in letters)
    return letters if is_code else ""


def suggested_number(people: int) -> int:
    """How many slips to print for about `people` people: some stay in the bowl, so nobody can count who drew
    one.
    """
    sheets = math.ceil((people + SPARE) / ON_A_SHEET)
    return min(sheets * ON_A_SHEET, MOST_AT_ONCE)
