"""Answers as letters and bytes."""

from hypothesis import given
from hypothesis import strategies as st

from alongside.listening import packing

LINES = st.integers(1, 9).flatmap(lambda width: st.tuples(st.just(width), st.lists(
    st.lists(st.integers(0, 8), min_size=width, max_size=width).map(bytes), max_size=30)))


def test_each_letter_has_its_byte():
    assert packing.to_bytes(packing.LETTERS) == bytes(range(9))


@given(st.text(max_size=40), st.integers(0, 30))
def test_tidy_gives_known_letters_of_the_width(text, width):
    tidied = packing.tidy(text, width)
    assert len(tidied) == width
    assert set(tidied) <= set(packing.LETTERS)


@given(LINES)
def test_sorted_block_holds_the_same_lines_in_the_order_of_their_content(drawn):
    width, lines = drawn
    block = packing.sorted_block(lines, width)
    assert [block[n:n + width] for n in range(0, len(block), width)] == sorted(lines)


@given(LINES, st.randoms())
def test_sorted_block_does_not_tell_who_came_first(drawn, chance):
    width, lines = drawn
    again = list(lines)
    chance.shuffle(again)
    assert packing.sorted_block(again, width) == packing.sorted_block(lines, width)
