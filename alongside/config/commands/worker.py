"""`alongside worker`"""

import argparse

from .outcome import CannotDo, new, set_up


def add(parsers) -> None:
    made = new(parsers, "worker", run, about=(
        "Do what has to be done by the clock: close rounds, release results, send mail, purge.\n\n"
        "`alongside serve` starts one by itself. Start another only where you run `serve --no-worker`.\n"
        "Two at the same time do no harm."
    ), examples=(
        "  alongside worker            goes on until it is stopped\n"
        "  alongside worker --once     everything once, then stops (1 where a duty failed)\n"))
    made.add_argument("--once", action="store_true", help="do everything once and stop")


def run(args: argparse.Namespace) -> int:
    set_up()
    from django.conf import settings

    from alongside.config import reads, running, worker

    if not reads.is_migrated():
        raise CannotDo("The database is not up to date. Run: alongside migrate")
    try:
        running.hold(settings.DATA_DIR)
    except BlockingIOError:
        raise CannotDo("A restore is at work on the data folder. Start again when it is done.") from None
    if args.once:
        return 1 if worker.work_once() else 0
    worker.work_until_told()
    return 0
