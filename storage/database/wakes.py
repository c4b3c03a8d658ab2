"""Wakes between processes: what one commits on PostgreSQL wakes the loops of the others.

A commit whose work says `tx.wake(loop)` notifies when no loop of that name runs in its own process; whoever runs
one listens on a connection of its own. A wake that is lost costs only time: every loop also looks by itself.
"""

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

CHANNEL = "throughline"
NOTIFY = f"SELECT pg_notify('{CHANNEL}', $1)"
AGAIN = 1.0
"""Seconds before a lost connection is sought anew."""
LOOK_UP = 0.5
"""Seconds between two looks whether it is closed."""

log = structlog.get_logger()


class Wakes:
    """A thread that listens until closed, and calls `heard` with the loops to wake."""

    def __init__(
        self, engine: Engine, loops: frozenset[str], heard: Callable[[frozenset[str]], None]
    ) -> None:
        self._engine = engine
        self._loops = loops
        self._heard = heard
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="postgres-wakes", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._listen()
            except (psycopg.Error, DBAPIError) as error:
                log.warning("wakes are not heard", action="database.wakes", error=type(error).__name__)
                self._closing.wait(AGAIN)

    def _listen(self) -> None:
        with self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute(f"LISTEN {CHANNEL}")
            self._heard(self._loops)  # who knows what was said while nobody listened
            while not self._closing.is_set():
                for one in raw.notifies(timeout=LOOK_UP):
                    woken = self._loops & set(one.payload.split())
                    if woken:
                        self._heard(woken)
