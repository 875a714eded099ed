import os

import pytest

from alongside.frameworks.documents import read_document
from alongside.frameworks.tests.factories import files, write


def read(tmp_path, text: str):
    file = tmp_path / "M.yaml"
    file.write_text(text, encoding="utf-8")
    return read_document(file)


def test_lines_are_kept_for_keys_and_for_list_items(tmp_path):
    document, _ = read(tmp_path, "id: M\npractices:\n- id: M1\n  voices: [staff,\n    clients]\n")
    places = [("id",), ("practices", 0), ("practices", 0, "voices"), ("practices", 0, "voices", 1)]
    assert [document.line(place) for place in places] == [1, 3, 4, 5]


def test_line_of_what_is_missing_is_that_of_its_surroundings(tmp_path):
    document, _ = read(tmp_path, "id: M\nnote:\n  staff: {en: A}\n")
    assert document.line(("note", "clients", "es")) == 2


def test_text_over_several_lines_is_one_line(tmp_path):
    document, _ = read(tmp_path, "about: >\n  We plan\n  together.\n")
    assert document.at("about") == "We plan together."


def test_accents_are_the_same_however_they_were_typed(tmp_path):
    document, _ = read(tmp_path, "title: pa\u0301gina\n")
    assert document.at("title") == "p\u00e1gina"


def test_first_of_two_equal_keys_is_kept_and_the_second_told_with_its_line(tmp_path):
    document, problems = read(tmp_path, "id: M\nnote:\n  en: A\n  en: B\n")
    assert (document.at("note", "en"), [str(problem) for problem in problems]) == (
        "A", ["M.yaml:4 duplicate-key: 'en' is here twice"]
    )  # fmt: skip


@pytest.mark.parametrize("written", ["No", "yes", "1.5", "12:30", "2026-01-31", "0x1F", "<<", "9" * 5000])
def test_value_that_yaml_would_change_stays_as_written_and_is_told(tmp_path, written):
    document, problems = read(tmp_path, f"title: {written}\nid: M\n")
    assert (document.at("title"), problems[0].rule) == (written, "quotes-needed")


def test_language_code_no_is_a_key_like_any_other(tmp_path):
    document, problems = read(tmp_path, "title: {no: Planer}\n")
    assert (document.map("title"), problems) == ({"no": "Planer"}, [])


def test_aliases_are_never_unfolded(tmp_path):
    laughs = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    document, problems = read(tmp_path, f"l0: &l0 lol\n{laughs}\n")
    assert (document.readable, [problem.rule for problem in problems]) == (False, ["anchor-refused"])


def test_hundred_thousand_brackets_are_refused(tmp_path):
    _, problems = read(tmp_path, "[" * 100_000)
    assert [problem.rule for problem in problems] == ["nested-too-deep"]


def test_line_of_the_first_wrong_byte_is_told(tmp_path):
    (tmp_path / "M.yaml").write_bytes(b"id: M\ntitle: \xff\n")
    _, problems = read_document(tmp_path / "M.yaml")
    assert [(problem.rule, problem.line) for problem in problems] == [("file-not-utf-8", 2)]


def test_line_where_yaml_breaks_is_told(tmp_path):
    _, problems = read(tmp_path, "id: M\ntitle: {en: A\nnote: B\n")
    assert [(problem.rule, problem.line) for problem in problems] == [("broken-yaml", 3)]


def test_file_with_nothing_in_it_is_refused(tmp_path):
    _, problems = read(tmp_path, "# nothing yet\n")
    assert [str(problem) for problem in problems] == ["M.yaml:1 broken-yaml: this file is empty"]


def test_pipe_in_place_of_a_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "M.yaml")
    _, problems = read_document(tmp_path / "M.yaml")
    assert [problem.rule for problem in problems] == ["file-missing"]


def test_file_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    folder = write(tmp_path, files())
    monkeypatch.setattr("pathlib.Path.open", refuse)
    _, problems = read_document(folder / "M.yaml")
    assert [problem.rule for problem in problems] == ["file-unreadable"]
