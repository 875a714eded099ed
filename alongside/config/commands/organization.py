"""`alongside organization`"""

import argparse

from .outcome import CannotDo, new, set_up

LONGEST = 200


def add(parsers) -> None:
    made = new(parsers, "organization", run, about=(
        "Add another organization to this installation.\n\n"
        "Organizations on one server see nothing of each other. Prints a link for the person who will\n"
        "coordinate the new one: it works once, for seven days. Hand it over yourself."
    ), examples='  alongside organization add "Juniper Center"\n')
    made.add_argument("act", choices=["add"])
    made.add_argument("name", metavar="NAME")


def run(args: argparse.Namespace) -> int:
    name = args.name.strip()
    if not 0 < len(name) <= LONGEST:
        raise CannotDo(f"A name has 1 to {LONGEST} characters.", code=2)
    set_up()
    from django.conf import settings

    from alongside.config import writes
    from alongside.config.server import base_address
    from alongside.organizations.api import any_organization_exists

    if not any_organization_exists():
        raise CannotDo("There is no organization yet. The first one is set up in the browser: alongside "
                       "serve prints the address.")
    print(base_address(settings.ENVIRONMENT.port) + writes.add_organization(name))
    return 0
