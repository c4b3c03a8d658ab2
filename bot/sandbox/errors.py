"""The two ways of saying no: Slack's error codes to the app, and sentences to a person."""

from collections.abc import Sequence
from typing import Any


class SlackError(Exception):
    """A Web API call that Slack would refuse: `ok: false` with this code."""

    def __init__(self, code: str, *, messages: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.messages = tuple(messages)
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """The body Slack sends with it."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body


class Refused(Exception):
    """An act a person could not do in a real Slack; the sentence says why."""
