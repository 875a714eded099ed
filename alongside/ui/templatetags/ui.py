"""Tags and filters that every template may use."""

from datetime import date

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from alongside.ui import assets

register = template.Library()


@register.simple_tag
def answer_css() -> str:
    """The respondents' style, for a <style> element."""
    return mark_safe(assets.ANSWER_CSS)  # noqa: S308 - our own file, no input


@register.simple_tag
def answer_js() -> str:
    """The respondents' script, for a <script> element."""
    return mark_safe(assets.ANSWER_JS)  # noqa: S308 - our own file, no input


@register.simple_tag
def shared_js() -> str:
    """The script of a device that is handed around, for a <script> element."""
    return mark_safe(assets.SHARED_JS)  # noqa: S308 - our own file, no input


@register.simple_tag
def asset(name: str) -> str:
    """The address of a file under static/ui/."""
    return static(f"ui/{name}")


@register.filter
def day(value: date | None) -> str:
    """A day in words, as people of the language write it: "February 22, 2027", "22 de febrero de 2027"."""
    if value is None:
        return ""
    english = (get_language() or "en").startswith("en")
    return date_format(value, "F j, Y" if english else "DATE_FORMAT")


@register.filter
def item(mapping: dict, key: object) -> object:
    """`mapping[key]`, or an empty string."""
    return mapping.get(key, "") if mapping else ""
