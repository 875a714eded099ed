"""Run as a process of its own: sends one answer after another until somebody kills it.

`python -m tests.walls.submit_forever prepare|send|count DATA_DIR`
"""

import os
import sys


def _ready(data: str) -> None:
    os.environ.update(DATA_DIR=data, DJANGO_SETTINGS_MODULE="alongside.config.settings")
    import django

    django.setup()


def prepare() -> None:
    """Tables, one open round, many codes. Prints the round's address."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from alongside.listening import store
    from alongside.listening.models import HeldResponse
    from alongside.listening.tests.factories import make_code, make_cycle, make_open_round
    from alongside.organizations.api import found_organization

    round_ = make_open_round(make_cycle(found_organization(name="House (invented)", words={}, languages=["en"])))
    for text in _codes():
        make_code(round_, text)
    store.hold(round_, "1" * 23, {})  # so that the organization's key is there
    HeldResponse.objects.all().delete()
    print(round_.address)


def send() -> None:
    """Send with every code that is not spent, as fast as it goes."""
    from alongside.listening.answering import submission, walk
    from alongside.listening.answering.sheets import sheet_at
    from alongside.listening.models import Round

    sheet = sheet_at(Round.objects.get().address)
    print("sending", flush=True)
    for text in _codes():
        here = walk.Walk(7, "en", text, "4" * 23, {1: "word " * 50})
        try:
            submission.send(sheet, here)
        except submission.NotTaken as refused:
            if refused.why != "spent":
                raise


def count() -> None:
    """Print how many codes are spent and how many answers are kept."""
    from alongside.listening.models import Code, HeldResponse

    print(Code.objects.filter(spent=True).count(), HeldResponse.objects.count())


def _codes() -> list[str]:
    letters = "BCDFGHJKLM"
    return [f"B{a}{b}{c}DZ" for a in letters for b in letters for c in letters]


if __name__ == "__main__":
    _ready(sys.argv[2])
    {"prepare": prepare, "send": send, "count": count}[sys.argv[1]]()
