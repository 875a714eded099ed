"""A small load of HTTP/1.1 clients over kept-alive sockets to this machine alone; bounded in count and time."""

import re
import socket
import threading
import time
from urllib.parse import urlencode

HIDDEN = re.compile(rb'<input type="?hidden"? name="?(\w+)"? value="([^"]*)">')
FIRST_ITEM = re.compile(rb"name=(i\d+) value=4>")


class Client:
    """One browser-like client without compression, so that the load itself stays light to make."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.reader = self.socket.makefile("rb")
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
        self.socket.sendall(request)
        status, headers = int(self.reader.readline().split()[1]), {}
        while (line := self.reader.readline()) != b"\r\n":
            name, _, value = line.partition(b":")
            headers[name.strip().lower()] = value.strip()
        body = self.reader.read(int(headers.get(b"content-length", 0)))
        self.seconds.append(time.perf_counter() - began)
        if headers.get(b"connection") == b"close":
            self.socket = socket.create_connection(("127.0.0.1", self.port))
            self.reader = self.socket.makefile("rb")
        return status, headers, body


WANTS = "Accept-Encoding: gzip\r\nAccept-Language: en\r\n"


def walk(client: Client, address: str, code: str) -> bool:
    """All pages of the form, one answer a page, and sending. True where the answer was taken."""
    import zlib

    path = f"/q/{address}"

    def page(answer: tuple[int, dict, bytes]) -> bytes:
        packed = answer[1].get(b"content-encoding") == b"gzip"
        return zlib.decompress(answer[2], 31) if packed else answer[2]

    page(client.get(path))
    text = page(client.post(path, {"l": "en", "c": code, "go": "next"}))
    while first := FIRST_ITEM.search(text):
        fields = {name.decode(): value.decode() for name, value in HIDDEN.findall(text)}
        text = page(client.post(path, fields | {first[1].decode(): "4", "go": "next"}))
    fields = {name.decode(): value.decode() for name, value in HIDDEN.findall(text)}
    status, headers, _ = client.post(path, fields | {"go": "send"})
    page(client.get(headers.get(b"location", b"/q/").decode()))
    return status == 303


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
