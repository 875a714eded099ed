"""Can somebody with the raw files of the database, every key and every moment join a code to an answer?

`run(trials, tell)` plays it in a real installation on the database that the environment names.
"""

from tests.walls.outcome import Outcome, Tell


def run(trials: int, tell: Tell) -> Outcome:
    """See `running.run`, which is not loaded before: the trials run in a process of their own."""
    from .running import run as play_and_compare

    return play_and_compare(trials, tell)
