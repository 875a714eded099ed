"""The same addresses described as an API, so that schemathesis makes up requests that nobody would think of."""

from collections.abc import Callable

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from requests import Request
from schemathesis import GenerationMode

from .doors import Door
from .firing import Shot

ANY = {"type": ["string", "integer", "boolean", "null", "array"], "items": {"type": "string"}}


def description(doors: list[Door]) -> dict:
    """An OpenAPI 3.1 document of these addresses: each form's fields, and a query of the usual names."""
    return {
        "openapi": "3.1.0", "info": {"title": "Every address", "version": "1"},
        "paths": {door.path: {"get": _operation({}), "post": _operation(door.fields)} for door in doors},
    }


def _operation(fields: dict) -> dict:
    query = [{"name": name, "in": "query", "schema": ANY} for name in ("unit", "for", "l", "a", "as", "m", "next")]
    body = {"schema": {"type": "object", "properties": dict.fromkeys(fields, ANY), "required": list(fields)}}
    found: dict = {"parameters": query, "responses": {"200": {"description": "a page"}}}
    if fields:
        found["requestBody"] = {"content": {"application/x-www-form-urlencoded": body, "application/json": body}}
    return found


def made_up(doors: list[Door], each: int, take: Callable[[Shot], None], seeded: int = 1) -> None:
    """Hand `each` made-up requests for every address and method to `take`."""
    schema = schemathesis.openapi.from_dict(description(doors))
    for door in doors:
        for method in ("GET", "POST"):
            cases = schema[door.path][method].as_strategy(generation_mode=GenerationMode.NEGATIVE)
            _each(cases, each, lambda case, door=door, method=method: take(_shot(door, method, case)), seeded)


def _each(strategy, count: int, take: Callable, seeded: int) -> None:
    @seed(seeded)
    @settings(max_examples=count, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(strategy)
    def one(case):
        take(case)

    one()


def _shot(door: Door, method: str, case) -> Shot:
    sent = case.as_transport_kwargs(base_url="http://localhost")
    made = Request(sent["method"], sent["url"], params=sent.get("params"), data=sent.get("data"), json=sent.get("json"),
                   headers=dict(sent.get("headers") or {})).prepare()
    body = made.body or b""
    return Shot(door, method, made.path_url, body.encode("utf-8", "replace") if isinstance(body, str) else body,
                made.headers.get("Content-Type", "application/x-www-form-urlencoded"))
