"""The pages about a box: making one with its keepers, practicing, putting it to use."""

import re

import pytest
from django.core.cache import cache

from alongside.listening.answering.pages import forget_pages
from alongside.listening.answering.sheets import forget_sheets
from alongside.listening.answering.tests.conftest import Remy
from alongside.listening.boxes import reads, writes
from alongside.listening.models import BoxState, CommentBox
from alongside.listening.tests.factories import make_cycle, make_open_round
from alongside.privacy.api import box

from .factories import KEEPERS, TODAY, Screen, asked_words, box_in_use, boxed_round, handed_box, words_on

pytestmark = [pytest.mark.django_db, pytest.mark.store]
MAKE, WRITTEN, PAPER = "Make the box and show the first key", "I have written them down", "A page to print"
NEXT, LAST, SHOW = "Check, and go on to the next key", "Check, and finish", "Show me the words again"
PUT_IN = "Put in this key"
CHOSEN = {"keys_partner": "1", "keys_director": "1", "keys_board": "1", "keys_staff": "0", "keys_outside": "0",
          "needed": "2", "sure": "on"}


@pytest.fixture
def screen(as_, ana) -> Screen:
    return Screen(as_(ana, sure=True))


def make(screen: Screen, **facts: str) -> str:
    screen.open("/cycles/box/new")
    return screen.press(MAKE, **CHOSEN | facts)


def hand_out(screen: Screen) -> list[str]:
    """Every keeper sees, writes down and checks a key; gives the words of each."""
    papers = []
    while words := words_on(screen.text):
        papers.append(words)
        text = screen.press(WRITTEN)
        screen.press(LAST if LAST in text else NEXT, **asked_words(text, words))
    return papers


def refusal(screen: Screen) -> str:
    return re.search(r'class="error"[^>]*>([^<]*)<', screen.text)[1]


def test_box_is_made_handed_out_practiced_and_put_to_use(screen, ana):
    make(screen, keys_outside="1", needed="3", partner="on")
    papers = hand_out(screen)
    assert [len(words.split()) for words in papers] == [33] * 4
    assert "Every key was written down and checked." in screen.text
    screen.open("/cycles/box/practice")
    for words in (papers[3], papers[0], papers[1]):
        screen.press(PUT_IN, words=words)
    assert "The door is loud at night. (Invented: nobody wrote this.)" in screen.text
    screen.open("/cycles/box")
    screen.press("Put it to use")
    row = reads.box_in(ana, BoxState.IN_USE)
    assert (row.practiced_on is not None, row.promise["keepers"], row.promise["needed"], row.promise["partner"]) == (
        True, ["partner", "director", "board", "outside"], 3, True)


@pytest.mark.parametrize(("facts", "said"), [
    ({"sure": ""}, "Tick this first."),
    ({"needed": "4"}, "At least two keys must come together, and no more than there are."),
    ({"needed": "1"}, "Ensure this value is greater than or equal to 2."),
    ({"keys_board": "0", "keys_director": "0"}, "A box has from 2 to 9 keys."),
    ({"keys_board": "9", "keys_staff": "9"}, "A box has from 2 to 9 keys."),
    ({"partner": "on"}, "Where one key is always needed, at least three must come together, or all there are."),
    ({"partner": "on", "keys_partner": "2", "needed": "3"}, "give exactly one key to a partner"),
    ({"keys_staff": "many"}, "Enter a whole number."),
])
def test_impossible_choice_is_refused_and_what_was_typed_stays(screen, ana, facts, said):
    text = make(screen, **facts)
    assert (screen.response.status_code, said in text, CommentBox.objects.count()) == (400, True, 0)
    assert 'value="{}"'.format((CHOSEN | facts)["needed"]) in text


def test_loss_is_explained_before_a_box_is_made(screen):
    text = screen.open("/cycles/box/new")
    assert text.index("If keys get lost, comments are lost.") < text.index(MAKE)


def test_page_of_one_key_shows_no_other(screen):
    make(screen)
    first = words_on(screen.text)
    text = screen.press(WRITTEN)
    assert words_on(text) == ""
    second = words_on(screen.press(NEXT, **asked_words(text, first)))
    assert [word for word in first.split()[4:] if word not in second and f">{word}<" in screen.text] == []


def test_key_that_was_handed_over_is_not_shown_again(screen):
    make(screen)
    first, shown = words_on(screen.text), screen.form_of(PAPER)
    text = screen.press(WRITTEN)
    again = screen.form_of(SHOW)
    screen.press(NEXT, **asked_words(text, first))
    for action, fields in (shown, again):
        page = screen.client.post(action, fields, follow=True).content.decode()
        assert "This key was handed over. Its words are not shown again." in page
        assert words_on(page) == ""


def test_words_can_be_seen_again_before_they_are_checked(screen):
    make(screen)
    first = words_on(screen.text)
    screen.press(WRITTEN)
    assert words_on(screen.press(SHOW)) == first


