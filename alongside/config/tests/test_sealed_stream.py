import io

import pytest

from alongside.config.backups import sealed_stream
from alongside.config.backups.refusals import Damaged, WrongPassphrase
from alongside.config.backups.sealed_stream import HEADER, MAGIC, PIECE, TAG, OpeningReader, SealingWriter

PASSPHRASE = "correct horse battery"
BEFORE_PIECES = HEADER + TAG


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """A guess costs half a second on purpose; not here."""
    monkeypatch.setattr(sealed_stream, "COST", (4, 8, 1))


def sealed(plain: bytes) -> bytes:
    file = io.BytesIO()
    writer = SealingWriter(file, PASSPHRASE)
    for start in range(0, len(plain), 10_240):
        writer.write(plain[start:start + 10_240])
    writer.close()
    return file.getvalue()


def opened(file: bytes, passphrase: str = PASSPHRASE) -> bytes:
    reader = OpeningReader(io.BytesIO(file), passphrase)
    plain = b"".join(iter(lambda: reader.read(4096), b""))
    reader.read_to_the_end()
    return plain


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_stream_opens_to_what_was_sealed(size):
    plain = bytes(number % 251 for number in range(size))
    assert opened(sealed(plain)) == plain


def test_stream_shows_nothing_of_what_was_sealed():
    assert b"a secret" not in sealed(b"a secret" * 1000)


def test_stream_is_never_sealed_the_same_way_twice():
    assert sealed(b"same")[len(MAGIC) + 3:] != sealed(b"same")[len(MAGIC) + 3:]


def test_wrong_passphrase_is_told_apart_from_damage():
    with pytest.raises(WrongPassphrase):
        opened(sealed(b"plain"), "another passphrase")


@pytest.mark.parametrize("place", [BEFORE_PIECES, BEFORE_PIECES + PIECE + 3, -1])
def test_changed_byte_is_noticed(place):
    file = bytearray(sealed(bytes(2 * PIECE)))
    file[place] ^= 1
    with pytest.raises(Damaged):
        opened(bytes(file))


@pytest.mark.parametrize("place", [len(MAGIC), HEADER - 1, HEADER])
def test_changed_head_does_not_open(place):
    file = bytearray(sealed(b"plain"))
    file[place] ^= 1
    with pytest.raises((Damaged, WrongPassphrase)):
        opened(bytes(file))


@pytest.mark.parametrize("left", [
    0, 10, HEADER, BEFORE_PIECES, BEFORE_PIECES + 5, BEFORE_PIECES + PIECE + TAG,
    BEFORE_PIECES + 2 * (PIECE + TAG),
])
def test_file_cut_short_is_noticed(left):
    with pytest.raises((Damaged, WrongPassphrase)):
        opened(sealed(bytes(2 * PIECE + 100))[:left])


def test_swapped_pieces_are_noticed():
    file = sealed(bytes(3 * PIECE))
    first, second = BEFORE_PIECES, BEFORE_PIECES + PIECE + TAG
    third = second + PIECE + TAG
    with pytest.raises(Damaged):
        opened(file[:first] + file[second:third] + file[first:second] + file[third:])


def test_dropped_piece_is_noticed():
    file = sealed(bytes(3 * PIECE))
    with pytest.raises(Damaged):
        opened(file[:BEFORE_PIECES] + file[BEFORE_PIECES + PIECE + TAG:])


def test_bytes_after_the_end_are_noticed():
    with pytest.raises(Damaged):
        opened(sealed(b"plain") + b"more")


def test_head_that_asks_for_too_much_memory_is_refused():
    file = bytearray(sealed(b"plain"))
    file[len(MAGIC)] = 30
    with pytest.raises(Damaged):
        opened(bytes(file))


def test_another_file_is_no_backup():
    with pytest.raises(Damaged):
        opened(b"%PDF-1.7 " + bytes(200))
