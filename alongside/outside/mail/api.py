"""The mail room's names for the other rooms."""

from .duties import forget_lists, send_due_mail
from .heads import send_heads

__all__ = ["forget_lists", "send_due_mail", "send_heads"]
