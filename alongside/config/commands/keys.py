"""`alongside keys`"""

import argparse
from uuid import UUID

from .outcome import CannotDo, new, set_up, tell

ABOUT = """\
New keys for old, while the server runs.

  new                 print a new master key, for a vault or a file elsewhere; changes nothing
  rotate              make new data keys; the worker seals everything with them, then destroys the old ones
  change-master       wrap every key with a new master key; the old one stays readable until the next step
  forget-old-master   a day later: end the change; refused while anything still needs the old master key

See docs/run/keys.md. Make a backup first.
"""


def add(parsers) -> None:
    made = new(parsers, "keys", run, about=ABOUT, examples=(
        "  alongside keys new > /mnt/keys/alongside.key\n"
        "  alongside keys rotate\n"
        "  alongside keys change-master\n"))
    made.add_argument("act", choices=list(ACTS))
    made.add_argument(
        "--organization", metavar="ID", type=UUID, help="with rotate: the keys of this one alone")


def run(args: argparse.Namespace) -> int:
    if args.organization and args.act != "rotate":
        raise CannotDo("--organization goes with rotate.", code=2)
    ACTS[args.act](args)
    return 0


def _new(args: argparse.Namespace) -> None:
    from alongside.config import master_key

    print(master_key.new().hex())


def _rotate(args: argparse.Namespace) -> None:
    set_up()
    from alongside.organizations.api import Organization
    from alongside.privacy.api import INSTALLATION, rotate

    every = set(Organization.objects.values_list("pk", flat=True))
    if args.organization and args.organization not in every:
        raise CannotDo(f"There is no organization {args.organization}.")
    for owner in [args.organization] if args.organization else [*every, INSTALLATION]:
        rotate(owner)
    tell("New keys are in use within a minute. The worker seals the rest with them, and destroys the old keys "
         "a day later.")


def _change_master(args: argparse.Namespace) -> None:
    set_up()
    from django.conf import settings

    from alongside.config import master_key
    from alongside.privacy.api import master

    _ensure_known()
    source = settings.MASTER_KEYS
    known = source.ask(again=True)
    if len(known) == 1:
        _add_line(source, master_key.new(), known[0])
    wrapped = master.rewrap_all()
    tell(f"{wrapped} keys are wrapped with the new master key. Both master keys can still be read, for whoever is "
         "at work just now. Make a backup. A day from now, run: alongside keys forget-old-master")


def _add_line(source, fresh: bytes, old: bytes) -> None:
    from alongside.config.master_key import CannotReplace

    try:
        source.replace((fresh, old))
    except CannotReplace as refusal:
        raise CannotDo(
            f"{refusal}. So change it where it is kept: put the new key (alongside keys new prints one) on a line of "
            "its own before the old one, restart Alongside everywhere, and run this again.") from None


def _forget_old_master(args: argparse.Namespace) -> None:
    set_up()
    from django.conf import settings

    from alongside.config.master_key import CannotReplace
    from alongside.privacy.api import master

    source = settings.MASTER_KEYS
    known = source.ask(again=True)
    if len(known) == 1:
        tell("There is one master key. Nothing is left to forget.")
        return
    if left := master.still_old():
        raise CannotDo(f"{left} keys still need the old master key. Run: alongside keys change-master")
    try:
        source.replace(known[:1])
    except CannotReplace as refusal:
        raise CannotDo(
            f"Nothing needs the old master key any more, but {refusal}. So remove its line where it is kept, and "
            "restart Alongside everywhere.") from None
    tell("The old master key is forgotten. Backups made before today need it: keep it as long as you keep them.")


def _ensure_known() -> None:
    from alongside.privacy.api import master

    if lost := master.cannot_open():
        raise CannotDo(f"{lost} keys open with no master key that is here. Bring the right one back first: "
                       "wrapping the others anew would hide the loss. See docs/run/keys.md.")


ACTS = {"new": _new, "rotate": _rotate, "change-master": _change_master, "forget-old-master": _forget_old_master}
