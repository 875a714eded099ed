"""Lines between cycles: only where the words were the same."""

import pytest

from alongside.findings import reads
from alongside.findings.api import release_cycle
from alongside.findings.tests.factories import fill, make_cycle, make_round
from alongside.findings.trends import trends_of


def past(house, ana, year, reworded=(), **facts):
    cycle = make_cycle(house, name=str(year), opens_on=f"{year}-01-01", closes_on=f"{year}-01-20",
                       reply_due=f"{year}-02-20", **facts)
    cycle.refresh_from_db()
    round_ = make_round(cycle, "staff")
    for page in round_.frozen["instrument"]["pages"]:
        for item in page["items"]:
            if item["id"] in reworded:
                item["fingerprint"] = f"other-{year}"
    round_.save()
    fill(round_, 40, seed=year)
    release_cycle(ana, cycle)
    return cycle


def trend(ana, cycle, practice, actor=None):
    actor = actor or ana
    now = reads.profile_in(actor, cycle, reads.audience_of(actor))
    found = trends_of([*reads.earlier_profiles(actor, cycle, now), now], "M", "en")
    return next(one for one in found[practice] if one.voice == "staff")


def test_trend_joins_cycles_that_asked_in_the_same_words(house, ana):
    past(house, ana, 2025)
    assert [point.same_words for point in trend(ana, past(house, ana, 2026), "M1").points] == [False, True]


def test_trend_breaks_visibly_where_a_practice_was_reworded(house, ana):
    past(house, ana, 2025)
    found = trend(ana, past(house, ana, 2026, reworded=("M1",)), "M1")
    assert (found.broken, [spot.joined for spot in found.line.spots], len(found.line.breaks)) == (
        True, [False, False], 1)


def test_trend_of_a_domain_breaks_where_one_of_its_practices_was_reworded(house, ana):
    past(house, ana, 2025)
    assert trend(ana, past(house, ana, 2026, reworded=("M3",)), "").broken is True


def test_trend_of_another_practice_goes_on(house, ana):
    past(house, ana, 2025)
    assert trend(ana, past(house, ana, 2026, reworded=("M3",)), "M1").broken is False


def test_trend_needs_a_cycle_before(house, ana):
    cycle = past(house, ana, 2026)
    now = reads.profile_in(ana, cycle, "inside")
    assert trends_of([*reads.earlier_profiles(ana, cycle, now), now], "M", "en") == {}


def test_trend_of_a_reader_holds_outside_figures_alone(house, ana, ben):
    past(house, ana, 2025)
    found = trend(ana, past(house, ana, 2026), "M1", actor=ben)
    assert {point.figure.people for point in found.points} == {"30–44"}


def test_trend_never_reaches_into_another_organization(house, ana, other_house, cleo):
    past(other_house, cleo, 2025)
    cycle = past(house, ana, 2026)
    assert reads.earlier_profiles(ana, cycle, reads.profile_in(ana, cycle, "inside")) == []


@pytest.mark.parametrize("words", ["Re-worded: the line breaks here.", "2026 (asked in other words)"])
def test_domain_page_says_where_a_line_breaks(as_, house, ana, words):
    past(house, ana, 2025)
    cycle = past(house, ana, 2026, reworded=("M1",))
    assert words in as_(ana).get(f"/cycles/{cycle.pk}/profile/M").content.decode()
