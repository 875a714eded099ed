"""Locking comments as they come in. Pure: the round says with which box; nothing here could open one again."""

from collections.abc import Iterable
from uuid import UUID

from alongside.privacy.api import box

from ..models import Round


def box_of(round_: Round) -> dict | None:
    """The box that a round was opened with (`privacy.box.Box` in plain, and `keepers`), or None."""
    return (round_.frozen or {}).get("promise", {}).get("box")


def place_of(round_id: UUID, domain: str) -> str:
    """Where a locked comment belongs: no other round and no other domain opens it."""
    return f"{round_id}/{domain}"


def locked(round_: Round, comments: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(domain id, words) as they may be kept: locked where the round has a box, as they are where it has none."""
    promised = box_of(round_)
    if promised is None:
        return list(comments)
    public = bytes.fromhex(promised["public"])
    return [(domain, box.lock(public, place_of(round_.pk, domain), words)) for domain, words in comments]
