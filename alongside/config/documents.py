"""Documents that are made from the code: `python -m alongside.config.documents` writes them.

docs/data-map.md: every table, why it exists, how long its rows stay, and whether a row can name a person.
docs/permissions.md: what each role may do, and who may enter each address.
"""

import sys
from pathlib import Path

from .commands.outcome import set_up

DOCS = Path(__file__).resolve().parents[2] / "docs"
DATA_MAP, PERMISSIONS = DOCS / "data-map.md", DOCS / "permissions.md"
HEAD = """\
# What is held, and for how long

Made from the code by `make docs`; do not edit. Every table says this about itself (`held`), and a test
refuses one that does not. Deleted rows are overwritten on the disk; backups age out on the schedule that you
choose (`docs/run/backup.md`).

| Table | Why it exists | Kept | A row can name a person |
|---|---|---|---|
"""
PERMISSIONS_HEAD = """\
# Who may what

Made from the code by `make docs`; do not edit. The first table is `access/permissions.py`; the second is read from the
doors of the views. `tests/walls/test_crawl.py` goes to every address with every method as everybody and compares.

One person may hold several roles and then may do what each of them may. Everything ends at the wall of one's own
organization. Whoever has set up no second step reaches only its set-up.

## Roles

"""
ADDRESSES_HEAD = """
## Addresses

"again": before the form is taken, people show once more that it is them, with password, code or passkey.

| Address | Methods | Who may enter | |
|---|---|---|---|
"""


def data_map() -> str:
    """The text of docs/data-map.md. Django must be set up. Raises `KeyError` for a table that nobody
    explains."""
    from alongside.keeping.api import tables

    return HEAD + "".join(
        f"| `{one.label}` | {one.because} | {one.at_most} | {'yes' if one.names_a_person else 'no'} |\n"
        for one in tables())


def permissions() -> str:
    """The text of docs/permissions.md. Django must be set up."""
    from alongside.access.api import GRANTS, WHAT_FOR, Role
    from alongside.people.api import role_name

    from .addresses import addresses

    head = ["| May |", *(f" {role_name(role)} |" for role in Role), "\n|---|", "---|" * len(Role), "\n"]
    roles = "".join(
        f"| {words} (`{permission}`) |" + "".join(f" {'yes' if permission in GRANTS[role] else ''} |" for role in Role)
        + "\n" for permission, words in WHAT_FOR.items())
    rows = "".join(
        f"| `/{one.route}` | {', '.join(one.methods)} | {_who(one.door)} | {'again' if one.door.again else ''} |\n"
        for one in sorted(addresses(), key=lambda one: one.route))
    return PERMISSIONS_HEAD + "".join(head) + roles + ADDRESSES_HEAD + rows


def _who(door) -> str:
    """Who may enter, in words; the reason where a page is open."""
    from alongside.access.api import Entrance

    if door.entrance is Entrance.ROLE:
        return " or ".join(f"`{permission}`" for permission in sorted(door.permissions))
    return f"{door.entrance.value}: {door.because}"


def main() -> int:
    set_up()
    DATA_MAP.write_text(data_map(), encoding="utf-8")
    PERMISSIONS.write_text(permissions(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
