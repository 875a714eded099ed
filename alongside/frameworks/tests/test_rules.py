"""Each rule is broken once, in one place of a framework that is otherwise good."""

import pytest

from alongside.frameworks.api import RULES, FrameworkRefused, load
from alongside.frameworks.tests.factories import both, dumped, files, practice, write

LONG = " ".join(["we go"] * 11)


def say(held: dict, part: str, en: str, es: str | None = None, voice: str | None = None) -> None:
    """Puts other words into the first domain's last practice (`part` of it, for a voice)."""
    place = held["M.yaml"]["practices"][1][part]
    target = place[voice] if voice else place
    target["en"] = en
    target["es"] = es or target["es"]


def note(held: dict, en: str, es: str | None = None, voice: str = "clients") -> None:
    """Gives one voice another content note."""
    old = held["M.yaml"]["note"][voice]
    held["M.yaml"]["note"] = held["M.yaml"]["note"] | {voice: both(en, es or old["es"])}


def raw(held: dict, file: str, old: str, new: str) -> None:
    """Changes the file as it is written."""
    text = dumped(held[file])
    assert old in text
    held[file] = text.replace(old, new, 1)


def set_in(held: dict, file: str, *path_and_value) -> None:
    *path, last, value = path_and_value
    here = held[file]
    for step in path:
        here = here[step]
    here[last] = value


def cut(held: dict, file: str, *path) -> None:
    *path, last = path
    here = held[file]
    for step in path:
        here = here[step]
    del here[last]


LAST = ("practices", 1)

