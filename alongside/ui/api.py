"""The ui room's names for the other rooms."""

from .answers import send_quiet_page
from .assets import ANSWER_CSS, ANSWER_JS
from .headers import secure_headers

__all__ = ["ANSWER_CSS", "ANSWER_JS", "secure_headers", "send_quiet_page"]
