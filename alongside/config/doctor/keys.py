"""Checks of the master key: it fits, it is one, and it lies apart from what it opens."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from alongside.listening.api import rounds_without_keys
from alongside.organizations.api import any_organization_exists
from alongside.privacy.api import master

from .finding import ADVICE, Finding

READ = "See docs/run/keys.md."


def master_key_fits() -> Iterator[Finding]:
    """The master key opens every key."""
    if lost := master.cannot_open():
        yield Finding(
            "keys", f"{lost} keys open with no master key that is here.",
            "What they sealed can't be read: names, comments, decisions. New answers can't be kept either.",
            f"Bring back the master key that was used before, from where you keep it or from a backup. {READ}")


def master_key_is_one() -> Iterator[Finding]:
    """A change of the master key was brought to its end."""
    if len(settings.MASTER_KEYS.ask()) > 1:
        act = "change-master" if master.still_old() else "forget-old-master"
        yield Finding(
            "keys", "The master key is being changed: the old one can still be read.",
            "Whoever has the old one can open everything until the change is brought to its end.",
            f"A day after it was begun, run: alongside keys {act}. {READ}", ADVICE)


def master_key_is_apart() -> Iterator[Finding]:
    """A thief of the data folder finds no key in it."""
    source = settings.MASTER_KEYS
    if source.beside_the_data and any_organization_exists():
        yield Finding(
            "keys", "The master key lies in the data folder, beside what it opens.",
            "Whoever takes this disk, or copies the folder, can read everything in it.",
            f"Keep it on a stick, in the environment or in a vault. {READ}", ADVICE)
    left = Path(settings.DATA_DIR) / "secrets" / "master.key"
    if not source.beside_the_data and left.exists():
        yield Finding(
            "keys", f"The master key is read from elsewhere, but {left} is still there.",
            "If it is the same key, a thief of the folder has it.",
            f"When alongside doctor finds no other fault with the keys, run: shred -u {left}. {READ}", ADVICE)


def waiting_answers_can_be_opened() -> Iterator[Finding]:
    """The keys of answers that wait lie in the data folder, and in no other place."""
    if lost := rounds_without_keys():
        yield Finding(
            "keys", f"In {lost} open rounds answers wait of which the keys are not in secrets/holding.",
            "These answers can't be read by anybody, and the rounds can't be closed.",
            "If the folder was moved or left behind, put it back; every process must have the same DATA_DIR. Else "
            f"restore the newest backup. {READ}")


CHECKS = (master_key_fits, waiting_answers_can_be_opened, master_key_is_one, master_key_is_apart)
