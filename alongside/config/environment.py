"""What the installation is told from outside, and the secrets it makes for itself at first run.

Everything that can be set stands in this file. A wrong value stops the start with a sentence that says how to
mend it; nothing is guessed.
"""

import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from alongside.config import master_key
from alongside.kernel.api import make_private_folder, write_private


class CannotStart(Exception):
    """A setting is wrong. The message says which, and what to do."""


@dataclass(frozen=True)
class Environment:
    """The installation's settings, read once."""

    data: Path
    port: int
    database: dict
    hosts: list[str]
    https: bool
    address: str
    debug: bool
    demo: bool
    pseudo_language: bool
    secret_key: str
    master_keys: master_key.Source
    audit_key_file: Path
    backup_days: int


def read(environ: dict[str, str] | None = None) -> Environment:
    """Read and check the environment. Raises `CannotStart`."""
    env = dict(os.environ if environ is None else environ)
    data = data_folder(env)
    _make_private(data)
    return Environment(
        data=data, port=_port(env), database=database(env, data), hosts=_hosts(env),
        https=_yes(env, "ALONGSIDE_HTTPS"), address=_address(env), debug=_yes(env, "ALONGSIDE_DEBUG"),
        demo=_yes(env, "ALONGSIDE_DEMO"), pseudo_language=_yes(env, "ALONGSIDE_PSEUDO_LANGUAGE"),
        secret_key=_secret(data / "secrets" / "session.key").read_text().strip(),
        master_keys=_master_keys(env, data / "secrets" / "master.key"),
        audit_key_file=_secret(data / "secrets" / "audit.key"), backup_days=_backup_days(env),
    )


def data_folder(env: Mapping[str, str]) -> Path:
    """Where the installation keeps everything. It may not be there yet."""
    return Path(env.get("DATA_DIR") or "data").resolve()


def _make_private(folder: Path) -> None:
    try:
        make_private_folder(folder)
    except OSError as error:
        raise CannotStart(f"DATA_DIR: cannot make the folder {folder} ({error.strerror}). Choose one that "
                          "this user may write to.") from None


def _secret(path: Path) -> Path:
    """A file with 32 random bytes in hex, made at first run."""
    if not path.exists():
        _make_private(path.parent)
        write_private(path, secrets.token_hex(32) + "\n")
    if path.stat().st_mode & 0o077:
        raise CannotStart(f"{path} can be read by other users of this machine. Run: chmod 600 {path}")
    return path


def _master_keys(env: dict, beside: Path) -> master_key.Source:
    """Where the master key comes from; asked once, so that a wrong setting stops the start and not an answer."""
    try:
        source = master_key.source_in(env, beside)
        if source.beside_the_data:
            _secret(beside)
        source.ask()
    except master_key.KeyRefused as refusal:
        raise CannotStart(str(refusal)) from None
    return source


def _port(env: dict) -> int:
    text = env.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT: {text!r} is not a port. Set a number from 1 to 65535, such as 8000.")
    return int(text)


def _backup_days(env: dict) -> int:
    """How long a backup is kept: the program deletes older ones, and tells everybody this number."""
    text = env.get("ALONGSIDE_BACKUP_DAYS") or "35"
    if not text.isdigit() or not 1 <= int(text) <= 366:
        raise CannotStart(f"ALONGSIDE_BACKUP_DAYS: {text!r} is not a number of days. Set one from 1 to 366.")
    return int(text)


def _yes(env: dict, name: str) -> bool:
    text = env.get(name, "").lower()
    if text not in ("", "0", "1"):
        raise CannotStart(f"{name}: set 1 or 0, not {text!r}.")
    return text == "1"


def _hosts(env: dict) -> list[str]:
    named = [host.strip() for host in env.get("ALONGSIDE_HOSTS", "").split(",") if host.strip()]
    if "*" in named:
        raise CannotStart("ALONGSIDE_HOSTS: name the hosts under which people reach this server; '*' lets "
                          "anybody choose the address that we print on slips.")
    name = socket.gethostname().lower()
    return named or ["localhost", "127.0.0.1", "[::1]", name, *_own_addresses()]


def _own_addresses() -> list[str]:
    """This machine's address in its network, so that phones in the house can answer. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # An address for documentation: connecting by UDP only asks the routing table.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return []
        return [probe.getsockname()[0]]


def _address(env: dict) -> str:
    text = env.get("ALONGSIDE_ADDRESS", "").rstrip("/")
    if text and urlsplit(text).scheme not in ("http", "https"):
        raise CannotStart("ALONGSIDE_ADDRESS: write the whole address that people type, such as https://example.org")
    return text


def database(env: Mapping[str, str], data: Path) -> dict:
    """The entry of Django's DATABASES. Raises `CannotStart`."""
    url = env.get("DATABASE_URL", "")
    return _postgresql(url) if url else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data / "alongside.sqlite3",
        "CONN_MAX_AGE": None,  # opening anew for each request costs more than most requests
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # secure_delete: what is deleted is overwritten. FULL: a thanked answer survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000;",
        },
    }


def _postgresql(url: str) -> dict:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise CannotStart("DATABASE_URL: write postgresql://user:password@host:5432/database, or leave it "
                          "empty for the built-in SQLite database.")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {},
    }
