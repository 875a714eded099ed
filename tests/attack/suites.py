"""The suites of `make attack`, and how often each one tries."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from tests.walls.outcome import Outcome, Tell


@dataclass(frozen=True)
class Suite:
    """`run(trials, tell)` tries that often, inside `installation()`."""

    name: str
    run: Callable[[int, Tell], Outcome]
    trials: int
    installation: Callable[[], AbstractContextManager] = nullcontext


@contextmanager
def empty_database() -> Iterator[None]:
    """A database of its own, thrown away afterwards."""
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment

    logging.disable(logging.CRITICAL)  # what is refused is written down as it should be, a hundred thousand times
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)
        teardown_test_environment()


def _attacker(trials: int, tell: Tell) -> Outcome:
    from tests.walls.attacker.attacking import run

    return run(trials, tell)


def _forensic(trials: int, tell: Tell) -> Outcome:
    from tests.walls.forensic import run

    return run(trials, tell)


def _hostile(trials: int, tell: Tell) -> Outcome:
    from tests.walls.hostile import run

    return run(trials, tell)


SUITES = (
    Suite("figures", _attacker, 5_000),
    Suite("traces", _forensic, 500, empty_database),
    Suite("input", _hostile, 100_000, empty_database),
)
