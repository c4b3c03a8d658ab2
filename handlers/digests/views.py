"""The digest as a channel reads it. Values in, Block Kit out; the text says all that the blocks say."""

from handlers.digests import happening, needing, rules
from handlers.digests.lines import Edition
from handlers.kit.blocks import context
from handlers.kit.dates import say_day
from handlers.kit.mrkdwn import escape
from handlers.kit.recurrences import describe
from handlers.kit.surfaces import MessageContent, message

PREVIEW = "Only you see this. It is what a digest would say now."
PARTS = (needing.part, happening.decisions, happening.launches, happening.blockers, happening.feedback)


def digest(edition: Edition, *, preview: bool = False) -> MessageContent:
    """The whole message; a preview says that it is one."""
    parts = [part for make in PARTS if (part := make(edition)) is not None]
    foot, only_you = _foot(edition, preview=preview), [PREVIEW] if preview else []
    blocks = [*map(context, only_you), *(block for part in parts for block in part.blocks)]
    said = [f"{part.title}: {'; '.join(part.said)}." for part in parts]
    title = rules.headline(edition.news, edition.waiting, edition.period)
    return message(title, "\n".join([*only_you, *said, foot]), [*blocks, context(escape(foot))])


def _foot(edition: Edition, *, preview: bool) -> str:
    comes = "It would come" if preview else "You get this"
    since = f"It tells what happened since {say_day(edition.period.first)}."
    return f"{comes} {describe(edition.recurrence)}. {since} `/digest` changes it."
