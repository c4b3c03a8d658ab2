"""How one Slack differs from another, and what would slow everybody down: switched on by who wants to see it."""

from pydantic import BaseModel, ConfigDict


class Modes(BaseModel):
    """Everything off is the Slack of an app its own company built, with as many calls as it likes.

    `rate_limits`: 429 by Slack's tiers, per method, channel and response URL.
    `slow_history`: as for an app sold outside the Marketplace, history and replies give fifteen messages a minute.
    `replies_refused`: `conversations.replies` is not for bot tokens but in direct messages.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    rate_limits: bool = False
    slow_history: bool = False
    replies_refused: bool = False
