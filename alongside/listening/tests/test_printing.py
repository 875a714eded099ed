"""Slips and posters: what they hold, and what they must not name."""

import io
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from alongside.listening import codes, printing
from alongside.organizations.api import add_contact, contacts_of
from alongside.ui.pdf import make_pdf

from .factories import make_cycle, make_open_round

pytestmark = pytest.mark.django_db
BASE = "https://answers.example.org"
TELLING = (
    "lantern",
    "traffick",
    "trata",
    "survivor",
    "sobreviviente",
    "alongside",
    "staff",
    "client",
    "consultant",
)


@pytest.fixture
def opened(house):
    return make_open_round(make_cycle(house))


def slips(round_, made, paper="letter") -> str:
    return printing.slips_page(round_, made, base=BASE, paper=paper)


def poster(ana, round_) -> str:
    return printing.poster_page(round_, contacts_of(ana), base=BASE, paper="a4")


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def scanned(pdf: bytes, tmp_path) -> list[str]:
    """What a phone reads off the pages, drawn at 150 dots an inch."""
    (tmp_path / "page.pdf").write_bytes(pdf)
    subprocess.run(
        [shutil.which("pdftoppm"), "-r", "150", "-png", "page.pdf", "page"], cwd=tmp_path, check=True
    )
    drawn = [Image.open(path) for path in sorted(tmp_path.glob("page-*.png"))]
    return [found.text for image in drawn for found in zxingcpp.read_barcodes(image)]


def test_each_slip_scans_to_its_own_code_behind_the_hash(opened, tmp_path):
    made = ["BCDFGH", "KMPRTV", "STRKMP"]
    found = scanned(make_pdf(slips(opened, made)), tmp_path)
    assert sorted(found) == [f"{BASE}/q/{opened.address}#{code}" for code in made]


def test_slips_name_neither_topic_nor_organization(opened):
    page = slips(opened, ["BCDFGH"]).lower()
    assert [word for word in TELLING if word in page] == []


def test_slips_say_the_address_the_code_and_the_last_day(opened):
    text = " ".join(text_of(make_pdf(slips(opened, ["BCDFGH"]))).split())
    assert f"answers.example.org/q/{opened.address}" in text.replace(" ", "")
    assert "BCDFGH" in text.replace(" ", "")
    assert "February 1, 2027" in text
    assert "1 de febrero de 2027" in text


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_eight_slips_fill_a_sheet_of_the_chosen_paper(opened, paper, size):
    reader = PdfReader(io.BytesIO(make_pdf(slips(opened, sorted(codes.make_distinct(17)), paper))))
    assert [tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages] == [size] * 3


def lowest_of(pdf: bytes, word: str, tmp_path) -> float:
    """How far below the top of the first page a word ends, in millimeters."""
    (tmp_path / "page.pdf").write_bytes(pdf)
    drawn = subprocess.run(
        [shutil.which("pdftotext"), "-bbox", "-l", "1", "page.pdf", "-"],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    ).stdout
    return float(re.search(rf'yMax="([0-9.]+)">{word}<', drawn)[1]) / 72 * 25.4


def test_nothing_of_a_slip_is_cut_off_where_address_and_words_are_long(opened, tmp_path, monkeypatch):
    said = printing._said
    longer = "Queremos saber lo que usted piensa y siente aquí."
    monkeypatch.setattr(printing, "_said", lambda *of: replace(said(*of), wanted=longer))
    base = "https://a-very-long-name-of-a-server.of-some-community.example.org"
    made = make_pdf(printing.slips_page(opened, ["BCDFGH"], base=base, paper="letter"))
    assert lowest_of(made, "febrero", tmp_path) < 10 + 64  # the margin and the height of a slip


def test_title_and_properties_of_slips_are_neutral(opened):
    information = PdfReader(io.BytesIO(make_pdf(slips(opened, ["BCDFGH"])))).metadata
    assert (information.title, information.author, information.subject) == ("Slips", None, None)


def test_slips_are_tagged_with_their_language(opened):
    root = PdfReader(io.BytesIO(make_pdf(slips(opened, ["BCDFGH"])))).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)


def test_poster_scans_to_the_address_alone(ana, opened, tmp_path):
    assert scanned(make_pdf(poster(ana, opened)), tmp_path) == [f"{BASE}/q/{opened.address}"]


def test_poster_names_neither_topic_nor_organization(ana, opened):
    page = poster(ana, opened).lower()
    assert [word for word in TELLING if word in page] == []


def test_poster_shows_who_supports_people(ana, opened):
    add_contact(ana, name="Rosa Vega", reach="+1 555 0100")
    assert "Rosa Vega" in poster(ana, opened)


def test_poster_of_a_round_by_codes_points_to_the_bowl(ana, house, opened):
    by_link = make_open_round(make_cycle(house), entry="link")
    assert ["Take a slip from the bowl" in poster(ana, one) for one in (opened, by_link)] == [True, False]


def test_picture_of_a_code_does_not_say_it_aloud(opened):
    labels = re.findall(r'aria-label="([^"]*)"', slips(opened, ["BCDFGH"]))
    assert labels == ["The address with the code as a QR code"]
