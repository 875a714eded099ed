"""Run as a process of its own: makes new keys and seals everything with them, until somebody kills it.

`python -m tests.walls.rotate_forever prepare|rotate|read DATA_DIR`
"""

import os
import sys
from datetime import UTC, datetime, timedelta

CONTACTS = 300


def prepare() -> None:
    """Tables, one organization, many contacts."""
    from alongside.config.commands.migrate import bring_up_to_date
    from alongside.organizations.api import SupportContact, found_organization

    bring_up_to_date()
    house = found_organization(name="House (invented)", words={}, languages=["en"])
    for number in range(CONTACTS):
        SupportContact.objects.create(organization=house, name=f"Contact {number}", reach="555", place=number)


def rotate() -> None:
    """One new key after another, each used for everything; old ones are destroyed as if days had passed."""
    from alongside.organizations.api import Organization
    from alongside.privacy.api import reseal
    from alongside.privacy.api import rotate as new_key

    house = Organization.objects.get().pk
    print("rotating", flush=True)
    while True:
        new_key(house)
        while reseal(datetime.now(UTC) + timedelta(days=2)):
            pass
        reseal(datetime.now(UTC) + timedelta(days=2))
        print("an old key was destroyed", flush=True)


def read() -> None:
    """Print how many contacts still say what they said."""
    from alongside.organizations.api import SupportContact

    print(sum(one.name == f"Contact {one.place}" and one.reach == "555" for one in SupportContact.objects.all()))


if __name__ == "__main__":
    os.environ.update(DATA_DIR=sys.argv[2], DJANGO_SETTINGS_MODULE="alongside.config.settings")
    import django

    django.setup()
    {"prepare": prepare, "rotate": rotate, "read": read}[sys.argv[1]]()
