"""Checks of what pages and papers are made from, and of the settings that people reach them by."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from alongside.config.translations import is_compiled, sources

from .finding import ADVICE, Finding

SECONDS = 60
IMPORT = "import weasyprint"  # in a process of its own: it takes 60 MB
LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def libraries_for_pdf() -> Iterator[Finding]:
    """Slips, posters and packs can be made."""
    tried = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", IMPORT], capture_output=True, timeout=SECONDS, check=False)
    if tried.returncode:
        yield Finding(
            "pdf", "PDF files can't be made: libraries of the system are missing.",
            "Slips with codes, posters and the board's pack can't be printed from a file.",
            "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")


def fonts() -> Iterator[Finding]:
    """There is a font for every script that a language may need; Arabic stands for those beyond Latin."""
    mend = "On Debian: apt-get install fontconfig fonts-noto-core"
    tool = shutil.which("fc-list")
    if tool is None:
        yield Finding("fonts", "It can't be told which fonts there are.",
                      "In PDF files letters without a font become empty boxes.", mend, ADVICE)
        return
    found = subprocess.run(  # noqa: S603 - our own words
        [tool, ":lang=ar", "family"], capture_output=True, timeout=SECONDS, check=False)
    if not found.stdout.strip():
        yield Finding("fonts", "There is no font for Arabic.",
                      "In PDF files letters without a font become empty boxes.", mend, ADVICE)


def translations() -> Iterator[Finding]:
    """Every language that is offered can be read."""
    for source in sources():
        if not is_compiled(source):
            yield Finding(
                "translations",
                f"The translation {source.parts[-3]} is not compiled, or is older than its text.",
                "People see English, or sentences of an older version.", "Run: alongside migrate")


def static_files() -> Iterator[Finding]:
    """Styles and scripts were collected."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield Finding(
            "static", "Styles and scripts were not collected.", "Pages show an error.",
            "Run: alongside migrate")


def own_frameworks() -> Iterator[Finding]:
    """Each framework in the data folder can be used."""
    from alongside.frameworks.api import refused

    folder = Path(settings.DATA_DIR) / "frameworks"
    for name, refusal in refused(folder):
        first = refusal.problems[0]
        more = f" (and {len(refusal.problems) - 1} more)" if len(refusal.problems) > 1 else ""
        yield Finding(
            "frameworks", f"{folder / name / first.file}:{first.line}: {first.rule}: {first.message}{more}",
            "Cycles can't be planned with this framework, and open rounds of it can't be read again.",
            f"Run: alongside framework check {folder / name}")


def addresses() -> Iterator[Finding]:
    """https, the host names and the address fit together."""
    env = settings.ENVIRONMENT
    address = urlsplit(env.address)
    if address.hostname and not set(env.hosts) & {address.hostname, f"[{address.hostname}]"}:
        yield Finding(
            "address", f"ALONGSIDE_ADDRESS names {address.hostname}, but ALONGSIDE_HOSTS does not.",
            "Whoever opens the printed address gets an error.", f"Add {address.hostname} to ALONGSIDE_HOSTS.")
    if env.address and (address.scheme == "https") != env.https:
        yield Finding(
            "https", f"ALONGSIDE_ADDRESS begins with {address.scheme}; ALONGSIDE_HTTPS is {int(env.https)}.",
            "Sign-in fails, or its cookie travels unprotected.",
            "Set ALONGSIDE_HTTPS=1 where a proxy speaks https, and let the address begin with https://.")
    if not env.https and set(env.hosts) - LOCAL:
        yield Finding(
            "https", "Pages are served without https.",
            "Others in the same network can read what people answer, and codes and passwords.",
            "Put a proxy with https in front and set ALONGSIDE_HTTPS=1. See docs/run/https.md.", ADVICE)


def switches() -> Iterator[Finding]:
    """Nothing is switched on that belongs to building or showing."""
    for is_on, name, why in (
        (settings.DEBUG, "ALONGSIDE_DEBUG",
         "Error pages show the inside of the program, and what people typed."),
        (settings.DEMO, "ALONGSIDE_DEMO", "The demo signs people in without a password."),
    ):
        if is_on:
            yield Finding(
                "settings", f"{name}=1 is set.", why, f"Where real people's data are: unset {name}.")


def mail() -> Iterator[Finding]:
    """How mail leaves this machine."""
    if not os.environ.get("EMAIL_URL"):
        yield Finding(
            "mail", "No mail server is set, so mail is sent by hand.",
            "Nothing is lost: the pages show each message and the list of addresses to copy.",
            "That is fine. Or name a mail server in EMAIL_URL; see docs/run/install.md.", ADVICE)


CHECKS = (libraries_for_pdf, fonts, translations, static_files, own_frameworks, addresses, switches, mail)
