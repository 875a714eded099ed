"""What a page carries through several steps, sealed, so that nothing waits for the next step on the server.

Made for keys of a box: between two of them they stand in the page alone, and whoever sits down next can't read
there what the person before typed.
"""

import base64
import binascii
import json
import time
from typing import Any
from uuid import UUID

from .keys import CannotOpen
from .sealing import seal, unseal

PLACE = "page"
AN_HOUR = 60 * 60


class TooLate(Exception):
    """What a page carried is older than an hour, was changed, or belongs to another page."""


def carry(organization_id: UUID, purpose: str, facts: dict[str, Any]) -> str:
    """`facts` (as JSON takes them) for a hidden field. `purpose` names the act, the thing and the account."""
    plain = json.dumps({"at": time.time(), "facts": facts}).encode()
    return base64.urlsafe_b64encode(seal(organization_id, PLACE, purpose, plain)).decode()


def carried(organization_id: UUID, purpose: str, field: str) -> dict[str, Any]:
    """The facts again. Raises `TooLate`."""
    try:
        sealed = base64.urlsafe_b64decode(field)
        found = json.loads(unseal(organization_id, PLACE, purpose, sealed))
    except (CannotOpen, binascii.Error, ValueError):
        raise TooLate(purpose) from None
    if not 0 <= time.time() - found["at"] <= AN_HOUR:
        raise TooLate(purpose)
    facts: dict[str, Any] = found["facts"]
    return facts
