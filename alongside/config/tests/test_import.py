"""Importing answers and printing a profile from the command line, on rooms with people's answers in them."""

import json
from datetime import date

import pytest

from alongside.config.commands import main
from alongside.listening.models import AnswerStore, Cycle, Round, RoundState

pytestmark = [pytest.mark.django_db, pytest.mark.store]
ITEMS = ("M1", "M2")


@pytest.fixture
def round_(house):
    day = date(2027, 3, 1)
    cycle = Cycle.objects.create(
        organization=house, name="Spring", framework_key="alongside-practices/1", opens_on=day, closes_on=day,
        reply_due=day)
    page = {"domain_id": "M", "items": [{"id": item} for item in ITEMS]}
    return Round.objects.create(
        organization=house, cycle=cycle, voice="staff", state=RoundState.OPEN,
        frozen={"instrument": {"pages": [page]}, "promise": {}})


@pytest.fixture
def answers(tmp_path):
    def write(*lines: str):
        file = tmp_path / "answers.csv"
        file.write_text("\n".join(("M1,M2", *lines)) + "\n")
        return file

    return write


def run(capsys, *words) -> tuple[int, str, str]:
    code = main(["import-answers", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_sound_file_is_imported(round_, answers, capsys):
    assert run(capsys, round_.address, answers("1,2", "5,dk")) == (
        0, "Imported: 2 people's answers, 0 of them with words.\n", "")


def test_dry_run_imports_nothing(round_, answers, capsys):
    run(capsys, round_.pk, answers("1,2"), "--dry-run")
    assert AnswerStore.objects.count() == 0


def test_bad_cell_is_told_by_line_and_column_and_nothing_is_imported(round_, answers, capsys):
    code, said, complained = run(capsys, round_.address, answers("1,2", "9,2"))
    assert (code, said, complained.startswith("line 3, column M1: '9': "), AnswerStore.objects.count()) == (
        1, "Nothing was imported: 1 cells can't be read. (1 people's answers, 0 of them with words)\n",
        True, 0)


def test_result_as_json_can_be_read_by_a_program(round_, answers, capsys):
    _, said, _ = run(capsys, round_.address, answers("1,2"), "--format", "json")
    assert json.loads(said) == {
        "rows": 1, "imported": True, "dry_run": False, "commented": 0, "bad_total": 0, "bad": []}


def test_map_leaves_out_a_column(round_, tmp_path, capsys):
    (tmp_path / "answers.csv").write_text("Email,Q1,M2\nsomebody@example.org,1,2\n")
    (tmp_path / "map.json").write_text('{"Email": null, "Q1": "M1"}')
    code, _, _ = run(capsys, round_.address, tmp_path / "answers.csv", "--map", tmp_path / "map.json")
    assert code == 0


def test_unknown_column_is_told_with_all_columns_of_the_file(round_, tmp_path, capsys):
    (tmp_path / "answers.csv").write_text("Q1,M2\n1,2\n")
    code, _, complained = run(capsys, round_.address, tmp_path / "answers.csv")
    assert (code, complained.endswith("The file has these columns: Q1, M2\n")) == (1, True)


def test_closed_round_takes_no_answers(round_, answers, capsys):
    Round.objects.update(state=RoundState.CLOSED)
    code, said, complained = run(capsys, round_.address, answers("1,2"))
    assert (code, said, complained.count("\n")) == (1, "", 1)


def test_profile_of_a_cycle_that_was_not_released_is_refused(round_, capsys):
    code = main(["profile", "Spring"])
    told = capsys.readouterr().err.startswith("The results of this cycle were not released yet")
    assert (code, told) == (1, True)


def test_name_that_two_cycles_share_is_refused(round_, other_house, capsys):
    day = date(2027, 3, 1)
    Cycle.objects.create(
        organization=other_house, name="Spring", framework_key="alongside-practices/1", opens_on=day,
        closes_on=day, reply_due=day)
    code = main(["profile", "Spring"])
    assert (code, capsys.readouterr().err) == (1, "More than one cycle is called 'Spring'. Use its id.\n")
