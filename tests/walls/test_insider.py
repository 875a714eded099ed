"""Somebody inside who sees all that is told, and asks which of five clients is unhappy.

`docs/insider.md` tells of the whole attack; here is what no other test holds.
"""

from collections import Counter
from itertools import combinations_with_replacement
from random import Random

import pytest
from pyrage.x25519 import Identity

from alongside.access.api import Role
from alongside.config.backups import databases
from alongside.config.backups.making import make_backup
from alongside.findings.tally import Asked, tally
from alongside.listening.answering.sheets import sheet_at
from alongside.listening.answering.submission import NotTaken, check_code
from alongside.listening.packing import PADDED_TO
from alongside.listening.tests.factories import make_cycle, make_open_round
from alongside.listening.writes import close_round
from alongside.privacy.gate import Policy, Released, Shown, release
from tests.personas import make_member

ITEMS = tuple((domain, f"{domain}{number}") for domain in "MGR" for number in range(1, 5))
LEVELS = range(1, 6)


def told(houses: dict[str | None, list[bytes]]) -> tuple[Released, Released]:
    """What is released inside and outside, where these people answer in these houses (None: there are none)."""
    cells = tally(Asked("clients", house, ITEMS, len(lines), b"".join(lines)) for house, lines in houses.items())
    inside = release(cells)
    return inside, release(cells, policy=Policy(k_scores=15), within=inside)


def four_content_one_unhappy(chance: Random) -> list[bytes]:
    """A line of answers for each; the unhappy one is the last."""
    usual = [[4, 5]] * 4 + [[1, 1, 2]]
    return [bytes(chance.choices(levels, k=len(ITEMS))) for levels in usual]


@pytest.mark.parametrize("in_one", [3, 4])
@pytest.mark.parametrize("seed", range(20))
def test_release_does_not_tell_in_which_house_the_unhappy_one_lives(seed, in_one):
    lines = four_content_one_unhappy(Random(seed))
    seen = []
    for at in range(5):
        moved = [*lines[:at], lines[-1], *lines[at:-1]]
        seen.append([dict(one) for one in told({"north": moved[:in_one], "south": moved[in_one:]})])
    assert all(one == seen[0] for one in seen)


@pytest.mark.parametrize("seed", range(20))
def test_nor_where_a_third_house_is_shown(seed):
    chance = Random(seed)
    lines, west = four_content_one_unhappy(chance), [bytes(chance.choices([3, 4, 5], k=len(ITEMS))) for _ in range(8)]
    seen = []
    for at in range(5):
        moved = [*lines[:at], lines[-1], *lines[at:-1]]
        seen.append([dict(one) for one in told({"north": moved[:3], "south": moved[3:], "west": west})])
    assert any(isinstance(figure, Shown) for key, figure in seen[0][0].items() if key.unit == "west")
    assert all(one == seen[0] for one in seen)


def test_whole_of_small_houses_is_told_as_if_there_were_one():
    lines = four_content_one_unhappy(Random(1))
    apart, together = told({"north": lines[:3], "south": lines[3:]})[0], told({None: lines})[0]
    assert {key: figure for key, figure in apart.items() if key.unit is None} == dict(together)


def test_one_of_five_never_knows_what_another_said():
    """Every way in which five people can answer, everybody's own answer taken out of the figure."""
    ways = {levels: figure_of(levels) for levels in combinations_with_replacement(LEVELS, 5)}
    certain = []
    for levels, mean in ways.items():
        for own in set(levels) if mean is not None else ():
            others = [Counter(way) - Counter([own]) for way, other in ways.items() if other == mean and own in way]
            if len({level for one in others for level in one}) == 1:
                certain.append((levels, own))
    assert certain == []


def figure_of(levels: tuple[int, ...]) -> float | None:
    """The mean that is told where five people answer this to one question; None where it is kept back."""
    cells = tally([Asked("clients", None, ITEMS[:1], 5, bytes(levels))])
    (figure,) = release([cell for cell in cells if cell.key.practice]).values()
    return figure.mean if isinstance(figure, Shown) else None


def test_size_of_a_sealed_backup_does_not_tell_how_many_answered(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "copy_out", lambda database, copy: copy.write_bytes(bytes(100_000)))
    key, sizes = Identity.generate().to_public(), []
    for answers in range(6):
        data, file = tmp_path / f"data{answers}", tmp_path / f"{answers}.backup"
        data.mkdir()
        (data / "waiting").write_bytes(bytes(answers * PADDED_TO))
        make_backup(data, {"ENGINE": "django.db.backends.sqlite3"}, file, [key])
        sizes.append(file.stat().st_size)
    assert max(sizes) - min(sizes) < PADDED_TO // 10  # the age format itself varies a little, by chance


@pytest.mark.store
def test_closed_round_does_not_tell_when_somebody_mistyped_a_code(house):
    round_ = make_open_round(make_cycle(house))
    with pytest.raises(NotTaken):
        check_code(sheet_at(round_.address), "ZZZZZZ")
    round_.refresh_from_db()
    before = round_.wrong_codes, round_.wrong_codes_in > 0
    close_round(make_member(house, "ana", Role.COORDINATOR), round_)
    round_.refresh_from_db()
    assert (before, round_.wrong_codes, round_.wrong_codes_in) == ((1, True), 0, 0)
