"""QR codes."""

import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from alongside.ui.qr import qr_svg


def drawn(svg: str) -> Image.Image:
    """The rectangles of the SVG, ten dots a module."""
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    image = Image.new("L", (side * 10, side * 10), 255)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h", svg):
        left, top = int(x) * 10, int(y) * 10
        ImageDraw.Draw(image).rectangle((left, top, left + int(run) * 10 - 1, top + 9), fill=0)
    return image


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789:/#.-", min_size=1, max_size=120))
@settings(max_examples=25, deadline=None)
def test_qr_decodes_to_its_text(text):
    assert [found.text for found in zxingcpp.read_barcodes(drawn(qr_svg(text, title="x")))] == [text]


def test_qr_keeps_four_modules_of_white_around_it():
    places = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h\d+v1h", qr_svg("x", title="x"))]
    assert (min(x for x, _ in places), min(y for _, y in places)) == (4, 4)


def test_qr_is_black_on_white_whatever_the_theme():
    svg = qr_svg("x", title="x")
    assert 'fill="#fff"' in svg
    assert 'fill="#000"' in svg


@pytest.mark.parametrize("title", ["The address", 'a "quoted" <b>'])
def test_title_is_escaped(title):
    assert "<b>" not in qr_svg("x", title=title)
