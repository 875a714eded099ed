"""The findings room's names for the other rooms."""

from .cards import DomainCard, FigureCard, GapCard, PracticeCard, ProfileCard
from .models import Release, ReviewedComment
from .reads import (
    ExportCard,
    NotReleasedYet,
    export_card,
    exports_to_decide,
    given_away_in,
    profile_of,
    profile_plain,
    released_cycles,
    waiting_comments,
)
from .refusals import CannotRelease, FindingsRefused, NotAllRead, NotWaiting, TooCloseToTheWords
from .writes import close_cycle, release_comments, release_cycle, release_ready_cycles, review

__all__ = [
    "CannotRelease",
    "DomainCard",
    "ExportCard",
    "FigureCard",
    "FindingsRefused",
    "GapCard",
    "NotAllRead",
    "NotReleasedYet",
    "NotWaiting",
    "PracticeCard",
    "ProfileCard",
    "Release",
    "ReviewedComment",
    "TooCloseToTheWords",
    "close_cycle",
    "export_card",
    "exports_to_decide",
    "given_away_in",
    "profile_of",
    "profile_plain",
    "release_comments",
    "release_cycle",
    "release_ready_cycles",
    "released_cycles",
    "review",
    "waiting_comments",
]
