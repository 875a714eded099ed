"""Installations for the tests of this room."""

import pytest

from .installations import Installation, copy_of


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory) -> Installation:
    made = Installation(tmp_path_factory.mktemp("made") / "data")
    made.done("migrate")
    return made


@pytest.fixture
def installation(_migrated, tmp_path) -> Installation:
    """A migrated installation on SQLite, without an organization."""
    return copy_of(_migrated, tmp_path / "installation")
