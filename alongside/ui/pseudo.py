"""A right-to-left pseudo-language for looking at pages: English words, drawn from right to left."""

import django.conf.locale

CODE = "ar-xb"


def register() -> tuple[str, str]:
    """Tell Django about the pseudo-language. Gives its entry for LANGUAGES."""
    django.conf.locale.LANG_INFO[CODE] = {
        "bidi": True, "code": CODE, "name": "Pseudo right-to-left", "name_local": "\u200fPseudo RTL",
    }
    return CODE, "\u200fPseudo RTL"
