"""What people are promised, wherever no single room can hold it alone. docs/promises.md says which test holds what."""

import ast
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.access.api import Role
from alongside.findings.api import release_comments, release_cycle, review, waiting_comments
from alongside.findings.models import Release, ReviewedComment
from alongside.findings.reads import words_of
from alongside.listening import api as listening
from alongside.listening import store
from alongside.listening.answering.pages import forget_pages
from alongside.listening.answering.sheets import forget_sheets
from alongside.listening.answering.tests.conftest import Remy
from alongside.listening.models import Comment, HeldResponse, Round
from alongside.listening.tests.factories import make_code, make_cycle, make_open_round
from alongside.organizations.api import add_contact
from alongside.people.models import Account, Membership
from alongside.privacy.api import unseal
from tests.personas import make_member

from .plant_words import DELETED, IN_CLEAR, SEALED
from .test_crawl import PUBLIC, addresses, browser, filled, first_house, ids_of, names_in  # noqa: F401 - a fixture

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for path in (ROOT / "alongside").rglob("*.py") if "tests" not in path.parts)
# Every column of the tables that a response goes through. One more must be thought about here first.
COLUMNS = {
    "Code": {"fingerprint", "round", "spent"},
    "HeldResponse": {"id", "round", "sealed"},
    "AnswerStore": {"id", "round", "people", "width", "commented", "answers"},
    "Comment": {"id", "round", "domain", "sealed"},
}
ACCOUNT = {"id", "email", "name", "password", "last_login", "is_active", "date_joined", "session_series"}
MEMBERSHIP = {"id", "organization", "account", "roles"}
FILES = {"profile.csv", "profile.json", "profile.pdf", "poster.pdf", "handout.pdf", "read-aloud.txt"}
# Where those may go who care for money or for the server: their own start page, and what is held and for how long.
HOMES = {"", "healthz", "what-we-hold/"}


# -- people who answer -------------------------------------------------------------------------------------------

@pytest.fixture
def remy(house, ana):
    """Somebody with a slip, in a house with a support contact. The organization's key is there already."""
    forget_sheets()
    forget_pages()
    cache.clear()
    add_contact(ana, name="Night line", reach="555-0100")
    round_ = make_open_round(make_cycle(house))
    make_code(round_)
    store.hold(round_, "-" * store.width_of(round_), {})
    yield Remy(round_.address)
    forget_sheets()


def walk(remy) -> list:
    """Every page of an answer, nothing chosen but one item, from the promise to the thanks; and the other pages."""
    seen = []

    def took(*_):
        seen.append((remy.response, remy.text))

    took(remy.open())
    took(remy.press("next", c="ZZZZZZ"))
    took(remy.press("next", c="KMPRTW"))
    while 'value="send"' not in remy.text:
        took(remy.press("next", **({"i0": "4"} if "name=i0 " in remy.text else {})))
    round_ = Round.objects.get(address=remy.address)
    took(remy.press("send"))
    for path in ("/q/", "/q/zzzzzzzz", f"/r/{round_.cycle.reply_address}", "/r/zzzzzzzz"):
        took(remy._took(remy.client.get(path)))
    return seen


def everything_stored() -> dict[str, list]:
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()}


@pytest.mark.parametrize("signed_in", [False, True])
def test_an_answer_touches_the_holding_place_and_the_codes_alone(remy, as_, ana, signed_in):
    if signed_in:  # staff who answer on their own computer leave no more behind than others
        remy.client = as_(ana)
        remy.client.defaults["HTTP_ACCEPT_ENCODING"] = "gzip"
    before = everything_stored()
    walk(remy)
    after = everything_stored()
    assert {label for label in after if after[label] != before[label]} == {
        "listening.Code", "listening.HeldResponse", "listening.Round"}
    # A wrong code was tried on the way: the round counts it, and knows nothing else of it.
    pairs = zip(before["listening.Round"], after["listening.Round"], strict=True)
    assert {name for one, other in pairs for name in one if one[name] != other[name]} == {
        "wrong_codes", "wrong_codes_in"}


def test_tables_of_answers_have_these_columns_and_no_others():
    found = {name: {field.name for field in apps.get_model("listening", name)._meta.get_fields()} for name in COLUMNS}
    assert found == COLUMNS


def test_ids_of_held_responses_say_nothing_of_their_order(house):
    round_, came = make_open_round(make_cycle(house)), []
    for _ in range(30):
        before = set(HeldResponse.objects.values_list("pk", flat=True))
        store.hold(round_, "-", {})
        came += set(HeldResponse.objects.values_list("pk", flat=True)) - before
    assert came != sorted(came)
    assert max(came) > 2**40


def test_pages_of_people_who_answer_leave_no_trace(remy):
    for response, _ in walk(remy):
        headers = response.headers
        assert (dict(response.cookies), headers["Cache-Control"], headers["Referrer-Policy"]) == (
            {}, "no-store", "no-referrer")
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]


def test_pages_of_people_who_answer_have_neutral_titles(remy, house):
    titles = {title for _, text in walk(remy) for title in re.findall("<title>(.*?)</title>", text)}
    assert titles == {"Questions", "Reply"}


