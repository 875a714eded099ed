"""What this room refuses. Every message is fit for the person who caused it."""


class ChangesRefused(Exception):
    """Base of all refusals of this room."""


class NotReleasedYet(ChangesRefused):
    """Findings come after the results of a cycle were released, so that nobody writes from a running
    tally."""


class CycleFinished(ChangesRefused):
    """The loop of this cycle was closed: what people were told stands."""


class ReasonMissing(ChangesRefused):
    """ "Later" and "won't" say why."""


class NothingDecidedToDo(ChangesRefused):
    """An action belongs to a decision to do something."""


class ActionsStillPromised(ChangesRefused):
    """A decision is taken back while something is still promised under it."""


class ResultMissing(ChangesRefused):
    """An action ends with a word on what came of it."""


class ReplyIncomplete(ChangesRefused):
    """The reply lacks something in one of the languages."""


class LooksLikeAQuote(ChangesRefused):
    """Words on the reply look like somebody's own words."""


class NotAnsweredYet(ChangesRefused):
    """A cycle is finished only when everyone who was asked can read the reply."""
