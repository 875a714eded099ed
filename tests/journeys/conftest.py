"""The real product, started as its keeper starts it, and a real browser."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from alongside.config.tests.installations import free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Product:
    """A running installation: where it is, and what it said on starting."""

    base: str
    said: str
    data: Path

    @property
    def setup_address(self) -> str:
        return re.search(r"https?://\S*/start/\S+", self.said)[0]


def run_alongside(*words: str, data: Path, **more: str) -> subprocess.CompletedProcess:
    """The command line, as a keeper uses it."""
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    env |= {"DATA_DIR": str(data), "ALONGSIDE_PSEUDO_LANGUAGE": "1", **more}
    return subprocess.run([sys.executable, "-m", "alongside.config.commands", *words], cwd=ROOT, env=env,
                          capture_output=True, text=True, timeout=180, check=False)


def start_product(data: Path, **more: str) -> tuple[subprocess.Popen, Product]:
    done = run_alongside("migrate", data=data, **more)
    assert done.returncode == 0, done.stderr
    port = free_port()
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    env |= {"DATA_DIR": str(data), "PORT": str(port), "ALONGSIDE_PSEUDO_LANGUAGE": "1",
            "ALONGSIDE_HOSTS": "localhost,127.0.0.1", **more}
    with (data / "said").open("w") as said:
        running = subprocess.Popen(
            [sys.executable, "-m", "alongside.config.commands", "serve", "--host", "127.0.0.1"],
            cwd=ROOT, env=env, stdout=said, stderr=subprocess.STDOUT)
    base = f"http://localhost:{port}"
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{base}/healthz", timeout=2).close()
            break
        except OSError:
            time.sleep(0.2)
    return running, Product(base, (data / "said").read_text(), data)


@pytest.fixture
def product(tmp_path) -> Iterator[Product]:
    running, here = start_product(tmp_path)
    yield here
    running.terminate()
    running.wait(20)


class Looker:
    """Looks at a page as it goes by: nothing serious for axe, nothing wider than the screen, no other host."""

    def __init__(self, base: str) -> None:
        self.base, self.axe, self.problems = base, Axe(), []

    def follow(self, page: Page) -> None:
        page.on("request", lambda request: self._same_host(request.url))
        page.on("console", self._quiet)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))

    def look(self, page: Page, *, scripts: bool) -> None:
        if not scripts:
            return  # axe itself is a script; the same pages are looked at with scripts on
        found = self.axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        for one in found:
            if one["impact"] in ("serious", "critical"):
                where = one["nodes"][0]["html"][:160]
                self.problems.append(f"axe {one['id']} ({one['impact']}) on {page.url}: {where}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.problems.append(f"{page.url} is {wide} px wider than the screen")

    def _same_host(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:", "about:")):
            self.problems.append(f"asked another host: {url}")

    def _quiet(self, message) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text}")
