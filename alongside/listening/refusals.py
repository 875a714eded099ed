"""What this room refuses. Every message is fit for the person who caused it."""


class ListeningRefused(Exception):
    """Base of all refusals of this room."""


class PlanRefused(ListeningRefused):
    """A plan that doesn't hold together. `problems` are (field, message) pairs."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(message for _, message in problems))
        self.problems = problems


class PromiseFrozen(ListeningRefused):
    """People were promised something when a round opened, and this would change it."""


class CannotOpenYet(ListeningRefused):
    """A round that can't open as things stand."""


class NoSupportContact(CannotOpenYet):
    """Nobody is named who supports people in distress."""


class RoundNotOpen(ListeningRefused):
    """This can be done to an open round only."""


class CodesRefused(ListeningRefused):
    """Codes that can't be made: a round by link, too many at once, or too many in all."""


class NotFinished(ListeningRefused):
    """A cycle in which people were asked stays until they were answered."""


class NotReleased(ListeningRefused):
    """A cycle can't be finished before its results were released."""


class ImportRefused(ListeningRefused):
    """A file that can't be imported."""


class ColumnsRefused(ImportRefused):
    """The columns of a file are not those of the round. `header` is what the file has, for a mapping."""

    def __init__(self, message: str, header: list[str]) -> None:
        super().__init__(message)
        self.header = header
