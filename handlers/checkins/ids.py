"""Action and callback ids of check-ins and blockers. An id once sent never changes meaning."""

START = "checkins.start"
NEW = "checkins.new"
PROPOSE = "checkins.propose"
SETTINGS = "checkins.settings"
SHOW = "checkins.show"
MORE = "checkins.more"

CHANGE = "checkins.change"
JOIN = "checkins.join"
LEAVE = "checkins.leave"
PAUSE = "checkins.pause"
RESUME = "checkins.resume"
SKIP = "checkins.skip"
RUN = "checkins.run"
END = "checkins.end"

ANSWER = "checkins.answer"
ANSWERED = "checkins.answered"

BLOCKER_SHOW = "checkins.blocker"
BLOCKERS_MORE = "checkins.blockers_more"
CLEAR = "checkins.clear"
CLEARED = "checkins.cleared"
CANNOT = "checkins.cannot"
CANNOT_SAID = "checkins.cannot_said"
HAND_ON = "checkins.hand_on"
HANDED_ON = "checkins.handed_on"
UNDO = "checkins.undo"

CARD = "checkins.card"

BLOCK_NAME = "name"
BLOCK_OFTEN = "often"
BLOCK_AT = "at"
BLOCK_CLOCK = "clock"
BLOCK_QUESTIONS = "questions"
BLOCK_PEOPLE = "people"
BLOCK_CLOSES = "closes_at"
BLOCK_ZONE = "closes_zone"
BLOCK_CHANNEL = "channel"

BLOCK_BLOCKER = "blocker"
WAITS_ON = "checkins.waits_on"
BLOCK_WORDS = "words"


def block_question(at: int) -> str:
    """The field of a question."""
    return f"question{at}"
