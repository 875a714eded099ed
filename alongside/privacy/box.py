"""The box with several keys: everybody can put words in, several people must come together to take them out.

Words are locked with libsodium's sealed box (X25519, XSalsa20-Poly1305). Its private key is split into SLIP-39
parts of 33 words each; that is what this project calls a key of the box. Both come from libraries, nothing is
computed here. No table, no clock, no file: whoever makes a box gets all there is, and nobody can make it again.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from nacl.bindings import sodium_pad, sodium_unpad
from nacl.encoding import URLSafeBase64Encoder
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORD_INDEX_MAP, WORDLIST

FEWEST_KEYS, MOST_KEYS = 2, 9
WORDS_IN_A_KEY = 33
LONGEST_TYPED = 2000  # characters; the 33 longest words with numbers before them are a quarter of it
PADDED_TO = 2048  # bytes: every comment that we take in Latin letters becomes equally long
PARTNER = 1  # the number of the partner's key, where it is always needed
# Words of SLIP-39's list that nobody should have to keep at home who was trafficked. Ten tries at most, on average.
UNKIND = frozenset({"criminal", "inmate", "predator", "prisoner", "rescue", "slap", "slavery", "victim"})
A_WORD = re.compile(r"[^\W\d_]+")


class BoxRefused(Exception):
    """Base of what this module refuses. The message is fit for the person at the screen."""


class WrongWords(BoxRefused):
    """What was typed is no key: a word is unknown, wrong, missing, or stands in another's place."""


class OtherBox(BoxRefused):
    """A key, but none of this box."""


class KeyNotWanted(BoxRefused):
    """A key of this box that brings nobody further: it is in already, or enough of its kind are."""


class TooFewKeys(BoxRefused):
    """Not enough keys came together."""


class StaysShut(BoxRefused):
    """These words were locked with another box, for another place, or were changed."""


@dataclass(frozen=True)
class Box:
    """What everybody may know of a box.

    `public` has 32 bytes. `mark` (0..32767) is what its keys have in common. `needed` of `keys` must come
    together; with `partner`, key 1 must be among them.
    """

    public: bytes
    mark: int
    keys: int
    needed: int
    partner: bool

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self) | {"public": self.public.hex()}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Box":
        """From what `to_plain` gave; more may stand beside it."""
        return cls(bytes.fromhex(plain["public"]), plain["mark"], plain["keys"], plain["needed"], plain["partner"])


@dataclass(frozen=True)
class Key:
    """One key: its number (1..keys) and its 33 words, separated by spaces."""

    number: int
    words: str


def ensure_possible(keys: int, needed: int, *, partner: bool) -> None:
    """Raise `BoxRefused` where no box has so many keys.

    That several keys must come with the partner's is SLIP-39's own limit: one of many alike is no splitting.
    """
    if not FEWEST_KEYS <= keys <= MOST_KEYS:
        raise BoxRefused(_("A box has from 2 to 9 keys."))
    if not FEWEST_KEYS <= needed <= keys:
        raise BoxRefused(_("At least two keys must come together, and no more than there are."))
    if partner and needed == FEWEST_KEYS < keys:
        raise BoxRefused(_("Where one key is always needed, at least three must come together, or all there are."))


def make_box(keys: int, needed: int, *, partner: bool = False) -> tuple[Box, list[Key]]:
    """A new box with its keys, in order: the only time that anybody has them all. Raises `BoxRefused`."""
    ensure_possible(keys, needed, partner=partner)
    private = PrivateKey.generate()
    words = _split(bytes(private), _groups(keys, needed, partner=partner))
    mark = Share.from_mnemonic(words[0]).identifier
    box = Box(bytes(private.public_key), mark, keys, needed, partner)
    return box, [Key(number, one) for number, one in enumerate(words, start=1)]


def tidy(typed: str) -> list[str]:
    """The words in what was typed: capitals, numbers, signs and what only steers a screen are passed over."""
    visible = (sign for sign in unicodedata.normalize("NFKC", typed) if unicodedata.category(sign) != "Cf")
    return A_WORD.findall("".join(visible).casefold())


def read_key(box: Box, typed: str) -> Key:
    """The key that was typed. Raises `WrongWords`, which names the word, and `OtherBox`."""
    if len(typed) > LONGEST_TYPED:
        raise WrongWords(_("This is much more than one key. A key has 33 words: type these alone."))
    words = tidy(typed)
    _ensure_known(words)
    if len(words) != WORDS_IN_A_KEY:
        raise WrongWords(ngettext(
            "A key has 33 words. There is %(count)d here.", "A key has 33 words. There are %(count)d here.",
            len(words)) % {"count": len(words)})
    try:
        share = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise WrongWords(_(
            "Every word is from the list, but together they are no key. One is another word than on the paper, "
            "or two changed places. Compare them one by one.")) from None
    return Key(_number_in(box, share), " ".join(words))


