"""Comments: opened only where enough people wrote, read by one, released in other words and a new order."""

from datetime import date

import pytest

from alongside.access.api import Refused
from alongside.audit.api import entries_of
from alongside.findings.api import (
    NotAllRead,
    NotWaiting,
    TooCloseToTheWords,
    release_comments,
    release_cycle,
    review,
    waiting_comments,
)
from alongside.findings.models import ReviewedComment
from alongside.findings.reads import comments_page, words_of
from alongside.findings.tests.factories import close, comment, make_round
from alongside.listening.models import Comment
from alongside.organizations.api import put_hold

pytestmark = pytest.mark.store
ORIGINAL = "The night staff of the blue house wake me up with torches."


@pytest.fixture
def commented(ana, cycle):
    """`commented(people, promise)`: so many clients wrote, about programs; the cycle is released."""
    def make(people, domain="G", **promise):
        round_ = make_round(cycle, "clients", **promise)
        comment(round_, domain, [f"{ORIGINAL} Number {at}." for at in range(people)])
        close(round_)
        release_cycle(ana, cycle)
        return cycle

    return make


def review_all(ana, cycle, words="People want to sleep undisturbed."):
    for at, row in enumerate(waiting_comments(ana, cycle)):
        review(ana, row, f"{words} ({at})" if words else None)


def test_nine_people_who_commented_open_nothing(commented):
    commented(9)
    assert ReviewedComment.objects.count() == 0


def test_ten_people_who_commented_open_all(commented):
    commented(10)
    assert ReviewedComment.objects.count() == 10


def test_comments_that_nobody_will_read_are_deleted_at_the_release(commented):
    commented(9)
    assert Comment.objects.count() == 0


def test_comments_that_wait_for_their_reviewer_stay(commented):
    commented(10)
    assert Comment.objects.count() == 10


def test_comments_of_another_voice_go_alone(ana, cycle):
    for voice, people in (("clients", 10), ("staff", 4)):
        round_ = make_round(cycle, voice)
        comment(round_, "G", [f"{ORIGINAL} Number {at}." for at in range(people)])
        close(round_)
    release_cycle(ana, cycle)
    assert [row.round.voice for row in Comment.objects.all()] == ["clients"] * 10


def test_comments_as_they_were_written_go_when_they_were_told_in_other_words(ana, commented):
    cycle = commented(10)
    review_all(ana, cycle)
    assert Comment.objects.count() == 10
    release_comments(ana, cycle)
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("people", [9, 10])
def test_comments_under_a_legal_hold_stay(ana, dee, cycle, commented, people):
    put_hold(dee, kind="court", ordered_by="the county court", about="", today=date(2027, 2, 1), cycle_id=cycle.pk)
    commented(people)
    if people == 10:
        review_all(ana, cycle)
        release_comments(ana, cycle)
    assert Comment.objects.count() == people


def test_comments_follow_a_higher_promise(commented):
    commented(12, k_comments=13)
    assert ReviewedComment.objects.count() == 0


def test_comments_of_a_small_area_lose_its_heading(ana, cycle):
    round_ = make_round(cycle, "clients")
    comment(round_, "G", ["Longer visits, please."] * 12)
    comment(round_, "M", ["Kinder words, please."] * 3)
    close(round_)
    release_cycle(ana, cycle)
    assert set(ReviewedComment.objects.values_list("domain", flat=True)) == {""}


def test_page_says_the_same_for_nine_comments_and_for_none(as_, ana, commented):
    cycle = commented(9)
    with_nine = comments_page(ana, cycle)
    Comment.objects.all().delete()
    assert comments_page(ana, cycle) == with_nine


def test_reviewer_reads_one_original_at_a_time(as_, ana, commented):
    html = as_(ana).get(f"/cycles/{commented(12).pk}/comments/").content.decode()
    assert html.count(ORIGINAL) == 1


@pytest.mark.parametrize("name", ["dee", "fay", "fin", "ben", "sol", "cleo"])
def test_nobody_else_is_given_what_waits(request, name, commented):
    with pytest.raises(Refused):
        waiting_comments(request.getfixturevalue(name), commented(12))


@pytest.mark.parametrize("name", ["dee", "fay", "fin", "ben", "sol", "cleo"])
def test_nobody_else_reviews(request, name, ana, commented):
    row = waiting_comments(ana, commented(12))[0]
    with pytest.raises(Refused):
        review(request.getfixturevalue(name), row, None)


