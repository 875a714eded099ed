"""Documents that are made from the code: `python -m alongside.config.documents` writes them.

docs/data-map.md: every table, why it exists, how long its rows stay, and whether a row can name a person.
"""

import sys
from pathlib import Path

from .commands.outcome import set_up

DATA_MAP = Path(__file__).resolve().parents[2] / "docs" / "data-map.md"
HEAD = """\
# What is held, and for how long

Made from the code by `make docs`; do not edit. Every table says this about itself (`held`), and a test
refuses one that does not. Deleted rows are overwritten on the disk; backups age out on the schedule that you
choose (`docs/run/backup.md`).

| Table | Why it exists | Kept | A row can name a person |
|---|---|---|---|
"""
# Tables that come with Django and its parts say nothing about themselves. Empty ones hold no row in
# Alongside.
OF_OTHERS = {
    "sessions.session": ("staff stay signed in", "ten hours, or until they sign out", True),
    "account.emailaddress": ("says which address an account signs in with", "as long as the account", True),
    "account.emailconfirmation": ("unused: an invitation proves an address", "always empty", False),
    "mfa.authenticator": (
        "the second step of signing in", "as long as the account, or until it is removed", True),
    "auth.permission": ("unused: roles say what somebody may do", "names of the program's own tables", False),
    "auth.group": ("unused: roles say what somebody may do", "always empty", False),
    "auth.user": ("unused: accounts are in `people`", "always empty", False),
    "contenttypes.contenttype": ("unused", "names of the program's own tables", False),
}
CACHE = (
    "cache", "counts how often staff try to sign in from one network address", "minutes, at most a day", True)


def data_map() -> str:
    """The text of docs/data-map.md. Django must be set up. Raises `KeyError` for a table that nobody
    explains."""
    from django.apps import apps

    rows = [_row(model) for model in apps.get_models() if not model._meta.swapped]
    return HEAD + "".join(f"| `{name}` | {why} | {kept} | {'yes' if names else 'no'} |\n"
                          for name, why, kept, names in [*sorted(rows), CACHE])


def _row(model) -> tuple[str, str, str, bool]:
    held, label = getattr(model, "held", None), model._meta.label_lower
    if held is None:
        return label, *OF_OTHERS[label]
    return label, held.because, held.at_most, held.names_a_person


def main() -> int:
    set_up()
    DATA_MAP.write_text(data_map(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
