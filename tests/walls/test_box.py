"""A thief who has the whole data folder, with the master key and every other key in it, reads no boxed comment."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .plant_box import IMPORTED, IN_NO_BOX, SENT, WAITING

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def stolen(tmp_path_factory) -> tuple[bytes, dict]:
    """Every byte of the data folder, keys included; and what `plant_box` said."""
    data = tmp_path_factory.mktemp("box")
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    run = subprocess.run([sys.executable, "-m", "tests.walls.plant_box", str(data)], cwd=ROOT, env=env,
                         capture_output=True, text=True, timeout=180, check=False)
    assert run.returncode == 0, run.stderr
    files = [path for path in data.rglob("*") if path.is_file()]
    assert {"alongside.sqlite3", "alongside.sqlite3-wal"} <= {path.name for path in files}
    return b"\0".join(path.read_bytes() for path in files), json.loads(run.stdout)


def test_whoever_has_every_key_reads_what_is_in_no_box(stolen):
    _, said = stolen
    assert [text for text in said["read"] if IN_NO_BOX in text] != []


@pytest.mark.parametrize("words", [SENT, WAITING, IMPORTED])
def test_whoever_has_every_key_reads_nothing_in_a_box(stolen, words):
    disk, said = stolen
    assert len(said["read"]) == 4
    assert [text for text in said["read"] if words in text] == []
    assert words.encode() not in disk


def test_private_key_of_a_box_is_nowhere(stolen):
    disk, said = stolen
    private = bytes.fromhex(said["private"])
    forms = (private, private.hex().encode(), base64.b64encode(private), base64.urlsafe_b64encode(private))
    assert [form for form in forms if form in disk] == []


def test_words_of_keys_are_nowhere(stolen):
    disk, said = stolen
    assert len(said["keys"]) == 3
    for key in said["keys"]:
        words = key.split()
        for signs in (" ", '", "', "+", "%20", "\n"):
            pieces = [signs.join(words[place:place + 3]).encode() for place in range(len(words) - 2)]
            assert [piece for piece in pieces if piece in disk] == []
