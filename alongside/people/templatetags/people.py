"""Tags of this room's pages."""

from django import template

register = template.Library()


@register.filter
def in_fours(text: str) -> str:
    """A long key in groups of four, as people read and type it."""
    return " ".join(text[start:start + 4] for start in range(0, len(text), 4))
