"""Opening the box with several keys: who may, when, with which keys, and what becomes of the comments."""

import pytest

from alongside.access.api import Refused
from alongside.audit.api import entries_of
from alongside.findings import reads
from alongside.findings.api import NotAllRead, release_comments, release_cycle, review, waiting_comments
from alongside.findings.models import ReviewedComment
from alongside.findings.refusals import BoxStaysShut, NotWaiting
from alongside.findings.tests.conftest import TODAY
from alongside.findings.tests.factories import answer, close, make_cycle, make_round, someone
from alongside.findings.writes import open_box
from alongside.listening import store
from alongside.listening.api import NothingLocked, gathering, raw_comment
from alongside.listening.boxes import writes as box_writes
from alongside.listening.boxes.locking import locked
from alongside.listening.boxes.tests.factories import Screen, box_in_use, handed_box
from alongside.listening.models import Comment, Round
from alongside.organizations.api import put_hold
from alongside.privacy.api import box

pytestmark = [pytest.mark.django_db, pytest.mark.store]
MANY, FEW = 12, 9
PUT_IN, BEGIN = "Put in this key", "Everyone is here: begin"


def written(round_, people: int) -> list[str]:
    """`people` people answer and write one comment each, in a closed round; gives what they wrote."""
    texts = [f"{round_.voice} number {n} says the door is loud." for n in range(people)]
    answer(round_, [someone(store.width_of(round_), 3, _Chance()) for _ in range(people)])
    for text in texts:
        store.hold(round_, "-" * store.width_of(round_), dict(locked(round_, [("M", text)])))
    close(round_)
    return texts


class _Chance:
    """Everybody answers 3."""

    def random(self) -> float:
        return 0.5

    def gauss(self, level: float, _spread: float) -> float:
        return level


@pytest.fixture
def kept(ana):
    """A box of which two of three keys are needed; the words of its keys."""
    return box_in_use(ana)


@pytest.fixture
def asked(house, kept):
    """Twelve staff and nine clients wrote comments in rounds with a box; the cycle is not released yet."""
    cycle, promised = make_cycle(house), {"box": kept[0].promise}
    texts = written(make_round(cycle, "staff", **promised), MANY)
    written(make_round(cycle, "clients", **promised), FEW)
    return cycle, texts


@pytest.fixture
def waiting(ana, asked):
    """The same, released."""
    release_cycle(ana, asked[0], today=TODAY)
    return asked


def together(actor, cycle, row, words):
    found = gathering.begin(actor, f"open|{cycle.pk}", row.promise)
    for one in words:
        found = found.with_key(one)
    return found


def readable(cycle) -> list[str]:
    return sorted(raw_comment(row.comment_id) or "" for row in ReviewedComment.objects.filter(cycle=cycle))


def test_keys_open_what_may_be_read(ana, kept, waiting):
    cycle, texts = waiting
    open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][1:]), today=TODAY)
    assert readable(cycle) == sorted(texts)
    assert len(waiting_comments(ana, cycle)) == MANY
    assert reads.comments_page(ana, cycle).state == "reading"


def test_comments_of_fewer_than_ten_people_stay_locked(ana, dee, kept, asked):
    """Where a legal hold keeps them at all."""
    cycle, _ = asked
    put_hold(dee, kind="court", ordered_by="the county court", about="", today=TODAY, cycle_id=cycle.pk)
    release_cycle(ana, cycle, today=TODAY)
    open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][:2]), today=TODAY)
    clients = Round.objects.get(cycle=cycle, voice="clients")
    shut = [text for *_, text in store.raw_comments(clients)]
    assert (len(shut), [text for text in shut if "door" in text], clients.unlocked_on) == (FEW, [], None)


def test_box_of_a_voice_with_too_few_is_never_opened(ana, kept, house):
    cycle = make_cycle(house)
    written(make_round(cycle, "clients", box=kept[0].promise), FEW)
    release_cycle(ana, cycle, today=TODAY)
    with pytest.raises(BoxStaysShut, match="too few people wrote"):
        open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][:2]), today=TODAY)
    assert reads.comments_page(ana, cycle).state == "none"


