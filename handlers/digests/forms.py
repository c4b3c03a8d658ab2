"""What people see around a digest: the proposal, how it stands, the form that changes it, lists and notes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from handlers.digests import ids
from handlers.digests.rules import Refusal
from handlers.kit.blocks import Block, actions, context, input_select, section
from handlers.kit.counting import counted
from handlers.kit.dates import say_day
from handlers.kit.elements import Element, button
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import channel_link, escape
from handlers.kit.objects import confirm, options
from handlers.kit.pickers import input_several, input_time
from handlers.kit.recurrences import describe
from handlers.kit.requests import SlackId
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import MessageContent, View, message, modal
from storage.digests.values import Readers
from storage.recurrence import DAY_NAMES, DAYS, Recurrence, parts, weekly
from storage.values import ChannelId

NAME = 80
EVERY = {"1": "every week", "2": "every other week", "4": "every four weeks"}
TELLS = (
    "What needs attention, what was decided, launches, who waits on whom, and what feedback came in. "
    "When there is nothing to say, nothing is posted."
)


class DigestForm(Form):
    """Which channel the form is about."""

    v: Literal[1] = 1
    channel: SlackId


@dataclass(frozen=True, slots=True)
class Standing:
    """A channel's digest as it stands: what to call the channel and its owner, and when it comes next."""

    channel: ChannelId
    place: str
    recurrence: Recurrence
    owner: str = ""
    next_on: date | None = None
    paused: bool = False


def proposal(standing: Standing, readers: Readers) -> MessageContent:
    """Everything at once: when, where and what; one press starts it."""
    when = describe(standing.recurrence)
    who = counted(sum(readers.zones.values()), "person", "people")
    limited = "" if readers.full else f" {_LIMITED}"
    said = f"{when[0].upper()}{when[1:]}, here, for the {who} in {standing.place}. {TELLS}{limited}"
    buttons = actions(
        _on(standing, "Start", ids.START, "primary"),
        _on(standing, "Change…", ids.CHANGE),
        _on(standing, "Show me one now", ids.PREVIEW),
    )
    return message(f"Shall I post a digest in {standing.place}?", said, [section(escape(said)), buttons])


def proposal_unseen(channel: ChannelId) -> MessageContent:
    """The same where I am not in yet, and do not know who reads there."""
    said = f"I am not in this channel yet. Start it and I join, then post one each Monday morning. {TELLS}"
    start = button("Start", ids.START, channel, "primary", accessibility_label="Join and start a digest here")
    return message("Shall I post a digest here?", said, [section(escape(said)), actions(start)])


def shown(standing: Standing, done: str = "") -> MessageContent:
    """How it stands, and what can be done; `done` is what has just been done to it."""
    title = done or f"{standing.place} has a digest"
    buttons = [
        _on(standing, "Show me one now", ids.PREVIEW),
        _on(standing, "Send now", ids.SEND),
        _on(standing, "Change…", ids.CHANGE),
        *_pausing(standing),
        _on(standing, "End", ids.END) | {"style": "danger", "confirm": _END},
    ]
    words = stands(standing)
    return message(title, words, [section(escape(words)), actions(*buttons)])


def stands(standing: Standing) -> str:
    """When it comes, in plain words."""
    by = f" {shorten(standing.owner, NAME)} started it." if standing.owner else ""
    if standing.paused or standing.next_on is None:
        return f"It is paused; else it comes {describe(standing.recurrence)}.{by}"
    return f"It comes {describe(standing.recurrence)}, next on {say_day(standing.next_on)}.{by}"


def when(standing: Standing) -> str:
    """When it comes, in a few plain words."""
    said = describe(standing.recurrence)
    return f"paused; else {said}" if standing.paused or standing.next_on is None else said


def show(standing: Standing) -> Element:
    """The button that opens it."""
    label = f"Show the digest of {standing.place}"
    return button("Show", ids.OPEN, standing.channel, accessibility_label=label)


def told(words: str) -> MessageContent:
    """A sentence or two."""
    return MessageContent(escape(words), [])


def listed(standings: Sequence[Standing]) -> MessageContent:
    """All digests somebody knows of."""
    if not standings:
        return message("No channel you know of has a digest", NONE_YET, [section(NONE_YET)])
    blocks = [
        section(f"{channel_link(one.channel)}\n{escape(stands(one))}", show(one)) for one in standings[:20]
    ]
    said = "\n".join(f"{one.place}: {stands(one)}" for one in standings[:20])
    title = counted(len(standings), "channel has a digest", "channels have a digest")
    return message(title, f"{said}\n{_IN_ONE}", [*blocks, context(_IN_ONE)])


