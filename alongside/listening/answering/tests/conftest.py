"""One open round and somebody (Remy) who answers it without an account."""

import html
import re
import zlib
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from django.test import Client

from alongside.listening.answering.pages import forget_pages
from alongside.listening.answering.sheets import forget_sheets
from alongside.listening.tests.factories import make_code, make_cycle, make_open_round


@dataclass
class Remy:
    """A browser that carries forward exactly what the forms hold, as a real one does."""

    address: str
    client: Client = field(default_factory=lambda: Client(headers={"accept-encoding": "gzip"}))
    fields: dict = field(default_factory=dict)
    text: str = ""
    response: object = None

    def open(self, query: str = "") -> str:
        return self._took(self.client.get(f"/q/{self.address}{query}"))

    def press(self, go: str, **typed: str) -> str:
        """Press a button of the form on the page, with what was typed into it."""
        return self._took(self.client.post(f"/q/{self.address}", self.fields | typed | {"go": go}))

    def _took(self, response) -> str:
        self.response, body = response, response.content
        packed = response.headers.get("Content-Encoding") == "gzip"
        self.text = (zlib.decompress(body, 31) if packed else body).decode()
        self.fields = _fields(self.text)
        return self.text


def _fields(text: str) -> dict:
    """What a browser would send back: hidden fields, typed text, checked choices, text areas."""
    found = {}
    for tag in re.findall(r"<input [^>]*>", text):
        name, value = re.search(r"name=\"?(\w+)", tag), re.search(r"value=\"([^\"]*)\"|value=(\w+)", tag)
        if name and (("radio" not in tag) or "checked" in tag):
            found[name[1]] = html.unescape((value[1] or value[2] or "") if value else "")
    for name, words in re.findall(r"<textarea[^>]*name=\"(\w+)\"[^>]*>([^<]*)</textarea>", text):
        found[name] = html.unescape(words)
    return found


@pytest.fixture
def open_round(house):
    forget_sheets()
    forget_pages()
    cache.clear()
    round_ = make_open_round(make_cycle(house))
    make_code(round_)
    yield round_
    forget_sheets()


@pytest.fixture
def remy(open_round) -> Remy:
    return Remy(open_round.address)
