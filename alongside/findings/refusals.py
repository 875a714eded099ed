"""What this room refuses. Every message is fit for the person who caused it."""


class FindingsRefused(Exception):
    """Base of all refusals of this room."""


class CannotRelease(FindingsRefused):
    """Results that can't be released yet: a round can still be answered, or the framework is gone."""


class TooCloseToTheWords(FindingsRefused):
    """New words that give the original back."""


class NotAllRead(FindingsRefused):
    """Comments are released when every one of them was read."""


class BoxStaysShut(FindingsRefused):
    """The box is opened after the release, for comments that may be read."""


class NotYours(FindingsRefused):
    """A request to take figures out that this person can't make or decide about."""


class AlreadyDecided(FindingsRefused):
    """Somebody decided about this request before."""


class NotWaiting(FindingsRefused):
    """This comment was read already, or was deleted on schedule."""
