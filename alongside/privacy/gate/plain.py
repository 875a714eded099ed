"""Released figures as plain data, for the store and back again.

The plain form carries a mark: a keyed hash over its canonical JSON, what it is about, and the format's
version. Figures made up elsewhere, changed in the store, or moved from one cycle to another therefore do
not come back as figures. The key stays with whoever hands in `Mark`; the gate knows none. All numbers are
whole, so that no store rounds them.
"""

import json
from collections.abc import Callable, Mapping
from hmac import compare_digest
from typing import Any

from .cells import CellKey
from .figures import GATE, Band, Figure, Hole, NotFromTheGate, Released, Shown, Withheld
from .steps import nearest_level

FORMAT = 1

Mark = Callable[[str], str]
"""A keyed hash of a text, useless without its key; the same key gives the same hash."""


def to_plain(released: Released, about: str, mark: Mark) -> dict[str, Any]:
    """A JSON-ready dict of these figures, which are `about` an organization, a cycle and its readers."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "about": about,
        "k": released.k,
        "figures": [[*key, _pack(figure)] for key, figure in released.items()],
    }
    return {**body, "mark": mark(_canonical(body))}


def reread(payload: Mapping[str, Any], about: str, mark: Mark) -> Released:
    """The figures that `to_plain` wrote about the same thing under the same key.

    Raises `NotFromTheGate` for anything else.
    """
    body = {name: value for name, value in payload.items() if name != "mark"}
    written = payload.get("mark")
    if not isinstance(written, str) or not compare_digest(written.encode(), mark(_canonical(body)).encode()):
        raise NotFromTheGate("these figures were not written by the gate, or were changed since")
    if body.get("about") != about:
        raise NotFromTheGate("these figures are about something else")
    if body.get("format") != FORMAT:
        raise NotFromTheGate("these figures are in a format that this version does not read")
    k = body["k"]
    figures = {CellKey(*key): _unpack(packed, k) for *key, packed in body["figures"]}
    return Released(k, figures, vouched=GATE)


def _canonical(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _pack(figure: Figure) -> dict[str, Any]:
    """Means and their steps in tenths, quartiles in halves, bands by their lower end."""
    if isinstance(figure, Shown):
        middle = [round(2 * edge) for edge in figure.middle] if figure.middle else None
        unsure = figure.unsure.low if figure.unsure else None
        mean, step = round(10 * figure.mean), round(10 * figure.step)
        return {"mean": mean, "step": step, "n": figure.n.low, "middle": middle, "unsure": unsure}
    return {"withheld" if isinstance(figure, Withheld) else "hole": figure.reason}


def _unpack(packed: Mapping[str, Any], k: int) -> Figure:
    if "withheld" in packed:
        return Withheld(packed["withheld"], vouched=GATE)
    if "hole" in packed:
        return Hole(packed["hole"], vouched=GATE)
    low, high = packed["middle"] or (None, None)
    return Shown(
        mean=packed["mean"] / 10,
        step=packed["step"] / 10,
        level=nearest_level(packed["mean"]),
        n=_band(packed["n"], k),
        middle=None if low is None or high is None else (low / 2, high / 2),
        unsure=None if packed["unsure"] is None else _band(packed["unsure"], k),
        vouched=GATE,
    )


def _band(low: int, k: int) -> Band:
    return Band(low, low + k - 1, vouched=GATE)
