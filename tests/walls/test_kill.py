"""kill -9 in the middle of sending: an answer is whole or absent, and a code is unspent if it is absent."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = 12


def run(what: str, data: Path) -> subprocess.Popen:
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.Popen([sys.executable, "-m", "tests.walls.submit_forever", what, str(data)], cwd=ROOT,
                            stdout=subprocess.PIPE, text=True, env=env)


@pytest.fixture
def prepared(tmp_path):
    with run("prepare", tmp_path) as preparing:
        preparing.communicate(timeout=120)
    assert preparing.returncode == 0
    return tmp_path


def test_killed_submission_is_whole_or_absent(prepared):
    seen = []
    for _ in range(KILLS):
        with run("send", prepared) as sending:
            assert sending.stdout.readline() == "sending\n"
            time.sleep(random.uniform(0.0, 0.15))  # any moment will do; it must hold at each
            sending.send_signal(signal.SIGKILL)
        with run("count", prepared) as counting:
            spent, kept = map(int, counting.communicate(timeout=60)[0].split())
        assert spent == kept
        seen.append(kept)
    assert seen[-1] > seen[0], "nothing was ever being sent: the test tested nothing"