def test_opened_comments_are_new_rows_in_a_new_order(ana, kept, waiting):
    cycle, texts = waiting
    before = {row.pk for row in Comment.objects.filter(round__cycle=cycle, round__voice="staff")}
    rows = {row.pk for row in ReviewedComment.objects.all()}
    open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][:2]), today=TODAY)
    after = Comment.objects.filter(round__cycle=cycle, round__voice="staff").order_by("pk")
    assert before & {row.pk for row in after} == rows & {row.pk for row in ReviewedComment.objects.all()} == set()
    assert [raw_comment(row.pk) for row in after] != texts


def test_box_is_not_opened_before_the_release(ana, kept, asked):
    cycle, _ = asked
    with pytest.raises(BoxStaysShut, match="That was promised"):
        open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][:2]), today=TODAY)


def test_box_is_not_opened_while_a_round_is_open(ana, kept, house):
    cycle = make_cycle(house)
    written(make_round(cycle, "staff", box=kept[0].promise), MANY)
    make_round(cycle, "clients", box=kept[0].promise)
    with pytest.raises(BoxStaysShut, match="every round"):
        open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][:2]), today=TODAY)


def test_one_key_less_opens_nothing(ana, kept, waiting):
    cycle, _ = waiting
    with pytest.raises(box.TooFewKeys):
        open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][:1]), today=TODAY)
    assert reads.comments_page(ana, cycle).state == "locked"


def test_keys_of_another_box_open_nothing(ana, kept, waiting):
    cycle, _ = waiting
    other, words = handed_box(ana)
    with pytest.raises(NothingLocked):
        open_box(ana, cycle, together(ana, cycle, other, words[:2]), today=TODAY)
    assert readable(cycle) == [""] * MANY


def test_box_is_opened_once(ana, kept, waiting):
    cycle, texts = waiting
    keys = together(ana, cycle, kept[0], kept[1][:2])
    open_box(ana, cycle, keys, today=TODAY)
    with pytest.raises(BoxStaysShut, match="opened before"):
        open_box(ana, cycle, keys, today=TODAY)
    assert readable(cycle) == sorted(texts)


def test_only_the_reviewer_opens(ana, dee, fay, ben, sol, cleo, kept, waiting):
    cycle, _ = waiting
    keys = together(ana, cycle, kept[0], kept[1][:2])
    for actor in (dee, fay, ben, sol, cleo):
        with pytest.raises(Refused):
            open_box(actor, cycle, keys, today=TODAY)


def test_locked_comment_is_given_to_no_reviewer(ana, waiting):
    cycle, _ = waiting
    assert waiting_comments(ana, cycle) == []
    assert readable(cycle) == [""] * MANY


def test_locked_comment_can_neither_be_reviewed_nor_withheld(ana, waiting):
    cycle, _ = waiting
    row = ReviewedComment.objects.filter(cycle=cycle).first()
    for words in ("Somebody dislikes the door.", None):
        with pytest.raises(NotWaiting, match="still lies in the box"):
            review(ana, row, words)


def test_comments_are_not_released_while_some_are_locked(ana, waiting):
    with pytest.raises(NotAllRead):
        release_comments(ana, waiting[0])


def test_opened_comments_are_reviewed_and_released_as_always(ana, kept, waiting):
    cycle, _ = waiting
    open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][:2]), today=TODAY)
    for number, row in enumerate(waiting_comments(ana, cycle)):
        review(ana, row, f"Somebody would like it quieter. {number}")
    release_comments(ana, cycle, today=TODAY)
    assert reads.comments_page(ana, cycle).state == "released"


def test_comments_without_a_box_are_read_while_others_are_locked(ana, kept, house):
    cycle = make_cycle(house)
    written(make_round(cycle, "staff", box=kept[0].promise), MANY)
    open_texts = written(make_round(cycle, "clients"), MANY)
    release_cycle(ana, cycle, today=TODAY)
    assert reads.comments_page(ana, cycle).state == "reading"
    assert sorted(raw_comment(row.comment_id) for row in waiting_comments(ana, cycle)) == sorted(open_texts)


