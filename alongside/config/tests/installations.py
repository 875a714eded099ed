"""An installation in a folder of its own, driven through the command line as a server keeper would."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[3]
PASSPHRASE = "four words nobody knows"
BELOW_CONNECTIONS = range(20_000, 32_000)  # ports; Linux gives those from 32,768 on to outgoing connections
PATIENCE = 40  # seconds, on a busy machine
QUIET = ("ALONGSIDE_PSEUDO_LANGUAGE", "ALONGSIDE_HOSTS", "DJANGO_SETTINGS_MODULE", "DATABASE_URL")


class Installation:
    """A data folder, the database beside it, and the environment that names both."""

    def __init__(self, data: Path, database_url: str = "") -> None:
        self.data = data
        self.env = {name: value for name, value in os.environ.items() if name not in QUIET}
        self.env |= {
            "DATA_DIR": str(data), "ALONGSIDE_BACKUP_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(ROOT)}
        if database_url:
            self.env["DATABASE_URL"] = database_url

    def command(self, *words: object) -> list[str]:
        return [sys.executable, "-m", "alongside.config.commands", *map(str, words)]

    def run(self, *words: object, **env: str) -> subprocess.CompletedProcess:
        """Run `alongside WORDS` to its end, with nobody at the keyboard."""
        return subprocess.run(
            self.command(*words), env=self.env | env, cwd=self.data.parent, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE, check=False)

    def done(self, *words: object) -> str:
        """Run a command that must succeed; gives what it printed."""
        ended = self.run(*words)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    @contextmanager
    def serving(self, *words: object):
        """A server on a free port; it is ended at the end, however the test ends."""
        server = Server(self, *words)
        try:
            server.wait_until(server.is_well)
            yield server
        finally:
            server.end()


class Server:
    """A running `alongside serve`."""

    def __init__(self, installation: Installation, *words: object) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            installation.command("serve", "--port", self.port, *words), env=installation.env,
            cwd=installation.data.parent, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, start_new_session=True)

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a page."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def is_well(self) -> bool:
        try:
            return self.get("/healthz") == (200, b'{"ok": true}')
        except OSError:
            return False

    def children(self) -> set[int]:
        """Process ids of the web processes and the worker."""
        pid = self.process.pid
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def wait_until(self, happened) -> None:
        until = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < until, "it did not happen in time"
            assert self.process.poll() is None, self.process.stderr.read()
            time.sleep(0.1)

    def stop(self, number: int) -> tuple[int, float]:
        """Send a signal; gives the exit code and how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(PATIENCE), time.monotonic() - began

    def end(self) -> tuple[str, str]:
        """End it, if it has not ended; gives what it printed on stdout and stderr."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.communicate(timeout=PATIENCE)
        except ValueError:  # what it printed was read before
            return "", ""


def free_port() -> int:
    """A port that nobody holds, and that the system will not give to a connection before a server asks for it."""
    while True:
        port = BELOW_CONNECTIONS.start + secrets.randbelow(len(BELOW_CONNECTIONS))
        with socket.socket() as probe:
            try:
                probe.bind(("0.0.0.0", port))  # noqa: S104 - closed at once
            except OSError:
                continue
        return port


def copy_of(installation: Installation, data: Path) -> Installation:
    shutil.copytree(installation.data, data)
    return Installation(data)


@contextmanager
def a_database():
    """The DATABASE_URL of a new, empty database beside the tests' own; "" where they run on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield ""
        return
    import psycopg

    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        connection.execute(f'drop database "{name}" with (force)')
