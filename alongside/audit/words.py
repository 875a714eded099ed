"""What a broken log means, in plain words."""

from django.utils.translation import gettext as _

from .rules import Break, How


def words_for_break(broken: Break) -> str:
    """One or two sentences on what was found, for the page and the command line."""
    return {
        How.ENDS: _("The note of where the log begins and ends was changed or removed, or the key is not the one it "
                    "was written with."),
        How.CHANGED: _("Entry %(number)d was changed, or what came before it was removed or put in later."),
        How.MISSING: _("Entry %(number)d is missing."),
        How.ADDED: _("Entry %(number)d was put in: the log knows nothing of it."),
        How.CUT: _("Entry %(number)d and those after it are missing, or an older copy of the log was put in its "
                   "place."),
        How.OTHER_HEAD: _("Entry %(number)d is not the one whose number you hold: the log was written anew."),
    }[broken.how] % {"number": broken.number}
