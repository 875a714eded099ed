"""Brings the cast of `personas.py` and the browser to every test, after Django is set up."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.import_plugin("tests.personas")
    config.pluginmanager.import_plugin("tests.browsers")
