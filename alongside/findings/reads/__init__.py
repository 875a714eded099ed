"""Everything that looks: at releases, at profiles made of them, at comments."""

from .comments import (
    SEALED_WORDS,
    any_of,
    area_titles,
    comments_of,
    comments_page,
    progress_of,
    waiting_comments,
    waiting_in,
    words_of,
)
from .profiles import NotReleasedYet, all_units, profile_of, profile_plain
from .releases import audience_of, earlier_profiles, framework_of, profile_in, releases_of

__all__ = [
    "SEALED_WORDS", "NotReleasedYet", "all_units", "any_of", "area_titles", "audience_of", "comments_of",
    "comments_page", "earlier_profiles", "framework_of", "profile_in", "profile_of", "profile_plain",
    "progress_of", "releases_of", "waiting_comments", "waiting_in", "words_of",
]
