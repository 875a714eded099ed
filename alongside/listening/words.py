"""What the voices, states and ways in are called on the screens."""

from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from alongside.frameworks.api import Words, fill, words_in

from .models import Entry, RoundState, Voice


def voice_label(voice: str) -> str:
    """What a voice is called, in the language of the screen."""
    return {
        Voice.STAFF: _("Staff and volunteers"),
        Voice.CONSULTANTS: _("Partners and consultants"),
        Voice.CLIENTS: _("Clients"),
    }[Voice(voice)]


def voice_hint(voice: str, own_words: Words) -> str:
    """Who belongs to a voice, in the organization's own word for survivors."""
    said = {
        Voice.STAFF: _("Everyone who works here, paid or not, from the board to the front desk."),
        Voice.CONSULTANTS: _(
            "{Survivors} who advise, speak, train or sit on a council for you."
        ),
        Voice.CLIENTS: _("People who use your services now, or did lately."),
    }[Voice(voice)]
    return fill(said, words_in(own_words, get_language() or "en"))


def state_label(state: str) -> str:
    """What a round's state is called."""
    return {
        RoundState.PLANNED: _("Planned"),
        RoundState.OPEN: _("Open for answers"),
        RoundState.CLOSED: _("Closed"),
    }[RoundState(state)]


def entry_label(entry: str) -> str:
    """How people get in."""
    return {Entry.CODES: _("A slip with a code"), Entry.LINK: _("One open link")}[Entry(entry)]


def form_label(form: str) -> str:
    """Which form of the questions is used."""
    return {"full": _("All questions"), "short": _("The short form, two practices in each area")}[form]


def cycle_label(state: str) -> str:
    """What a cycle's state (see `rules.cycle_state`) is called."""
    return {
        "proposed": _("Proposed: look it over"),
        "planned": _("Planned"),
        "asking": _("Asking people"),
        "between": _("Some rounds are still planned"),
        "closed": _("Closed, not released yet"),
        "released": _("Released, the reply is due"),
        "finished": _("Finished: people heard back"),
    }[state]


def language_label(code: str) -> str:
    """A language's name in itself, or its code where Django does not know it."""
    try:
        return get_language_info(code)["name_local"]
    except KeyError:
        return code


def language_direction(code: str) -> str:
    """"rtl" or "ltr"."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "ltr"
