"""Where marks stand."""

from types import SimpleNamespace

import pytest

from alongside.ui.charts import level_line, trend_line

VOICES = ("staff", "consultants", "clients")


def figure(mean, middle=None, between=None):
    return SimpleNamespace(mean=mean, middle=middle, between=between)


@pytest.mark.parametrize(("mean", "rtl", "x"), [
    (1.0, False, "10.0%"), (3.0, False, "50.0%"), (5.0, False, "90.0%"), (1.0, True, "90.0%"),
    (4.0, True, "30.0%")])
def test_mark_stands_in_the_middle_of_its_level(mean, rtl, x):
    assert level_line({"staff": figure(mean)}, VOICES, rtl=rtl).marks[0].x == x


def test_gap_runs_from_the_lowest_to_the_highest_mark():
    line = level_line({"staff": figure(4.0), "consultants": figure(3.0), "clients": figure(2.0)}, VOICES)
    assert (line.gap_from, line.gap_to) == ("30.0%", "70.0%")


def test_one_mark_alone_has_no_gap():
    assert level_line({"staff": figure(4.0)}, VOICES).gap_from == ""


def test_marks_that_would_cover_one_another_step_apart():
    line = level_line({voice: figure(3.0) for voice in VOICES}, VOICES)
    assert len({mark.y for mark in line.marks}) == 3


def test_marks_that_are_apart_stand_on_one_line():
    line = level_line({"staff": figure(4.0), "clients": figure(3.0)}, VOICES)
    assert {mark.y for mark in line.marks} == {line.middle}


def test_voice_keeps_its_lane_for_bars_when_another_is_not_shown():
    alone = level_line({"clients": figure(3.0, (2.0, 4.0))}, VOICES).marks[0]
    among = level_line({voice: figure(3.0, (2.0, 4.0)) for voice in VOICES}, VOICES).marks[2]
    assert alone.bar_y == among.bar_y


def test_figure_without_a_middle_half_has_no_bar():
    assert level_line({"staff": figure(3.0)}, VOICES).marks[0].bar_from == ""


def test_trend_joins_spots_only_where_it_may():
    line = trend_line([figure(3.0), figure(3.5), figure(4.0)], [False, True, False])
    assert ([spot.joined for spot in line.spots], len(line.breaks)) == ([False, True, False], 1)


def test_trend_leaves_a_gap_where_there_is_no_figure():
    line = trend_line([figure(3.0), None, figure(4.0)], [False, True, True])
    assert ([spot.joined for spot in line.spots], line.breaks) == ([False, False], ())


@pytest.mark.parametrize(("rtl", "band"), [(False, ("46.0%", "64.0%")), (True, ("36.0%", "54.0%"))])
def test_rough_figure_has_a_band_from_its_least_to_its_most(rtl, band):
    mark = level_line({"staff": figure(3.2, between=(2.8, 3.7))}, VOICES, rtl=rtl).marks[0]
    assert (mark.rough_from, mark.rough_to) == band


def test_rough_figure_of_a_trend_has_a_band():
    plain, rough = trend_line([figure(3.0), figure(3.0, between=(2.0, 4.0))], [False, True]).spots
    assert (plain.rough_from == "", rough.rough_from > rough.rough_to) == (True, True)
