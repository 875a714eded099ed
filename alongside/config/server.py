"""The web server: one parent, a few web processes, one worker, all forked from a parent that has loaded
everything.

What was loaded before the fork is shared, so a further process costs little memory. A process that dies is
replaced; when the parent is told to stop, all of them stop within seconds.
"""

import gc
import os
import signal
import socket
import sys
import time
from pathlib import Path

from django.conf import settings
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from alongside.config import running, worker
from alongside.config.logs import WithoutPeople

THREADS = 4
GRACE = 5  # seconds that a request may go on after the server was told to stop
PAUSE = 3  # seconds before a worker that died at once is started again
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - heartbeats of the web processes: in memory, not on the disk


def serve(*, host: str, port: int, workers: int, with_worker: bool) -> None:
    """Serve until told to stop (SIGINT, SIGTERM, SIGHUP). Prints the address once it listens."""
    running.hold(settings.DATA_DIR)
    Parent(_Application(host, port, workers), base_address(port, host), with_worker=with_worker).run()


def base_address(port: int, host: str = "") -> str:
    """The address that people open: what is set from outside, or this machine's own."""
    name = "localhost" if host in ("", "0.0.0.0", "::", "127.0.0.1") else host  # noqa: S104 - compared, not bound
    return settings.PUBLIC_ADDRESS or f"http://{f'[{name}]' if ':' in name else name}:{port}"


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to `host` and `port`. Raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
    except OSError:
        opened.close()
        raise
    return opened


class _Log(Logger):
    """The server's own log: about processes alone, on stderr, without an access log."""

    def setup(self, cfg) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.addFilter(WithoutPeople())


def _leave_stopping_to_parent(worker_process) -> None:
    """Control-C and a closed terminal reach every process; only the parent acts on them, in good order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


class _Application(BaseApplication):
    """The pages, and how the server serves them."""

    def __init__(self, host: str, port: int, workers: int) -> None:
        self._wanted = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers, "threads": THREADS, "worker_class": "gthread", "preload_app": True,
            # A web process is replaced now and then, so that what a rare page loaded (PDF: 60 MB) does not
            # stay.
            "max_requests": 20_000, "max_requests_jitter": 5_000,
            "timeout": 60, "graceful_timeout": GRACE, "keepalive": 15,
            "limit_request_line": 2048, "limit_request_fields": 60, "limit_request_field_size": 8190,
            "accesslog": None, "errorlog": "-", "loglevel": "warning", "logger_class": _Log,
            "post_worker_init": _leave_stopping_to_parent,
            "control_socket_disable": True, "proc_name": "alongside",
            "worker_tmp_dir": str(SHARED_MEMORY) if os.access(SHARED_MEMORY, os.W_OK) else None,
        }
        super().__init__()

    def load_config(self) -> None:
        known = self.cfg.settings
        for name, value in self._wanted.items():
            if name in known:  # the control socket is younger than the oldest gunicorn that will do
                self.cfg.set(name, value)

    def load(self):
        from alongside.config.wsgi import application

        _load_all()
        return application


def _load_all() -> None:
    """Import every page, text and framework before the fork, so that all processes share them."""
    from django.db import connections
    from django.urls import get_resolver
    from django.utils import translation

    from alongside.frameworks.api import available

    list(get_resolver().reverse_dict)
    list(get_resolver(settings.ANSWERING_URLCONF).reverse_dict)
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("")
    available()
    connections.close_all()  # a connection must not be shared across a fork
    gc.collect()
    gc.freeze()  # the collector leaves these pages alone, so they stay shared


class Parent(Arbiter):
    """Keeps the web processes alive, and the worker beside them."""

    def __init__(self, application: BaseApplication, address: str, *, with_worker: bool) -> None:
        self._address, self._with_worker = address, with_worker
        self._worker_pid, self._worker_began = 0, 0.0
        super().__init__(application)

    def start(self) -> None:
        super().start()
        print(_address_to_open(self._address), flush=True)  # noqa: T201 - the one thing that is said

    def manage_workers(self) -> None:
        super().manage_workers()
        if self._with_worker and not self._worker_pid and time.monotonic() - self._worker_began > PAUSE:
            self._start_worker()

    def reap_workers(self) -> None:
        self._reap_worker()
        super().reap_workers()

    def stop(self, graceful: bool = True) -> None:
        self._with_worker = False
        self.log.error_log.disabled = True  # how processes end now is no news
        self._tell_worker(signal.SIGTERM)
        super().stop(graceful)
        self._await_worker()

    def handle_int(self) -> None:
        """Control-C: stop as when told by a service manager, so that nobody's answer is cut off."""
        self.handle_term()

    def handle_hup(self) -> None:
        """The terminal was closed: stop, as after control-C."""
        self.handle_term()

    def handle_usr2(self) -> None:
        """No second server is started beside this one."""

    def _start_worker(self) -> None:
        self._worker_began = time.monotonic()
        parent = os.getpid()
        self._worker_pid = os.fork()
        if self._worker_pid == 0:
            try:
                self._become_worker(parent)
            finally:
                os._exit(0)

    def _become_worker(self, parent: int) -> None:
        for number in (*self.SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        for listener in self.LISTENERS:
            listener.close()
        worker.work_until_told(parent=parent)

    def _reap_worker(self) -> None:
        if not self._worker_pid:
            return
        try:
            ended, _ = os.waitpid(self._worker_pid, os.WNOHANG)
        except ChildProcessError:
            ended = self._worker_pid
        if ended:
            self._worker_pid = 0

    def _tell_worker(self, number: int) -> None:
        if self._worker_pid:
            try:
                os.kill(self._worker_pid, number)
            except ProcessLookupError:
                self._worker_pid = 0

    def _await_worker(self) -> None:
        """Give the worker until the end of the grace; what it was at is rolled back and done at the next
        start."""
        until = time.monotonic() + GRACE / 2
        while self._worker_pid and time.monotonic() < until:
            self._reap_worker()
            time.sleep(0.05)
        if self._worker_pid:
            self._tell_worker(signal.SIGKILL)
            os.waitpid(self._worker_pid, 0)


def _address_to_open(base: str) -> str:
    """The address with the one-time setup code before there is an organization, else the plain one."""
    from django.db import connections

    from alongside.people.api import setup_address

    try:
        return (not settings.DEMO and setup_address(base)) or base
    finally:
        connections.close_all()
        sys.stdout.flush()
