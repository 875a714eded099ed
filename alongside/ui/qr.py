"""QR codes as inline SVG: drawn here, sharp at any size, black on white in dark mode too."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules of white around the code that ISO/IEC 18004 asks for


def qr_svg(text: str, *, title: str) -> SafeString:
    """`text` as a QR code (error correction M or better) in an <svg class="qr"> without size: give it one in
    CSS.

    `title` is what is read aloud in its place; it must not repeat a secret that `text` holds.
    """
    code = segno.make(text, error="m", micro=False)
    width, _ = code.symbol_size(border=QUIET_ZONE)
    path = "".join(_runs(code.matrix))
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#000" d="{}"/></svg>',
        title, width, width, width, width, mark_safe(path),  # noqa: S308 - digits and letters made here
    )


def _runs(matrix: tuple[bytearray, ...]):
    """One rectangle for each run of dark modules in a row."""
    for y, row in enumerate(matrix, start=QUIET_ZONE):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield f"M{start + QUIET_ZONE} {y}h{x - start}v1h-{x - start}z"
                start = None
