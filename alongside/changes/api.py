"""The changes room's names for the other rooms."""

from .models import Choice
from .reads.replying import is_published, reply_address
from .rules.refusals import ChangesRefused
from .rules.replying import Line, Text
from .writes.deciding import Promise, add_action, add_finding, decide, end_action
from .writes.replying import finish, publish_reply, write_reply

__all__ = [
    "ChangesRefused", "Choice", "Line", "Promise", "Text", "add_action", "add_finding", "decide",
    "end_action", "finish", "is_published", "publish_reply", "reply_address", "write_reply",
]
