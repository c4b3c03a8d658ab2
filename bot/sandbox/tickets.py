"""The short-lived rights an interaction carries: trigger ids and response URLs."""

import secrets
import time
from dataclasses import dataclass

from bot.sandbox.errors import SlackError

_RESPONSE_USES = 5
_RESPONSE_SECONDS = 30 * 60.0


@dataclass(frozen=True, slots=True)
class Trigger:
    """The right to open one view for the person who just did something."""

    user: str
    view: str | None
    expires: float


class Triggers:
    """Trigger ids: three seconds, one use."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._open: dict[str, Trigger] = {}
        self._spent: dict[str, float] = {}

    def issue(self, user: str, view: str | None = None) -> str:
        """A new trigger id for something this person did, in this view if it was in one."""
        self._forget_old()
        ident = f"{time.time_ns() // 1_000_000}.{secrets.randbelow(10**10):010d}.{secrets.token_hex(16)}"
        self._open[ident] = Trigger(user, view, time.monotonic() + self._seconds)
        return ident

    def spend(self, ident: str) -> Trigger:
        """Use it up, or say as Slack does why it is no good."""
        if ident in self._spent:
            raise SlackError("exchanged_trigger_id")
        trigger = self._open.get(ident)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.expires < time.monotonic():
            raise SlackError("expired_trigger_id")
        del self._open[ident]
        self._spent[ident] = time.monotonic()
        return trigger

    def _forget_old(self) -> None:
        horizon = time.monotonic() - 600
        self._open = {key: t for key, t in self._open.items() if t.expires > horizon}
        self._spent = {key: at for key, at in self._spent.items() if at > horizon}


@dataclass(slots=True)
class ResponseRight:
    """What a response URL allows: answering one person in one channel, a few times."""

    channel: str
    user: str
    message: str | None
    ephemeral: bool
    expires: float
    uses: int = 0


class ResponseUrls:
    """Response URLs: five uses in thirty minutes."""

    def __init__(self) -> None:
        self._rights: dict[str, ResponseRight] = {}

    def issue(self, channel: str, user: str, message: str | None = None, *, ephemeral: bool = False) -> str:
        """A new path below the sandbox's address."""
        now = time.monotonic()
        self._rights = {key: right for key, right in self._rights.items() if right.expires > now - 600}
        token = secrets.token_urlsafe(18)
        self._rights[token] = ResponseRight(channel, user, message, ephemeral, now + _RESPONSE_SECONDS)
        return f"/respond/{token}"

    def use(self, token: str) -> ResponseRight:
        """Count one use, or say as Slack does why there is none left."""
        right = self._rights.get(token)
        if right is None or right.expires < time.monotonic():
            raise SlackError("expired_url")
        if right.uses >= _RESPONSE_USES:
            raise SlackError("used_url")
        right.uses += 1
        return right

    def moved(self, old: str, new: str) -> None:
        """A channel has another id now; what was allowed in it still is."""
        for right in self._rights.values():
            if right.channel == old:
                right.channel = new

    def age(self, token: str, seconds: float) -> None:
        """Let time pass for one of them; tests cannot wait half an hour."""
        self._rights[token].expires -= seconds
