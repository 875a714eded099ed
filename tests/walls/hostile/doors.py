"""Where hostile input is sent: every address of the product, with the fields that its own forms have."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape

from django.db import transaction
from django.test import Client

from tests.walls.test_crawl import addresses, filled

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
FIELD = re.compile(r"<(?:input|select|textarea|button)\b([^>]*)>")


@contextmanager
def taken_back(client: Client) -> Iterator[None]:
    """What is done inside did not happen: not in the database, not to the client's cookies."""
    cookies = {name: one.value for name, one in client.cookies.items()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)


@dataclass(frozen=True)
class Door:
    """One address. `fields`: name -> the value that the page itself would send back."""

    path: str
    fields: Mapping[str, str]


def doors(client: Client, ids: Mapping[str, object]) -> list[Door]:
    """Every address, once with each form that leads to it, seen by whoever `client` is."""
    paths = sorted({filled(route, ids) for route, _ in addresses()})
    found = {path: {} for path in paths}
    for path in paths:
        with taken_back(client):
            page = client.get(path)
        if page.status_code == 200 and "text/html" in page.headers.get("Content-Type", ""):
            for action, fields in forms_in(page.content.decode(errors="replace"), path):
                found.setdefault(action, {}).update(fields)
    return [Door(path, fields) for path, fields in found.items()]


def forms_in(html: str, path: str) -> list[tuple[str, dict[str, str]]]:
    """(address, fields) of each form on a page; a form without an address leads to the page's own."""
    found = []
    for attributes, inside in FORM.findall(html):
        action = _attribute(attributes, "action") or path
        fields = {_attribute(one, "name"): _attribute(one, "value") for one in FIELD.findall(inside)}
        fields.pop("csrfmiddlewaretoken", None)
        fields.pop("", None)
        if action.startswith("/"):
            found.append((action.partition("?")[0], fields))
    return found


def _attribute(text: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"|\b{name}=([^\s>]+)', text)
    return unescape(found[1] or found[2] or "") if found else ""