BROKEN = {
    "file-missing": lambda held: held.pop("G.yaml"),
    "file-too-large": lambda held: held.update({"M.yaml": b"# " + b"x" * 10_000_000}),
    "file-not-utf-8": lambda held: held.update({"M.yaml": b"id: M\ntitle: \xff\n"}),
    "file-not-listed": lambda held: held.update({"Z.yaml": held["M.yaml"]}),
    "broken-yaml": lambda held: held.update({"M.yaml": "id: [M\n"}),
    "more-than-one-document": lambda held: held.update({"M.yaml": dumped(held["M.yaml"]) + "---\nid: M\n"}),
    "anchor-refused": lambda held: raw(held, "M.yaml", "id: M\n", "id: &m M\n"),
    "tag-refused": lambda held: raw(held, "M.yaml", "id: M\n", "id: !!str M\n"),
    "nested-too-deep": lambda held: raw(held, "M.yaml", "id: M\n", f"id: {'[' * 11}{']' * 11}\n"),
    "too-many-values": lambda held: held.update({"M.yaml": "- a\n" * 20_001}),
    "duplicate-key": lambda held: raw(held, "M.yaml", "id: M\n", "id: M\nid: M\n"),
    "quotes-needed": lambda held: raw(held, "framework.yaml", "- Never", "- No"),
    "hidden-character": lambda held: set_in(held, "M.yaml", "title", "en", "Plans\u202e and culture"),
    "line-too-wide": lambda held: raw(held, "M.yaml", "id: M\n", f"id: M  # {'x' * 140}\n"),
    "unknown-key": lambda held: set_in(held, "M.yaml", *LAST, "score", 7),
    "key-missing": lambda held: cut(held, "M.yaml", *LAST, "evidence"),
    "wrong-type": lambda held: set_in(held, "M.yaml", *LAST, "origin", ["page: plans"]),
    "wrong-count": lambda held: set_in(held, "M.yaml", *LAST, "levels", "en", ["a", "b", "c", "d"]),
    "wrong-form": lambda held: set_in(held, "M.yaml", *LAST, "origin", "somebody said so"),
    "said-twice": lambda held: set_in(held, "framework.yaml", "levels", "en", list("aabcd")),
    "value-unknown": lambda held: set_in(held, "framework.yaml", "review", "status", "approved"),
    "text-empty": lambda held: set_in(held, "M.yaml", *LAST, "title", "en", ""),
    "text-too-long": lambda held: set_in(held, "M.yaml", *LAST, "origin", "page: " + "x " * 120),
    "number-out-of-range": lambda held: set_in(held, "framework.yaml", "minutes", "staff", 0),
    "folder-name-differs": lambda held: set_in(held, "framework.yaml", "version", 2),
    "domain-id-differs": lambda held: set_in(held, "M.yaml", "id", "K"),
    "practice-of-another-domain": lambda held: held["M.yaml"]["practices"].append(practice("K3", ["staff"])),
    "practice-out-of-order": lambda held: held["M.yaml"]["practices"].reverse(),
    "voices-out-of-order": lambda held: held["M.yaml"]["practices"][1]["voices"].reverse(),
    "item-missing": lambda held: cut(held, "M.yaml", *LAST, "items", "clients"),
    "item-not-asked": lambda held: set_in(
        held, "M.yaml", "practices", 0, "items", "clients", both("I plan my day.", "Planeo mi día.")
    ),
    "reason-missing": lambda held: cut(held, "M.yaml", "practices", 0, "not_asked", "clients"),
    "reason-not-needed": lambda held: set_in(
        held, "M.yaml", *LAST, "not_asked", "staff", both("Why", "Por qué")
    ),
    "note-missing": lambda held: cut(held, "M.yaml", "note", "consultants"),
    "client-heading-missing": lambda held: cut(held, "M.yaml", "heading"),
    "language-missing": lambda held: cut(held, "M.yaml", *LAST, "prompts", "talk", "es"),
    "language-unknown": lambda held: set_in(held, "M.yaml", *LAST, "title", "fr", "Les plans"),
    "evidence-counts-differ": lambda held: held["M.yaml"]["practices"][1]["evidence"]["en"].append(
        "A minute"
    ),
    "too-many-items": lambda held: set_in(held, "framework.yaml", "limits", "staff", 3),
    "item-repeated": lambda held: say(held, "items", "I choose what we do in G2.", voice="clients"),
    "short-form-unknown": lambda held: held["framework.yaml"]["short_form"].append("G9"),
    "short-form-not-two": lambda held: held["framework.yaml"]["short_form"].pop(),
    "placeholder-unknown": lambda held: say(held, "title", "{Clients} shape plans"),
    "survivor-written-out": lambda held: say(held, "title", "Survivors shape plans"),
    "word-refused": lambda held: say(held, "title", "Each case has a plan"),
    "client-word-refused": lambda held: note(held, "This is about how {survivors} plan."),
    "client-text-too-hard": lambda held: note(
        held, "Organizational accountability necessitates participation."
    ),
    "client-item-too-long": lambda held: say(held, "items", f"I {LONG}.", voice="clients"),
    "client-item-not-one-sentence": lambda held: say(held, "items", "I plan. I go.", voice="clients"),
    "client-item-not-first-person": lambda held: say(held, "items", "The plan is good.", voice="clients"),
    "item-is-a-question": lambda held: say(held, "items", "Do I plan?", voice="clients"),
    "item-negated": lambda held: say(held, "items", "We never plan alone.", voice="staff"),
    "item-asks-history": lambda held: say(held, "items", "As a {survivor}, I plan.", voice="consultants"),
    "title-too-long": lambda held: say(held, "title", " ".join(["plan"] * 15)),
    "short-too-long": lambda held: set_in(held, "M.yaml", "short", "en", "Plans, culture and mission"),
    "note-too-long": lambda held: note(held, "We plan. We go. You may skip it."),
    "spelling-not-american": lambda held: say(held, "title", "Each programme has a plan"),
    "spanish-gender-trick": lambda held: say(held, "title", "Everyone plans", "Todxs hacen planes"),
    "spanish-informal": lambda held: note(held, "This is about plans.", "Aquí hablamos de tus planes."),
}

