"""What is refused about boxes, besides keys and words (see `privacy.box`)."""

from ..refusals import ListeningRefused


class KeysNotHanded(ListeningRefused):
    """A box is put to use when each of its keys was written down and checked."""


class KeyHandedBefore(ListeningRefused):
    """The words of a key are shown to its keeper once."""


class BoxGone(ListeningRefused):
    """This box was given up, replaced, or put to use meanwhile."""


class NothingLocked(ListeningRefused):
    """No comment waits for this box: it was opened before, or there is nothing in it that may be read."""
