"""Read from the source: recording is the last thing of an act, and whoever opens sealed words is recorded."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from alongside.privacy.api import LookupSealedField, SealedByHand

HOUSE = Path(__file__).resolve().parents[2] / "alongside"
FILES = sorted(path for path in HOUSE.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts)
RECORDING = {"record", "record_reading"}
# Functions that go on after recording, each with the reason why nobody can come to wait for it crosswise.
GO_ON = {
    "people/founding.py:found": "founds the organization: nobody else can have its log yet",
}
# Where sealed words of others are opened for a person, and the act by which that is recorded; or why it need not be.
OPENED = {
    "findings/reads/comments.py:words_of": "comments.seen",
    "listening/releasing.py:raw_comment": "comments.read",
    "outside/mail/writes.py:_addresses": "addresses.opened",
    "outside/mail/writes.py:take_batch": "the worker hands a batch to the mail server; no person sees it",
    "findings/writes/comments.py:_anew": "sealed again under a new id at once; no person sees it",
    "listening/store.py:_waiting": "answers are mixed when a round closes; no person sees it",
    "listening/store.py:raw_comments": "for the release, which shows no words",
    "listening/uploads.py:open_upload": "whoever brought the file looks at it before taking it (answers.imported)",
    "people/sealed_sessions.py:decode": "one's own session",
    "people/resealing.py:_text_anew": "sealed again under a new key at once; no person sees it",
    "people/adapters.py:decrypt": "the secret of one's own second step, while signing in",
}
# Every sealed column: the act by which reading it is recorded, or why it is not. The rule: what people who answer
# wrote, and the addresses of people who are asked, is recorded. What staff write for one another is not, or the log
# would be a trace of their work.
WORDS_OF_STAFF = "staff write it for one another, or for everybody"
SEALED = {
    "listening.Comment.sealed": "comments.read",
    "findings.ReviewedComment.sealed_words": "comments.seen",
    "mail.AddressList.sealed": "addresses.opened",
    "mail.Mailing.sealed_queue": "the worker empties it; no page shows it",
    "listening.AnswerStore.answers": "figures are made from it through the gate; no page shows it",
    "findings.Release.payload": "figures that passed the gate; taking them out as a file is recorded",
    "findings.OutsideExport.words": WORDS_OF_STAFF, "findings.OutsideExport.reason": WORDS_OF_STAFF,
    "findings.Release.memory": "the gate compares with it; no page shows it",
    "people.HeadKeeper.address": "the worker sends there; no page shows it",
    "people.Account.email": "colleagues see one another", "people.Account.name": "colleagues see one another",
    "people.Invitation.label": WORDS_OF_STAFF,
    "organizations.Unit.name": WORDS_OF_STAFF,
    "organizations.LegalHold.about": WORDS_OF_STAFF, "organizations.LegalHold.ordered_by": WORDS_OF_STAFF,
    **dict.fromkeys((f"organizations.SupportContact.{name}" for name in (
        "name", "reach", "languages", "hours", "may_be_told")), "stands on every page of people who answer"),
    "listening.Cycle.name": WORDS_OF_STAFF, "listening.Round.frozen": "stands on the first page of a round",
    **dict.fromkeys((f"changes.{name}" for name in (
        "Finding.says", "Decision.reason", "Action.what", "Action.owner", "Action.money", "Action.survivors_part",
        "Action.result", "ReplyText.opening", "ReplyText.closing", "ReplyLine.said", "ReplyLine.answer",
    )), WORDS_OF_STAFF),
}


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield f"{path.relative_to(HOUSE)}:{node.name}", node


def calls(node: ast.AST, names: set[str]) -> bool:
    """Whether one of these functions is called in `node`."""
    return any(isinstance(one, ast.Call) and (getattr(one.func, "id", "") or getattr(one.func, "attr", "")) in names
               for one in ast.walk(node))


def goes_on(body: list[ast.stmt]) -> bool:
    """Whether something that may write comes after a recording in these statements."""
    return _followed(body)[0]


def _followed(body: list[ast.stmt]) -> tuple[bool, bool]:
    """(whether something comes after a recording in here, whether a recording is behind whoever leaves at the end)."""
    wrong = recorded = False
    for statement in body:
        if isinstance(statement, ast.Return | ast.Raise):
            return wrong, False
        if is_recording(statement):
            recorded = True
            continue
        wrong = wrong or recorded
        blocks = [block for name in ("body", "orelse", "finalbody") if (block := getattr(statement, name, []))]
        inside = [_followed(block) for block in blocks]
        comes_again = isinstance(statement, ast.For | ast.While) and inside[0][1]
        wrong = wrong or comes_again or any(one[0] for one in inside)
        recorded = recorded or any(one[1] for one in inside) or (not blocks and calls(statement, RECORDING))
    return wrong, recorded


def is_recording(statement: ast.stmt) -> bool:
    """A recording and nothing else, or a loop of them."""
    if isinstance(statement, ast.For):
        return all(is_recording(one) for one in statement.body)
    return isinstance(statement, ast.Expr) and calls(statement, RECORDING)


@pytest.mark.parametrize("path", [one for one in FILES if HOUSE / "audit" not in one.parents],
                         ids=lambda path: str(path.relative_to(HOUSE)))
def test_recording_is_the_last_thing_of_an_act(path):
    writing = [name for name, node in functions(path)
               if goes_on(node.body) and not any(calls(one, {"render", "redirect"}) for one in node.body)]
    assert [name for name in writing if name not in GO_ON] == []


def test_every_sealed_column_says_how_its_reading_is_recorded():
    columns = {f"{model._meta.label}.{field.name}" for model in apps.get_models() for field in model._meta.fields
               if isinstance(field, SealedByHand | LookupSealedField)}
    assert columns == set(SEALED)


def test_whoever_opens_sealed_words_is_known():
    opening = {name for path in FILES for name, node in functions(path)
               if calls(node, {"unseal"}) and HOUSE / "privacy" not in path.parents}
    assert opening == set(OPENED)


@pytest.mark.parametrize("act", sorted({act for act in (*OPENED.values(), *SEALED.values()) if " " not in act}))
def test_act_by_which_a_reading_is_recorded_is_written_somewhere(act):
    recorded = {constant.value for path in FILES for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Call) and calls(node, RECORDING)
                for constant in node.args if isinstance(constant, ast.Constant)}
    assert act in recorded