def test_pages_of_people_who_answer_lead_out_without_a_script(remy):
    without = [response.status_code for response, text in walk(remy)
               if text and '<a class="x" id="x" href="/leave"' not in text]
    assert without == []


def test_pages_of_a_round_show_who_helps(remy):
    pages = [text for response, text in walk(remy) if text and response.status_code != 404]
    missing = [re.findall("<h1>(.*?)</h1>", text) for text in pages if "555-0100" not in text]
    assert missing == [["Where is your form?"]]  # the one page that knows no round yet


def test_no_page_of_people_who_answer_makes_anything_a_must(remy):
    for _, text in walk(remy):
        assert re.findall(r"<[^>]*\b(?:aria-)?required\b[^>]*>", text) == []
        assert "<meta http-equiv" not in text  # no timer either


def test_promise_is_said_whole_before_the_first_question(remy, house):
    said = (house.name, "5 people or more", "10 people or more", "until the totals are made", "about six months",
            "may have to tell", "court", "stays the same", "February 22, 2027", "Shift key three times",
            "somebody who watches your phone")
    text = remy.open()
    assert [words for words in said if words not in text] == []


def test_every_part_begins_with_a_note(remy):
    asked = [text for _, text in walk(remy) if "<fieldset>" in text]
    assert [len(re.findall(r'<h1>[^<]+</h1><p class="q">[^<]{20,}</p>', text)) for text in asked] == [1] * 6


def test_every_question_can_be_left_in_every_way(remy):
    asked = [text for _, text in walk(remy) if "<fieldset>" in text]
    ways = [[text.count("<fieldset>"), *(text.count(f"value={letter}>") for letter in "knp")] for text in asked]
    assert [len(set(counts)) for counts in ways] == [1] * 6


def test_skipping_all_but_one_question_is_taken(remy):
    walk(remy)
    assert HeldResponse.objects.count() == 2  # the fixture's, and this one


# -- while people answer, and after ------------------------------------------------------------------------------

@pytest.fixture
def asking(house):
    """Somebody who may do everything in an organization where all three voices are being asked today."""
    forget_sheets()
    actor, today = make_member(house, "everybody", *Role), timezone.localdate()
    add_contact(actor, name="Night line", reach="555-0100", last_checked=today)
    cycle = listening.plan_cycle(actor, listening.Plan(
        name="Winter", framework_key="alongside-practices/1", form="full", opens_on=today,
        closes_on=today + timedelta(days=21), reply_due=today + timedelta(days=42),
        asks=tuple(listening.Ask(voice, 20, "codes") for voice in ("staff", "consultants", "clients"))))
    for round_ in listening.rounds_in(actor, cycle):
        listening.open_round(actor, round_, today=today)
    return actor, cycle


def all_pages(actor, cycle) -> dict[str, str]:
    """Every page of staff that needs no other id than those of a cycle and its round."""
    client, round_ = browser(actor), Round.objects.filter(cycle=cycle, voice="clients").get()
    ids = {"cycle_id": cycle.pk, "round_id": round_.pk, "domain_id": "M", "domain": "M", "voice": "clients",
           "language": "en", "kind": "invitation"}
    routes = [route for route, _ in addresses() if set(names_in(route)) <= set(ids) and not route.startswith(PUBLIC)]
    bodies = {route: client.get(filled(route, ids)) for route in routes if "logout" not in route}
    hidden = re.compile(r'name="(?:csrfmiddlewaretoken|number)" value="[\w-]+"|<code>[0-9a-f]+</code>')
    assert client.get("/").status_code == 200  # still signed in: those were the pages, not the way to sign in
    return {route: hidden.sub("", page.content.decode(errors="replace")) for route, page in bodies.items()
            if "second-step" not in route and route != "account/"}  # those show when and how often somebody signed in


def test_no_page_anywhere_keeps_a_running_tally(asking):
    seen = []
    for more in (0, 1, 11):
        for round_ in Round.objects.all():
            for _ in range(more):
                store.hold(round_, "3" * store.width_of(round_), {"M": "words"})
        seen.append(all_pages(*asking))
    assert HeldResponse.objects.count() == 36
    assert [route for route in seen[0] if len({pages[route] for pages in seen}) > 1] == []


def test_raw_comments_rest_in_an_order_of_their_own(house):
    round_ = make_open_round(make_cycle(house))
    for number in range(12):
        store.hold(round_, "-" * store.width_of(round_), {"M": f"M {number}", "G": f"G {number}"})
    store.mix(round_)
    # In the order in which the database hands them out: words of one person must not lie side by side.
    rest = [unseal(house.pk, store.COMMENT, row.pk, row.sealed).decode() for row in Comment.objects.all()]
    neighbors = [one[2:] == other[2:] for one, other in zip(rest[::2], rest[1::2], strict=True)]
    assert (len(rest), all(neighbors)) == (24, False)


