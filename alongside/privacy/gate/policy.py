"""How many people must stand behind what is shown."""

from dataclasses import dataclass

FEWEST_FOR_SCORES = 5
FEWEST_FOR_COMMENTS = 10


class ThresholdTooLow(ValueError):
    """Somebody asked for fewer people behind a figure or a comment than was promised.

    `asked_for` and `at_least` are numbers of people.
    """

    def __init__(self, asked_for: int, at_least: int, shown: str):
        self.asked_for = asked_for
        self.at_least = at_least
        super().__init__(
            f"{shown} are shown when at least {at_least} people stand behind them. "
            f"You can ask for more people, but not for {asked_for}."
        )


class ThresholdDoesNotNest(ValueError):
    """A second release of the same answers whose bands would cut across those of the first.

    `asked_for` and `inner` are numbers of people: the second release's threshold must be a multiple of
    the first's.
    """

    def __init__(self, asked_for: int, inner: int):
        self.asked_for = asked_for
        self.inner = inner
        super().__init__(
            f"These answers were already shown to others in steps of {inner} people. "
            f"Choose a multiple of {inner}: with {asked_for}, comparing the two would give small groups away."
        )


@dataclass(frozen=True)
class Policy:
    """The fewest people behind a score (`k_scores`, 5 or more) and comments (`k_comments`, 10 or more).

    Raises `ThresholdTooLow` for less, `TypeError` for what is not a whole number.
    """

    k_scores: int = FEWEST_FOR_SCORES
    k_comments: int = FEWEST_FOR_COMMENTS

    def __post_init__(self) -> None:
        _at_least(self.k_scores, FEWEST_FOR_SCORES, "Scores")
        _at_least(self.k_comments, FEWEST_FOR_COMMENTS, "Comments")


def _at_least(asked_for: int, fewest: int, shown: str) -> None:
    if type(asked_for) is not int:
        raise TypeError(f"a number of people is a whole number, not {asked_for!r}")
    if asked_for < fewest:
        raise ThresholdTooLow(asked_for, fewest, shown)
