import io

import pyrage
import pytest
from pyrage.x25519 import Identity

from alongside.config.backups import age_file
from alongside.config.backups.age_file import HEAD_ENDS, new_key, opened, read_keys, read_recipient, seal
from alongside.config.backups.refusals import Damaged, KeyRefused, WrongKey, WrongPassphrase

PASSPHRASE = "four words nobody knows"
KEY = Identity.generate()
LOCK = [KEY.to_public()]
PIECE = 64 * 1024
PLAIN = bytes(3 * PIECE)


def sealed(plain: bytes, lock=LOCK) -> bytes:
    file = io.BytesIO()
    seal(iter([plain]), file, lock)
    return file.getvalue()


def read(file: bytes, key=(KEY,)) -> bytes:
    with opened(io.BytesIO(file), key) as plain:
        return plain.read()


@pytest.fixture(scope="module")
def with_passphrase() -> bytes:
    return sealed(PLAIN, PASSPHRASE)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE])
def test_what_was_sealed_opens_again(size):
    assert read(sealed(b"x" * size)) == b"x" * size


def test_pieces_of_every_size_are_sealed_one_behind_the_other():
    file = io.BytesIO()
    seal(iter([b"a" * 100_000, b"", b"b"]), file, LOCK)
    assert read(file.getvalue()) == b"a" * 100_000 + b"b"


def test_file_for_a_key_is_a_plain_age_file():
    assert pyrage.decrypt(sealed(b"plain"), [KEY]) == b"plain"


def test_passphrase_opens_what_it_sealed(with_passphrase):
    assert read(with_passphrase, PASSPHRASE) == PLAIN


def test_file_of_a_passphrase_is_two_age_files(with_passphrase):
    head, rest = with_passphrase.split(HEAD_ENDS)
    key = read_keys(pyrage.passphrase.decrypt(head + HEAD_ENDS, PASSPHRASE))
    assert pyrage.decrypt(rest, key) == PLAIN


def test_passphrase_stands_nowhere_in_the_file(with_passphrase):
    assert (PASSPHRASE.encode() in with_passphrase, b"AGE-SECRET-KEY" in with_passphrase) == (False, False)


def test_two_files_of_one_passphrase_share_nothing(with_passphrase):
    again = sealed(PLAIN, PASSPHRASE)
    assert again[len(again) // 2:] != with_passphrase[len(again) // 2:]


def test_wrong_passphrase_is_told_apart_from_damage(with_passphrase):
    with pytest.raises(WrongPassphrase):
        read(with_passphrase, "another passphrase")


def test_wrong_key_is_told_apart_from_damage():
    with pytest.raises(WrongKey):
        read(sealed(b"plain"), [Identity.generate()])


def test_passphrase_for_a_file_of_a_key_is_told():
    with pytest.raises(WrongKey, match="--key"):
        read(sealed(b"plain"), PASSPHRASE)


def test_key_for_a_file_of_a_passphrase_is_told(with_passphrase):
    with pytest.raises(WrongKey, match="passphrase"):
        read(with_passphrase)


@pytest.mark.parametrize("place", [30, 180, 230, 300 + PIECE, -1])
def test_changed_byte_is_noticed(place):
    file = bytearray(sealed(PLAIN))
    file[place] ^= 1
    with pytest.raises((Damaged, WrongKey)):
        read(bytes(file))


def test_changed_head_of_a_passphrase_does_not_open(with_passphrase):
    file = bytearray(with_passphrase)
    file[200] = ord("A") if file[200] != ord("A") else ord("B")
    with pytest.raises((Damaged, WrongPassphrase)):
        read(bytes(file), PASSPHRASE)


@pytest.mark.parametrize("cut", [1, 16, 17, PIECE, PIECE + 16, 2 * (PIECE + 16), 3 * (PIECE + 16)])
def test_file_cut_short_is_noticed(cut):
    with pytest.raises(Damaged):
        read(sealed(PLAIN)[:-cut])


@pytest.mark.parametrize("left", [0, 10, 25, 60, 190])
def test_file_of_which_the_beginning_alone_is_left_is_noticed(left):
    with pytest.raises(Damaged):
        read(sealed(PLAIN)[:left])


def test_head_without_an_end_is_noticed(with_passphrase):
    with pytest.raises(Damaged):
        read(with_passphrase[:100], PASSPHRASE)


def test_bytes_after_the_end_are_noticed():
    with pytest.raises(Damaged):
        read(sealed(b"plain") + b"more")


def read_and_raise(file: bytes, error: Exception, size: int = -1) -> None:
    with opened(io.BytesIO(file), [KEY]) as plain:
        plain.read(size)
        raise error


def test_cut_file_is_told_also_where_the_reader_stumbled_first():
    with pytest.raises(Damaged, match="cut short"):
        read_and_raise(sealed(PLAIN)[:-1], Damaged("the inside looks odd"))


def test_reader_that_breaks_off_says_why_itself():
    with pytest.raises(ValueError, match="enough"):
        read_and_raise(sealed(PLAIN), ValueError("enough"), size=1)


def test_head_that_asks_for_too_much_work_is_refused(with_passphrase, monkeypatch):
    def too_much(*_given):
        raise pyrage.DecryptError("Excessive work parameter for passphrase.")

    monkeypatch.setattr(age_file.pyrage.passphrase, "decrypt", too_much)
    with pytest.raises(Damaged):
        read(with_passphrase, PASSPHRASE)


def test_another_file_is_no_backup():
    with pytest.raises(Damaged, match="not a backup"):
        read(b"%PDF-1.7 " + bytes(200))


class Full(io.BytesIO):
    def write(self, _sealed):
        raise OSError(28, "No space left on device")


def test_full_disk_is_told_as_what_it_is():
    with pytest.raises(OSError, match="No space") as told:
        seal(iter([PLAIN]), Full(), LOCK)
    assert told.value.errno == 28


def test_trouble_with_what_is_sealed_is_told_as_what_it_is():
    def pieces():
        yield b"x"
        raise OSError(5, "Input/output error", "frameworks/own")

    with pytest.raises(OSError, match="Input/output") as told:
        seal(pieces(), io.BytesIO(), LOCK)
    assert told.value.filename == "frameworks/own"


def test_new_key_opens_with_its_passphrase_what_was_sealed_for_it():
    file, public = new_key(PASSPHRASE)
    assert read(sealed(b"plain", [read_recipient(public)]), read_keys(file, PASSPHRASE)) == b"plain"


def test_key_file_of_the_tool_is_read():
    text = f"# created: 2027-01-01\n# public key: {KEY.to_public()}\n{KEY}\n".encode()
    assert [str(key) for key in read_keys(text)] == [str(KEY)]


@pytest.mark.parametrize("text", [b"", b"# nothing", b"age1nonsense", b"\xff\xfe"])
def test_file_without_a_key_is_refused(text):
    with pytest.raises(KeyRefused):
        read_keys(text)


@pytest.mark.parametrize("text", ["", "age1nonsense", str(KEY)], ids=["nothing", "nonsense", "a secret key"])
def test_text_that_is_no_public_key_is_refused(text):
    with pytest.raises(KeyRefused):
        read_recipient(text)
