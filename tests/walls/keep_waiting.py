"""Run as a process of its own: answers that wait in an installation while it is backed up.

`python -m tests.walls.keep_waiting answer|close DATA_DIR`
"""

import os
import sys

BEFORE, AFTER, WIDTH = 3, 2, 23


def answer() -> None:
    """An open round in which some answers were stirred and some were not."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from alongside.listening import store
    from alongside.listening.tests.factories import make_cycle, make_open_round
    from alongside.organizations.api import found_organization

    house = found_organization(name="House (invented)", words={}, languages=["en"])
    round_ = make_open_round(make_cycle(house))
    for _ in range(BEFORE):
        store.hold(round_, "1" * WIDTH, {})
    store.stir_rounds()
    for _ in range(AFTER):
        store.hold(round_, "2" * WIDTH, {})


def close() -> None:
    """Close the round; print how many answers of either kind are in the store."""
    from alongside.listening import store
    from alongside.listening.models import Round

    round_ = Round.objects.get()
    store.mix(round_)
    block = store.raw_answers(round_).block
    print(block.count(1) // WIDTH, block.count(2) // WIDTH)


if __name__ == "__main__":
    os.environ.update(DATA_DIR=sys.argv[2], DJANGO_SETTINGS_MODULE="alongside.config.settings")
    import django

    django.setup()
    {"answer": answer, "close": close}[sys.argv[1]]()
