"""How fast we may call, so that Slack never has to say 429.

Slack counts per method, workspace and minute, in tiers (docs.slack.dev/apis/web-api/rate-limits): about 20,
50 and 100 a minute, some methods several hundred; messages about one a second in a channel, and several hundred
a minute in the whole workspace, so a message needs room in both. Of each minute's allowance two fifths may be used
at once after a rest and the remainder evenly, so no minute holds more.
"""

from datetime import timedelta

from storage.outbox.values import Pace

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


def pace_of(lane: str, posts: int = POSTS) -> Pace:
    """The pace of a lane: a channel's messages (`post:C…`) or a method; `posts` a minute in the whole workspace."""
    if lane.startswith("post:"):
        return CHANNEL
    allowed = posts if lane == "chat.postMessage" else TIERS.get(lane, 20)
    return Pace(timedelta(seconds=60 / (allowed * 0.6)), int(allowed * 0.4))
