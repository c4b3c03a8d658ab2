"""Runs Throughline: settings, command line, HTTP, the guard, the courier, the clock and the local Slack."""

import sys

# structlog takes rich and Pygments along where it finds them, for tracebacks in colour that we never print: three
# megabytes in a process that runs for months. The command line takes what it needs of rich itself.
_RICH = sys.modules.get("rich")
sys.modules["rich"] = None  # type: ignore[assignment]  # as if it were not installed
import structlog  # noqa: E402, F401 - while it is out of sight

if _RICH is None:
    del sys.modules["rich"]
else:
    sys.modules["rich"] = _RICH
