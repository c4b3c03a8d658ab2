"""Logs: JSON lines on standard error that carry ids and never people's words, tokens or addresses to answer.

Every line names its action, workspace and request. What a library or Python itself would print may quote
anything (a payload, a statement's values, an error's text), so of that only the place and the class are kept.
"""

import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog
from typing_extensions import override

from handlers.kit.listening import where

PLAIN_SPOKEN = "uvicorn.error"
"""The one library whose messages are kept: it tells the address it listens on, or why it cannot."""

_SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|https?://[^\s\"']*/(?:services|actions|commands|respond)/[^\s\"']+"
)


def configure(level: str) -> None:
    """Set up logging for this process, once, at the entry."""
    number = logging.getLevelNamesMapping()[level]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _complete,
            structlog.processors.JSONRenderer(_as_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Forgiving(sys.stderr))),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[_Libraries()], force=True)
    logging.getLogger(PLAIN_SPOKEN).setLevel(max(number, logging.INFO))
    warnings.showwarning = _warned
    sys.excepthook = lambda _kind, error, _trace: _fell(error, "process.end")
    threading.excepthook = lambda told: _fell(told.exc_value, "process.thread")
    sys.unraisablehook = lambda told: _fell(told.exc_value, "process.cleanup")


class _Forgiving:
    """Standard error, which may be a file on a full disk: then a line is lost, and nobody's work."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, words: str) -> None:
        with suppress(OSError):
            self._stream.write(words)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


class _Libraries(logging.Handler):
    """What libraries log through Python's own logging, without their words."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        facts = where(error) if error else {"at": f"{record.filename}:{record.lineno}"}
        plain = record.name == PLAIN_SPOKEN
        words = record.getMessage() if plain and error is None else "a library has something to report"
        structlog.get_logger().log(record.levelno, words, action=f"library.{record.name}", **facts)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    del message, file, line  # they may quote what was worked on
    at = f"{filename.rsplit('/', 1)[-1]}:{lineno}"
    structlog.get_logger().warning("Python warns", action="process.warning", error=category.__name__, at=at)


def _fell(error: BaseException | None, action: str) -> None:
    if isinstance(error, KeyboardInterrupt):
        return
    facts = where(error) if error is not None else {}
    structlog.get_logger().error("ended by an error", action=action, **facts)


_JSON = json.JSONEncoder(default=str)
"""One for all lines: `json.dumps` with any option of its own makes a new one each time."""


def _as_json(line: MutableMapping[str, Any], **_options: object) -> str:
    """The line, and no secret in it, wherever it stood."""
    return _SECRET.sub("[secret]", _JSON.encode(line))


def _complete(_logger: object, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in ("action", "workspace", "request"):
        line.setdefault(key, "-")
    return line
