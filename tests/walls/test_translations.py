"""Every word that people see is there in every language of the product, with the same places to fill in."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parents[2] / "alongside"
CATALOGS = sorted((HOUSE / "ui" / "locale").glob("*/LC_MESSAGES/django.po"))
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"}
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+")


def said_in_code() -> set[str]:
    """The English of every translated string in Python files."""
    found = set()
    for path in HOUSE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in CALLS and isinstance(node.args[0].value, str) and node.args[0].value:
                    found.add(node.args[0].value)
    return found


def said_in_templates() -> set[str]:
    """The English of every translated string in templates, as Django's own extractor sees it."""
    found = set()
    for path in HOUSE.rglob("templates/**/*"):
        if path.is_file():
            plain = templatize(path.read_text())
            for quoted in re.findall(r"(?:gettext|_)\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", plain):
                found.add(ast.literal_eval(quoted))
    return found


def test_there_is_a_catalog():
    assert [path.parts[-3] for path in CATALOGS] == ["es"]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_catalog_has_every_word(path):
    there = {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete}
    wanted = said_in_code() | said_in_templates()
    assert len(wanted) > 800
    assert sorted(wanted - there) == []


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_catalog_is_translated_whole(path):
    catalog = polib.pofile(str(path))
    assert [entry.msgid for entry in [*catalog.untranslated_entries(), *catalog.fuzzy_entries()]] == []


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_translation_fills_in_the_same_places(path):
    wrong = []
    for entry in polib.pofile(str(path)):
        for said in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            wanted = set(PLACE.findall(entry.msgid_plural or entry.msgid))
            if set(PLACE.findall(said)) - set(PLACE.findall(entry.msgid)) - wanted or (
                    not entry.msgid_plural and set(PLACE.findall(said)) != wanted):
                wrong.append(entry.msgid)
    assert wrong == []
