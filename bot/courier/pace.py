"""How fast we may call, so that Slack never has to say 429.

Slack counts per method, workspace and minute, in tiers (docs.slack.dev/apis/web-api/rate-limits): about 20,
50 and 100 a minute, some methods several hundred; messages about one a second in a channel, and several hundred
a minute in the whole workspace, so a message needs room in both. Of each minute's allowance two fifths may be used
at once after a rest and the remainder evenly, so no minute holds more.
"""

from datetime import datetime, timedelta

from storage.outbox.values import Claimed, Pace

POSTS = 300
"""What we take "several hundred" messages a minute to be."""

TIERS = {
    "auth.test": 300,
    "chat.getPermalink": 300,
    "chat.postMessage": POSTS,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.join": 50,
    "conversations.members": 100,
    "conversations.open": 50,
    "conversations.replies": 50,
    "files.completeUploadExternal": 100,
    "files.getUploadURLExternal": 100,
    "pins.add": 20,
    "pins.remove": 20,
    "reactions.add": 50,
    "reactions.remove": 20,
    "users.conversations": 20,
    "users.info": 100,
    "users.list": 20,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
}
"""Calls a minute, per method and workspace."""

CHANNEL = Pace(timedelta(seconds=1))
LEAST = 0.95
"""The part of a pace that lies at least between an answer and the next call: Slack takes it before it answers."""


def pace_of(lane: str, posts: int = POSTS) -> Pace:
    """The pace of a lane: a channel's messages (`post:C…`) or a method; `posts` a minute in the whole workspace."""
    if lane.startswith("post:"):
        return CHANNEL
    allowed = posts if lane == "chat.postMessage" else TIERS.get(lane, 20)
    return Pace(timedelta(seconds=60 / (allowed * 0.6)), int(allowed * 0.4))


class Gaps:
    """What lies between the calls of one lane as Slack sees them, in this process.

    They are claimed a pace apart, but one may be long on its way and the next one not: that one waits here.
    """

    def __init__(self) -> None:
        self._answered: dict[tuple[str, str], datetime] = {}
        """When each lane's last call was answered, the oldest first."""

    def missing(self, row: Claimed, pace: Pace, now: datetime) -> float:
        """Seconds that a call has yet to wait; what came once in a while at once may do so again."""
        answered = self._answered.get((row.workspace, row.lane))
        if answered is None or pace.burst > 1:
            return 0.0
        return max(0.0, (answered + LEAST * pace.every - now).total_seconds())

    def answered(self, row: Claimed, now: datetime) -> None:
        """Slack has taken it, or not; what was answered longer ago than any pace is of no interest any more."""
        lane = (row.workspace, row.lane)
        self._answered.pop(lane, None)
        self._answered[lane] = now
        while (oldest := next(iter(self._answered))) != lane and self._answered[oldest] < now - CHANNEL.every:
            del self._answered[oldest]
