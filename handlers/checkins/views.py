"""What people see of check-ins: the proposal, the card, lists. Values in, Block Kit out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from handlers.asks import views as asks
from handlers.checkins import ids
from handlers.kit.blocks import Block, actions, context, section
from handlers.kit.dates import say_day, say_time
from handlers.kit.elements import Element, button
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import confirm
from handlers.kit.recurrences import describe_dates
from handlers.kit.surfaces import MessageContent, message
from handlers.links import views as links
from storage.calendar import local_instant, local_time
from storage.checkins.values import CheckIn, Settings
from storage.recurrence import Recurrence
from storage.schedules.values import SeriesState
from storage.things.values import Linked
from storage.values import PersonId

NUMBERS = {
    1: "one question",
    2: "two questions",
    3: "three questions",
    4: "four questions",
    5: "five questions",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: the check-in, where it is, who takes part by name, and its next date.

    `viewer` is who is looking, if it is one; `manages` whether they may change it, `due` whether there is
    something for them to answer now. `asked_on` is the date of the last round.
    """

    checkin: CheckIn
    where: str
    people: Mapping[PersonId, str]
    owner: str
    next_on: date | None
    viewer: PersonId | None = None
    manages: bool = False
    due: bool = False
    answered: bool = False
    links: Sequence[Linked] = ()
    asked_on: date | None = None

    @property
    def takes_part(self) -> bool:
        """Whether whoever looks takes part."""
        return self.viewer in self.people


def proposal(where: str, settings: Settings, people: int, zone: str) -> MessageContent:
    """Everything at once; two buttons. `zone` is the reader's."""
    title = f"A check-in in {where}?"
    who = "you, for only you are here," if people == 1 else f"the *{people} people here*,"
    words = (
        f"I would ask {who} {when_asked(settings.recurrence)}: {NUMBERS[len(settings.questions)]}, in a message only"
        f" they see. What they say comes *here at {say_time(settings.closes_at)}* {_clock(settings, zone)}."
    )
    small = context(escape(" · ".join(settings.questions)))
    deeds = actions(
        button("Start", ids.START, settings.channel, style="primary", accessibility_label=f"Start {title}"),
        button("Change…", ids.NEW, settings.channel),
    )
    return message(
        title, f"{_plain(words)}\n{' · '.join(settings.questions)}", [section(words), small, deeds]
    )


def proposal_unseen(where: str, channel: str) -> MessageContent:
    """The same where I am not in the channel yet and do not know who is there."""
    title = f"A check-in in {where}?"
    words = (
        "I am not in this channel yet. *Start* and I join, then ask everybody here on weekdays at *their 9:00*:"
        " three questions, in a message only they see. What they say comes here once a day."
    )
    deeds = actions(button("Start", ids.START, channel, style="primary"))
    return message(title, _plain(words), [section(words), deeds])


def started(card: Card) -> MessageContent:
    """What whoever pressed *Start* reads in place of the proposal."""
    title = f"{card.checkin.reference} is on"
    first = f"I first ask on {say_day(card.next_on)}." if card.next_on else "Nobody takes part yet."
    words = f"{first} Its card is in {card.where}; “Show” there has everything you can change."
    return message(title, _plain(escape(words)), [section(escape(words)), actions(show(card.checkin.number))])


def card_message(card: Card) -> MessageContent:
    """The card in its channel; everybody there sees the same."""
    title = heading(card)
    parts = [*_facts(card), _with(card)]
    deeds = [] if card.checkin.state is SeriesState.ENDED else [actions(*_channel_deeds(card))]
    return message(title, "\n".join(map(_plain, parts)), [*_paragraphs(parts), *deeds])


def card_blocks(card: Card) -> list[Block]:
    """The card as its viewer sees it: all of it, and what they may do."""
    numbered = [f"{at}. {one}" for at, one in enumerate(card.checkin.settings.questions, start=1)]
    asks = section(escape("\n".join(numbered)))
    blocks = [section(f"*{escape(heading(card))}*"), *_paragraphs([*_facts(card), _with(card)]), asks]
    return [*blocks, *links.lines(card.checkin.reference, card.links), *_deeds(card)]


def line(card: Card) -> str:
    """One line of a list."""
    checkin = card.checkin
    return f"*{checkin.reference}* {escape(checkin.name)} · {escape(card.where)} · {_state(card)}"


def lines(title: str, cards: Sequence[Card], empty: str) -> list[Block]:
    """A titled list, or what to do when there is nothing in it."""
    if not cards:
        return [section(f"*{title}*\n{empty}")]
    return [section(f"*{title}*"), *[section(line(one), show(one.checkin.number)) for one in cards]]


def said_line(card: Card) -> str:
    """The same for those who only get the text."""
    return f"{card.checkin.reference} {card.checkin.name} · {card.where} · {_state(card)}"


def heading(card: Card) -> str:
    """`C-3 · Daily check-in`: how every card of it begins."""
    state = {SeriesState.PAUSED: " · paused", SeriesState.ENDED: " · ended"}.get(card.checkin.state, "")
    return f"{card.checkin.reference} · {card.checkin.name}{state}"