def form(standing: Standing, zones: Sequence[str], *, starting: bool) -> View:
    """When it comes: on which days, how often, at what time and by whose clocks."""
    said = parts(standing.recurrence.rule)
    days = [str(DAYS.index(day) + 1) for day in said["BYDAY"].split(",")]
    every, zone = said.get("INTERVAL", "1"), standing.recurrence.zone or "UTC"
    blocks: list[Block] = [
        input_several("On", ids.BLOCK_DAYS, _day_options(), initial=days),
        input_select("How often", ids.BLOCK_EVERY, ids.BLOCK_EVERY, options(*_every()), initial=every),
        input_time("At", ids.BLOCK_AT, initial=standing.recurrence.at),
        input_select(
            "By the clocks of", ids.BLOCK_ZONE, ids.BLOCK_ZONE,
            options(*((one.replace("_", " "), one) for one in zones)), initial=zone,
            hint="Most people here live by the first.",
        ),
    ]  # fmt: skip
    return modal(
        "Digest",
        [section(escape(f"In {standing.place}.")), *blocks],
        submit="Start" if starting else "Save",
        callback_id=ids.CHANGED,
        private_metadata=DigestForm(channel=standing.channel).model_dump_json(),
    )


def chosen(days: Sequence[int], every: str | None, at: time, zone: str, today: date) -> Recurrence:
    """What somebody chose in the form."""
    return weekly(days, today, at, zone, every=int(every) if every in EVERY else 1)


def saved(standing: Standing) -> View:
    """The form's last page."""
    return modal("Saved", [section(escape(f"Saved. {stands(standing)}")), context(TELLS)], close="Done")


def told_modal(words: str) -> View:
    """A page that only says something."""
    return modal("Throughline", [section(escape(words))], close="Close")


def posted_nothing(place: str, since: date) -> str:
    """What somebody reads who sends a digest on a quiet day."""
    return (
        f"Nothing was posted in {place}: nothing is new since {say_day(since)}, and nothing needs attention."
    )


def quiet_preview(since: date) -> str:
    """What somebody reads who wants to see one on a quiet day."""
    return f"Nothing is new since {say_day(since)}, and nothing needs attention. On such a day nothing is posted."


def paused_letter(place: str, why: Refusal) -> tuple[str, list[Block]]:
    """What its owner reads when it cannot be posted any more."""
    words = f"{WHY_NOT[why]} Nothing of it is lost: `/digest resume` there goes on from where it stopped."
    return f"I paused the digest of {place}", [section(words)]


def not_posted_letter(place: str) -> tuple[str, list[Block]]:
    """What its owner reads when Slack would not take it."""
    words = "Slack would not take it. What it had to tell is told by the next one."
    return f"I could not post the digest of {place}", [section(words)]


NONE_YET = "Type `/digest` in a channel, and I propose one for it."
_IN_ONE = "`/digest` in a channel shows its own and lets you change it."
TOO_OLD = told_modal("This form is older than I am, please open it again.")
JOINING = "I am joining the channel. In a moment I tell you in your messages when the first digest comes."
NOT_STARTED = "No digest in {place} yet"
NONE_HERE = "This channel has no digest. `/digest` proposes one."
NOT_YOURS = "Only {owner}, who started it, or an admin can do that."
ALREADY_SENT = "One was sent today already. What is new since then comes with the next one."
NOT_A_READER = "Only people who are in the channel can do that."
CHOOSE_DAYS = "Choose at least one day."
_LIMITED = "As there are guests here, it tells only what was made in this channel."
WHY_NOT: Mapping[Refusal, str] = {
    Refusal.NOT_A_CHANNEL: "A digest belongs to a channel: type `/digest` in one. `/digest list` shows those there are.",
    Refusal.SHARED: "People from outside are in this channel, so I post no digest here.",
    Refusal.NOT_IN_IT: "I am not in this channel. Type `/invite @Throughline` here, then `/digest` again.",
    Refusal.ARCHIVED: "This channel is archived.",
    Refusal.GUESTS: "There are guests in this channel, who may not see what is open to the whole workspace, "
    "so a digest would have nothing to tell here. A channel without guests can have one.",
    Refusal.UNKNOWN: "I am still learning who is in this channel. Please try again in a minute.",
}  # fmt: skip
_END = confirm(
    "End the digest?", "Nothing is posted here any more. You can start it again.", "End it", danger=True
)


def _on(standing: Standing, words: str, action: str, style: Literal["primary"] | None = None) -> Element:
    label = f"{words.rstrip('…')}: digest of {standing.place}"
    return button(words, action, standing.channel, style, accessibility_label=label)


def _pausing(standing: Standing) -> list[Element]:
    if standing.paused or standing.next_on is None:
        return [_on(standing, "Resume", ids.RESUME)]
    return [_on(standing, "Skip next", ids.SKIP), _on(standing, "Pause", ids.PAUSE)]


def _day_options() -> list[dict[str, object]]:
    return options(*((name, str(number)) for number, name in enumerate(DAY_NAMES, start=1)))


def _every() -> list[tuple[str, str]]:
    return [(words.capitalize(), value) for value, words in EVERY.items()]
