"""A key on paper: the words and their order; nothing that names the organization or what they open."""

from django.template.loader import render_to_string

from .cards import KeyOnPaper


def key_page(key: KeyOnPaper) -> str:
    """One key as a page of HTML to print. No PDF: a file would stay on the computer."""
    return render_to_string("listening/box/paper.html", {"key": key})
