"""Boxes for tests, and somebody who sits at the screen."""

import html
import re
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpResponse
from django.test import Client

from alongside.listening.boxes import writes
from alongside.listening.models import CommentBox, Cycle, Round
from alongside.listening.tests.factories import make_open_round

TODAY = date(2027, 1, 10)
KEEPERS = ["board", "partner", "director"]


def handed_box(actor, keepers=KEEPERS, *, needed: int = 2, partner: bool = False) -> tuple[CommentBox, list[str]]:
    """A box whose keys were all handed over, and the words of each key."""
    row, keys = writes.make_box(actor, keepers, needed=needed, partner=partner, today=TODAY)
    for key in keys:
        writes.hand_key(actor, row, key.number)
    return row, [key.words for key in keys]


def box_in_use(actor, keepers=KEEPERS, *, needed: int = 2, partner: bool = False) -> tuple[CommentBox, list[str]]:
    """A box in use, and the words of each key."""
    row, words = handed_box(actor, keepers, needed=needed, partner=partner)
    writes.use_box(actor, row)
    return row, words


def boxed_round(cycle: Cycle, row: CommentBox, voice: str = "clients", **facts) -> Round:
    """An open round that was promised this box."""
    round_ = make_open_round(cycle, voice, **facts)
    round_.frozen["promise"]["box"] = row.promise
    round_.save()
    return round_


@dataclass
class Screen:
    """A staff browser that sends back exactly what the form with a button holds."""

    client: Client
    response: HttpResponse | None = None
    pages: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.pages[-1]

    def open(self, path: str) -> str:
        return self._took(self.client.get(path, follow=True))

    def press(self, button: str, **typed: str) -> str:
        """Press the button that says `button`, with what was typed into its form."""
        return self._took(self.client.post(*self.form_of(button, **typed), follow=True))

    def form_of(self, button: str, **typed: str) -> tuple[str, dict]:
        """(address, fields) that pressing the button would send."""
        form = re.compile(r'<form method="post"(?: action="([^"]*)")?[^>]*>(.*?)</form>', re.S)
        for action, inside in form.findall(self.text):
            for tag, label in re.findall(r"<button([^>]*)>([^<]*)</button>", inside):
                if html.unescape(label) == button:
                    named = re.search(r'name="(\w+)" value="([^"]*)"', tag)
                    pressed = {named[1]: named[2]} if named else {}
                    return action or self.response.request["PATH_INFO"], _fields(inside) | typed | pressed
        raise AssertionError(f"no button {button}")

    def _took(self, response) -> str:
        self.response = response
        self.pages.append(response.content.decode())
        return self.text


def _fields(inside: str) -> dict:
    found = {}
    for tag in re.findall(r"<input ([^>]*)>", inside):
        name, value = re.search(r'name="([\w-]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            found[name[1]] = html.unescape(value[1]) if value else ""
    return found


def words_on(text: str) -> str:
    """The words of a key that stand on a page, in order; empty where there are none."""
    listed = re.search(r"<ol[^>]*translate=\"no\">(.*?)</ol>", text, re.S)
    return " ".join(re.findall(r"<li>(\w+)</li>", listed[1])) if listed else ""


def asked_words(text: str, words: str) -> dict[str, str]:
    """What the keeper types who is asked for a few words."""
    return {name: words.split()[int(place) - 1] for name, place in re.findall(r'name="(word_(\d+))"', text)}
