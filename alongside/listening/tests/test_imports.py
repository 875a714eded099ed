"""Reading CSV files of answers."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.listening.imports import Parsed, Wanted, read_answers
from alongside.listening.refusals import ColumnsRefused, ImportRefused

WANTED = Wanted(items=("M1", "M2", "G1"), domains=("M", "G"))


def read(text: str | bytes, mapping=None) -> Parsed:
    content = text.encode() if isinstance(text, str) else text
    return read_answers(io.BytesIO(content), WANTED, mapping)


def bad_of(text: str) -> list[tuple[int, str]]:
    return [(cell.row, cell.column) for cell in read(text).bad]


def test_every_kind_of_answer_is_read():
    assert read("M1,M2,G1\n1,,dk\nNA,pns,5\nns,PND,3\n").block == bytes([1, 0, 6, 7, 8, 5, 6, 8, 3])


def test_columns_may_stand_in_any_order():
    assert read("g1,M2,m1\n1,2,3\n").block == bytes([3, 2, 1])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separator_is_found_out(separator):
    assert read("M1,M2,G1\r\n1,2,3\r\n".replace(",", separator)).block == bytes([1, 2, 3])


def test_mark_at_the_start_of_the_file_is_passed_over():
    assert read(b"\xef\xbb\xbfM1,M2,G1\n1,2,3").rows == 1


def test_lines_without_an_answer_are_passed_over():
    assert read("M1,M2,G1\n1,2,3\n,,\n\n , ,\n").rows == 1


def test_mapping_renames_columns_and_leaves_others_out():
    text = "Time,Question 1,M2,G1\n2027-01-11 10:00,1,2,3\n"
    assert read(text, {"Time": None, "Question 1": "M1"}).block == bytes([1, 2, 3])


def test_column_that_is_left_out_does_not_get_in_anywhere():
    parsed = read("Name,M1,M2,G1\nRemy,1,2,3\n", {"Name": None})
    assert "Remy" not in repr(parsed)


def test_comments_are_kept_apart_from_ratings():
    parsed = read('M1,M2,G1,comment_M,comment_G\n1,2,3,"Keep, please",\n1,2,3,,\n,,,Words,More\n')
    assert (parsed.rows, parsed.commented) == (3, 2)
    assert parsed.comments == [("M", "Keep, please"), ("M", "Words"), ("G", "More")]


@pytest.mark.parametrize("cell", ["0", "6", "x", "1.5", "yes", "11", "1 2", "١", "d k"])
def test_anything_else_is_a_bad_cell(cell):
    assert bad_of(f"M1,M2,G1\n1,2,3\n1,{cell},3\n") == [(3, "M2")]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "-", '"\t1"', "＝1"])
def test_cell_like_a_formula_is_refused_by_that_name(cell):
    parsed = read(f"M1,M2,G1\n{cell},2,3\n")
    assert [bad.why.startswith("It starts like a spreadsheet formula") for bad in parsed.bad] == [True]


def test_comment_like_a_formula_is_refused_and_not_shown():
    parsed = read('M1,M2,G1,comment_M\n1,2,3,"=secret words"\n')
    assert [(bad.column, bad.value_shown) for bad in parsed.bad] == [("comment_M", "")]


def test_comment_that_is_too_long_is_refused_and_not_shown():
    parsed = read("M1,M2,G1,comment_M\n1,2,3," + "a" * 2001)
    assert [(bad.column, bad.value_shown) for bad in parsed.bad] == [("comment_M", "")]


def test_long_rating_is_cut_where_it_is_shown():
    (bad,) = read("M1,M2,G1\n1," + "9" * 500 + ",3\n").bad
    assert bad.value_shown == "9" * 24 + "…"
    assert bad.why.startswith("It is too long")


def test_line_with_too_few_cells_is_a_bad_line():
    assert bad_of("M1,M2,G1\n1,2\n1,2,3,4\n") == [(2, ""), (3, "")]


def test_first_two_hundred_bad_cells_are_listed_and_all_are_counted():
    parsed = read("M1,M2,G1\n" + "9,9,9\n" * 100)
    assert (len(parsed.bad), parsed.bad_total) == (200, 300)


@pytest.mark.parametrize(("header", "said"), [
    ("M1,M2,G1,Email", "These columns are not known: Email."),
    ("M1,M2", "These columns are missing: G1."),
    ("M1,M2,G1,m1", "These columns are there more than once: M1."),
    ("M1,M2,G1,comment_R", "These columns are not known: comment_R."),
])
def test_wrong_columns_are_named(header, said):
    with pytest.raises(ColumnsRefused) as refused:
        read(f"{header}\n")
    assert str(refused.value) == said


def test_two_columns_mapped_to_one_item_are_refused():
    with pytest.raises(ColumnsRefused, match="more than once: M1"):
        read("M1,M2,G1,Old\n", {"Old": "M1"})


def test_mapping_of_a_column_that_is_not_there_is_refused():
    with pytest.raises(ColumnsRefused, match="does not have: Old"):
        read("M1,M2,G1\n", {"Old": "M1"})


@pytest.mark.parametrize(("content", "said"), [
    (b"", "The file is empty"),
    (b"M1,M2,G1\n1,2,3\n1,\xff,3\n", "Line 3 is not UTF-8"),
    (b"M1,M2,G1\n1,\x00,3\n", "Line 2 has a zero byte"),
    ("M1,M2,G1\n".encode("utf-16"), "Line 1 has a zero byte"),
    (b'M1,M2,G1\n1,"2,3\n', "cannot be read as CSV"),
    (b"M1,M2,G1\n1,2," + b"a" * 1_000_001, "Line 2 is longer than"),
    (b"M1,M2,G1\n1,2," + b"a" * 200_000, "cannot be read as CSV"),
    (b"a," * 500, "more than 400 columns"),
])
def test_broken_file_is_refused_with_its_line(content, said):
    with pytest.raises(ImportRefused, match=said):
        read(content)


def test_progress_is_told_in_steps_and_at_the_end():
    told = []
    read_answers(io.BytesIO(b"M1,M2,G1\n" + b"1,2,3\n" * 12_000), WANTED, None, told.append)
    assert told == [5000, 10_000, 12_000]


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_the_named_refusal(content):
    try:
        parsed = read(content)
    except ImportRefused:
        return
    assert len(parsed.block) == parsed.rows * 3


CELLS = st.sampled_from(
    ["1", "5", "", "dk", "NA", "pns", "9", "=x", '"', "a\x00", "é", "\r", "x" * 30, "\u2028"]
)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=6))
def test_no_table_raises_anything_but_the_named_refusal(rows):
    text = "M1,M2,G1\n" + "\n".join(",".join(row) for row in rows)
    try:
        parsed = read(text)
    except ImportRefused:
        return
    assert len(parsed.block) == parsed.rows * 3
    assert set(parsed.block) <= set(range(9))
