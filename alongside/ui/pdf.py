"""HTML -> PDF (PDF/UA-1: tagged, readable aloud). Nothing is fetched: not one request to another host."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

NOWHERE = (
    "http://pdf.invalid"  # relative addresses resolve to a host that can't exist, so none is left by mistake
)
HASHED = re.compile(r"\.[0-9a-f]{12}(?=\.css$)")  # the mark that the manifest storage puts into file names


class PdfNotPossible(Exception):
    """The libraries that set a PDF are not on this machine. The message says which packages to install."""


class PdfReachesOut(Exception):
    """A page that was to become a PDF names an address that is neither data: nor a style sheet of ours."""


def ensure_pdf_possible() -> None:
    """Raise `PdfNotPossible` where no PDF can be made. Takes about 0.5 s the first time, then nothing."""
    _weasyprint()


def make_pdf(html: str) -> bytes:
    """The page `html` as PDF/UA-1.

    `html` is a whole page with <html lang> and <title>; it may link style sheets under the static address and
    hold data: pictures and inline SVG. Fonts are those of this machine: name families with a generic one at
    the end. Raises `PdfNotPossible`, and `PdfReachesOut` where the page names any other address. About 1 s
    for 10 pages.
    """
    weasyprint = _weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    page = weasyprint.HTML(string=html, base_url=NOWHERE, url_fetcher=_fetcher())
    try:
        return page.write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as error:
        raise PdfReachesOut(str(error)) from error


def _weasyprint():
    try:
        import weasyprint  # heavy (0.5 s, 60 MB), and needs libraries of the system: only where a PDF is made
    except (ImportError, OSError) as error:
        raise PdfNotPossible(
            _(
                "This server cannot make PDF files yet. Ask the person who keeps it to install the Debian "
                "packages libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0, and to start Alongside "
                "again."
            )
        ) from error
    return weasyprint


def _fetcher():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        """Opens data: itself and our own style sheets from the disk; refuses everything else, loudly."""

        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            return URLFetcherResponse(url, _own_style(url), {"Content-Type": "text/css; charset=utf-8"})

    return OwnFilesOnly(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)


def _own_style(url: str) -> bytes:
    """The bytes of a style sheet of ours. Raises `PdfReachesOut` for any other address."""
    path = urlsplit(url).path
    ours = url.startswith(NOWHERE + "/") and path.startswith(settings.STATIC_URL) and path.endswith(".css")
    name = path.removeprefix(settings.STATIC_URL)
    if not ours or ".." in name:
        raise PdfReachesOut(f"a PDF may not open {url}")
    found = finders.find(HASHED.sub("", name))
    if not found:
        raise PdfReachesOut(f"there is no style sheet {name}")
    return Path(found).read_bytes()
