"""Slips and posters: what people find in a bowl or on a wall. They name neither topic nor organization."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.ui.api import day, qr_svg

from . import codes, words
from .models import Round

PAPERS = ("letter", "a4")


@dataclass(frozen=True)
class Said:
    """The words of a slip or a poster in one language."""

    language: str
    direction: str
    wanted: str
    no_name: str
    your_code: str
    go_to: str
    until: str
    minutes: str
    bowl: str
    scan: str
    help: str


@dataclass(frozen=True)
class Slip:
    """One slip: its code, and the QR code that brings it along."""

    code: str
    qr: SafeString


def slips_page(round_: Round, made: list[str], *, base: str, paper: str) -> str:
    """All slips of `made` codes as one page of HTML, eight on a sheet. `base` is "https://host"."""
    slips = [_slip(round_, code, base) for code in made]
    sheets = [slips[start:start + codes.ON_A_SHEET] for start in range(0, len(slips), codes.ON_A_SHEET)]
    return render_to_string("listening/slips.html", _common(round_, base, paper) | {"sheets": sheets})


def poster_page(round_: Round, contacts, *, base: str, paper: str) -> str:
    """The poster of a round as HTML, with the support contacts. Its QR code holds the address alone."""
    qr = qr_svg(address_of(round_, base), title=_("The address as a QR code"))
    return render_to_string(
        "listening/poster.html", _common(round_, base, paper) | {"qr": qr, "contacts": list(contacts)},
    )


def address_of(round_: Round, base: str) -> str:
    """The public address of a round."""
    return f"{base}/q/{round_.address}"


def _slip(round_: Round, code: str, base: str) -> Slip:
    # The code stands behind the #: a browser keeps that part to itself, so the code reaches no server's log.
    qr = qr_svg(f"{address_of(round_, base)}#{code}", title=_("The address with the code as a QR code"))
    return Slip(code=code, qr=qr)


def _common(round_: Round, base: str, paper: str) -> dict:
    promise = round_.frozen["promise"]
    said = [_said(language, round_) for language in promise["languages"]]
    return {
        "said": said, "first": said[0], "paper": paper if paper in PAPERS else PAPERS[0],
        "by_code": round_.entry == "codes", "invented": promise["invented"],
        "address": address_of(round_, base).split("://", 1)[-1] if urlsplit(base).scheme == "https"
        else address_of(round_, base),
    }


def _said(language: str, round_: Round) -> Said:
    closes_on = date.fromisoformat(round_.frozen["promise"]["closes_on"])
    with override(language):
        return Said(
            language=language,
            direction=words.language_direction(language),
            wanted=_("Your answers are wanted."),
            no_name=_("No name needed."),
            your_code=_("Your code"),
            go_to=_("Go to"),
            until=_("Until %(day)s") % {"day": day(closes_on)},
            minutes=_("About %(minutes)d minutes. Skip what you like. Stop when you like.")
            % {"minutes": round_.frozen["instrument"]["minutes"]},
            bowl=_("Take a slip from the bowl. Any slip will do."),
            scan=_("Scan this with a phone, or type the address."),
            help=_("Somebody to talk to"),
        )
