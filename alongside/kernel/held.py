"""Every table says why it exists and when it goes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """Why a table exists, how long its rows stay, and whether a row can name a person.

    `title` is what people call it on the page "what we hold"; `at_most` is a sentence that finishes "Kept ...".
    `days` is set where the purge runs on a clock: so many days after the one in `counted_from`, a path of fields
    from the table (0 where that already holds the last day). All words are translated where they are shown.
    """

    because: str
    at_most: str
    names_a_person: bool
    days: int | None = None
    counted_from: str = ""
    title: str = ""
