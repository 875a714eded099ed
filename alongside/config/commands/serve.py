"""`alongside serve`"""

import argparse

from .outcome import CannotDo, new, set_up

MOST_WORKERS = 64


def add(parsers) -> None:
    made = new(parsers, "serve", run, about=(
        "Start the web server and the worker.\n\n"
        "Prints the address to open, and nothing else. Before the first organization is set up, the address\n"
        "holds a code that works once: whoever opens it founds the organization. Control-C stops everything."
    ), examples=(
        "  alongside serve\n"
        "  alongside serve --port 8080\n"
        "  alongside serve --host 127.0.0.1      behind a proxy on the same machine\n"
        "  alongside serve --workers 4           more than about 50 people answering at the same moment\n"))
    made.add_argument("--port", type=_port, help="port to listen on (default: PORT, or 8000)")
    made.add_argument("--host", default="0.0.0.0", help=(  # noqa: S104 - phones in the house must reach it
        "address to listen on (default: %(default)s, so that phones in the same network reach it)"))
    made.add_argument(
        "--workers", type=_workers, default=2, help="web processes, 4 threads each (default: 2)")
    made.add_argument("--no-worker", action="store_true", help="start no worker: it runs elsewhere")


def run(args: argparse.Namespace) -> int:
    from alongside.config.environment import read

    port = args.port or read().port
    set_up()  # first: the server knows the worker, whose duties know every room
    _ensure_free(args.host, port)
    from alongside.config import reads
    from alongside.config.server import serve

    if not reads.is_migrated():
        raise CannotDo("The database is not up to date. Run: alongside migrate")
    try:
        serve(host=args.host, port=port, workers=args.workers, with_worker=not args.no_worker)
    except BlockingIOError:
        raise CannotDo("A restore is at work on the data folder. Start again when it is done.") from None
    return 0


def _ensure_free(host: str, port: int) -> None:
    """Say in a sentence what the server would say in a dozen lines."""
    import errno

    from alongside.config.server import bind

    try:
        bind(host, port).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotDo(f"Port {port} is taken by another program. Choose another: alongside serve --port "
                           f"{port + 1 if port < 65535 else 8000} (or set PORT)") from None
        raise CannotDo(f"Cannot listen on {host}, port {port}: {error.strerror}. Ports below 1024 are for "
                       "root; --host must be an address of this machine.") from None


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _workers(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_WORKERS}")
    return int(text)
