"""The ui room's names for the other rooms."""

from .answers import send_quiet_page
from .charts import LevelLine, TrendLine, level_line, trend_line
from .headers import SHARED_CSP, secure_headers
from .pdf import PdfNotPossible, PdfReachesOut, ensure_pdf_possible, make_pdf
from .pseudo import pseudo_languages
from .qr import qr_svg
from .templatetags.ui import day

__all__ = [
    "SHARED_CSP", "LevelLine", "PdfNotPossible", "PdfReachesOut", "TrendLine", "day", "ensure_pdf_possible",
    "level_line",
    "make_pdf", "pseudo_languages", "qr_svg", "secure_headers", "send_quiet_page", "trend_line",
]
