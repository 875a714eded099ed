"""What the documents say is kept by which test: the test is there."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
DEFINED = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)
NAMED = re.compile(r"`(?:[\w/.]+::)?(test_\w+)`")


def defined() -> set[str]:
    files = [*HERE.glob("alongside/**/test_*.py"), *HERE.glob("tests/**/test_*.py")]
    return {name for file in files for name in DEFINED.findall(file.read_text())}


@pytest.mark.parametrize("document", ["docs/promises.md", "docs/mutants.md", "docs/insider.md"])
def test_every_test_that_a_document_names_is_there(document):
    named = set(NAMED.findall((HERE / document).read_text()))
    assert named - defined() == set()


def test_promises_name_tests():
    assert len(NAMED.findall((HERE / "docs/promises.md").read_text())) > 200
