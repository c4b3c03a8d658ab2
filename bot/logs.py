"""Logs: JSON lines on standard error that carry ids and never people's words, tokens or addresses to answer.

Every line names its action, workspace and request. Libraries that log payloads are held to silence: what
they would say, our own lines say without them.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|https?://[^\s\"']*/(?:services|actions|commands|respond)/[^\s\"']+"
)
TALKATIVE = ("slack_bolt", "slack_sdk", "aiohttp", "sqlalchemy", "apscheduler", "uvicorn.access", "alembic")


def configure(level: str) -> None:
    """Set up logging for this process, once, at the entry."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(message)s", force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _complete,
            _redact,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _complete(_logger: object, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in ("action", "workspace", "request"):
        line.setdefault(key, "-")
    return line


def _redact(_logger: object, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in line.items():
        if isinstance(value, str) and _SECRET.search(value):
            line[key] = _SECRET.sub("[secret]", value)
    return line
