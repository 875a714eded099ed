import pytest

from alongside.frameworks import reads
from alongside.frameworks.api import FrameworkRefused, FrameworkUnknown, available, framework, refused
from alongside.frameworks.tests.factories import files, write


def named(id: str, version: int) -> dict:
    held = files()
    held["framework.yaml"] |= {"id": id, "version": version}
    return held


@pytest.fixture(autouse=True)
def built_in(tmp_path, monkeypatch):
    """The product comes with one small framework."""
    place = tmp_path / "built-in"
    write(place, named("house", 1), "house-1")
    monkeypatch.setattr(reads, "BUILT_IN", place)
    return place


@pytest.fixture
def extra(tmp_path):
    """A place with two good frameworks, a broken one, and things that are none."""
    place = tmp_path / "extra"
    write(place, named("own", 10), "own-10")
    write(place, named("own", 9), "own-9")
    write(place, {"framework.yaml": "id: ["}, "broken-1")
    write(place, named("own", 3), ".own-3")
    (place / "notes.txt").write_text("not a framework")
    return place


def test_added_frameworks_come_after_the_built_in_ones_by_version(extra):
    assert [one.key for one in available(extra)] == ["house/1", "own/9", "own/10"]


def test_place_that_is_not_there_adds_nothing(tmp_path):
    missing = tmp_path / "nothing"
    assert ([one.key for one in available(missing)], refused(missing)) == (["house/1"], ())


def test_refused_names_the_folder_and_the_problems(extra):
    told = [(name, [problem.rule for problem in why.problems]) for name, why in refused(extra)]
    assert told == [("broken-1", ["broken-yaml"])]


def test_framework_cannot_take_the_place_of_a_built_in_one(tmp_path):
    write(tmp_path / "extra", named("house", 1), "house-1")
    told = [(name, [problem.rule for problem in why.problems]) for name, why in refused(tmp_path / "extra")]
    assert told == [("house-1", ["key-taken"])]


def test_built_in_framework_wins_over_one_of_its_name(tmp_path):
    other = named("house", 1)
    other["M.yaml"]["title"]["en"] = "Another title"
    write(tmp_path / "extra", other, "house-1")
    assert framework("house/1", tmp_path / "extra").domain("M").title["en"] == "Plans and culture M"


def test_broken_built_in_framework_is_loud(built_in):
    (built_in / "house-1" / "M.yaml").write_text("id: [")
    with pytest.raises(FrameworkRefused):
        available()


def test_framework_is_found_by_its_key(extra):
    assert framework("own/9", extra).version == 9


def test_broken_framework_is_refused_by_its_key(extra):
    with pytest.raises(FrameworkRefused):
        framework("broken/1", extra)


@pytest.mark.parametrize("key", ["own/8", "own", "", "own/09", "../own-9/1", "own-9", "own/9\n", "Own/9"])
def test_key_of_no_framework_is_unknown(extra, key):
    with pytest.raises(FrameworkUnknown):
        framework(key, extra)


def test_framework_is_read_once(extra):
    assert framework("own/9", extra) is framework("own/9", extra)


def test_broken_framework_is_judged_once(extra, monkeypatch):
    before = refused(extra)[0][1].problems
    monkeypatch.setattr(reads, "load", None)
    assert refused(extra)[0][1].problems is before


def test_framework_is_read_again_when_a_file_changes(extra):
    before = framework("own/9", extra)
    file = extra / "own-9" / "M.yaml"
    file.write_text(file.read_text("utf-8").replace("Plans and culture M", "Plans and more M"), "utf-8")
    assert (before.domain("M").title["en"], framework("own/9", extra).domain("M").title["en"]) == (
        "Plans and culture M", "Plans and more M",
    )  # fmt: skip