def test_rounds_with_two_boxes_are_opened_one_after_the_other(ana, house):
    cycle, boxes = make_cycle(house), {}
    for voice in ("staff", "clients"):
        row, words = box_in_use(ana)
        written(make_round(cycle, voice, box=row.promise), MANY)
        boxes[row.promise["public"]] = row, words
    release_cycle(ana, cycle, today=TODAY)
    for left in (MANY, 2 * MANY):
        row, words = boxes[reads.box_to_open(cycle)["public"]]
        open_box(ana, cycle, together(ana, cycle, row, words[:2]), today=TODAY)
        assert len(waiting_comments(ana, cycle)) == left
    assert reads.box_to_open(cycle) is None


def test_comment_that_was_moved_from_another_round_stays_locked(ana, kept, asked):
    cycle, texts = asked
    staff, clients = Round.objects.get(cycle=cycle, voice="staff"), Round.objects.get(cycle=cycle, voice="clients")
    _id, _domain, shut = store.raw_comments(clients)[0]
    Comment.objects.filter(round=staff).first().delete()
    store.put_imported_comments(staff, [("M", shut)])
    release_cycle(ana, cycle, today=TODAY)
    open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][:2]), today=TODAY)
    found = {raw_comment(row.comment_id) for row in waiting_comments(ana, cycle)}
    assert (len(found), found - set(texts)) == (MANY - 1, set())


def test_retired_box_still_opens_what_was_promised_it(ana, kept, waiting):
    cycle, texts = waiting
    box_writes.retire_box(ana, kept[0])
    open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][:2]), today=TODAY)
    assert readable(cycle) == sorted(texts)


def test_keys_and_opening_are_recorded_without_words(ana, kept, waiting):
    cycle, _ = waiting
    open_box(ana, cycle, together(ana, cycle, kept[0], [kept[1][2], kept[1][0]]), today=TODAY)
    last = [(entry.act, entry.account_id, entry.thing_id) for entry in entries_of(ana)[:3]]
    assert last == [(act, ana.account_id, str(cycle.pk))
                    for act in ("comments.unlocked", "box.key_3_used", "box.key_1_used")]


# -- the pages -----------------------------------------------------------------------------------------------------

@pytest.fixture
def screen(as_, ana) -> Screen:
    return Screen(as_(ana, sure=True))


def address(cycle) -> str:
    return f"/cycles/{cycle.pk}/comments/"


def test_ceremony_opens_the_box(screen, kept, waiting):
    cycle, texts = waiting
    assert "lies locked in the box" in screen.open(address(cycle))
    screen.open(address(cycle) + "box")
    screen.press(BEGIN)
    assert "1 more key is needed." in screen.press(PUT_IN, words=kept[1][2])
    text = screen.press(PUT_IN, words=kept[1][1].upper())
    assert "The box is open." in text
    assert [one for one in texts if one in text] != []


def test_ceremony_asks_who_is_there_before_it_begins(as_, ana, waiting):
    screen = Screen(as_(ana))
    screen.open(address(waiting[0]) + "box")
    text = screen.press(BEGIN)
    assert "Is it you?" in text
    assert PUT_IN not in text


def test_key_without_a_ceremony_that_was_begun_is_refused(as_, ana, kept, waiting):
    client, cycle = as_(ana), waiting[0]
    own = gathering.begin(ana, "practice", kept[0].promise).with_key(kept[1][0]).field()
    for field in ("", own):
        page = client.post(address(cycle) + "box/key", {"keys": field, "words": kept[1][1]}, follow=True)
        assert "Please begin again." in page.content.decode()
    assert readable(cycle) == [""] * MANY


