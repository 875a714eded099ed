from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.frameworks.api import RULES, FrameworkRefused, load
from alongside.frameworks.tests.factories import dumped, files, write

QUIET = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

PIECES = st.sampled_from(
    ["en", "es", "staff", "id", "M1", "{", "- ", "&a ", "*a", "? ", "!!x ", "\n", ": ", "'"]
)
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["M", "M1", "clients"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def problems_of(folder: Path) -> tuple:
    with pytest.raises(FrameworkRefused) as refusal:
        load(folder)
    return refusal.value.problems


def put(place: Path, name: str, raw: bytes) -> Path:
    """The small framework with one file replaced; the same folder is used again."""
    folder = place / "tiny-practices-1"
    if not folder.exists():
        write(place, files())
    for file, content in files().items():
        (folder / file).write_text(dumped(content), encoding="utf-8")
    (folder / name).write_bytes(raw)
    return folder


@QUIET
@given(st.sampled_from(["framework.yaml", "M.yaml"]), st.binary(max_size=200))
def test_any_bytes_give_only_named_problems(tmp_path, name, raw):
    assert {problem.rule for problem in problems_of(put(tmp_path, name, raw))} <= set(RULES)


@QUIET
@given(st.sampled_from(["framework.yaml", "M.yaml"]), st.lists(PIECES | st.text(max_size=4), max_size=30))
def test_any_pieces_of_yaml_give_only_named_problems(tmp_path, name, pieces):
    raw = "".join(pieces).encode("utf-8", "replace")
    assert {problem.rule for problem in problems_of(put(tmp_path, name, raw))} <= set(RULES)


@QUIET
@given(st.data(), ODD)
def test_any_value_in_any_place_gives_a_framework_or_named_problems(tmp_path, data, odd):
    name = data.draw(st.sampled_from(["framework.yaml", "M.yaml"]))
    content = files()[name]
    here = content
    while True:
        key = data.draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        if not isinstance(here[key], dict | list) or not here[key] or data.draw(st.booleans()):
            here[key] = odd
            break
        here = here[key]
    raw = yaml.dump(content, allow_unicode=True).encode("utf-8", "replace")
    try:
        load(put(tmp_path, name, raw))
        told = set()
    except FrameworkRefused as refusal:
        told = {problem.rule for problem in refusal.problems}
    assert told <= set(RULES)


def test_problems_read_as_file_line_rule_and_message(tmp_path):
    held = files()
    held["M.yaml"]["practices"][1]["items"]["clients"]["en"] = "I " + "go on and " * 7 + "on."
    folder = write(tmp_path, held)
    line = next(
        number
        for number, text in enumerate((folder / "M.yaml").read_text("utf-8").split("\n"), start=1)
        if "I go on" in text
    )
    with pytest.raises(FrameworkRefused) as refusal:
        load(folder)
    assert str(refusal.value).split("\n")[0] == (
        f"M.yaml:{line} client-item-too-long: 23 words, at most 20 "
        "(M2 items clients en: 'I go on and go on and go on and go on and go on and go on...')"
    )


def test_long_list_of_odd_things_is_judged_in_moderate_time(tmp_path):
    held = files()
    held["M.yaml"]["practices"][0]["levels"]["en"] = [{"a": number} for number in range(5_000)]
    begun = process_time()
    problems_of(write(tmp_path, held))
    assert process_time() - begun < 5


def test_folder_that_is_not_there_is_a_missing_file(tmp_path):
    found = [str(problem) for problem in problems_of(tmp_path / "nothing-1")]
    assert found == ["framework.yaml:1 file-missing: this file is not there"]


def test_broken_framework_file_leaves_the_domains_to_be_judged(tmp_path):
    held = files() | {"framework.yaml": "id: ["}
    held["G.yaml"]["short"]["en"] = "Plans, culture and mission"
    found = [(problem.file, problem.rule) for problem in problems_of(write(tmp_path, held))]
    assert found == [("framework.yaml", "broken-yaml"), ("G.yaml", "short-too-long")]


def test_domain_with_a_path_for_an_id_opens_nothing(tmp_path):
    (tmp_path / "secret.yaml").write_text("secret: 1\n")
    held = files()
    held["framework.yaml"]["domains"] = ["M", "G", "../secret"]
    found = problems_of(write(tmp_path, held))
    assert [(problem.file, problem.rule) for problem in found] == [("framework.yaml", "wrong-form")]


def test_texts_come_in_the_order_of_the_framework_s_languages(tmp_path):
    held = files()
    held["M.yaml"]["title"] = {"es": "Planes y cultura", "en": "Plans and culture"}
    assert list(load(write(tmp_path, held)).domain("M").title) == ["en", "es"]


def test_everything_of_a_practice_is_there(tiny):
    practice = tiny.practice("M1")
    assert (
        practice.domain_id,
        practice.voices,
        practice.title["es"],
        practice.not_asked["clients"]["en"],
        practice.levels["en"][4],
        practice.prompts["exit"]["es"],
        practice.evidence["es"],
        practice.origin,
        practice.review,
    ) == (
        "M",
        ("staff", "consultants"),
        "Las {survivors} dan forma al plan M1",
        "They cannot see it.",
        "Step 4 of M1",
        "¿Quién hizo los planes?",
        ("El plan",),
        "page: plans made together",
        None,
    )


def test_review_of_a_practice_is_kept(tmp_path):
    held = files()
    note = {"en": "Two reviewers", "es": "Dos personas"}
    held["M.yaml"]["practices"][0]["review"] = {"status": "reviewed", "note": note}
    review = load(write(tmp_path, held)).practice("M1").review
    assert (review.status, review.note) == ("reviewed", note)


def test_everything_of_a_framework_is_there(tiny):
    assert (tiny.key, tiny.license, tiny.languages, tiny.short_form, dict(tiny.limits), tiny.unmeasured) == (
        "tiny-practices/1", "CC BY 4.0", ("en", "es"), ("M1", "M2", "G1", "G2"),
        {"staff": 6, "consultants": 6, "clients": 4}, (),
    )  # fmt: skip


def test_framework_loaded_twice_is_equal_and_has_one_hash(tmp_path, tiny):
    again = load(write(tmp_path, files()))
    assert (again == tiny, hash(again) == hash(tiny)) == (True, True)
