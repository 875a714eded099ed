"""The staff pages: who may enter, what they do, and what they refuse."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from alongside.listening import store, writes
from alongside.listening.models import AnswerStore, Code, Cycle, Round
from alongside.listening.reads import rounds_in
from alongside.organizations.api import add_contact, add_unit
from alongside.ui.pdf import PdfNotPossible

from .factories import KEY, csv_of, make_plan

pytestmark = pytest.mark.django_db
SEES, PLANS = ("ana", "dee", "fay"), ("ana",)
EVERYBODY = ("ana", "dee", "fay", "fin", "ben", "sol")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def cycle(ana):
    """A planned cycle of today."""
    add_contact(ana, name="Rosa Vega", reach="+1 555 0100")
    today = timezone.localdate()
    return writes.plan_cycle(ana, make_plan(
        opens_on=today, closes_on=today + timedelta(days=21), reply_due=today + timedelta(days=42)))


@pytest.fixture
def opened(ana, cycle):
    round_ = rounds_in(ana, cycle)[2]
    writes.open_round(ana, round_)
    return round_


def at(cycle: Cycle, round_: Round | None = None, act: str = "") -> str:
    return f"/cycles/{cycle.pk}/rounds/{round_.pk}/{act}" if round_ else f"/cycles/{cycle.pk}/{act}"


def posted(**facts) -> dict:
    today = timezone.localdate()
    return {
        "name": "Spring",
        "framework_key": KEY,
        "form": "full",
        "voices": ["staff", "clients"],
        "people_staff": "12",
        "entry_staff": "link",
        "people_clients": "30",
        "entry_clients": "codes",
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=21)).isoformat(),
        "reply_due": (today + timedelta(days=42)).isoformat(),
        "every_months": "12",
        **facts,
    }


def csv_file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("answers.csv", content, "text/csv")


def lines(round_: Round, *values: str) -> bytes:
    return csv_of(round_, *(",".join([value] * store.width_of(round_)) for value in values))


# -- who may enter -------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("page", "allowed"), [
    ("", SEES), ("new", PLANS), ("CYCLE/", SEES), ("CYCLE/change", PLANS), ("CYCLE/questions/clients", SEES),
    ("CYCLE/rounds/ROUND/", SEES), ("CYCLE/rounds/ROUND/close", PLANS), ("CYCLE/rounds/ROUND/import", PLANS),
    ("CYCLE/rounds/ROUND/poster?as=page", SEES),
])
def test_page_opens_for_its_roles_alone(request, as_, cycle, opened, page, allowed):
    path = "/cycles/" + page.replace("CYCLE", str(cycle.pk)).replace("ROUND", str(opened.pk))
    found = {name: as_(request.getfixturevalue(name)).get(path).status_code for name in EVERYBODY}
    assert found == {name: 200 if name in allowed else 403 for name in EVERYBODY}


@pytest.mark.parametrize("page", [
    "", "change", "questions/clients", "rounds/ROUND/", "rounds/ROUND/close", "rounds/ROUND/import",
    "rounds/ROUND/poster?as=page",
])
def test_page_of_another_organization_is_not_there(as_, cleo, cycle, opened, page):
    assert as_(cleo).get(at(cycle) + page.replace("ROUND", str(opened.pk))).status_code == 404


@pytest.mark.parametrize("act", ["remove", "rounds/ROUND/open", "rounds/ROUND/slips", "rounds/ROUND/close",
                                 "rounds/ROUND/import", "rounds/ROUND/", "change"])
@pytest.mark.parametrize(("name", "status"), [("dee", 403), ("fay", 403), ("cleo", 404)])
def test_act_is_refused_to_everybody_else(request, as_, cycle, opened, act, name, status):
    path, data = (
        at(cycle) + act.replace("ROUND", str(opened.pk)),
        {"people": 1, "entry": "codes", "how_many": 1},
    )
    assert as_(request.getfixturevalue(name), sure=True).post(path, data).status_code == status


@pytest.mark.parametrize("act", ["remove", "rounds/ROUND/open", "rounds/ROUND/slips"])
def test_act_needs_a_post(as_, ana, cycle, opened, act):
    assert as_(ana).get(at(cycle) + act.replace("ROUND", str(opened.pk))).status_code == 405


def test_round_under_the_wrong_cycle_is_not_there(as_, ana, cycle, opened):
    other = writes.plan_cycle(ana, make_plan())
    assert as_(ana).get(at(other, opened)).status_code == 404


def test_facilitator_sees_no_way_to_change(as_, fay, cycle, opened):
    for path in (at(cycle), at(cycle, opened)):
        assert as_(fay).get(path).content.decode().count('method="post" action="/cycles/') == 0


# -- planning ------------------------------------------------------------------------------------------------

def test_empty_list_offers_the_first_step(as_, ana):
    assert 'href="/cycles/new"' in as_(ana).get("/cycles/").content.decode()


def test_only_unit_is_one_choice_of_a_list(as_, ana):
    unit = add_unit(ana, name="North house")
    page = as_(ana).get("/cycles/new").content.decode()
    assert f'value="{unit.pk}" id="id_unit_ids_0"' in page
    assert '<span>North house</span></label></fieldset>' in page


def test_plan_speaks_of_survivors_in_the_organizations_word(as_, ana, house):
    house.words = {"en": {"survivor": "thriver", "survivors": "thrivers"}}
    house.save()
    page = as_(ana).get("/cycles/new").content.decode()
    assert "Thrivers who advise, speak, train or sit on a council for you." in page


def test_planning_makes_the_cycle_and_goes_to_it(as_, ana):
    response = as_(ana).post("/cycles/new", posted())
    cycle = Cycle.objects.get()
    assert (response.status_code, response["Location"]) == (302, at(cycle))
    assert [(one.voice, one.people, one.entry) for one in rounds_in(ana, cycle)] == [
        ("staff", 12, "link"), ("clients", 30, "codes")]


def test_planning_by_unit_asks_each_unit(as_, ana):
    unit = add_unit(ana, name="Harbor")
    as_(ana).post("/cycles/new", posted(unit_ids=[str(unit.pk)]))
    assert {one.unit for one in Round.objects.select_related("unit")} == {unit}


@pytest.mark.parametrize(("facts", "said"), [
    ({"closes_on": "2020-01-01"}, "Closing comes before opening"),
    ({"reply_due": "2020-01-01"}, "The reply comes before closing"),
    ({"voices": []}, "Choose at least one voice"),
    ({"name": ""}, "This field is required"),
    ({"framework_key": "other/1"}, "Select a valid choice"),
    ({"people_staff": "-3"}, "greater than or equal to 0"),
    ({"opens_on": "soon"}, "Enter a valid date"),
])
def test_wrong_plan_is_said_and_what_was_typed_is_kept(as_, ana, facts, said):
    response = as_(ana).post("/cycles/new", posted(name=facts.get("name", "My own name"), **{
        key: value for key, value in facts.items() if key != "name"}))
    page = response.content.decode()
    assert (response.status_code, Cycle.objects.count()) == (400, 0)
    assert said in page
    assert ('value="30"' in page, "My own name" in page) == (True, "name" not in facts)


def test_time_is_shown_before_anything_is_saved(as_, ana):
    page = as_(ana).post("/cycles/new", posted(look="1")).content.decode()
    assert "12 people × 12 minutes (47 questions) = 144 minutes" in page
    assert "Partners and consultants: not asked" in page
    assert Cycle.objects.count() == 0


def test_planning_warns_of_an_earlier_cycle_without_a_reply(as_, ana, opened):
    Round.objects.filter(pk=opened.pk).update(opened_on=timezone.localdate() - timedelta(days=30))
    assert "asked 30 days ago, no reply yet" in as_(ana).get("/cycles/new").content.decode()


def test_plan_is_changed_until_somebody_is_asked(as_, ana, cycle):
    as_(ana).post(at(cycle, act="change"), posted(name="Changed"))
    assert Cycle.objects.get().name == "Changed"


def test_plan_of_an_open_cycle_is_not_changed(as_, ana, cycle, opened):
    response = as_(ana).post(at(cycle, act="change"), posted(name="Changed"))
    assert (response.status_code, Cycle.objects.get().name) == (400, cycle.name)


def test_planned_cycle_is_removed(as_, ana, cycle):
    as_(ana, sure=True).post(at(cycle, act="remove"))
    assert Cycle.objects.count() == 0


def test_open_cycle_is_not_removed(as_, ana, cycle, opened):
    as_(ana, sure=True).post(at(cycle, act="remove"))
    assert Cycle.objects.count() == 1


@pytest.mark.parametrize(("voice", "items"), [("staff", 47), ("consultants", 43), ("clients", 23)])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_question_of_a_voice_can_be_read(as_, ana, cycle, voice, items, language):
    page = as_(ana).get(at(cycle, act=f"questions/{voice}?language={language}")).content.decode()
    assert page.count('<li><span class="quiet">') == items
    assert f'<div lang="{language}"' in page


def test_questions_of_an_unknown_voice_are_not_there(as_, ana, cycle):
    assert as_(ana).get(at(cycle, act="questions/board")).status_code == 404


# -- opening, slips, poster, closing -------------------------------------------------------------------------

def test_opening_without_a_contact_leads_to_where_one_is_named(as_, ana):
    cycle = writes.plan_cycle(ana, make_plan())
    round_ = rounds_in(ana, cycle)[0]
    response = as_(ana).post(at(cycle, round_, "open"))
    assert response.status_code == 400
    assert '<a href="/organization/">Add a support contact</a>' in response.content.decode()


def test_opening_opens(as_, ana, cycle):
    round_ = rounds_in(ana, cycle)[0]
    as_(ana).post(at(cycle, round_, "open"))
    assert Round.objects.get(pk=round_.pk).state == "open"


def test_slips_come_as_a_pdf_with_a_neutral_name(as_, ana, cycle, opened):
    response = as_(ana).post(at(cycle, opened, "slips"), {"how_many": 9, "paper": "a4", "as": "pdf"})
    assert response["Content-Disposition"] == 'attachment; filename="slips.pdf"'
    assert len(PdfReader(io.BytesIO(response.content)).pages) == 2
    assert Code.objects.count() == 9


def test_code_of_a_slip_opens_the_round(as_, ana, cycle, opened):
    from alongside.listening.answering.sheets import sheet_at
    from alongside.listening.answering.submission import check_code

    page = (
        as_(ana)
        .post(at(cycle, opened, "slips"), {"how_many": 1, "paper": "a4", "as": "page"})
        .content.decode()
    )
    code = re.search(r'class="code" dir="ltr">([A-Z]{6})<', page)[1]
    assert check_code(sheet_at(opened.address), code.lower()) is None


def test_slips_carry_the_address_that_was_set(as_, ana, cycle, opened, settings):
    settings.PUBLIC_ADDRESS = "https://answers.example.org"
    page = (
        as_(ana)
        .post(at(cycle, opened, "slips"), {"how_many": 1, "paper": "a4", "as": "page"})
        .content.decode()
    )
    assert f"answers.example.org/q/{opened.address}" in page


def test_no_code_is_lost_where_no_pdf_can_be_made(as_, ana, cycle, opened, monkeypatch):
    def impossible():
        raise PdfNotPossible("install the Debian packages")

    monkeypatch.setattr("alongside.listening.views.rounds.ensure_pdf_possible", impossible)
    response = as_(ana).post(at(cycle, opened, "slips"), {"how_many": 8, "paper": "a4", "as": "pdf"})
    page = response.content.decode()
    assert (response.status_code, Code.objects.count()) == (503, 0)
    assert ("install the Debian packages" in page, 'value="page"' in page) == (True, True)


def test_slips_as_a_page_need_no_pdf(as_, ana, cycle, opened, monkeypatch):
    monkeypatch.setattr("alongside.ui.pdf._weasyprint", lambda: pytest.fail("asked for a PDF"))
    page = (
        as_(ana)
        .post(at(cycle, opened, "slips"), {"how_many": 8, "paper": "a4", "as": "page"})
        .content.decode()
    )
    assert page.count('class="slip"') == 8


@pytest.mark.parametrize("how_many", ["0", "501", "x", ""])
def test_wrong_number_of_slips_makes_none(as_, ana, cycle, opened, how_many):
    response = as_(ana).post(at(cycle, opened, "slips"), {"how_many": how_many, "paper": "a4"})
    assert (response.status_code, Code.objects.count()) == (400, 0)


def test_codes_stand_in_no_page_but_the_slips(as_, ana, cycle, opened):
    page = (
        as_(ana)
        .post(at(cycle, opened, "slips"), {"how_many": 8, "paper": "a4", "as": "page"})
        .content.decode()
    )
    made = re.findall(r'class="code" dir="ltr">([A-Z]{6})<', page)
    later = as_(ana).get(at(cycle, opened)).content.decode() + as_(ana).get(at(cycle)).content.decode()
    assert (len(made), [code for code in made if code in later]) == (8, [])


def test_poster_comes_as_a_pdf_with_a_neutral_name(as_, fay, cycle, opened):
    response = as_(fay).get(at(cycle, opened, "poster?paper=a4"))
    assert response["Content-Disposition"] == 'attachment; filename="poster.pdf"'


def test_poster_of_a_planned_round_is_not_printed(as_, ana, cycle):
    assert as_(ana).get(at(cycle, rounds_in(ana, cycle)[0], "poster")).status_code == 302


def test_closing_before_the_promised_day_needs_a_tick(as_, ana, cycle, opened):
    signed = as_(ana)
    assert signed.post(at(cycle, opened, "close")).status_code == 400
    assert Round.objects.get(pk=opened.pk).state == "open"
    signed.post(at(cycle, opened, "close"), {"sure": "on"})
    assert Round.objects.get(pk=opened.pk).state == "closed"


def test_round_is_changed_until_it_opens(as_, ana, cycle, opened):
    planned = rounds_in(ana, cycle)[0]
    for round_, status in ((planned, 302), (opened, 400)):
        assert as_(ana).post(at(cycle, round_), {"people": 77, "entry": "link"}).status_code == status
    assert list(Round.objects.filter(people=77).values_list("pk", flat=True)) == [planned.pk]


# -- importing -----------------------------------------------------------------------------------------------

def upload_of(page: str) -> str:
    return re.search(r'name="upload" value="([0-9a-f]{32})"', page)[1]


def test_file_is_looked_at_before_it_is_imported(as_, ana, cycle, opened, settings):
    signed, path = as_(ana), at(cycle, opened, "import")
    page = signed.post(path, {"file": csv_file(lines(opened, "3", "4"))}).content.decode()
    assert ("2 lines can be imported. Nothing is stored yet." in page, AnswerStore.objects.count()) == (
        True,
        0,
    )
    response = signed.post(path, {"upload": upload_of(page), "mapping": "null", "go": "import"})
    assert (response.status_code, AnswerStore.objects.get().people) == (302, 2)
    assert list((settings.DATA_DIR / "imports").iterdir()) == []


def test_imported_file_can_not_be_imported_by_sending_the_form_again(as_, ana, cycle, opened):
    signed, path = as_(ana), at(cycle, opened, "import")
    page = signed.post(path, {"file": csv_file(lines(opened, "3"))}).content.decode()
    data = {"upload": upload_of(page), "mapping": "null", "go": "import"}
    statuses = [signed.post(path, data).status_code for _ in range(2)]
    assert (statuses, AnswerStore.objects.get().people) == ([302, 400], 1)


def test_bad_cells_are_listed_and_the_file_is_not_kept(as_, ana, cycle, opened, settings):
    response = as_(ana).post(at(cycle, opened, "import"), {"file": csv_file(lines(opened, "=3"))})
    assert response.status_code == 400
    assert "It starts like a spreadsheet formula" in response.content.decode()
    assert list((settings.DATA_DIR / "imports").iterdir()) == []


def test_unknown_columns_can_be_named_on_the_page(as_, ana, cycle, opened):
    signed, path = as_(ana), at(cycle, opened, "import")
    content = lines(opened, "3").replace(b"M3", b"Question one", 1)
    page = signed.post(path, {"file": csv_file(content)}).content.decode()
    names = re.findall(r'name="column-(\d+)" value="([^"]*)"', page)
    chosen = {f"column-{place}": name for place, name in names}
    chosen |= {f"target-{place}": "M3" if name == "Question one" else name for place, name in names}
    page = signed.post(path, {"upload": upload_of(page), **chosen}).content.decode()
    assert "1 line can be imported" in page
    mapping = re.search(r'name="mapping" value="([^"]*)"', page)[1].replace("&quot;", '"')
    signed.post(path, {"upload": upload_of(page), "mapping": mapping, "go": "import"})
    assert AnswerStore.objects.get().people == 1


@pytest.mark.parametrize("content", [b"\xff\xfeM", b"", b"M3,M4\n1,2\n"])
def test_broken_file_is_said_kindly(as_, ana, cycle, opened, content):
    assert as_(ana).post(at(cycle, opened, "import"), {"file": csv_file(content)}).status_code == 400


@pytest.mark.parametrize("mapping", ["{", "[]", '{"M3": 3}', "[" * 5000])
def test_mapping_that_was_tampered_with_breaks_nothing(as_, ana, cycle, opened, mapping):
    signed, path = as_(ana), at(cycle, opened, "import")
    page = signed.post(path, {"file": csv_file(lines(opened, "3"))}).content.decode()
    assert signed.post(path, {"upload": upload_of(page), "mapping": mapping}).status_code == 200


def test_upload_of_nobody_is_refused(as_, ana, cycle, opened):
    assert as_(ana).post(at(cycle, opened, "import"), {"upload": "0" * 32, "go": "import"}).status_code == 400


def test_file_that_is_too_large_is_refused(as_, ana, cycle, opened, monkeypatch):
    monkeypatch.setattr("alongside.listening.views.imports.LARGEST_ON_A_PAGE", 10)
    page = as_(ana).post(at(cycle, opened, "import"), {"file": csv_file(lines(opened, "3"))})
    assert (page.status_code, "larger than 20 MB" in page.content.decode()) == (400, True)


def test_import_into_a_closed_round_is_refused(as_, ana, cycle, opened):
    writes.close_round(ana, opened)
    response = as_(ana).post(at(cycle, opened, "import"), {"file": csv_file(lines(opened, "3"))})
    assert (response.status_code, AnswerStore.objects.count()) == (400, 0)


@pytest.mark.parametrize(("ticked", "planned"), [({"other_people": "on"}, True), ({}, False)])
def test_plan_says_whether_other_people_are_asked_each_time(as_, ana, ticked, planned):
    as_(ana).post("/cycles/new", posted(**ticked))
    assert Cycle.objects.get().other_people is planned


def test_plan_form_keeps_that_other_people_are_asked(as_, ana):
    as_(ana).post("/cycles/new", posted(other_people="on"))
    page = as_(ana).get(at(Cycle.objects.get(), act="change")).content.decode()
    assert re.search(r'name="other_people"[^>]*checked', page)
