import os
import signal
import socket
import time
from pathlib import Path

import pytest

from alongside.config import running
from alongside.config.tests.installations import PATIENCE, free_port


def sockets_of(pid: int) -> set[int]:
    """The sockets that a process holds, by inode; none where it ended in the meantime."""
    try:
        held = [os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return set()
    return {int(name[8:-1]) for name in held if name.startswith("socket:")}


def listening(server) -> set[int]:
    """The children that hold the listening socket."""
    table = Path(f"/proc/{server.process.pid}/net/tcp").read_text().splitlines()[1:]
    rows = [line.split() for line in table]
    inodes = {int(row[9]) for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == server.port}
    return {pid for pid in server.children() if sockets_of(pid) & inodes}


def is_gone(pid: int) -> bool:
    """Whether a process has ended; its entry may wait for whoever inherited it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_server_says_where_to_begin_and_nothing_else(installation):
    with installation.serving() as server:
        said, complained = server.end()
    code = (installation.data / "secrets" / "setup-code").read_text().strip()
    assert (said, complained) == (f"http://localhost:{server.port}/start/{code}\n", "")


def test_server_runs_two_web_processes_and_a_worker(installation):
    with installation.serving() as server:
        server.wait_until(lambda: len(server.children()) == 3)
        assert len(listening(server)) == 2


def test_server_without_worker_runs_web_processes_alone(installation):
    with installation.serving("--no-worker", "--workers", "1") as server:
        assert len(server.children()) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_server_stops_soon_when_told(installation, number):
    with installation.serving() as server:
        server.wait_until(lambda: len(server.children()) == 3)
        children = server.children()
        code, seconds = server.stop(number)
        assert (code, seconds < 10, all(map(is_gone, children))) == (0, True, True)


def test_control_c_ends_all_without_a_word(installation):
    with installation.serving("--no-worker") as server:
        server.get("/")
        os.killpg(server.process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
        assert (server.process.wait(PATIENCE), server.end()[1]) == (0, "")


def test_server_stops_soon_while_somebody_stays_connected(installation):
    with installation.serving() as server, socket.create_connection(("127.0.0.1", server.port)) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n")  # the request never ends
        code, seconds = server.stop(signal.SIGTERM)
        assert (code, seconds < 10) == (0, True)


def test_server_comes_back_after_a_web_process_was_killed(installation):
    with installation.serving() as server:
        server.wait_until(lambda: len(listening(server)) == 2)
        killed = listening(server)
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        server.wait_until(lambda: len(listening(server) - killed) == 2 and server.is_well())
        assert listening(server) & killed == set()


def test_server_starts_another_worker_where_one_was_killed(installation):
    with installation.serving() as server:
        server.wait_until(lambda: len(server.children() - listening(server)) == 1)
        (killed,) = server.children() - listening(server)
        os.kill(killed, signal.SIGKILL)
        server.wait_until(lambda: server.children() - listening(server) - {killed} != set())
        assert is_gone(killed)


def test_worker_ends_when_its_server_was_killed(installation):
    with installation.serving() as server:
        server.wait_until(lambda: len(server.children()) == 3)
        (worker,) = server.children() - listening(server)
        server.process.kill()
        server.process.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while not is_gone(worker):
            assert time.monotonic() < until, "the worker goes on alone"
            time.sleep(0.1)


def test_taken_port_is_told_in_a_sentence(installation):
    with socket.create_server(("0.0.0.0", free_port())) as taken:  # noqa: S104
        port = taken.getsockname()[1]
        ended = installation.run("serve", "--port", port)
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        1, "", f"Port {port} is taken by another program. Choose another: alongside serve --port {port + 1} "
               "(or set PORT)\n")


def test_server_does_not_start_into_a_restore(installation):
    held = running.hold_alone(installation.data)
    ended = installation.run("serve", "--port", free_port())
    running.let_go(held)
    assert (ended.returncode, ended.stderr) == (
        1, "A restore is at work on the data folder. Start again when it is done.\n")


def test_server_does_not_start_on_a_database_of_another_version(installation):
    (installation.data / "alongside.sqlite3").unlink()
    ended = installation.run("serve", "--port", free_port())
    assert (ended.returncode, ended.stderr) == (1, "The database is not up to date. Run: alongside migrate\n")


def test_server_logs_neither_address_nor_path_of_a_broken_request(installation):
    with installation.serving("--no-worker") as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as broken:
            broken.sendall(b"GET /q/secret-path HTTP/9.9\r\n\r\n")
            broken.recv(1000)
        assert server.end()[1] == ""
