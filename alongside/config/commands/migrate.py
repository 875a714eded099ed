"""`alongside migrate`"""

import argparse

from .outcome import new, set_up


def add(parsers) -> None:
    new(parsers, "migrate", run, about=(
        "Bring the database and the files it serves up to date.\n\n"
        "Run it after installing and after each upgrade. It may be run at any time, as often as you like.\n"
        "Make a backup before an upgrade."
    ), examples="  alongside migrate\n")


def run(args: argparse.Namespace) -> int:
    set_up()
    bring_up_to_date()
    return 0


def bring_up_to_date() -> None:
    """Migrate, make the cache table and the installation's keys, collect the static files and drop those of older
    versions. Django must be set up.

    Idempotent; about a second where nothing is to be done.
    """
    from django.core.management import call_command

    from alongside.config import overwriting
    from alongside.config.translations import compile_all
    from alongside.privacy.api import make_installation_keys

    compile_all()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    overwriting.keep_no_samples()
    make_installation_keys()
    call_command("collectstatic", verbosity=0, interactive=False)
