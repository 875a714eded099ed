"""`make attack` runs every suite, says how far it is, and sums up in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]


@pytest.mark.parametrize(("suite", "trials", "about"), [
    ("figures", 6, "Working out what somebody said"), ("traces", 10, "Joining a code"),
    ("input", 60, "input")])
def test_suite_of_attacks_runs_and_sums_up(suite, trials, about):
    found = subprocess.run(
        [sys.executable, "-m", "tests.attack", suite, "--trials", str(trials)],
        cwd=HERE, capture_output=True, text=True,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"}, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    assert f"{suite}: {trials} tries begin" in found.stdout
    summed_up = found.stdout.partition("-" * 78)[2]
    assert "Nothing found: " in summed_up
    assert about in summed_up
