"""A small load of HTTP/1.1 clients over kept-alive sockets to this machine alone; bounded in count and time."""

import re
import socket
import threading
import time
from urllib.parse import urlencode

PATIENCE = 5.0
HIDDEN = re.compile(rb'<input type="?hidden"? name="?(\w+)"? value="([^"]*)">')
FIRST_ITEM = re.compile(rb"name=(i\d+) value=4>")


class Client:
    """One browser-like client without compression, so that the load itself stays light to make."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connect()
        self.seconds: list[float] = []

    def get(self, path: str) -> tuple[int, dict, bytes]:
        return self._ask(f"GET {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n{WANTS}\r\n".encode())

    def post(self, path: str, fields: dict) -> tuple[int, dict, bytes]:
        body = urlencode(fields).encode()
        head = (f"POST {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n{WANTS}"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n")
        return self._ask(head.encode() + body)

    def _ask(self, request: bytes) -> tuple[int, dict, bytes]:
        began = time.perf_counter()
        first = self._send(request)
        while not first and time.perf_counter() - began < PATIENCE:
            self._connect()  # the server renewed a process and let the idle connection go
            first = self._send(request)
        status, headers = int(first.split()[1]), {}
        while (line := self.reader.readline()) != b"\r\n":
            name, _, value = line.partition(b":")
            headers[name.strip().lower()] = value.strip()
        body = self.reader.read(int(headers.get(b"content-length", 0)))
        self.seconds.append(time.perf_counter() - began)
        if headers.get(b"connection") == b"close":
            self._connect()
        return status, headers, body

    def _connect(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.reader = self.socket.makefile("rb")

    def _send(self, request: bytes) -> bytes:
        try:
            self.socket.sendall(request)
            return self.reader.readline()
        except ConnectionError:
            return b""


WANTS = "Accept-Encoding: gzip, br\r\nAccept-Language: en\r\n"
PAGES, ITEMS_A_PAGE = 6, 5


def walk(client: Client, address: str, code: str) -> bool:
    """All pages of the form, one answer a page, and sending. True where every page came and the answer was taken.

    What a page would carry forward is worked out here instead of being read from it: taking pages apart is the
    work of eight phones, and would be done on the server's two cores.
    """
    path, letters = f"/q/{address}", ["-"] * (PAGES * ITEMS_A_PAGE)
    came = [client.get(path)[0], client.post(path, {"l": "en", "c": code, "go": "next"})[0]]
    for page in range(1, PAGES + 1):
        first = (page - 1) * ITEMS_A_PAGE
        fields = {"l": "en", "c": code, "p": page, "a": "".join(letters), f"i{first}": "4", "go": "next"}
        came.append(client.post(path, fields)[0])
        letters[first] = "4"
    fields = {"l": "en", "c": code, "p": PAGES + 1, "a": "".join(letters), "go": "send"}
    came.append(client.post(path, fields)[0])
    return set(came) == {200}


def together(port: int, clients: int, seconds: float, act) -> tuple[float, list[float], int]:
    """`clients` at once call `act(client)` until `seconds` have gone. Gives (acts/s, request times, failures)."""
    until, done, failed, times = time.perf_counter() + seconds, [0] * clients, [0] * clients, []
    began = time.perf_counter()

    def run(number: int) -> None:
        client = Client(port)
        while time.perf_counter() < until:
            if act(client):
                done[number] += 1
            else:
                failed[number] += 1
        times.extend(client.seconds)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - began), times, sum(failed)
