"""Run every suite of attacks, say how far it is, and sum up in words for somebody who has to answer for the program.

    python -m tests.attack              everything, a quarter of an hour on two cores
    python -m tests.attack figures      one suite: figures, traces or input
    python -m tests.attack --trials 50  fewer tries, to see it at work
"""

import argparse
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main() -> int:
    """0 where nothing was found, 1 where something was, 2 for an unknown suite."""
    asked = _asked()
    import django

    django.setup()
    from tests.walls.outcome import Outcome

    from .suites import SUITES

    outcomes: list[Outcome] = []
    for suite in SUITES:
        if asked.suite in (None, suite.name):
            outcomes.append(_run(suite, asked.trials or suite.trials))
    _sum_up(outcomes)
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__.splitlines()[0])
    parser.add_argument("suite", nargs="?", choices=["figures", "traces", "input"], help="only this one")
    parser.add_argument("--trials", type=int, default=0, help="how often each suite tries")
    return parser.parse_args()


def _run(suite, trials: int):
    started = time.monotonic()
    _say(f"\n{suite.name}: {trials:,} tries begin")

    def tell(line: str) -> None:
        _say(f"  {time.monotonic() - started:6.0f} s  {line}")

    with suite.installation():
        return suite.run(trials, tell)


def _sum_up(outcomes) -> None:
    _say("\n" + "-" * 78)
    for outcome in outcomes:
        _say(f"\n{'Nothing found' if outcome.is_good else 'SOMETHING FOUND'}: {outcome.name} ({outcome.tried:,} tries)")
        _say(f"  {outcome.says}")
        for line in outcome.found[:20]:
            _say(f"  - {line}")
        if len(outcome.found) > 20:
            _say(f"  - and {len(outcome.found) - 20} more")
    _say("\nWhat this does not show: docs/threat-model.md says what remains.")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
