"""The listening room's names for the other rooms. `raw_*` may be used by `findings` alone."""

from .boxes import gathering
from .boxes.cards import gathering_card
from .boxes.forms import KeyForm
from .boxes.gathering import Gathering
from .boxes.reads import locked_comments
from .boxes.refusals import NothingLocked
from .boxes.writes import unlock_comments
from .importing import ImportResult, import_answers
from .imports import BadCell
from .models import Cycle, Entry, Round, RoundState, Voice
from .reads import cycles_of, days_since_asked, earlier_without_reply, extra_frameworks, rounds_in, rounds_of
from .refusals import (
    CannotOpenYet,
    CodesRefused,
    ColumnsRefused,
    ImportRefused,
    ListeningRefused,
    NoSupportContact,
    NotFinished,
    NotReleased,
    PlanRefused,
    PromiseFrozen,
    RoundNotOpen,
)
from .releasing import (
    AlreadyReleased,
    StillOpen,
    closed_cycles,
    comment_ids,
    comments_still_held,
    earlier_waves,
    forget_comments,
    lock_for_release,
    mark_released,
    raw_comment,
    raw_people,
)
from .rules import Ask, Plan, day_everywhere, told_as
from .store import RawAnswers, comment_counts, raw_answers, raw_comments, rounds_without_keys, stir_rounds
from .uploads import LARGEST_ON_THE_COMMAND_LINE, forget_old_uploads
from .words import voice_label
from .writes import (
    change_plan,
    change_round,
    close_due_rounds,
    close_round,
    finish_cycle,
    make_codes,
    open_round,
    plan_cycle,
    propose_due_cycles,
    remove_cycle,
    remove_finished_cycle,
)

__all__ = [
    "LARGEST_ON_THE_COMMAND_LINE",
    "AlreadyReleased",
    "Ask",
    "BadCell",
    "CannotOpenYet",
    "CodesRefused",
    "ColumnsRefused",
    "Cycle",
    "Entry",
    "Gathering",
    "ImportRefused",
    "ImportResult",
    "KeyForm",
    "ListeningRefused",
    "NoSupportContact",
    "NotFinished",
    "NotReleased",
    "NothingLocked",
    "Plan",
    "PlanRefused",
    "PromiseFrozen",
    "RawAnswers",
    "Round",
    "RoundNotOpen",
    "RoundState",
    "StillOpen",
    "Voice",
    "change_plan",
    "change_round",
    "close_due_rounds",
    "close_round",
    "closed_cycles",
    "comment_counts",
    "comment_ids",
    "comments_still_held",
    "cycles_of",
    "day_everywhere",
    "days_since_asked",
    "earlier_waves",
    "earlier_without_reply",
    "extra_frameworks",
    "finish_cycle",
    "forget_comments",
    "forget_old_uploads",
    "gathering",
    "gathering_card",
    "import_answers",
    "lock_for_release",
    "locked_comments",
    "make_codes",
    "mark_released",
    "open_round",
    "plan_cycle",
    "propose_due_cycles",
    "raw_answers",
    "raw_comment",
    "raw_comments",
    "raw_people",
    "remove_cycle",
    "remove_finished_cycle",
    "rounds_in",
    "rounds_of",
    "rounds_without_keys",
    "stir_rounds",
    "told_as",
    "unlock_comments",
    "voice_label",
]
