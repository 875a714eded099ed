"""What a person who answers loads, and how many people can answer at once."""

import statistics
from pathlib import Path

from . import load
from .house import make_codes, make_rounds, server, thirty_items

CLIENTS = 8
SECONDS, TIMES = 2.0, 4  # empty views and forms in turn, so that a machine that slows down slows both
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


def measure(data: Path) -> list[dict]:
    """Rows of the bench table: wire, slow phone, throughput."""
    _, (walked, whole) = make_rounds(("staff", "consultants"))
    whole.frozen |= {"instrument": thirty_items("consultants", one_page=True)}
    whole.save()
    codes, more = make_codes(walked), make_codes(whole, 20)
    counted = _statements(walked, codes)
    with server(data) as (port, _):
        return [*counted, *_wire(port, walked, whole, codes, more), *_slow_phone(port, walked, codes),
                *_throughput(port, walked, codes)]


def _sizes(port: int, round_, code: str) -> list[int]:
    """Bytes on the wire, headers included, of each page as a phone asks for it (brotli, as over https)."""
    client, path, carried = load.Client(port), f"/q/{round_.address}", {"l": "en", "c": code, "a": "4" * 30}
    answers = [client.get(path), client.post(path, {"l": "en", "c": code, "go": "next"})]
    pages = len(round_.frozen["instrument"]["pages"])
    answers += [client.post(path, carried | {"p": page, "go": "next"}) for page in range(1, pages + 1)]
    return [len(body) + 17 + sum(len(n) + len(v) + 4 for n, v in headers.items()) + 2 for _, headers, body in answers]


def _statements(round_, codes: list[str]) -> list[dict]:
    """SQL statements of a page in the middle of the walk, and of sending."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, path = Client(headers={"host": "localhost"}), f"/q/{round_.address}"
    counts = []
    for code in (codes.pop(), codes.pop()):  # the first visit reads the round; the second is what counts
        carried = {"l": "en", "c": code, "a": "4" * 30}
        with CaptureQueriesContext(connection) as between:
            client.post(path, carried | {"p": 2, "go": "next"})
        with CaptureQueriesContext(connection) as sending:
            client.post(path, carried | {"p": 7, "go": "send"})
        counts = [len(between), len(sending)]
    return [
        {"what": "SQL statements on a page between", "value": counts[0], "bar": 0},
        {"what": "SQL statements for a submission", "value": counts[1], "bar": 5},
    ]


def _wire(port: int, walked, whole, codes: list[str], more: list[str]) -> list[dict]:
    pages = _sizes(port, walked, codes.pop())
    whole_form = _sizes(port, whole, more.pop())[1]
    return [
        {"what": "30 items on one page, bytes with headers", "value": whole_form, "bar": 6000},
        {"what": "largest page of the walk, bytes with headers", "value": max(pages), "bar": 4000},
    ]


def _slow_phone(port: int, round_, codes: list[str]) -> list[dict]:
    """First paint and load of the first page and of a page of questions at 50 kB/s and 400 ms, in Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.goto("about:blank")
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", SLOW)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        times = []
        for _ in range(5):
            asked.clear()
            page.goto(f"http://127.0.0.1:{port}/q/{round_.address}")
            times.append(page.evaluate(PAINT_AND_LOAD))
        cookies = len(context.cookies())
        browser.close()
    paint, loaded = (statistics.median(column) for column in zip(*times, strict=True))
    return [
        {"what": "first paint on a slow phone, s", "value": round(paint / 1000, 2), "bar": 0.6},
        {"what": "page loaded on a slow phone, s", "value": round(loaded / 1000, 2), "bar": 0.6},
        {"what": "requests a page", "value": len(asked), "bar": 2},
        {"what": "cookies", "value": cookies, "bar": 0},
    ]


PAINT_AND_LOAD = """() => {
  const shown = performance.getEntriesByName("first-contentful-paint")[0];
  const way = performance.getEntriesByType("navigation")[0];
  return [shown ? shown.startTime : 0, way.loadEventEnd || way.domComplete];
}"""


def _throughput(port: int, round_, codes: list[str]) -> list[dict]:
    load.together(port, CLIENTS, 1.0, lambda c: c.get("/q/empty-view")[0] == 200)  # warm
    load.together(port, CLIENTS, 1.0, lambda c: load.walk(c, round_.address, codes.pop()))
    empties, all_forms, times = [], [], []
    for _ in range(TIMES):
        empty, _, _ = load.together(port, CLIENTS, SECONDS, lambda c: c.get("/q/empty-view")[0] == 200)
        forms, took, failed = load.together(
            port, CLIENTS, SECONDS, lambda c: load.walk(c, round_.address, codes.pop()))
        if failed:
            raise SystemExit(f"{failed} forms were not taken: the figures would be worth nothing")
        empties.append(empty)
        all_forms.append(forms)
        times += took
    empty, forms = statistics.mean(empties), statistics.mean(all_forms)
    p95 = statistics.quantiles(times, n=20)[-1] * 1000
    return [
        {"what": "empty view, requests/s, 8 clients", "value": round(empty)},
        {"what": "complete forms/s, 8 clients walking all pages", "value": round(forms, 1)},
        {"what": "empty view's requests per complete form", "value": round(empty / forms, 1), "bar": 40},
        {"what": "a page, 95th percentile, ms", "value": round(p95, 1), "bar": 40},
    ]
