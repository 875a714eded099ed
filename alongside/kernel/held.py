"""Every table says why it exists and when it goes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """Why a table exists, how long its rows stay, and whether a row can name a person.

    `at_most` is a sentence that finishes "Kept ..."; `days` is set where the purge runs on a clock of days
    counted from the day named in the sentence.
    """

    because: str
    at_most: str
    names_a_person: bool
    days: int | None = None
