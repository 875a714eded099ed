"""The box with several keys, without a database."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey
from shamir_mnemonic import MnemonicError, combine_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from alongside.privacy import box
from alongside.privacy.box import (
    UNKIND,
    Box,
    BoxRefused,
    KeyNotWanted,
    OtherBox,
    StaysShut,
    TooFewKeys,
    WrongWords,
    combine,
    lock,
    make_box,
    open_locked,
    read_key,
)

POSSIBLE = [(keys, needed, partner) for keys in range(2, 10) for needed in range(2, keys + 1)
            for partner in (False, True) if not (partner and needed == 2 < keys)]


@pytest.fixture(scope="module")
def made() -> tuple[Box, list[str]]:
    """Two of three."""
    new, keys = make_box(3, 2)
    return new, [key.words for key in keys]


@pytest.fixture(scope="module")
def with_partner() -> tuple[Box, list[str]]:
    """Three of four, and key 1 always."""
    new, keys = make_box(4, 3, partner=True)
    return new, [key.words for key in keys]


@pytest.mark.parametrize(("keys", "needed", "partner"), POSSIBLE)
def test_first_and_last_keys_open_every_possible_box(keys, needed, partner):
    new, made = make_box(keys, needed, partner=partner)
    assert [read_key(new, key.words) for key in made] == made
    locked = lock(new.public, "here", "words")
    for some in (made[:needed], [made[0], *made[len(made) - needed + 1:]]):
        assert open_locked(combine(new, [key.words for key in some]), "here", locked) == "words"


@pytest.mark.parametrize(("keys", "needed", "partner"), [
    (1, 1, False), (10, 3, False), (3, 1, False), (3, 4, False), (3, 2, True), (9, 2, True), (0, 0, False)])
def test_impossible_box_is_refused(keys, needed, partner):
    with pytest.raises(BoxRefused):
        make_box(keys, needed, partner=partner)


def test_keys_may_come_in_any_order(made):
    new, words = made
    found = {combine(new, pair) for pair in itertools.permutations(words, 2)}
    assert [bytes(PrivateKey(one).public_key) for one in found] == [new.public]


@pytest.mark.parametrize("some", [[], [0], [1]])
def test_one_key_less_opens_nothing(made, some):
    new, words = made
    with pytest.raises(TooFewKeys):
        combine(new, [words[place] for place in some])


def test_same_key_twice_is_refused(made):
    new, words = made
    with pytest.raises(KeyNotWanted, match="key 1"):
        combine(new, [words[0], words[0].upper()])


def test_key_too_many_is_refused(made):
    new, words = made
    with pytest.raises(KeyNotWanted, match="Enough keys"):
        combine(new, words)


def test_all_others_together_do_not_replace_the_partner(with_partner):
    new, words = with_partner
    with pytest.raises(KeyNotWanted, match="key 1"):
        combine(new, words[1:])
    with pytest.raises(TooFewKeys):
        combine(new, words[1:3])


def test_no_program_opens_a_box_without_enough_keys_or_without_the_partner(made, with_partner):
    """Not because this one refuses: the words themselves don't hold what is needed."""
    too_few = [*itertools.combinations(made[1], 1)]
    without_partner = [some for many in (1, 2, 3) for some in itertools.combinations(with_partner[1][1:], many)]
    for some in (*too_few, *without_partner, *itertools.combinations(with_partner[1], 2)):
        with pytest.raises(MnemonicError):
            combine_mnemonics(some)


def test_key_of_another_box_is_refused_at_once(made):
    new, _ = made
    other, keys = make_box(3, 2)
    assert other.mark != new.mark
    with pytest.raises(OtherBox, match="another box"):
        read_key(new, keys[0].words)


def test_key_of_another_box_with_the_same_mark_opens_nothing(made, monkeypatch):
    new, words = made
    monkeypatch.setattr("shamir_mnemonic.shamir._random_identifier", lambda: new.mark)
    twin, keys = make_box(3, 2)
    assert twin.mark == new.mark
    with pytest.raises(OtherBox, match="do not belong together"):
        combine(new, [words[0], keys[1].words])
    with pytest.raises(OtherBox, match="do not belong together"):
        combine(new, [key.words for key in keys[:2]])


def test_keys_of_a_box_with_other_numbers_are_of_another_box(made, monkeypatch):
    new, _ = made
    monkeypatch.setattr("shamir_mnemonic.shamir._random_identifier", lambda: new.mark)
    for facts in ({"keys": 4, "needed": 3}, {"keys": 5, "needed": 2}, {"keys": 3, "needed": 3, "partner": True}):
        _, keys = make_box(**facts)
        with pytest.raises(OtherBox):
            read_key(new, keys[-1].words)