@pytest.mark.parametrize("name", ["dee", "fay", "fin", "ben", "sol", "cleo"])
def test_nobody_else_releases_comments(request, name, ana, commented):
    cycle = commented(12)
    review_all(ana, cycle)
    with pytest.raises(Refused):
        release_comments(request.getfixturevalue(name), cycle)


def test_director_sees_no_original(as_, dee, commented):
    html = as_(dee).get(f"/cycles/{commented(12).pk}/comments/").content.decode()
    assert ("torches" in html, "is reading the comments now" in html) == (False, True)


def test_original_is_refused_as_its_own_paraphrase(ana, commented):
    row = waiting_comments(ana, commented(12))[0]
    with pytest.raises(TooCloseToTheWords):
        review(ana, row, f"They say: {ORIGINAL}")


def test_refused_words_stay_in_the_form(as_, ana, commented):
    cycle = commented(12)
    row = waiting_comments(ana, cycle)[0]
    response = as_(ana).post(f"/cycles/{cycle.pk}/comments/review", {"comment": row.pk, "words": ORIGINAL})
    assert (response.status_code, response.content.decode().count(f">\n{ORIGINAL}")) == (422, 1)


def test_words_are_sealed_in_the_store(ana, commented):
    row = waiting_comments(ana, commented(12))[0]
    review(ana, row, "People want to sleep undisturbed.")
    row.refresh_from_db()
    assert b"sleep" not in bytes(row.sealed_words)
    assert words_of(row) == "People want to sleep undisturbed."


def test_comment_is_reviewed_once(ana, commented):
    row = waiting_comments(ana, commented(12))[0]
    review(ana, row, None)
    with pytest.raises(NotWaiting):
        review(ana, row, "People want to sleep undisturbed.")


def test_comments_are_not_released_before_all_were_read(ana, commented):
    cycle = commented(12)
    review(ana, waiting_comments(ana, cycle)[0], None)
    with pytest.raises(NotAllRead):
        release_comments(ana, cycle)


def test_release_gives_new_ids_and_forgets_where_they_came_from(ana, commented):
    cycle = commented(12)
    before = set(ReviewedComment.objects.values_list("pk", flat=True))
    review_all(ana, cycle)
    release_comments(ana, cycle)
    rows = list(ReviewedComment.objects.all())
    assert (before & {row.pk for row in rows}, {row.comment_id for row in rows}) == (set(), {None})


def test_director_reads_released_words(as_, dee, ana, commented):
    cycle = commented(12)
    review_all(ana, cycle)
    release_comments(ana, cycle)
    html = as_(dee).get(f"/cycles/{cycle.pk}/comments/").content.decode()
    assert (html.count("People want to sleep undisturbed."), "torches" in html) == (12, False)


def test_withheld_comments_are_read_by_nobody(as_, dee, ana, commented):
    cycle = commented(12)
    review_all(ana, cycle, words=None)
    release_comments(ana, cycle)
    html = as_(dee).get(f"/cycles/{cycle.pk}/comments/").content.decode()
    assert "Nothing that was written could be said here" in html


def test_comments_are_released_once(ana, commented):
    cycle = commented(12)
    review_all(ana, cycle)
    release_comments(ana, cycle)
    with pytest.raises(NotAllRead):
        release_comments(ana, cycle)


def test_comment_deleted_on_schedule_does_not_hold_the_others_up(ana, commented):
    cycle = commented(12)
    rows = waiting_comments(ana, cycle)
    for row in rows[1:]:
        review(ana, row, None)
    Comment.objects.filter(pk=rows[0].comment_id).delete()
    release_comments(ana, cycle)
    assert ReviewedComment.objects.filter(withheld=True).count() == 12


def test_reading_is_recorded_once_a_day(as_, ana, commented):
    cycle, client = commented(12), as_(ana)
    for _ in range(3):
        client.get(f"/cycles/{cycle.pk}/comments/")
    assert entries_of(ana).filter(act="comments.read", thing_id=str(cycle.pk)).count() == 1


def test_no_address_of_the_review_names_a_comment(as_, ana, commented):
    cycle = commented(12)
    html = as_(ana).get(f"/cycles/{cycle.pk}/comments/").content.decode()
    ids = [str(row.pk) for row in waiting_comments(ana, cycle)]
    assert [id for id in ids if f"/{id}" in html or f"={id}" in html] == []


def test_comment_of_another_organization_is_not_there(as_, cleo, ana, commented):
    cycle = commented(12)
    row = waiting_comments(ana, cycle)[0]
    response = as_(cleo).post(f"/cycles/{cycle.pk}/comments/review", {"comment": row.pk, "withhold": "1"})
    assert response.status_code == 404
