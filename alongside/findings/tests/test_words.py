"""The profile in a few sentences, from figures that the gate let out."""

import random

from alongside.findings.rules.words import Seen, apart, in_words, mean_text
from alongside.findings.tally import Asked, tally
from alongside.privacy.gate import CellKey, Earlier, Figure, people_behind, release

LEVELS = ("Not in place", "Talked about", "Started", "Usual", "Built in")
VOICES = ("staff", "consultants", "clients")
DOMAINS = ("Mission", "Programs")


def seen(**said):
    """`said` is voice -> (people, level in each domain); None was not asked. Answers spread by a level."""
    rounds, chance = [], random.Random(1)
    for voice, (people, levels) in said.items():
        asked = [(domain, level) for domain, level in zip(DOMAINS, levels, strict=True) if level is not None]
        block = bytes(
            min(5, max(1, level + chance.choice((-1, 0, 0, 1)))) for _ in range(people) for _, level in asked)
        rounds.append(Asked(voice, None, tuple((domain, "1") for domain, _ in asked), people, block))
    cells = [cell for cell in tally(rounds) if cell.key.practice]
    keys = {CellKey(voice, None, domain, "1")
            for voice in VOICES for domain in DOMAINS}
    figures = release(cells, keys - {cell.key for cell in cells})
    return [Seen(domain, {voice: figures[CellKey(voice, None, domain, "1")] for voice in VOICES})
            for domain in DOMAINS]


def told(**said) -> str:
    return " ".join(in_words(seen(**said), LEVELS))


def test_words_name_the_widest_difference_with_both_levels():
    words = told(staff=(40, (4, 4)), clients=(40, (4, 2)), consultants=(40, (4, 4)))
    assert "The widest difference is in “Programs”" in words


def test_words_say_where_voices_are_alike():
    words = told(staff=(40, (4, 4)), clients=(40, (4, 2)), consultants=(40, (4, 4)))
    assert "They see “Mission” much alike" in words


def test_words_say_that_all_is_alike_where_it_is():
    words = told(staff=(40, (3, 3)), clients=(40, (3, 3)), consultants=(40, (3, 3)))
    assert words == "In every area where voices can be compared, they are less than half a level apart."


def test_words_offer_a_talk_to_a_voice_of_too_few():
    words = told(staff=(40, (3, 3)), clients=(4, (3, 3)), consultants=(40, (3, 3)))
    assert "About clients nothing can be shown" in words


def test_words_never_tell_how_few_a_voice_was():
    assert told(staff=(40, (3, 3)), clients=(4, (3, 3))) == told(staff=(40, (3, 3)), clients=(1, (5, 1)))


def test_words_say_who_was_not_asked():
    assert "Not asked in this cycle: partners and clients." in told(staff=(40, (3, 4)))


def test_words_warn_where_one_voice_stands_alone():
    assert "Only one voice can be shown: staff." in told(staff=(40, (3, 4)))


def test_words_call_an_area_that_was_not_asked_a_hole():
    words = told(staff=(40, (3, 3)), consultants=(40, (3, 3)), clients=(40, (3, None)))
    assert "Not asked, so left open and not counted as zero: clients about “Programs”." in words


def rough(now: list[int], before: list[int]) -> Figure:
    """A figure of staff that few people came to since an earlier one."""
    earlier, later = (tally([Asked("staff", None, (("Mission", "1"),), len(said), bytes(said))])
                      for said in (before, now))
    first = release(earlier)
    return release(later, earlier=[Earlier(first, people_behind(earlier))])[CellKey("staff", None, "Mission", "1")]


def fine(said: list[int]) -> Figure:
    cells = tally([Asked("clients", None, (("Mission", "1"),), len(said), bytes(said))])
    return release(cells)[CellKey("clients", None, "Mission", "1")]


STAFF = [1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5]


def test_rough_figure_is_said_with_about():
    assert (mean_text(rough([*STAFF, 3], STAFF)), mean_text(fine(STAFF))) == ("about 3.0", "3.0")


def test_difference_to_a_rough_figure_is_what_it_is_at_least():
    found = apart({"staff": rough([*STAFF, 3], STAFF), "clients": fine([4, 5, 5, 4, 5, 4, 5, 4])})
    assert (found.size, found.most) == (1.1, 1.9)


def test_rough_figures_are_never_said_to_be_much_alike():
    said = Seen("Mission", {"staff": rough([*STAFF, 3], STAFF), "clients": fine(STAFF)})
    assert in_words([said], LEVELS) == []