def test_released_comments_rest_in_a_new_order(ana, house):
    cycle = make_cycle(house)
    round_ = make_open_round(cycle)
    for number in range(12):
        store.hold(round_, "-" * store.width_of(round_), {"M": f"Longer visits on day {number}, please."})
    store.mix(round_)
    Round.objects.filter(pk=round_.pk).update(state="closed")
    release_cycle(ana, cycle)
    for number, row in enumerate(waiting_comments(ana, cycle)):
        review(ana, row, f"Somebody would like more time. {number}")
    before = [words_of(row) for row in ReviewedComment.objects.filter(cycle=cycle)]
    release_comments(ana, cycle)
    after = [words_of(row) for row in ReviewedComment.objects.filter(cycle=cycle)]
    assert sorted(after) == sorted(before)
    assert after != before


def test_table_itself_refuses_a_second_release(first_house):  # noqa: F811 - the fixture
    once = Release.objects.filter(organization=first_house).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(organization=first_house, cycle=once.cycle, audience=once.audience, payload={},
                               released_on=once.released_on)


def test_a_promise_is_written_in_one_place(house):
    """Nothing but the opening of a round ever sets what people were promised."""
    written = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            written += [f"{path.name}:{one.attr}" for one in targets
                        if isinstance(one, ast.Attribute) and one.attr == "frozen"]
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if not called.endswith("dataclass"):
                written += [f"{path.name}:{called}" for word in getattr(node, "keywords", []) if word.arg == "frozen"
                            and called]
    assert written == ["writes.py:frozen"]


# -- staff -------------------------------------------------------------------------------------------------------

def test_staff_are_marked_with_nothing_but_roles():
    found = [{field.name for field in model._meta.concrete_fields} for model in (Account, Membership)]
    assert found == [ACCOUNT, MEMBERSHIP]


@pytest.mark.parametrize("role", [Role.FINANCE, Role.SERVER_ADMIN])
def test_money_and_server_read_nothing_that_people_said(first_house, role):  # noqa: F811 - the fixture
    client, ids = browser(make_member(first_house, "someone", role)), ids_of(first_house)
    entered = set()
    for route, _ in addresses():
        if not route.startswith((*PUBLIC, "account/", "people/", "start", "language")):
            entered |= {route} if client.get(filled(route, ids)).status_code == 200 else set()
    assert entered == HOMES
    home = client.get("/").content.decode()
    assert [word for word in ("Second look", "House rules", "profile", "answered") if word in home] == []


def test_pages_of_staff_are_kept_nowhere_and_ask_no_other_host(first_house):  # noqa: F811 - the fixture
    client, ids, wrong = browser(make_member(first_house, "everybody", *Role)), ids_of(first_house), []
    for route, _ in addresses():
        if route == "leave":  # it ends the session
            continue
        page = client.get(filled(route, ids))
        policy = page.headers["Content-Security-Policy"]
        body = "" if page.streaming else page.content.decode(errors="replace")
        fetched = re.findall(r'(?:src|action)="?((?:https?:)?//[^">\s]+)|<link [^>]*href="((?:https?:)?//[^"]+)', body)
        kept = "no-store" not in page.headers["Cache-Control"]
        if (kept, "unsafe" in policy, "default-src 'none'" in policy, fetched) != (False, False, True, []):
            wrong.append((route, page.headers["Cache-Control"], policy, fetched))
        if page.headers["Referrer-Policy"] not in ("no-referrer", "same-origin"):
            wrong.append((route, page.headers["Referrer-Policy"]))
    assert wrong == []
    assert client.get("/").status_code == 200  # still signed in: those were the pages, not the way to sign in


def test_files_have_neutral_names(first_house):  # noqa: F811 - the fixture
    client, ids = browser(make_member(first_house, "everybody", *Role)), ids_of(first_house)
    pages = [client.get(filled(route, ids)) for route, _ in addresses() if route != "leave"]  # that ends the session
    names = {page.headers["Content-Disposition"] for page in pages if page.has_header("Content-Disposition")}
    assert {re.search('filename="(.*)"', one)[1] for one in names} == FILES


# -- a stolen disk -----------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def stolen(tmp_path_factory) -> bytes:
    """Every byte of a data folder but its keys: the database, its log beside it, files that wait."""
    data = tmp_path_factory.mktemp("stolen")
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    run = subprocess.run([sys.executable, "-m", "tests.walls.plant_words", str(data)], cwd=ROOT, env=env,
                         capture_output=True, text=True, timeout=180, check=False)
    assert run.stdout == "planted\n", run.stderr
    files = [path for path in data.rglob("*") if path.is_file() and "secrets" not in path.parts]
    assert {"alongside.sqlite3", "alongside.sqlite3-wal"} <= {path.name for path in files}
    return b"\0".join(path.read_bytes() for path in files)


def test_search_of_a_stolen_disk_finds_what_is_not_sealed(stolen):
    assert IN_CLEAR.encode() in stolen


@pytest.mark.parametrize("what", SEALED)
def test_stolen_disk_holds_no_sealed_words(stolen, what):
    assert SEALED[what].encode() not in stolen


def test_what_was_deleted_is_gone_from_the_disk(stolen):
    assert DELETED.encode() not in stolen