def test_wrong_word_is_told_and_the_key_is_not_handed_over(screen, ana):
    make(screen)
    right = asked_words(screen.press(WRITTEN), words_on(screen.pages[-2]))
    wrong, *others = right
    text = screen.press(NEXT, **right | {wrong: "elephant"})
    assert (screen.response.status_code, refusal(screen)) == (
        400, "The key has another word here. Look at the paper, or at the words again.")
    assert 'value="elephant"' in text
    assert reads.box_in(ana, BoxState.MAKING).handed == 0
    assert [name for name in others if name in text] == others


def test_checked_words_may_be_dressed(screen, ana):
    make(screen)
    typed = asked_words(screen.press(WRITTEN), words_on(screen.pages[-2]))
    screen.press(NEXT, **{name: f"\u202b {word.upper()}\u200b." for name, word in typed.items()})
    assert reads.box_in(ana, BoxState.MAKING).handed == 1


def test_pressing_twice_goes_on_once(screen, ana):
    make(screen)
    typed = asked_words(screen.press(WRITTEN), words_on(screen.pages[-2]))
    twice = screen.form_of(NEXT, **typed)
    first, second = (screen.client.post(*twice).content.decode() for _ in range(2))
    assert words_on(first) == words_on(second) != ""
    assert reads.box_in(ana, BoxState.MAKING).handed == 1


def test_second_box_makes_pages_of_the_first_useless(screen, as_, ana):
    make(screen)
    other = Screen(as_(ana, sure=True))
    make(other)
    text = screen.press(WRITTEN)
    assert "This page is too old, or another box was begun." in text


@pytest.mark.parametrize("keys", ["", "nonsense", "AAAA"])
def test_step_without_its_page_is_told_to_begin_again(screen, keys, ana):
    writes.make_box(ana, KEEPERS, needed=2, partner=False, today=TODAY)
    for pressed in ("ask", "check", "paper", "show"):
        page = screen.client.post("/cycles/box/keys", {"keys": keys, pressed: "1"}, follow=True)
        assert (page.status_code, "This page is too old" in page.content.decode()) == (200, True)


def test_paper_names_nobody_and_nothing(screen, house):
    make(screen)
    words = words_on(screen.text)
    text = screen.press(PAPER)
    assert words_on(text) == words
    assert re.search("<title>(.*?)</title>", text)[1] == "Words"
    plain = re.sub("<[^>]+>", " ", text).lower()
    telling = (house.name.lower(), "alongside", "comment", "box", "survivor", "director", "partner", "http")
    assert [one for one in telling if one in plain] == []


def test_box_begun_and_left_can_not_be_used(screen, ana):
    make(screen)
    text = screen.open("/cycles/box")
    assert "A box was begun and not finished" in text
    assert "Put it to use" not in text
    row = reads.box_in(ana, BoxState.MAKING)
    page = screen.client.post("/cycles/box/use", {"box": str(row.pk)}, follow=True)
    assert "Not every key was written down and checked yet." in page.content.decode()
    assert reads.box_in(ana, BoxState.IN_USE) is None


@pytest.mark.parametrize("path", ["use", "retire"])
def test_changing_what_is_in_use_asks_who_is_there(as_, ana, path):
    row, _ = (handed_box if path == "use" else box_in_use)(ana)
    before = row.state
    page = as_(ana).post(f"/cycles/box/{path}", {"box": str(row.pk)}, follow=True)
    assert "Is it you?" in page.content.decode()
    assert CommentBox.objects.get().state == before


