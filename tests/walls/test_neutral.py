"""All that a person who answers can be left with: titles, addresses, file names, subjects, icons. None of it may name
the organization or the topic. Whoever adds a page, a file or a message adds it by adding the thing itself: these
tests find them."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver
from django.utils.translation import override

from alongside.listening.answering import pages
from alongside.listening.answering.sheets import sheet_at
from alongside.listening.answering.tests.conftest import open_round, remy  # noqa: F401 - fixtures

ROOT = Path(__file__).resolve().parents[2] / "alongside"
PAGES = sorted((ROOT / "listening/templates/listening/answering").glob("[!_]*.html"))
TOPIC = re.compile(
    r"surviv|traffick|victim|exploit|abuse|shelter|sobrevivi|trata|tráfico|víctima|explota|abuso|refugio|alongside",
    re.I)
LANGUAGES = ("en", "es")
BEYOND_THE_FORM = {"calendar": "*.ics", "attachment of a message": "*.eml"}

pytestmark = pytest.mark.django_db


def is_neutral(text: str, house) -> bool:
    names = [house.name, *house.name.split()]
    return not TOPIC.search(text) and not any(name.lower() in text.lower() for name in names if len(name) > 3)


def title_of(html: str) -> str:
    return re.search(r"<title>([^<]*)</title>", html)[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [page.stem for page in PAGES])
def test_title_of_every_page_of_people_who_answer_is_neutral(name, language, remy, house):  # noqa: F811 - the fixture
    drawn = pages.plain_page(name, sheet_at(remy.address), language)
    assert title_of(drawn)
    assert is_neutral(title_of(drawn), house)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_of_the_reply_and_of_errors_are_neutral(language, client, house):
    with override(language):
        for address in ("/r/nothing8", "/q/nothing8", "/q/", "/r/"):
            title = title_of(client.get(address, headers={"accept-encoding": ""}).content.decode())
            assert is_neutral(title, house), address


def test_addresses_of_people_who_answer_are_neutral(house):
    found = [str(one.pattern) for one in _patterns(get_resolver("alongside.config.urls_answering"))]
    assert len(found) >= 4
    assert [path for path in found if not is_neutral(path, house)] == []


def _patterns(resolver):
    for one in resolver.url_patterns:
        yield from _patterns(one) if hasattr(one, "url_patterns") else [one]


def test_every_file_name_is_neutral(house):
    text = "\n".join(path.read_text() for path in ROOT.rglob("*.py") if "tests" not in path.parts)
    names = re.findall(r'["\']([a-z{}._-]+\.(?:pdf|csv|json|ics|txt|zip|svg|png))["\']', text)
    headers = re.findall(r'filename="([^"\\]*)', text)
    assert {"slips.pdf", "poster.pdf"} <= set(names)
    assert headers
    assert [name for name in names + headers if not is_neutral(name, house)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_is_neutral(language, house):
    from django.template.loader import render_to_string

    subjects = sorted(path for path in ROOT.rglob("*subject*.txt"))
    assert subjects
    with override(language):
        for path in subjects:
            assert is_neutral(render_to_string(str(path.relative_to(path.parents[1]))), house), path.name


def test_no_page_of_people_who_answer_has_an_icon_or_a_preview():
    frame = (ROOT / "ui/templates/ui/respondent.html").read_text()
    assert '<link rel="icon" href="data:,">' in frame
    assert "og:" not in frame
    assert 'name="description"' not in frame


@pytest.mark.parametrize("kind", sorted(BEYOND_THE_FORM))
def test_nothing_of_that_kind_is_made_without_being_tested_here(kind):
    """There is none today. Who adds one writes its test beside these."""
    assert list(ROOT.rglob(BEYOND_THE_FORM[kind])) == []


def test_words_that_would_tell_are_found(house):
    assert not is_neutral("Survivors answer", house)
    assert not is_neutral(f"{house.name}", house)
