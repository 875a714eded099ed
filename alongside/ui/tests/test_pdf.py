"""HTML -> PDF."""

import builtins
import io

import pytest
from pypdf import PdfReader

from alongside.ui.pdf import PdfNotPossible, PdfReachesOut, ensure_pdf_possible, make_pdf

PAGE = '<html lang="es"><head><title>A page</title>{head}</head><body><h1>Heading</h1>{body}</body></html>'


def page(head: str = "", body: str = "") -> str:
    return PAGE.format(head=head, body=body)


def test_pdf_is_tagged_and_says_its_language_and_title():
    reader = PdfReader(io.BytesIO(make_pdf(page())))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], reader.metadata.title) == ("es", True, "A page")


def test_pdf_says_that_it_follows_pdf_ua():
    root = PdfReader(io.BytesIO(make_pdf(page()))).trailer["/Root"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("address", [
    "https://example.org/x.png", "http://127.0.0.1/x.png", "file:///etc/hostname", "x.png",
    "//example.org/x.png", "http://pdf.invalid/x.png", "ftp://example.org/x.png",
])
def test_picture_from_anywhere_is_refused(address):
    with pytest.raises(PdfReachesOut):
        make_pdf(page(body=f'<img alt="x" src="{address}">'))


@pytest.mark.parametrize(
    "style",
    [
        "https://example.org/static/ui/app.css",
        "/static/../config/settings.css",
        "/static/ui/none.css",
        "/static/..%2f..%2fsecrets.css",
        "file:///x.css",
    ],
)
def test_style_that_is_none_of_ours_is_refused(style):
    with pytest.raises(PdfReachesOut):
        make_pdf(page(head=f'<link rel="stylesheet" href="{style}">'))


def test_font_from_another_host_is_refused():
    with pytest.raises(PdfReachesOut):
        make_pdf(page(head="<style>@font-face{font-family:x;src:url(https://example.org/x.woff)}h1{font-family:x}</style>"))


@pytest.mark.parametrize("name", ["app.css", "app.0123456789ab.css"])
def test_own_style_is_used_with_or_without_its_mark(name):
    skip = '<a class="skip" href="#x">Skip</a>'
    sheet = f'<link rel="stylesheet" href="/static/ui/{name}">'
    plain, styled = (PdfReader(io.BytesIO(make_pdf(page(head, skip)))) for head in ("", sheet))
    assert ["Skip" in one.pages[0].extract_text() for one in (plain, styled)] == [True, False]


def test_picture_inside_the_page_is_allowed():
    pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    assert make_pdf(page(body=f'<img alt="x" src="{pixel}">')).startswith(b"%PDF")


def test_missing_library_is_told_with_the_packages_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PdfNotPossible, match=r"libpango-1\.0-0, libpangoft2-1\.0-0 and libharfbuzz-subset0"):
        ensure_pdf_possible()
