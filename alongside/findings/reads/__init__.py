"""Everything that looks: at releases, at profiles made of them, at comments."""

from .attacking import GivenAway, given_away_in, released_cycles
from .comments import (
    SEALED_WORDS,
    any_of,
    area_titles,
    box_to_open,
    comments_of,
    comments_page,
    locked_in,
    progress_of,
    waiting_comments,
    waiting_in,
    words_of,
)
from .exporting import ExportCard, export_card, exports_of, exports_to_decide, may_fetch, own_export
from .profiles import NotReleasedYet, all_units, profile_of, profile_plain
from .releases import audience_of, earlier_profiles, figures_before, framework_of, profile_in, releases_of
from .waves import Behind, done_with, rounds_behind

__all__ = [
    "SEALED_WORDS",
    "Behind",
    "ExportCard",
    "GivenAway",
    "NotReleasedYet",
    "all_units",
    "any_of",
    "area_titles",
    "audience_of",
    "box_to_open",
    "comments_of",
    "comments_page",
    "done_with",
    "earlier_profiles",
    "export_card",
    "exports_of",
    "exports_to_decide",
    "figures_before",
    "framework_of",
    "given_away_in",
    "locked_in",
    "may_fetch",
    "own_export",
    "profile_in",
    "profile_of",
    "profile_plain",
    "progress_of",
    "released_cycles",
    "releases_of",
    "rounds_behind",
    "waiting_comments",
    "waiting_in",
    "words_of",
]
