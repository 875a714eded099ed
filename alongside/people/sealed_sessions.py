"""Sessions of staff, sealed: who is signed in, with which address, and what a page remembers between two steps.

Django signs them only. Bound to the session's own key, so that one can't be put in another's place.
"""

import base64
import binascii
import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session

from alongside.privacy.api import INSTALLATION, CannotOpen, seal, unseal

PLACE = "django_session.session_data"


class SessionStore(InDatabase):
    """`settings.SESSION_ENGINE` names this module."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Sealed text for the key that this session has got by now."""
        plain = json.dumps(session_dict, separators=(",", ":")).encode()
        return base64.b64encode(seal(INSTALLATION, PLACE, self.session_key, plain)).decode()

    def decode(self, session_data: str) -> dict[str, Any]:
        """What the session holds; nothing where it does not open: its owner signs in again."""
        try:
            found: dict[str, Any] = json.loads(
                unseal(INSTALLATION, PLACE, self.session_key, base64.b64decode(session_data)))
        except (CannotOpen, binascii.Error, ValueError):
            return {}
        return found


def opened(session: Session) -> dict[str, Any]:
    """What a row of the table holds."""
    return SessionStore(session.session_key).decode(session.session_data)
