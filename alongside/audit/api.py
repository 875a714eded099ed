"""The audit room's names for the other rooms."""

from .reads import State, Verdict, broken_logs, check_log, entries_of, logs, state_of
from .rules import Break, Head, How, NotAHead, parse_head
from .words import words_for_break
from .writes import forget_log, make_due_heads, purge_entries, record, record_reading, thing_of

__all__ = [
    "Break", "Head", "How", "NotAHead", "State", "Verdict", "broken_logs", "check_log", "entries_of", "forget_log",
    "logs", "make_due_heads", "parse_head", "purge_entries", "record", "record_reading", "state_of", "thing_of",
    "words_for_break",
]
