"""How far this machine's clock is from Slack's, as told by requests that Slack signed.

Only a right signature counts: whoever forges a request could otherwise make us look ill. It never lets a request in.
"""

from datetime import datetime

from bot.guard import WINDOW

TOO_FAR = 60.0
"""Seconds our clock may differ before readiness turns red; beyond `WINDOW` every request is refused."""


class Skew:
    """The last that was heard; healed by the first request that comes at the right time."""

    def __init__(self) -> None:
        self.ahead = 0.0
        """Seconds our clock is ahead of Slack's; behind is negative."""
        self.since: datetime | None = None
        """When it was first seen to be too far off, by our own clock."""
        self.refused = 0
        """Requests turned away for it since then."""

    def note(self, ahead: float, now: datetime) -> None:
        """A rightly signed request came; our clock was this much ahead of its stamp."""
        self.ahead = ahead
        if abs(ahead) <= TOO_FAR:
            self.since, self.refused = None, 0
            return
        self.since = self.since or now
        self.refused += abs(ahead) > WINDOW

    @property
    def problem(self) -> str | None:
        """What to tell whoever runs us, or None."""
        if self.since is None:
            return None
        way = "ahead of" if self.ahead > 0 else "behind"
        said = f"this machine's clock is {abs(self.ahead):.0f} s {way} Slack's since {self.since:%Y-%m-%dT%H:%M:%SZ}"
        if self.refused:
            return f"{said}, and Slack's requests are refused for it ({self.refused} so far): set the clock (NTP)"
        return f"{said}: set the clock (NTP); beyond {WINDOW} s Slack's requests are refused"
