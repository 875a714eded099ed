"""Where the master key comes from: a file, the environment, or a program that asks a vault.

Each gives one key of 64 hex digits; while it is being changed two, one a line, the new one first.
"""

import os
import secrets
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from alongside.kernel.api import sync_folder, write_private

FILE, GIVEN, COMMAND = "ALONGSIDE_MASTER_KEY_FILE", "ALONGSIDE_MASTER_KEY", "ALONGSIDE_KEY_COMMAND"
SECONDS = 30
HOW = "Make a key with: alongside keys new. See docs/run/keys.md."


class KeyRefused(Exception):
    """The master key can't be had. The message says why and what to do; it never shows what was found."""


class CannotReplace(Exception):
    """This source can only be read: whoever keeps the key changes it there."""


@dataclass(frozen=True)
class KeyFile:
    """A file that only the server's user can read. Read anew each time: it is quick, and the key may change."""

    path: Path
    beside_the_data: bool = False

    def ask(self, *, again: bool = False) -> tuple[bytes, ...]:
        """The keys in the file. Raises `KeyRefused`."""
        try:
            return parse(self.path.read_text(), str(self.path))
        except (OSError, UnicodeDecodeError) as error:
            raise KeyRefused(f"The master key can't be read from {self.path} ({type(error).__name__}).") from None

    def replace(self, keys: tuple[bytes, ...]) -> None:
        """Write other keys, whole or not at all."""
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.draft")
        try:
            write_private(draft, "".join(f"{key.hex()}\n" for key in keys))
            os.replace(draft, self.path)  # whoever reads meets the old file or the new one
        except OSError as error:
            raise CannotReplace(f"{self.path} can't be written ({error.strerror})") from None
        sync_folder(self.path.parent)


@dataclass(frozen=True)
class KeyGiven:
    """A variable of the environment. A running process never learns of another one."""

    text: str
    beside_the_data = False

    def ask(self, *, again: bool = False) -> tuple[bytes, ...]:
        """The keys in the variable. Raises `KeyRefused`."""
        return parse(self.text, GIVEN)

    def replace(self, keys: tuple[bytes, ...]) -> None:
        """Never."""
        raise CannotReplace(f"{GIVEN} can only be read here")


@dataclass(frozen=True)
class KeyCommand:
    """A program that prints the key. Asked once by each process, and again only where a key does not open."""

    line: str
    beside_the_data = False
    _answer: list[str] = field(default_factory=list, repr=False, compare=False)

    def ask(self, *, again: bool = False) -> tuple[bytes, ...]:
        """The keys that the program prints. Raises `KeyRefused`."""
        if again or not self._answer:
            self._answer[:] = [self._run()]
        return parse(self._answer[0], f"What the program of {COMMAND} prints")

    def replace(self, keys: tuple[bytes, ...]) -> None:
        """Never."""
        raise CannotReplace(f"the vault that {COMMAND} asks can only be read here")

    def _run(self) -> str:
        try:
            done = subprocess.run(  # noqa: S603 - the keeper of the server wrote this line; no shell reads it
                shlex.split(self.line), stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=SECONDS, check=True,
                text=True)
        except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
            why = f"ended with {error.returncode}" if isinstance(error, subprocess.CalledProcessError) else (
                type(error).__name__)
            raise KeyRefused(
                f"{COMMAND}: the program gave no key ({why}). Run it by hand as this user, in this folder: it has to "
                f"print the key within {SECONDS} seconds and end with 0.") from None
        return done.stdout


Source = KeyFile | KeyGiven | KeyCommand


def source_in(env: Mapping[str, str], beside: Path) -> Source:
    """The source that `env` names; the file `beside` the data where it names none. Raises `KeyRefused`."""
    named = [name for name in (FILE, GIVEN, COMMAND) if env.get(name)]
    if len(named) > 1:
        raise KeyRefused(f"{' and '.join(named)} are set. The master key comes from one place: unset the others.")
    if not named:
        return KeyFile(beside, beside_the_data=True)
    if named == [FILE]:
        return KeyFile(_existing(Path(env[FILE])))
    return KeyGiven(env[GIVEN]) if named == [GIVEN] else KeyCommand(env[COMMAND])


def parse(text: str, where: str) -> tuple[bytes, ...]:
    """The keys in `text`. Raises `KeyRefused`."""
    try:
        keys = tuple(bytes.fromhex(line) for line in text.split())
    except ValueError:
        keys = ()
    if not 1 <= len(keys) <= 2 or any(len(key) != 32 for key in keys):
        raise KeyRefused(f"{where} is no master key: 64 hex digits on one line (on two while it is changed). {HOW}")
    return keys


def new() -> bytes:
    """A new key, 32 random bytes."""
    return secrets.token_bytes(32)


def _existing(path: Path) -> Path:
    """Never made here: where a disk was not mounted, a new key in its place would open nothing."""
    if not path.is_file():
        raise KeyRefused(f"{FILE}: there is no file {path}. Is its disk there? For a new installation: {HOW}")
    if path.stat().st_mode & 0o077:
        raise KeyRefused(f"{path} can be read by other users of this machine. Run: chmod 600 {path}")
    return path
