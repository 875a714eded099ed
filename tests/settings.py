"""Settings of the tests: a data folder of their own, a quick password hash, files served without a manifest.

SQLite's database is a file, as in the product: threads that share one in memory don't wait for each other's locks.
"""

import os
import tempfile

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="alongside-test-")
os.environ.setdefault("ALONGSIDE_PSEUDO_LANGUAGE", "1")
# The browser's driver keeps an event loop in the thread that runs the tests. The product itself has no async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.setdefault("ALONGSIDE_HOSTS", "testserver,localhost,127.0.0.1")
# Each process of tests has a PostgreSQL of its own: overwriting waits for whoever writes, in any database of a server.
if url := os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = url.replace("/gw0", "/" + os.environ.get("PYTEST_XDIST_WORKER", "gw0"))

from alongside.config.settings import *  # noqa: F403 - the environment must be set before

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
DATABASES["default"].setdefault("TEST", {})  # noqa: F405
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    DATABASES["default"]["TEST"]["NAME"] = str(DATA_DIR / "test.sqlite3")  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
