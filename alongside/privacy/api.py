"""The privacy room's names for the other rooms. Figures come from `release` alone; nobody else can make one."""

from . import attacker, box, master
from .carrying import TooLate, carried, carry
from .fields import (
    FingerprintField,
    LookupSealedField,
    SealedByHand,
    SealedBytesField,
    SealedJSONField,
    SealedTextField,
)
from .gate import (
    Band,
    CellKey,
    CommentGroups,
    Earlier,
    Figure,
    Hole,
    InconsistentCells,
    NotFromTheGate,
    Policy,
    RawCell,
    Released,
    Shown,
    ThresholdDoesNotNest,
    ThresholdTooLow,
    Withheld,
    comment_groups,
    gap,
    people_behind,
    people_heard,
    release,
    release_comments,
    reread,
    to_plain,
)
from .holding import HoldingKeys, destroy_holding_keys, holding_keys, key_number
from .keys import INSTALLATION, LASTING, CannotOpen, MasterKeyUnknown
from .rotation import destroy_keys, reseal, rotate, sealed_columns
from .sealing import fingerprint, forget_keys, make_installation_keys, make_key, number_of, seal, unseal

__all__ = [
    "INSTALLATION", "LASTING", "Band", "CannotOpen", "CellKey", "CommentGroups", "Earlier", "Figure",
    "FingerprintField", "HoldingKeys", "Hole", "InconsistentCells", "LookupSealedField", "MasterKeyUnknown",
    "NotFromTheGate", "Policy", "RawCell", "Released", "SealedByHand", "SealedBytesField", "SealedJSONField",
    "SealedTextField", "Shown", "ThresholdDoesNotNest", "ThresholdTooLow", "TooLate", "Withheld", "attacker", "box",
    "carried", "carry", "comment_groups", "destroy_holding_keys", "destroy_keys", "fingerprint", "forget_keys",
    "gap", "holding_keys", "key_number", "make_installation_keys", "make_key", "master", "number_of",
    "people_behind", "people_heard", "release", "release_comments", "reread", "reseal",
    "rotate", "seal", "sealed_columns", "to_plain", "unseal",
]
