"""Decisions of this room, pure: when to release, what to say, what breaks a trend, what is a paraphrase."""
