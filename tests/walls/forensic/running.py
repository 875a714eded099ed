"""Plays the trials in a process of their own and compares what was guessed with chance."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from scipy.stats import binom

from alongside.config.tests.installations import QUIET, a_database
from tests.walls.outcome import Outcome, Tell

from .play import PEOPLE

MEMORY = "/dev/shm"  # noqa: S108 - thousands of writes that must reach the disk are quicker where there is none
ROOT = Path(__file__).resolve().parents[3]
NAME = "Joining a code to an answer"
# How often an honest store may be accused, over all ways of thinking together.
FALSE_ALARM = 1 / 10_000


def run(trials: int, tell: Tell) -> Outcome:
    """The attack on a store that is stirred, as it always is. `trials`: rounds of six people; 500 or more tell much."""
    right = count_right(trials, "stirred", tell)
    low, high = chance_bounds(trials, len(right))
    found = tuple(
        f"{way}: right {hits} times of {trials}; chance gives {low} to {high}"
        for way, hits in sorted(right.items()) if not low <= hits <= high)
    return Outcome(
        NAME, trials * len(right), found,
        f"Somebody with the raw files, all keys and the moment of each answer guessed, for {trials} codes and in "
        f"{len(right)} ways, which of {PEOPLE} answers was theirs. They were right {min(right.values())} to "
        f"{max(right.values())} times in each way; mere chance gives about {trials // PEOPLE}, and {low} to {high} is "
        "as far as it goes.")


def count_right(trials: int, how: str, tell: Tell) -> dict[str, int]:
    """Way of thinking -> how often it was right, in an installation of its own that is `stirred` or `unstirred`."""
    env = {name: value for name, value in os.environ.items() if name not in QUIET}
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as data, a_database() as url:
        env |= {"DATABASE_URL": url} if url else {}
        command = [sys.executable, "-m", "tests.walls.forensic.play", data, str(trials), how]
        with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as playing:
            lines = []
            for line in playing.stdout:
                lines.append(line)
                if line.startswith("tried"):
                    tell(line.strip())
    if playing.returncode:
        raise RuntimeError("the trials could not be played")
    return json.loads(lines[-1])


def chance_bounds(trials: int, ways: int) -> tuple[int, int]:
    """Between how many right guesses pure chance stays, for all `ways` together but once in 10,000 times."""
    each = FALSE_ALARM / ways / 2
    return int(binom.ppf(each, trials, 1 / PEOPLE)), int(binom.isf(each, trials, 1 / PEOPLE))
