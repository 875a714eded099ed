"""CSV and JSON give exactly what the screen gives."""

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from alongside.findings import exports
from alongside.findings.api import profile_of, profile_plain, release_cycle
from alongside.findings.reads import NotReleasedYet
from alongside.findings.tests.factories import fill, make_round
from alongside.organizations.api import add_unit


class Twin(HTMLParser):
    """Reads the tables that stand under the charts: key -> texts of the cells behind the voice."""

    def __init__(self):
        super().__init__()
        self.rows, self.key, self.cell = {}, None, None

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.key = dict(attrs).get("data-at")
        if tag == "td" and self.key:
            self.cell = []

    def handle_endtag(self, tag):
        if tag == "td" and self.cell is not None:
            self.rows.setdefault(self.key, []).append(" ".join("".join(self.cell).split()))
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)


@pytest.fixture
def rich(ana, cycle):
    """All that a profile can hold: units, a voice of too few, don't-knows, holes."""
    for name, people in (("North", 44), ("South", 31), ("Tiny", 3)):
        fill(make_round(cycle, "staff", add_unit(ana, name=name)), people, level=3.8, seed=people)
    fill(make_round(cycle, "consultants"), 4)
    fill(make_round(cycle, "clients"), 60, level=2.4)
    release_cycle(ana, cycle)
    return cycle


def on_screen(client, card, cycle):
    """(unit, domain, practice, voice) -> what the table on the page says, from every page of the profile."""
    seen = {}
    for unit in card.units:
        for rest in ("profile", *(f"profile/{domain.id}" for domain in card.domains)):
            twin = Twin()
            twin.feed(client.get(f"/cycles/{cycle.pk}/{rest}?unit={unit.id}").content.decode())
            for key, cells in twin.rows.items():
                seen[(unit.name if unit.id else "", *key.split("/"))] = as_row_says(cells)
    return seen


def as_screen_says(row):
    """An exported row in the words of the page."""
    if row["state"] != "shown":
        return [row["state"], row["reason"]]
    low, high = row["middle_from"], row["middle_to"]
    middle = "–" if low in ("", None) else low if low == high else f"{low} to {high}"
    unsure = "–"
    if row["dont_know_fewer_than"] not in ("", None):
        unsure = f"fewer than {row['dont_know_fewer_than']} people"
    elif row["dont_know_share"] not in ("", None):
        percent = round(float(row["dont_know_share"]) * 100)
        unsure = f"about {percent} percent" if percent else "under 5 percent"
    people = f"{row['people_from']}–{row['people_to']}"
    mean = str(row["mean"])
    if row["mean_from"] != row["mean_to"]:
        mean = f"about {mean} ({row['mean_from']} to {row['mean_to']})"
    return [mean, row["level_word"], people, str(middle), unsure]


SHORT = {"too few": "withheld", "kept back": "withheld", "not asked": "not_asked"}


def as_row_says(cells):
    """A cell of the page that shows no figure, in the words of the export."""
    if len(cells) > 1:
        return cells
    short = next(words for words in SHORT if cells[0].startswith(words))
    return [SHORT[short], cells[0].removeprefix(short).strip()]


def keyed(rows):
    names = ("unit", "domain", "practice", "voice")
    return {tuple(row[name] for name in names): as_screen_says(row) for row in rows}


def csv_rows(client, cycle):
    text = client.get(f"/cycles/{cycle.pk}/profile.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_screen_csv_and_json_are_equal(as_, ana, rich):
    client = as_(ana)
    screen = on_screen(client, profile_of(ana, rich), rich)
    json_rows = client.get(f"/cycles/{rich.pk}/profile.json").json()["figures"]
    assert (keyed(csv_rows(client, rich)), keyed(json_rows)) == (screen, screen)


def test_outside_files_are_equal_to_the_outside_screen(as_, ben, rich, let_out):
    let_out(ben, rich)
    client = as_(ben)
    screen = on_screen(client, profile_of(ben, rich), rich)
    assert keyed(csv_rows(client, rich)) == screen


def test_csv_starts_with_a_byte_order_mark(as_, ana, released):
    assert as_(ana).get(f"/cycles/{released.pk}/profile.csv").content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_makes_a_formula_plain_text(ana, released, text):
    card = profile_of(ana, released)
    risky = replace(card, domains=(replace(card.domains[0], title=text),))
    rows = list(csv.reader(io.StringIO(exports.to_csv([risky]).decode("utf-8-sig"), newline="")))
    assert {row[2] for row in rows[1:]} == {f"'{text}"}


def test_json_says_what_each_key_means(ana, released):
    plain = profile_plain(ana, released)
    assert set(plain["figures"][0]) == set(plain["keys"])


def test_plain_profile_for_the_command_line_is_the_same(ana, released):
    assert profile_plain(None, released, "inside") == profile_plain(ana, released, "inside")


def test_plain_profile_of_the_inside_is_refused_to_a_reader(ben, released):
    with pytest.raises(NotReleasedYet):
        profile_plain(ben, released, "inside")