def show(number: int) -> Element:
    """The button that opens a card."""
    return button("Show", ids.SHOW, str(number), accessibility_label=f"Show C-{number}")


def answer(number: int, on: date | None, words: str = "Answer", *, primary: bool = True) -> Element:
    """The button that opens the questions; without a date those of the round under way."""
    value = f"{number}|{on.isoformat() if on else ''}"
    label = f"{words}: C-{number}"
    style = "primary" if primary else None
    return button(words, ids.ANSWER, value, style=style, accessibility_label=label)  # type: ignore[arg-type]  # one of the two


def when_asked(recurrence: Recurrence) -> str:
    """Such as "every weekday at *their 9:00*"."""
    at = say_time(recurrence.at)
    clock = f"*their {at}*" if recurrence.zone is None else f"*{at}* {place_of(recurrence.zone)} time"
    return f"{describe_dates(recurrence)} at {clock}"


def place_of(zone: str) -> str:
    """What people call a zone."""
    return escape(zone.rpartition("/")[2].replace("_", " "))


def at_clock(at: time, zone: str) -> str:
    """Such as "13:00 Stockholm time"."""
    return f"{say_time(at)} {place_of(zone)} time"


def together(words: Sequence[str]) -> str:
    """`Kenji`, `Kenji and Aiko`, `Kenji, Aiko and Sam`."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


# ---------------------------------------------------------------------------------------------------------


def _clock(settings: Settings, zone: str) -> str:
    """Whose clock it is, and what the reader's shows then."""
    by = f"{place_of(settings.closes_zone)} time"
    if zone == settings.closes_zone:
        return by
    moment = local_instant(settings.recurrence.start, settings.closes_at, settings.closes_zone)
    return f"{by} ({say_time(local_time(moment, zone))} for you)"


def _paragraphs(parts: Sequence[str]) -> list[Block]:
    first, *rest = parts
    return [section(first), context(*rest)]


def _facts(card: Card) -> list[str]:
    settings = card.checkin.settings
    if card.checkin.state is SeriesState.ENDED:
        return [f"It has ended: nobody is asked any more. {escape(card.owner)} ran it."]
    said = (
        f"I ask {len(card.people)} {'person' if len(card.people) == 1 else 'people'} {when_asked(settings.recurrence)}:"
        f" {NUMBERS[len(settings.questions)]}, in a message only they see. What they say comes to"
        f" {escape(card.where)} at {at_clock(settings.closes_at, settings.closes_zone)}."
    )
    stands = f"Run by {escape(card.owner)} · {_state(card)}"
    return [said, stands]


def _state(card: Card) -> str:
    if card.checkin.state is SeriesState.PAUSED:
        return "paused: nobody is asked"
    if card.checkin.state is SeriesState.ENDED:
        return "ended"
    return f"next on {say_day(card.next_on)}" if card.next_on else "nobody takes part yet"


def _with(card: Card) -> str:
    names = sorted(card.people.values())
    return f"With {escape(together(names))}" if names else "Nobody takes part yet"


def _channel_deeds(card: Card) -> list[Element]:
    number = str(card.checkin.number)
    return [
        button("Take part", ids.JOIN, number, accessibility_label=f"Take part in C-{number}"),
        button("Leave it", ids.LEAVE, number, accessibility_label=f"Leave C-{number}"),
        show(card.checkin.number),
    ]


def _deeds(card: Card) -> list[Block]:
    checkin, number = card.checkin, str(card.checkin.number)
    if checkin.state is SeriesState.ENDED or card.viewer is None:
        return []
    mine: list[Element] = []
    if card.due:
        mine.append(
            answer(
                checkin.number,
                None,
                "Change my answer" if card.answered else "Answer",
                primary=not card.answered,
            )
        )
    if card.takes_part:
        mine.append(button("Leave it", ids.LEAVE, number))
    else:
        mine.append(button("Take part", ids.JOIN, number))
    mine.append(links.why_button(checkin.reference))
    found = [actions(*mine)]
    return [*found, actions(*_managing(card))] if card.manages else found


def _managing(card: Card) -> list[Element]:
    checkin, number = card.checkin, str(card.checkin.number)
    sure = confirm(
        f"End {checkin.reference}?", "Nobody is asked any more. What was said is kept.", "End it", danger=True
    )
    end = button("End", ids.END, number, style="danger", confirm=sure)
    change = button("Change…", ids.CHANGE, number)
    asked = [asks.report_button(checkin.series, card.asked_on)] if card.asked_on else []
    if checkin.state is SeriesState.PAUSED:
        return [*asked, change, button("Resume", ids.RESUME, number, style="primary"), end]
    return [
        *asked,
        change,
        button("Pause", ids.PAUSE, number),
        button("Skip the next one", ids.SKIP, number),
        button("Ask now", ids.RUN, number),
        end,
    ]


def _plain(mrkdwn: str) -> str:
    """Our own sentence without its stars, and people's words in it as they are."""
    return mrkdwn.replace("*", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
