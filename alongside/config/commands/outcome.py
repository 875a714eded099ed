"""How a command ends when it can't do what it was asked, and what all commands share."""

import argparse
import os
import sys
from pathlib import Path

WRONG, MISUSED = 1, 2


class CannotDo(Exception):
    """The message is a sentence for the person at the keyboard; `code` is the exit code."""

    def __init__(self, message: str, code: int = WRONG) -> None:
        super().__init__(message)
        self.code = code


def set_up() -> None:
    """Make Django ready. Half a second, so only commands call it that need it. Raises `CannotStart`."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    django.setup()


def new(parsers, name: str, run, *, about: str, examples: str) -> argparse.ArgumentParser:
    """A parser for one command. The first line of `about` stands in the list of commands."""
    made = parsers.add_parser(
        name, help=about.splitlines()[0], description=about, epilog="examples:\n" + examples,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    made.set_defaults(run=run)
    return made


def existing_file(text: str) -> Path:
    """An argparse type: a file that is there."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path


def tell(sentence: str) -> None:
    """Say something that is not the result: on stderr, so that results can be piped."""
    print(sentence, file=sys.stderr)
