"""The `alongside` command line. One file a command: `add(parsers)` says what it takes, `run(args)` does it.

Exit codes: 0 all is well, 1 something is wrong (a sentence on stderr says what), 2 the command was written
wrongly.
"""

import argparse
import os
import sys
import traceback
from importlib import import_module

from .outcome import CannotDo

NAMES = (
    "serve", "worker", "migrate", "doctor", "backup", "backup_key", "restore", "sample", "import_answers", "profile",
    "organization", "framework", "attack", "verify_audit", "keys",
)
ABOUT = """\
Alongside: find out how survivor-informed your organization is, change what is found,
and tell people what became of their words.

What is set from outside, by environment variables:
  DATA_DIR            folder for the database and the keys (default: ./data)
  PORT                port of the web server (default: 8000)
  ALONGSIDE_HOSTS     names under which people reach this server, separated by commas
  ALONGSIDE_ADDRESS   the whole address that people type, such as https://example.org
  ALONGSIDE_HTTPS     1 where a proxy in front of this server speaks https
  DATABASE_URL        a PostgreSQL database; empty for the built-in one
  ALONGSIDE_MASTER_KEY_FILE, ALONGSIDE_MASTER_KEY, ALONGSIDE_KEY_COMMAND
                      where the master key comes from: a file elsewhere, the key itself, or a program
                      that prints it; one of them, or none (then it is made in DATA_DIR)
  ALONGSIDE_BACKUP_DAYS  how long backups are kept (default: 35)
  EMAIL_URL           a mail server (and EMAIL_FROM, what people see); empty: mail goes by hand
"""
EXAMPLES = """\
examples:
  alongside serve                          start the server
  alongside doctor                         look for what is wrong, and how to mend it
  alongside backup /mnt/usb/july.backup    one sealed file that brings all of it back
  alongside COMMAND --help                 more about one command
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    args = parser().parse_args(argv)
    try:
        return args.run(args)
    except CannotDo as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # so that closing stdout is quiet as well
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        return _broken(error)


def parser() -> argparse.ArgumentParser:
    """The whole command line. Imports no Django, so that --help is quick."""
    whole = argparse.ArgumentParser(
        prog="alongside", description=ABOUT, epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parsers = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in NAMES:
        import_module(f".{name}", __name__).add(parsers)
    return whole


def _broken(error: Exception) -> int:
    """Say what broke, without a trace: values in it could be people's words."""
    if os.environ.get("ALONGSIDE_DEBUG") == "1":
        traceback.print_exc()
        return 1
    from alongside.config.environment import CannotStart
    from alongside.config.logs import place_of

    if isinstance(error, CannotStart) or _kinds(error) & {"ImproperlyConfigured", "KeyRefused", "MasterKeyUnknown"}:
        print(error, file=sys.stderr)
    elif _kinds(error) & {"OperationalError", "ProgrammingError"}:
        print("The database can't be used: it is not there, not reachable, or not up to date. "
              "Run: alongside migrate (and alongside doctor, which says more)", file=sys.stderr)
    else:
        print(f"Something in Alongside broke ({type(error).__name__} at {place_of(error.__traceback__)}). "
              "With ALONGSIDE_DEBUG=1 you see all of it; read it before you show it to anybody.",
              file=sys.stderr)
    return 1


def _kinds(error: Exception) -> set[str]:
    """The names of the classes of an error, so that no command has to load Django to know them."""
    return {kind.__name__ for kind in type(error).__mro__}
