import pytest

from alongside.frameworks.api import ByLanguage

GREETING = ByLanguage({"en": "Hello", "es": "Hola"})


@pytest.mark.parametrize(
    ("language", "said"), [("es", "Hola"), ("es-MX", "Hola"), ("en-US", "Hello"), ("fr", "Hello")]
)
def test_text_is_said_in_the_nearest_language(language, said):
    assert GREETING.in_(language) == said


def test_text_cannot_be_changed():
    with pytest.raises(TypeError):
        GREETING["en"] = "Hi"


def test_unknown_practice_is_named(tiny):
    with pytest.raises(LookupError, match="no Z1 in this framework"):
        tiny.practice("Z1")


def test_unknown_domain_is_named(tiny):
    with pytest.raises(LookupError, match="no Z in this framework"):
        tiny.domain("Z")