def still_needed(box: Box, numbers: Collection[int]) -> int:
    """How many keys must still come, where those with these numbers are in."""
    return box.needed - len(numbers)


def ensure_wanted(box: Box, numbers: Collection[int], number: int) -> None:
    """Raise `KeyNotWanted` where key `number` brings nobody further."""
    if number in numbers:
        raise KeyNotWanted(_("This is key %(number)d, and it is in already. Another key is needed.")
                           % {"number": number})
    if not still_needed(box, numbers):
        raise KeyNotWanted(_("Enough keys are in."))
    if box.partner and number != PARTNER and len(set(numbers) - {PARTNER}) == box.needed - 1:
        raise KeyNotWanted(_("Enough of the other keys are in. Now key 1 is needed: it must always be among them."))


def combine(box: Box, typed: Iterable[str]) -> bytes:
    """The private key (32 bytes) from the words of as many keys as are needed, in any order.

    Raises `WrongWords`, `OtherBox`, `KeyNotWanted`, `TooFewKeys`. Takes about 3 ms.
    """
    keys: list[Key] = []
    for text in typed:
        key = read_key(box, text)
        ensure_wanted(box, [one.number for one in keys], key.number)
        keys.append(key)
    left = still_needed(box, {key.number for key in keys})
    if left:
        raise TooFewKeys(ngettext("%(count)d more key is needed.", "%(count)d more keys are needed.", left)
                         % {"count": left})
    return _joined(box, keys)


def lock(public: bytes, place: str, words: str) -> str:
    """`words` locked for `place` (where they will stand: no other place opens them), as letters and digits.

    The length is told in steps of 2,048 bytes only. Takes about 0.1 ms.
    """
    padded = sodium_pad(f"{place}\0{words}".encode(), PADDED_TO)
    return SealedBox(PublicKey(public)).encrypt(padded, encoder=URLSafeBase64Encoder).decode()


def open_locked(private: bytes, place: str, locked: str) -> str:
    """The words again. Raises `StaysShut`."""
    try:
        padded = SealedBox(PrivateKey(private)).decrypt(locked.encode(), encoder=URLSafeBase64Encoder)
        found, _nothing, words = sodium_unpad(padded, PADDED_TO).decode().partition("\0")
    except (CryptoError, ValueError, TypeError):
        raise StaysShut(_("These words do not open with this box.")) from None
    if found != place:
        raise StaysShut(_("These words were moved from another place."))
    return words


def _groups(keys: int, needed: int, *, partner: bool) -> list[tuple[int, int]]:
    """(needed, there are) for each group of SLIP-39; every group is needed."""
    return [(1, 1), (needed - 1, keys - 1)] if partner else [(needed, keys)]


def _split(private: bytes, groups: list[tuple[int, int]]) -> list[str]:
    """The words of each key, in order; made anew until none of them holds a word that could hurt its keeper."""
    while True:
        split = generate_mnemonics(len(groups), groups, private, iteration_exponent=0)
        words = [one for group in split for one in group]
        if UNKIND.isdisjoint(" ".join(words).split()):
            return words


def _number_in(box: Box, share: Share) -> int:
    groups = _groups(box.keys, box.needed, partner=box.partner)
    fits = (share.identifier, share.group_count, share.group_threshold) == (box.mark, len(groups), len(groups))
    place, number = int(share.group_index), int(share.index)
    needed, there = groups[place] if place < len(groups) else (0, 0)
    if not fits or share.member_threshold != needed or number >= there:
        raise OtherBox(_("These words are a key, but of another box. Look for the paper of this one."))
    return 1 + number + sum(there for _needed, there in groups[:place])


def _ensure_known(words: Sequence[str]) -> None:
    for place, word in enumerate(words, start=1):
        if word not in WORD_INDEX_MAP:
            facts = {"place": place, "word": word[:20]}
            near = get_close_matches(word[:20], WORDLIST, n=1)
            if near:
                raise WrongWords(_("Word %(place)d, “%(word)s”, is not in the list of words. Is it “%(near)s”?")
                                 % (facts | {"near": near[0]}))
            raise WrongWords(_("Word %(place)d, “%(word)s”, is not in the list of words.") % facts)


def _joined(box: Box, keys: Sequence[Key]) -> bytes:
    try:
        private: bytes = combine_mnemonics([key.words for key in keys])
    except MnemonicError:
        private = b""
    if len(private) != PrivateKey.SIZE or bytes(PrivateKey(private).public_key) != box.public:
        raise OtherBox(_("These keys do not belong together. One of them is of another box."))
    return private
