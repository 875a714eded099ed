"""Sending hostile input, one piece after the other, and judging each answer.

Each piece is sent inside a transaction that is taken back, so that every one meets the same installation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from unittest import mock
from urllib.parse import quote, urlencode, urlsplit

from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from tests.walls.outcome import Outcome, Tell

from .doors import Door, taken_back
from .values import BROKEN_BYTES, CONTENT_TYPES, HEADERS, MARK, TEXTS, deep_json, files, mangled

NAME = "Broken and hostile input"
SAYS = ("Every page, form and upload was sent things that break programs: an error of ours, something half written, a "
        "foreign address, or a program that comes back would be listed here.")
OWN_HOSTS = {"", "testserver", "localhost", "127.0.0.1", "www.weather.gov"}
# What may change although the answer is a refusal: limits are counted, sessions begin, acts are recorded.
MAY_CHANGE = {"sessions.session", "audit.entry", "audit.chain", "access.tries"}
LARGE = b"a=" + b"x" * 10_000_000


@dataclass
class Shot:
    """One piece of hostile input, and where it goes."""

    door: Door
    method: str = "POST"
    path: str = ""
    body: bytes = b""
    content_type: str = "application/x-www-form-urlencoded"
    data: dict | None = None
    headers: dict = field(default_factory=dict)

    def __str__(self) -> str:
        kind = "form" if self.data is not None else self.content_type
        return f"{self.method} {self.door.path} ({kind})"


def fire(clients: list[Client], doors: list[Door], trials: int, tell: Tell, seed: int = 1) -> Outcome:
    """Send `trials` pieces of hostile input as each of `clients` in turn."""
    random, found = Random(seed), []
    with mock.patch("weasyprint.HTML.write_pdf", return_value=b"%PDF-"):  # setting pages on paper takes a second each
        for number, shot in enumerate(shots(random, doors, trials)):
            wrong = judge(clients[number % len(clients)], shot)
            if wrong:
                found.append(f"{shot}: {wrong}")
            if number and number % 5000 == 0:
                tell(f"{number:,} of {trials:,} pieces of hostile input sent, {len(found)} got somewhere")
    return Outcome(NAME, trials, tuple(found), SAYS)


def shots(random: Random, doors: list[Door], trials: int) -> Iterator[Shot]:
    """`trials` pieces of hostile input: most in the fields that forms have, some in everything else."""
    ways = (_form, _form, _form, _form, _query, _path, _raw, _upload, _header, _method)
    for _ in range(trials):
        yield random.choice(ways)(random, random.choice(doors))


def judge(client: Client, shot: Shot) -> str:
    """What is wrong with how the product took it; empty where nothing is."""
    with taken_back(client):
        before = _rows()
        answer = send(client, shot)
        changed = _rows() != before if answer.status_code >= 400 else False
    return _wrong(answer) or ("something was written although it was refused" if changed else "")


def _wrong(answer: HttpResponse) -> str:
    if answer.status_code >= 500 and answer.status_code != 503:
        return f"an error of ours, {answer.status_code}"
    location = answer.headers.get("Location", "")
    if urlsplit(location).hostname not in {None, *OWN_HOSTS} or location.startswith(("//", "/\\")):
        return f"leads to {location[:80]}"
    if any("evil" in name.lower() or "\n" in value for name, value in answer.headers.items()):
        return "a header was smuggled in"
    if "evil" in answer.cookies:
        return "a cookie was smuggled in"
    body = b"" if answer.streaming else answer.content
    if "text/html" in answer.headers.get("Content-Type", "") and (MARK.encode() in body or b"Traceback (most" in body):
        return "came back as a program, or with the inside of ours"
    return ""


def send(client: Client, shot: Shot) -> HttpResponse:
    """Send one piece of hostile input."""
    path = shot.path or shot.door.path
    if shot.data is not None:
        return client.generic(shot.method, path, urlencode(shot.data, doseq=True, errors="replace").encode(),
                              content_type=shot.content_type, headers=shot.headers)
    return client.generic(shot.method, path, shot.body, content_type=shot.content_type, headers=shot.headers)


def _form(random: Random, door: Door) -> Shot:
    """The form's own fields, some of them hostile."""
    names = list(door.fields) or ["name"]
    data = {name: [value] for name, value in door.fields.items()}
    for name in random.sample(names, random.randint(1, len(names))):
        good = door.fields.get(name, "")
        bad = mangled(random, good) if random.random() < 0.3 else random.choice(TEXTS)
        data[name] = random.choice(([bad], [bad, good], [good, bad], []))
    return Shot(door, data=data)


def _query(random: Random, door: Door) -> Shot:
    names = [*door.fields, "unit", "for", "l", "next", "page", "as", "paper", "m", "a", random.choice(TEXTS)]
    query = urlencode({random.choice(names): random.choice(TEXTS) for _ in range(3)}, errors="replace")
    query = random.choice((query, query, random.choice(BROKEN_BYTES).decode("latin-1")))
    return Shot(door, "GET", f"{door.path}?{query}")


def _path(random: Random, door: Door) -> Shot:
    parts = door.path.strip("/").split("/")
    parts[random.randrange(len(parts))] = quote(random.choice(TEXTS)[:300], errors="replace", safe="")
    return Shot(door, random.choice(("GET", "POST")), "/" + "/".join(parts) + random.choice(("", "/")))


def _raw(random: Random, door: Door) -> Shot:
    body = random.choice((*BROKEN_BYTES, *BROKEN_BYTES, b"&".join([b"a=1"] * 2000), deep_json(), b"{" * 500))
    if random.random() < 0.01:
        body = LARGE
    return Shot(door, "POST", body=body, content_type=random.choice(CONTENT_TYPES))


def _upload(random: Random, door: Door) -> Shot:
    name, content = random.choice(files())
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    head = "".join(part.format(key, value) for key, value in door.fields.items())
    named = random.choice([*door.fields, "file"])
    file = f'--x\r\nContent-Disposition: form-data; name="{named}"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    end = random.choice((b"\r\n--x--\r\n", b"", b"\r\n--x"))
    body = (head + file).encode("utf-8", "replace") + content + end
    return Shot(door, "POST", body=body, content_type="multipart/form-data; boundary=x")


def _header(random: Random, door: Door) -> Shot:
    headers = {name: re.sub(r"[\r\n]", "", value) for name, value in random.choice(HEADERS).items()}
    return Shot(door, random.choice(("GET", "POST")), headers=headers, data=dict(door.fields))


def _method(random: Random, door: Door) -> Shot:
    method = random.choice(("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get", "\u0130"))
    return Shot(door, method, body=random.choice(TEXTS).encode("utf-8", "replace"))


def _rows() -> tuple[int, ...]:
    """How many rows each table has, in one question."""
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.label_lower not in MAY_CHANGE]
    counts = ", ".join(f"(select count(*) from {connection.ops.quote_name(table)})" for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"select {counts}")
        return cursor.fetchone()
