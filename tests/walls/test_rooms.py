"""The walls between rooms that an import linter does not see: read from the source of every file."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "alongside"
ROOMS = {"access", "audit", "changes", "config", "findings", "frameworks", "keeping", "kernel", "listening",
         "organizations", "outside", "people", "privacy", "ui"}
FILES = sorted(path for path in HOUSE.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts)
# Files that may touch tables, besides reads.py, writes.py and models.py, each with its reason.
MAY_TOUCH_TABLES = {
    "privacy/sealing.py": "keys are read and made where sealing happens",
    "privacy/keys.py": "the master key in use is the one that opens a certain key",
    "privacy/master.py": "wraps every key anew, whosever it is",
    "privacy/rotation.py": "seals every sealed column anew, whatever room it belongs to",
    "people/resealing.py": "seals anew what allauth's table holds",
    "listening/releasing.py": "what findings may do to a cycle and its comments, kept apart from staff's own acts",
    "people/adapters.py": "allauth asks through it whether an account has a second step",
    "people/checks.py": "counts accounts for the keeper of the server",
    "people/heads.py": "where the heads of the log are sent: its few reads and writes stand together",
    "people/founding.py": "founds an organization together with its first account, in one transaction",
    "people/standing.py": "asks, for each request, whether a second step was shown",
    "listening/store.py": "the store of answers is its own small database room",
    "listening/answering/sheets.py": "reads the one round that people answer",
    "listening/answering/submission.py": "spends a code and keeps an answer in one transaction",
}
# Rooms' files that may speak SQL, each with its reason.
MAY_SPEAK_SQL = {
    "access/rows.py": "row-level security is set up and told whose rows it shows; Django has no words for it",
}
RAW_ANSWERS = {"raw_answers", "raw_comments", "comment_counts", "RawAnswers"}


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def imports_of(path: Path):
    """(module, name) of every import of our own rooms, relative ones made whole."""
    package = ("alongside", *path.relative_to(HOUSE).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            base = ".".join(package[:len(package) - node.level]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            yield from ((module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_rooms_meet_at_the_api_alone(path):
    here = room_of(path)
    if here == "config":
        return  # wires everything together
    for module, name in imports_of(path):
        parts = module.split(".")
        if parts[0] == "alongside" and len(parts) > 1 and parts[1] in ROOMS - {here}:
            assert parts[2:] == ["api"] or (not parts[2:] and name == "api"), f"{path.name} reaches into {module}"


def test_only_findings_reads_raw_answers():
    readers = {room_of(path) for path in FILES for _, name in imports_of(path) if name in RAW_ANSWERS}
    assert readers == {"findings", "listening"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_tables_are_touched_in_reads_and_writes_alone(path):
    relative = path.relative_to(HOUSE)
    if room_of(path) == "config":
        return  # the sample and the doctor put rooms together
    if {"reads.py", "writes.py", "models.py"} & {path.name} or {"reads", "writes"} & set(relative.parts):
        return
    touched = [node.lineno for node in ast.walk(ast.parse(path.read_text()))
               if isinstance(node, ast.Attribute) and node.attr in ("objects", "_base_manager", "_default_manager")]
    assert not touched or str(relative) in MAY_TOUCH_TABLES, f"{relative}: .objects in line {touched}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_no_raw_sql_and_no_model_by_name(path):
    if room_of(path) == "config" or str(path.relative_to(HOUSE)) in MAY_SPEAK_SQL:
        return  # backup and doctor speak to the database itself
    tree = ast.walk(ast.parse(path.read_text()))
    refused = {"RawSQL", "get_model", "ContentType", "cursor", "execute", "executemany"}
    used = [node for node in tree if isinstance(node, ast.Attribute | ast.Name)]
    names = {node.attr if isinstance(node, ast.Attribute) else node.id for node in used}
    dotted = [node for node in used if isinstance(node, ast.Attribute)]
    on_tables = {node.attr for node in dotted if ".objects" in ast.unparse(node.value)}
    assert (names & refused) | (on_tables & {"raw", "extra"}) == set()


@pytest.mark.parametrize("path", [p for p in FILES if p.name == "rules.py" or "rules" in p.parts],
                         ids=lambda p: str(p.relative_to(HOUSE)))
def test_rules_are_pure(path):
    impure = ("django.db", "django.http", "django.conf", "time", "django.utils.timezone")
    assert not [module for module, _ in imports_of(path) if module.startswith(impure)]
    assert "today()" not in path.read_text()
    assert "now()" not in path.read_text()


def test_every_room_says_what_it_is_for():
    missing = [room for room in ROOMS if not ast.get_docstring(ast.parse((HOUSE / room / "__init__.py").read_text()))]
    assert missing == []


def test_no_file_is_longer_than_four_hundred_lines():
    long = {str(path): n for path in FILES if (n := len(path.read_text().splitlines())) > 400}
    assert long == {}


def test_nobody_else_can_vouch_for_a_figure():
    inside = HOUSE / "privacy" / "gate"
    outside = [path for path in FILES if inside not in path.parents]
    assert [str(path) for path in outside for _, name in imports_of(path) if name in ("GATE", "_Vouched")] == []
