"""A right-to-left pseudo-language for looking at pages: English words, drawn from right to left."""

import django.conf.locale
from django.conf import settings

CODE = "ar-xb"


def register() -> tuple[str, str]:
    """Tell Django about the pseudo-language. Gives its entry for LANGUAGES."""
    django.conf.locale.LANG_INFO[CODE] = {
        "bidi": True, "code": CODE, "name": "Pseudo right-to-left", "name_local": "\u200fPseudo RTL",
    }
    return CODE, "\u200fPseudo RTL"


def pseudo_languages() -> list[str]:
    """The pseudo-language's code where the installation has it switched on, for looking at pages; else nothing."""
    return [code for code, _ in settings.LANGUAGES if code == CODE]