def test_ceremony_is_refused_before_the_release_with_the_reason(screen, kept, asked, ana):
    cycle = asked[0]
    assert "The box stays shut until every round of this cycle is closed" in screen.open(address(cycle) + "box")
    fields = {"keys": together(ana, cycle, kept[0], kept[1][:1]).field(), "words": kept[1][1]}
    for path in ("box/begin", "box/key"):
        page = screen.client.post(address(cycle) + path, fields)
        assert (page.status_code, "The box stays shut" in page.content.decode()) == (409, True)


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda words: words[0], "This is key 1, and it is in already."),
    (lambda words: " ".join(words[1].split()[:-1]), "There are 32 here."),
    (lambda words: "", "There are 0 here."),
    (lambda words: " ".join([*words[1].split()[:4], "qqq", *words[1].split()[5:]]),
     "Word 5, “qqq”, is not in the list of words."),
])
def test_wrong_words_are_told_and_the_first_key_stays_in(screen, kept, waiting, spoil, said):
    cycle = waiting[0]
    screen.open(address(cycle) + "box")
    screen.press(BEGIN)
    screen.press(PUT_IN, words=kept[1][0])
    assert said in screen.press(PUT_IN, words=spoil(kept[1]))
    assert "The box is open." in screen.press(PUT_IN, words=kept[1][1])


def test_words_of_another_box_are_told_at_once(screen, ana, kept, waiting):
    cycle = waiting[0]
    _, others = handed_box(ana)
    screen.open(address(cycle) + "box")
    screen.press(BEGIN)
    assert "These words are a key, but of another box." in screen.press(PUT_IN, words=others[0])


def test_last_key_sent_twice_opens_once(screen, kept, waiting):
    cycle, texts = waiting
    screen.open(address(cycle) + "box")
    screen.press(BEGIN)
    screen.press(PUT_IN, words=kept[1][0])
    twice = screen.form_of(PUT_IN, words=kept[1][1])
    first, second = (screen.client.post(*twice) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "opened before" in second.content.decode()
    assert readable(cycle) == sorted(texts)


def test_two_screens_open_once(as_, ana, kept, waiting):
    cycle, texts = waiting
    pressed = []
    for first in (0, 2):
        screen = Screen(as_(ana, sure=True))
        screen.open(address(cycle) + "box")
        screen.press(BEGIN)
        screen.press(PUT_IN, words=kept[1][first])
        pressed.append((screen, screen.form_of(PUT_IN, words=kept[1][1])))
    assert [screen.client.post(*twice).status_code for screen, twice in pressed] == [302, 409]
    assert readable(cycle) == sorted(texts)


def test_ceremony_of_another_organization_is_not_there(as_, cleo, waiting):
    client = as_(cleo, sure=True)
    path = address(waiting[0])
    assert client.get(path + "box").status_code == 404
    assert [client.post(path + one).status_code for one in ("box/begin", "box/key")] == [404, 404]


def test_director_sees_that_it_is_locked_and_opens_nothing(as_, dee, waiting):
    client, path = as_(dee, sure=True), address(waiting[0])
    text = client.get(path).content.decode()
    assert ("lies locked in the box" in text, "Open the box" in text) == (True, False)
    assert client.get(path + "box").status_code == 403


def test_locked_comment_is_shown_to_nobody_who_asks_for_its_number(screen, waiting):
    cycle = waiting[0]
    row = ReviewedComment.objects.filter(cycle=cycle).first()
    for facts in ({"words": ""}, {"words": "Other words."}, {"withhold": "1"}):
        page = screen.client.post(address(cycle) + "review", {"comment": str(row.pk)} | facts, follow=True)
        assert "<blockquote" not in page.content.decode()
    row.refresh_from_db()
    assert (row.withheld, row.sealed_words) == (False, None)


def test_broken_opening_leaves_everything_locked(ana, kept, waiting, monkeypatch):
    cycle, _ = waiting
    monkeypatch.setattr("alongside.findings.writes.unlocking.record", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        open_box(ana, cycle, together(ana, cycle, kept[0], kept[1][:2]), today=TODAY)
    assert reads.comments_page(ana, cycle).state == "locked"
    assert len(store.raw_comments(Round.objects.get(cycle=cycle, voice="staff"))) == MANY
