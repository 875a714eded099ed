"""`alongside sample`"""

import argparse

from .outcome import CannotDo, new, set_up


def add(parsers) -> None:
    made = new(parsers, "sample", run, about=(
        "Make the invented demo organization, to look at everything without anybody's data.\n\n"
        "Needs ALONGSIDE_DEMO=1, and a DATA_DIR of its own. Each door is an address that signs an invented\n"
        "person in."
    ), examples=(
        "  DATA_DIR=./demo-data ALONGSIDE_DEMO=1 alongside sample --demo\n"
        "  DATA_DIR=./demo-data ALONGSIDE_DEMO=1 alongside sample --doors     new doors: each works once\n"))
    made.add_argument("--demo", action="store_true", help="make it where it is missing, and print its doors")
    made.add_argument("--doors", action="store_true", help="print new doors of a demo that is there")


def run(args: argparse.Namespace) -> int:
    if not args.demo and not args.doors:
        raise CannotDo("Say what you want: alongside sample --demo, or alongside sample --doors", code=2)
    set_up()
    from django.conf import settings

    from alongside.config.sample import make_demo, new_doors
    from alongside.config.server import base_address

    if not settings.DEMO:
        raise CannotDo("The demo signs people in without a password, so it runs only where ALONGSIDE_DEMO=1 "
                       "is set. Never set that where real people's data are.")
    if args.demo:
        make_demo()
    for role, address in new_doors(base_address(settings.ENVIRONMENT.port)):
        print(f"{role}: {address}")
    return 0