# Broken in tests of their own: a file nobody may open, a key that is taken, a domain of three practices.
ELSEWHERE = {"file-unreadable", "key-taken", "short-form-misses-voice"}


def problems(tmp_path, held):
    with pytest.raises(FrameworkRefused) as refusal:
        load(write(tmp_path, held))
    return refusal.value.problems


def test_every_rule_is_broken_once():
    assert set(BROKEN) | ELSEWHERE == set(RULES)


@pytest.mark.parametrize("rule", BROKEN)
def test_framework_with_one_fault_is_refused_by_its_rule_alone(tmp_path, rule):
    held = files()
    BROKEN[rule](held)
    assert {problem.rule for problem in problems(tmp_path, held)} == {rule}


def test_framework_without_a_fault_is_accepted(tmp_path):
    assert load(write(tmp_path, files())).key == "tiny-practices/1"


def test_short_form_that_leaves_out_clients_is_refused(tmp_path):
    held = files()
    held["M.yaml"]["practices"].append(practice("M3", ["staff", "consultants"]))
    held["framework.yaml"]["short_form"] = ["M1", "M3", "G1", "G2"]
    assert [problem.rule for problem in problems(tmp_path, held)] == ["short-form-misses-voice"]


def test_short_form_may_name_practices_of_a_file_that_cannot_be_read(tmp_path):
    held = files() | {"M.yaml": "id: [M\n"}
    assert [problem.rule for problem in problems(tmp_path, held)] == ["broken-yaml"]


def test_problems_of_all_files_are_told_at_once(tmp_path):
    held = files()
    say(held, "title", "Each case has a plan")
    held["G.yaml"]["note"]["staff"] = both("One. Two. Three.", "Uno.")
    held["framework.yaml"]["color"] = "teal"
    found = [(problem.file, problem.rule) for problem in problems(tmp_path, held)]
    assert found == [
        ("framework.yaml", "unknown-key"), ("M.yaml", "word-refused"), ("G.yaml", "note-too-long"),
    ]  # fmt: skip


def test_wrong_shape_does_not_hide_what_else_is_wrong(tmp_path):
    held = files()
    set_in(held, "M.yaml", *LAST, "score", 7)
    say(held, "title", "Each case has a plan")
    assert {problem.rule for problem in problems(tmp_path, held)} == {"unknown-key", "word-refused"}


@pytest.mark.parametrize("item", ["We listen to “no.”", "We ask again after people say no."])
def test_saying_no_is_no_negation(tmp_path, item):
    held = files()
    say(held, "items", item, voice="staff")
    assert load(write(tmp_path, held)).practice("M2").items["staff"]["en"] == item


def test_in_case_of_is_no_word_for_people(tmp_path):
    held = files()
    say(held, "title", "In case of fire, a plan is there")
    assert load(write(tmp_path, held)).practice("M2").title["en"] == "In case of fire, a plan is there"


def test_choosing_who_knows_the_past_asks_nobody_to_tell_it(tmp_path):
    held = files()
    say(held, "items", "I choose how much of my past people know.", voice="consultants")
    assert load(write(tmp_path, held)).practice("M2").voices == ("staff", "consultants", "clients")


def test_language_without_formula_is_named_and_not_refused(tmp_path):
    held = files()
    held["framework.yaml"]["languages"] = ["en", "es", "fr"]
    held = {name: with_french(content) for name, content in held.items()}
    hard = "L'organisation institutionnalise systématiquement la participation décisionnelle."
    held["M.yaml"]["note"]["clients"]["fr"] = hard
    assert load(write(tmp_path, held)).unmeasured == ("fr",)


def with_french(value):
    """The same with the English words once more, as if they were French."""
    if isinstance(value, dict):
        more = {"fr": value["en"]} if "en" in value else {}
        return {key: with_french(inner) for key, inner in (value | more).items()}
    return [with_french(inner) for inner in value] if isinstance(value, list) else value
