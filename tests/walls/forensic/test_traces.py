"""The real server takes answers over HTTP: what it says and what it writes holds no code, no address, no browser."""

import http.client
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest

from alongside.config.tests.installations import ROOT, Installation

BROWSER = "Wolpertinger/7.1 (a browser nobody else has)"
HOME = "127.0.0.77"  # the client's address; the server's own is 127.0.0.1
WORDS = "the crooked violet lamp"
WIDTH = 23


def press(port: int, address: str, **fields: str) -> int:
    """Send a form as `BROWSER` at `HOME` does; gives the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(HOME, 0))
    headers = {"User-Agent": BROWSER, "X-Forwarded-For": HOME, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"/q/{address}", urlencode({"l": "en", **fields}), headers)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> tuple[dict, list[int], bytes]:
    """What there was to be found, how the server answered, and every byte that it printed or wrote."""
    installation = Installation(tmp_path_factory.mktemp("served") / "data")
    made = subprocess.run([sys.executable, "-m", "tests.walls.forensic.open_door", str(installation.data)], cwd=ROOT,
                          env=installation.env, capture_output=True, text=True, timeout=120, check=True)
    door = json.loads(made.stdout.splitlines()[-1])
    with installation.serving() as server:
        said = [press(server.port, door["address"], p="0", c=code, go="next") for code in ("ZZZZZZ", *door["codes"])]
        said += [press(server.port, door["address"], p="7", c=code, a="4" * WIDTH, t1=WORDS, go="send")
                 for code in (*door["codes"], door["codes"][0])]
        printed = "".join(server.end()).encode()
    return door, said, printed + b"\0".join(_files(installation.data))


def _files(data: Path) -> list[bytes]:
    files = [path for path in sorted(data.rglob("*")) if path.is_file()]
    return [part for path in files for part in (path.name.encode(), path.read_bytes())]


def test_server_took_the_answers(served):
    door, said, _ = served
    assert said == [422, *[200] * len(door["codes"]), *[200] * len(door["codes"]), 409]


def test_search_finds_what_is_there(served):
    door, _, everything = served
    assert door["address"].encode() in everything


@pytest.mark.parametrize("what", [BROWSER, "Wolpertinger", HOME, WORDS, "ZZZZZZ", "4" * WIDTH])
def test_server_leaves_no_trace_of_who_answered(served, what):
    assert what.encode() not in served[2]


def test_server_leaves_no_code(served):
    door, _, everything = served
    assert [code for code in door["codes"] if code.encode() in everything] == []
