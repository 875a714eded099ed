"""What keepers of keys are called: roles, so that a box knows nobody's name."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Keeper


def keeper_label(keeper: str) -> str:
    """Who keeps one key, for staff."""
    return {
        Keeper.PARTNER: _("A partner with lived experience"),
        Keeper.DIRECTOR: _("The director"),
        Keeper.BOARD: _("A board member"),
        Keeper.STAFF: _("A staff member"),
        Keeper.OUTSIDE: _("Somebody from outside"),
    }[Keeper(keeper)]


def keepers_said(keepers: Sequence[str]) -> str:
    """Who keeps the keys, in one line for people who answer: "1 partner with lived experience, 2 board members"."""
    counted = Counter(keepers)
    said = {
        Keeper.PARTNER: ngettext(
            "%(count)d partner with lived experience", "%(count)d partners with lived experience",
            counted[Keeper.PARTNER]),
        Keeper.DIRECTOR: ngettext("%(count)d director", "%(count)d directors", counted[Keeper.DIRECTOR]),
        Keeper.BOARD: ngettext("%(count)d board member", "%(count)d board members", counted[Keeper.BOARD]),
        Keeper.STAFF: ngettext("%(count)d staff member", "%(count)d staff members", counted[Keeper.STAFF]),
        Keeper.OUTSIDE: ngettext(
            "%(count)d person from outside", "%(count)d people from outside", counted[Keeper.OUTSIDE]),
    }
    return ", ".join(said[keeper] % {"count": counted[keeper]} for keeper in Keeper if counted[keeper])