@pytest.mark.parametrize("box_id", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_other_box_than_ones_own_is_not_there(screen, ana, cleo, box_id):
    box_in_use(cleo)
    for wanted in (box_id, str(CommentBox.objects.get().pk)):
        assert screen.client.post("/cycles/box/retire", {"box": wanted}).status_code == 404
    assert CommentBox.objects.get().state == "in_use"


def test_retired_box_says_whether_its_papers_are_needed(screen, ana, house):
    row, _ = box_in_use(ana)
    boxed_round(make_cycle(house), row)
    screen.open("/cycles/box")
    text = screen.press("Open later rounds without a box")
    assert "Keep its papers: comments may still lie in it." in text


def test_practice_needs_a_box(screen):
    screen.open("/cycles/box/practice")
    assert screen.response.status_code == 404


def test_practice_says_which_word_is_wrong_and_keeps_what_was_typed(screen, ana):
    _, words = box_in_use(ana)
    screen.open("/cycles/box/practice")
    text = screen.press(PUT_IN, words=" ".join([*words[0].split()[:2], "acadmic", *words[0].split()[3:]]))
    assert (screen.response.status_code, refusal(screen)) == (
        400, "Word 3, “acadmic”, is not in the list of words. Is it “academic”?")
    assert "acadmic" in re.search(r"<textarea[^>]*>([^<]*)<", text)[1]


def test_practice_keeps_keys_that_are_in_while_another_is_wrong(screen, ana):
    _, words = box_in_use(ana)
    screen.open("/cycles/box/practice")
    screen.press(PUT_IN, words=words[0])
    assert "This is key 1, and it is in already." in screen.press(PUT_IN, words=words[0])
    assert "The papers are right" in screen.press(PUT_IN, words=words[1])


def test_page_between_two_keys_shows_no_word_of_the_first(screen, ana):
    _, words = box_in_use(ana)
    screen.open("/cycles/box/practice")
    text = screen.press(PUT_IN, words=words[0])
    field = screen.form_of(PUT_IN)[1]["keys"]
    assert re.search(r"<textarea[^>]*>([^<]*)<", text)[1].strip() == ""
    assert [word for word in words[0].split() if f" {word} " in text.replace(field, "") and len(word) > 7] == []


def test_nothing_that_was_typed_is_stored(screen, ana):
    from .test_writes import everything_stored

    _, words = box_in_use(ana)
    screen.open("/cycles/box/practice")
    screen.press(PUT_IN, words=words[0])
    stored = everything_stored() + str(dict(screen.client.session))
    assert " ".join(words[0].split()[4:7]) not in stored
    assert screen.form_of(PUT_IN)[1]["keys"] not in stored


def test_practice_begun_an_hour_ago_begins_again(screen, ana, monkeypatch):
    import time

    _, words = box_in_use(ana)
    screen.open("/cycles/box/practice")
    now = time.time()
    monkeypatch.setattr("alongside.privacy.carrying.time.time", lambda: now + 3700)
    assert "This page is too old" in screen.press(PUT_IN, words=words[0])


def test_ten_megabytes_of_words_are_refused_kindly(screen, ana):
    box_in_use(ana)
    screen.open("/cycles/box/practice")
    text = screen.press(PUT_IN, words="academic " * 1_100_000)
    assert (screen.response.status_code, "It may have been too long." in text) == (400, True)
    screen.open("/cycles/box/practice")
    assert "This is much more than one key." in screen.press(PUT_IN, words="academic " * 90_000)


def test_keys_that_do_not_belong_together_are_told_at_the_last(screen, ana, monkeypatch):
    row, words = box_in_use(ana)
    monkeypatch.setattr("shamir_mnemonic.shamir._random_identifier", lambda: row.promise["mark"])
    _, others = box.make_box(3, 2)
    screen.open("/cycles/box/practice")
    screen.press(PUT_IN, words=others[0].words)
    assert "These keys do not belong together." in screen.press(PUT_IN, words=words[1])


@pytest.mark.parametrize("language", ["es", "ar-xb"])
def test_pages_are_drawn_in_other_languages(screen, ana, language):
    screen.client.cookies["l"] = language
    screen.open("/cycles/box/new")
    page = screen.client.post("/cycles/box/new", CHOSEN)
    assert len(words_on(page.content.decode()).split()) == 33
    box_in_use(ana)
    for path in ("/cycles/box", "/cycles/box/practice"):
        text = screen.open(path)
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar-xb" else "ltr"}"' in text


# -- what people are promised --------------------------------------------------------------------------------------

@pytest.fixture
def _fresh():
    forget_sheets()
    forget_pages()
    cache.clear()
    yield
    forget_sheets()
    forget_pages()


@pytest.mark.usefixtures("_fresh")
def test_promise_says_who_must_come_together(house, ana):
    row, _ = box_in_use(ana, ["partner", "board", "board", "outside"], needed=3, partner=True)
    text = Remy(boxed_round(make_cycle(house), row).address).open()
    assert ("There are 4 keys on paper, kept by: 1 partner with lived experience, 2 board members, 1 person from "
            "outside. When everyone has had their time, 3 of them must come together") in text
    assert "One of these must always be the partner with lived experience." in text
    assert "If too many keys get lost, nobody can ever read it." in text


@pytest.mark.usefixtures("_fresh")
def test_promise_without_a_box_says_nothing_of_keys(house, ana):
    box_in_use(ana)
    text = Remy(make_open_round(make_cycle(house)).address).open()
    assert "Who can open what you write" not in text


def test_page_of_a_round_says_what_will_be_promised(screen, house, ana):
    cycle = make_cycle(house)
    round_ = make_open_round(cycle, state="planned", frozen=None, opened_on=None)
    path = f"/cycles/{cycle.pk}/rounds/{round_.pk}/"
    assert "None: the server keeps the key to the comments." in screen.open(path)
    row, _ = box_in_use(ana)
    assert "Comments are locked. 2 of 3 keys must come together to open them." in screen.open(path)
    writes.retire_box(ana, row)
    assert "None: the server keeps the key to the comments." in screen.open(path)
