"""The style and script that travel inside a respondent's page: one request, no file, allowed by their hash."""

import base64
import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "ui"


def _squeeze_css(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};:,>]) ?", r"\1", text).replace(";}", "}").strip()


def _squeeze_js(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


ANSWER_CSS = _squeeze_css((STATIC / "answer.css").read_text())
ANSWER_JS = _squeeze_js((STATIC / "answer.js").read_text())
SHARED_JS = _squeeze_js((STATIC / "shared.js").read_text())
ANSWER_CSS_HASH = _hash(ANSWER_CSS)
ANSWER_JS_HASH = _hash(ANSWER_JS)
SHARED_JS_HASH = _hash(SHARED_JS)
