import pytest

from alongside.frameworks.loading import load
from alongside.frameworks.tests.factories import files, write


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The small framework, loaded."""
    return load(write(tmp_path_factory.mktemp("frameworks"), files()))
