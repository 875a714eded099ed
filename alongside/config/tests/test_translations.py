import gettext

import pytest

from alongside.config import translations


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    file.write_text(head + '\nmsgid "Leave"\nmsgstr "Salir"\n')
    return file


def test_compiled_translation_can_be_read(source, tmp_path):
    translations.compile_all(tmp_path)
    with source.with_suffix(".mo").open("rb") as made:
        assert gettext.GNUTranslations(made).gettext("Leave") == "Salir"


def test_compiling_again_does_nothing(source, tmp_path):
    assert (translations.compile_all(tmp_path), translations.compile_all(tmp_path)) == (1, 0)


def test_changed_text_is_compiled_again(source, tmp_path):
    import os

    translations.compile_all(tmp_path)
    later = source.with_suffix(".mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    assert translations.is_compiled(source) is False


def test_broken_translation_is_told_in_a_sentence(source, tmp_path, monkeypatch, capsys):
    source.write_text("nonsense\n")
    monkeypatch.setattr(translations, "sources", lambda locale: [source])
    code = translations.main()
    assert (code, capsys.readouterr().err.startswith("A translation can't be compiled:")) == (1, True)


def test_every_translation_compiles():
    assert translations.main() == 0
