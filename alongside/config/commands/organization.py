"""`alongside organization`"""

import argparse
import sys

from .outcome import CannotDo, new, set_up, tell

LONGEST = 200


def add(parsers) -> None:
    made = new(parsers, "organization", run, about=(
        "Add another organization to this installation, or remove one.\n\n"
        "Organizations on one server see nothing of each other. `add` prints a link for the person who will\n"
        "coordinate the new one: it works once, for seven days. Hand it over yourself.\n"
        "`remove` deletes all that an organization has here, and destroys its keys. It asks first."
    ), examples=(
        '  alongside organization add "Juniper Center"\n'
        '  alongside organization remove "Juniper Center"\n'))
    made.add_argument("act", choices=["add", "remove"])
    made.add_argument("name", metavar="NAME")
    made.add_argument("--yes", action="store_true", help="with remove: do not ask")


def run(args: argparse.Namespace) -> int:
    name = args.name.strip()
    if not 0 < len(name) <= LONGEST:
        raise CannotDo(f"A name has 1 to {LONGEST} characters.", code=2)
    set_up()
    return _add(name) if args.act == "add" else _remove(name, sure=args.yes)


def _add(name: str) -> int:
    from django.conf import settings

    from alongside.config import writes
    from alongside.config.server import base_address
    from alongside.organizations.api import any_organization_exists

    if not any_organization_exists():
        raise CannotDo("There is no organization yet. The first one is set up in the browser: alongside "
                       "serve prints the address.")
    print(base_address(settings.ENVIRONMENT.port) + writes.add_organization(name))
    return 0


def _remove(name: str, *, sure: bool) -> int:
    from django.conf import settings

    from alongside.config.removing import organization_called, remove_organization
    from alongside.organizations.api import UnderHold

    organization = organization_called(name)
    if not sure:
        _ask(name)
    try:
        remove_organization(organization)
    except UnderHold as refusal:
        raise CannotDo(str(refusal)) from None
    print(f"Removed {name}: its cycles, answers, figures, people, log and keys.")
    tell(f"Backups made before today still hold it, for {settings.BACKUP_DAYS} days at most.")
    return 0


def _ask(name: str) -> None:
    if not sys.stdin.isatty():
        raise CannotDo("Nobody is here to ask. Say --yes to remove it.", code=2)
    tell(f"This deletes everything that {name} has here, for good: cycles that are open, answers, figures, replies, "
         "people's accounts, the log, the keys. Make a backup first if anybody may want it back.")
    if input("Type the name again to remove it: ").strip() != name:
        raise CannotDo("Nothing was removed.")