def test_unknown_word_is_named_with_its_place_and_a_likely_one(made):
    new, words = made
    typed = words[0].split()
    typed[6] = "acadmic"
    with pytest.raises(WrongWords, match=r"Word 7, “acadmic”.*“academic”"):
        read_key(new, " ".join(typed))


def test_very_long_unknown_word_is_cut(made):
    with pytest.raises(WrongWords) as refused:
        read_key(made[0], "x" * 1900)
    assert len(str(refused.value)) < 120


def test_wrong_but_known_word_is_told(made):
    new, words = made
    typed = words[0].split()
    typed[10] = "academic" if typed[10] != "academic" else "acid"
    with pytest.raises(WrongWords, match="another word than on the paper"):
        read_key(new, " ".join(typed))


def test_two_words_that_changed_places_are_told(made):
    new, words = made
    typed = words[0].split()
    place = next(n for n in range(5, 30) if typed[n] != typed[n + 1])
    typed[place], typed[place + 1] = typed[place + 1], typed[place]
    with pytest.raises(WrongWords, match="changed places"):
        read_key(new, " ".join(typed))


@pytest.mark.parametrize(("take", "said"), [(0, "There are 0"), (1, "There is 1"), (32, "There are 32")])
def test_missing_words_are_counted(made, take, said):
    with pytest.raises(WrongWords, match=said):
        read_key(made[0], " ".join(made[1][0].split()[:take]))


def test_ten_megabytes_are_refused_at_once(made):
    with pytest.raises(WrongWords, match="much more"):
        read_key(made[0], "academic " * 1_100_000)


@pytest.mark.parametrize("dress", [
    str.upper, str.title, lambda words: f"\u202b{words}\u202c", lambda words: words.replace("a", "a\u200b"),
    lambda words: words.replace(" ", "\u00a0\u200f\n"), lambda words: f"\ufeff{words}\u2069",
    lambda words: "\n".join(f"{n}. {word}," for n, word in enumerate(words.split(), start=1)),
    lambda words: "".join(chr(ord(s) + 0xFEE0) if s != " " else "\u3000" for s in words),
], ids=["capitals", "titles", "embedded", "zero-width", "spaces", "marks", "numbered list", "wide letters"])
def test_words_are_read_however_they_were_pasted(made, dress):
    new, words = made
    assert read_key(new, dress(words[1])).words == words[1]


@settings(max_examples=150, deadline=None)
@given(typed=st.text(max_size=400))
def test_no_text_breaks_the_reading(made, typed):
    with pytest.raises((WrongWords, OtherBox)):
        read_key(made[0], typed)


@settings(max_examples=60, deadline=None)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=2100))
def test_whatever_was_locked_comes_out_again(made, words):
    new, keys = made
    private = combine(new, keys[:2])
    assert open_locked(private, "here", lock(new.public, "here", words)) == words


def test_length_of_what_was_locked_tells_nothing(made):
    place = "00000000-0000-0000-0000-000000000000/M"
    assert {len(lock(made[0].public, place, "x" * length)) for length in (1, 20, 300, 2000)} == {2796}


def test_same_words_never_look_the_same(made):
    assert lock(made[0].public, "here", "words") != lock(made[0].public, "here", "words")


def test_words_that_were_moved_stay_shut(made):
    new, keys = made
    with pytest.raises(StaysShut):
        open_locked(combine(new, keys[:2]), "there", lock(new.public, "here", "words"))


@pytest.mark.parametrize("spoil", [lambda locked: locked[:-9] + "AAAAAAAA=", lambda locked: "", lambda locked: "é%",
                                   lambda locked: locked[:40], lambda locked: "words in clear"])
def test_words_that_were_changed_stay_shut(made, spoil):
    new, keys = made
    with pytest.raises(StaysShut):
        open_locked(combine(new, keys[:2]), "here", spoil(lock(new.public, "here", "words")))


def test_words_of_another_box_stay_shut(made):
    other, _ = make_box(2, 2)
    with pytest.raises(StaysShut):
        open_locked(combine(made[0], made[1][:2]), "here", lock(other.public, "here", "words"))


def test_no_key_holds_a_word_that_could_hurt():
    assert not UNKIND - set(WORDLIST)
    words = {word for _ in range(8) for key in make_box(9, 5)[1] for word in key.words.split()}
    assert words & UNKIND == set()


def test_box_survives_its_plain_form(made):
    assert Box.from_plain(made[0].to_plain() | {"keepers": ["partner"]}) == made[0]


def test_what_everybody_may_know_holds_no_secret(made):
    new, words = made
    private = combine(new, words[:2])
    plain = str(new.to_plain())
    assert private.hex() not in plain
    assert set(new.to_plain()) == {"public", "mark", "keys", "needed", "partner"}


def test_module_knows_no_table_no_clock_and_no_file():
    assert not [name for name in ("models", "time", "open", "settings", "transaction") if hasattr(box, name)]
