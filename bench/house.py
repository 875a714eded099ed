"""An invented organization with open rounds of thirty items, and a server that runs it."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from alongside.config.tests.installations import free_port

ROOT = Path(__file__).resolve().parent.parent
CODES = 5_000  # the most that a round has: all of them are written anew each time that a round is stirred


def set_up(data: Path) -> None:
    """Settings, tables and caches of a fresh installation in `data`."""
    os.environ.update(DATA_DIR=str(data), DJANGO_SETTINGS_MODULE="bench.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def make_rounds(voices: tuple[str, ...] = ("staff",)):
    """A cycle with one open round a voice, thirty items on six pages. Gives (cycle, rounds)."""
    from alongside.listening.models import Cycle, Round
    from alongside.organizations.api import found_organization
    from alongside.organizations.models import SupportContact

    house = found_organization(name="Bench House (invented)", words={}, languages=["en", "es"], is_invented=True)
    SupportContact.objects.create(organization=house, name="Night line", reach="Call or text 555-0100")
    cycle = Cycle.objects.create(
        organization=house, name="Bench", framework_key="alongside-practices/1", opens_on=date(2027, 1, 1),
        closes_on=date(2027, 1, 20), reply_due=date(2027, 2, 20))
    rounds = [Round.objects.create(
        organization=house, cycle=cycle, voice=voice, state="open", opened_on=cycle.opens_on,
        frozen={"instrument": thirty_items(voice), "promise": _promise(cycle)}) for voice in voices]
    return cycle, rounds


def thirty_items(voice: str, *, one_page: bool = False) -> dict:
    """Thirty real items of `voice`, five a page, or all on one page."""
    from alongside.frameworks.api import DEFAULT_WORDS, framework, instrument

    plain = instrument(framework("alongside-practices/1"), voice, "full", DEFAULT_WORDS).to_plain()
    for page in plain["pages"]:
        page["items"] = page["items"][:5]
    missing = 30 - sum(len(page["items"]) for page in plain["pages"])
    spare = [item for page in instrument(framework("alongside-practices/1"), "staff", "full",
                                         DEFAULT_WORDS).to_plain()["pages"] for item in page["items"][5:]]
    plain["pages"][-1]["items"] += spare[:missing]
    if one_page:
        plain["pages"][0]["items"] = [item for page in plain["pages"] for item in page["items"]]
        plain["pages"] = plain["pages"][:1]
    return plain


def make_codes(round_, how_many: int = CODES) -> list[str]:
    """Access codes for the walkers."""
    from alongside.listening.codes import make_distinct
    from alongside.listening.models import Code
    from alongside.privacy.api import fingerprint

    codes = list(make_distinct(how_many))
    Code.objects.bulk_create(
        [Code(pk=fingerprint("code", f"{round_.pk}:{code}"), round=round_) for code in codes], batch_size=2000)
    return codes


@contextmanager
def server(data: Path):
    """`alongside serve` on a free port, stopped at the end. Gives (port, process)."""
    port = free_port()
    env = os.environ | {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "bench.settings", "PORT": str(port),
                        "PYTHONPATH": str(ROOT)}
    command = [str(Path(sys.executable).parent / "alongside"), "serve", "--host", "127.0.0.1"]
    running = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield port, running
    finally:
        running.terminate()
        running.wait(20)


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own loopback address
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"the server did not come up at {address}")


def _promise(cycle) -> dict:
    return {"asker": cycle.organization.name, "k_scores": 5, "k_comments": 10, "entry": "codes", "unit": "",
            "reply_due": cycle.reply_due.isoformat(), "languages": ["en", "es"], "kept_days": 0,
            "closes_on": (cycle.opens_on + timedelta(days=3650)).isoformat(), "comments_kept_days": 180,
            "mandated": True, "invented": True}
