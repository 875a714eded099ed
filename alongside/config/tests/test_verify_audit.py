import pytest

from alongside.audit.api import check_log, entries_of, record
from alongside.config.commands import main

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def log(ana, house):
    for _ in range(3):
        record(ana, "round.opened", house)
    return entries_of(ana)


def verify(capsys, *words: str) -> tuple[int, str]:
    """The exit code, and what was printed."""
    return main(["verify-audit", *words]), capsys.readouterr().out


def test_whole_logs_end_with_zero(log, house, capsys):
    assert verify(capsys) == (0, (
        f"{house.name}: whole. 3 entries. The last is {check_log(house.pk).head}.\n"
        "the installation itself: whole. 0 entries.\n"))


def test_broken_log_ends_with_one_and_says_where(log, house, capsys):
    log.filter(number=2).delete()
    code, said = verify(capsys)
    assert (code, said.splitlines()[0]) == (1, f"{house.name}: BROKEN. Entry 2 is missing.")


def test_cut_log_is_found_with_a_head(log, house, capsys):
    head = check_log(house.pk).head
    assert verify(capsys, "--head", str(head))[0] == 0
    log.filter(number=3).delete()
    assert verify(capsys, "--head", str(head)) == (1, (
        f"{house.name}: BROKEN. Entry 3 and those after it are missing, or an older copy of the log was put in its "
        "place.\n"))


def test_log_without_a_single_entry_is_broken(house, capsys):
    code, said = verify(capsys)
    assert (code, "BROKEN. It is empty" in said) == (1, True)


def test_log_of_an_organization_that_is_gone_is_checked_too(log, house, capsys):
    log.filter(number=2).update(act="other")
    house.delete()
    assert verify(capsys) == (1, (
        f"organization {log.first().organization_id}: BROKEN. Entry 2 was changed, or what came before it was removed "
        "or put in later.\nthe installation itself: whole. 0 entries.\n"))


def test_one_organization_is_checked_alone(log, house, cleo, other_house, capsys):
    code, said = verify(capsys, "--organization", house.name)
    assert (code, said.count("\n"), said.startswith(house.name)) == (0, 1, True)


def test_head_needs_an_organization_where_there_are_several(log, cleo, capsys):
    assert verify(capsys, "--head", "1:0123456789abcdef") == (2, "")


@pytest.mark.parametrize("words", [("--head", "1:zz"), ("--organization", "nobody")])
def test_what_can_not_be_understood_is_told(log, words, capsys):
    assert main(["verify-audit", *words]) in (1, 2)
    assert capsys.readouterr().err.count("\n") == 1


def test_long_log_says_how_far_it_is(log, capsys, monkeypatch):
    monkeypatch.setattr("alongside.audit.reads.AT_ONCE", 1)
    main(["verify-audit"])
    assert capsys.readouterr().err.splitlines()[0] == "1 of 3 entries ..."
