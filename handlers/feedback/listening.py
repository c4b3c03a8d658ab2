"""Where an emoji captures: switched on by a member, and only where we are and nobody from outside is."""

from handlers.asks import service as asks
from handlers.feedback import views
from handlers.kit.blocks import section
from handlers.kit.requests import Who
from handlers.people import parsing as people_parsing
from handlers.people import service as people_service
from storage.areas import queries as areas
from storage.audit import queries as audit
from storage.database import Tx, new_id
from storage.feedback import listening, reactions, themes
from storage.feedback import queries as feedbacks
from storage.feedback.values import Listening, ListeningState
from storage.outbox import boards, letters
from storage.outbox.calls import enqueue
from storage.outbox.values import Answer, Call, Verdict
from storage.people import queries as people
from storage.people.values import ChannelKind
from storage.values import ChannelId, Json, PersonId
from storage.workspaces import queries as workspaces

ON = "💡 and 🐞 are captured in {where} now."
ALREADY = "💡 and 🐞 are captured in {where} already."
JOINING = "I am joining {where}; once I am in, 💡 and 🐞 are captured there."
INVITE = "I need an invitation: type `/invite @Throughline` in {where}. Capturing starts when I am in."
SHARED = "People from outside are in {where}, so emoji are not captured there. `/capture` works everywhere."
NOT_A_CHANNEL = "Emoji are captured in channels only. Here, just type to me."
LOOKING = "I am looking whether you are in that channel; once I am in it too, 💡 and 🐞 are captured there."
NOT_A_MEMBER = "Join {where} first; then you can switch it on there."
WAITING = (ListeningState.JOINING, ListeningState.NEEDS_INVITE)
OFF = "Emoji are not captured in {where} any more. What was captured stays."


def switch_on(tx: Tx, who: Who, channel: ChannelId, kind: ChannelKind, *, here: bool) -> str:
    """Switch capturing on; what to tell the person.

    `kind` is what Slack says of a channel we do not know; `here` means the person pressed it in the channel,
    which only its members can.
    """
    known = people.channel(tx, channel)
    kind = known.kind if known is not None else kind
    where = f"#{known.name}" if known is not None and known.name else "this channel"
    current = listening.find(tx, channel)
    if kind in (ChannelKind.IM, ChannelKind.GROUP_IM):
        return NOT_A_CHANNEL
    if known is not None and known.shared:
        return SHARED.format(where=where)
    if not here and known is not None and known.ours and not people.is_member(tx, channel, who.person):
        return NOT_A_MEMBER.format(where=where)
    if current is not None and current.state is ListeningState.ON:
        return ALREADY.format(where=where)
    if current is None or current.state is ListeningState.OFF or current.by != who.person:
        audit.note(tx, who.person, "listening.on", f"channel {channel}")
    if known is not None and known.ours:
        listening.switch(tx, channel, ListeningState.ON, who.person)
        _announce(tx, channel, who.person)
        return ON.format(where=where)
    state = ListeningState.NEEDS_INVITE if kind is ChannelKind.PRIVATE else ListeningState.JOINING
    listening.switch(tx, channel, state, who.person)
    boards.touch_home(tx, who.person)
    if state is ListeningState.NEEDS_INVITE:
        return INVITE.format(where=where)
    if not here:
        _ask_members(tx, channel, "")
        return LOOKING
    _join(tx, channel)
    return JOINING.format(where=where)


def switch_off(tx: Tx, who: Who, channel: ChannelId) -> str:
    """Switch capturing off; what to tell the person."""
    current = listening.find(tx, channel)
    where = f"#{current.channel_name}" if current is not None and current.channel_name else "this channel"
    if current is not None and current.state is not ListeningState.OFF:
        listening.switch(tx, channel, ListeningState.OFF, who.person)
        audit.note(tx, who.person, "listening.off", f"channel {channel}")
        boards.touch_home(tx, who.person, current.by)
    return OFF.format(where=where)


def checked(tx: Tx, answer: Answer) -> None:
    """Who is in the channel somebody chose in Home: its members decide, and a private one has to invite us."""
    channel = ChannelId(str(answer.about["channel"]))
    current = listening.find(tx, channel)
    if current is None or current.state is not ListeningState.JOINING or answer.verdict is Verdict.BLOCKED:
        return
    if not answer.ok:
        listening.change(tx, channel, ListeningState.NEEDS_INVITE)
    elif current.by in answer.data.get("members", []):
        _join(tx, channel)
    elif cursor := people_parsing.next_cursor(answer.data):
        _ask_members(tx, channel, cursor)
    else:
        _refuse(tx, current, *views.NOT_A_MEMBER)
    _touch_switcher(tx, channel)


def joined(tx: Tx, answer: Answer) -> None:
    """Slack let us into the channel, or will not: then somebody has to invite us."""
    channel = ChannelId(str(answer.about["channel"]))
    if answer.ok:
        came_in(tx, channel)
    elif answer.verdict is not Verdict.BLOCKED:
        listening.change(tx, channel, ListeningState.NEEDS_INVITE)
        _touch_switcher(tx, channel)


def came_in(tx: Tx, channel: ChannelId) -> None:
    """We are in: look what the channel is before capturing anything there."""
    current = listening.find(tx, channel)
    if current is not None and current.state in WAITING:
        _ask_what_it_is(tx, channel, new_id())


def look_again(tx: Tx) -> bool:
    """Slack may have told nobody that we were let in or taken out: what its lists say of us counts."""
    for place in listening.every(tx):
        if place.state is ListeningState.ON and not place.ours:
            went_out(tx, place.channel)
        elif place.state in WAITING and place.ours:
            _ask_what_it_is(tx, place.channel, f"{tx.now:%Y%m%d%H}")
    return False


def ready(tx: Tx, answer: Answer) -> None:
    """We know the channel: capturing begins, unless people from outside are in it."""
    people_service.channel_learned(tx, answer)
    channel = ChannelId(str(answer.about["channel"]))
    current, known = listening.find(tx, channel), people.channel(tx, channel)
    if current is None or known is None or not known.ours:
        return
    if current.state not in WAITING:
        return
    if known.shared:
        _refuse(tx, current, *views.SHARED)
    else:
        listening.change(tx, channel, ListeningState.ON)
        _announce(tx, channel, current.by)
    _touch_switcher(tx, channel)


def announced(tx: Tx, answer: Answer) -> None:
    """The channel could not be told that capturing is on there: whoever switched it on should know."""
    current = listening.find(tx, ChannelId(str(answer.about["channel"])))
    if not answer.ok and current is not None and current.state is ListeningState.ON:
        summary, blocks = views.unannounced(current.channel_name)
        asks.tell(tx, current.by, f"feedback.unannounced:{current.channel}", summary, blocks)


def moved(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """The channel has another id for good."""
    listening.renumber(tx, old, new)
    feedbacks.renumber(tx, old, new)
    reactions.renumber(tx, old, new)
    themes.renumber(tx, old, new)
    areas.renumber(tx, old, new)


def went_out(tx: Tx, channel: ChannelId) -> None:
    """We were taken out of the channel: somebody would have to invite us again."""
    if listening.change(tx, channel, ListeningState.NEEDS_INVITE):
        _touch_switcher(tx, channel)


def is_us(tx: Tx, person: PersonId) -> bool:
    """Whether the person is our own bot user."""
    found = workspaces.find(tx)
    return found is not None and found.bot_user == person


# ---------------------------------------------------------------------------------------------------------


def _join(tx: Tx, channel: ChannelId) -> None:
    about: dict[str, Json] = {"channel": channel}
    key = f"join:{channel}:{new_id()}"
    enqueue(tx, Call(key, "conversations.join", {"channel": channel}, then="feedback.joined", about=about))


def _ask_members(tx: Tx, channel: ChannelId, cursor: str) -> None:
    arguments: dict[str, Json] = {"channel": channel, "limit": 1000, **({"cursor": cursor} if cursor else {})}
    about: dict[str, Json] = {"channel": channel}
    key = f"members:{channel}:{new_id()}"
    enqueue(tx, Call(key, "conversations.members", arguments, then="feedback.checked", about=about))


def _ask_what_it_is(tx: Tx, channel: ChannelId, occasion: str) -> None:
    about: dict[str, Json] = {"channel": channel}
    key = f"ready:{channel}:{occasion}"
    enqueue(tx, Call(key, "conversations.info", {"channel": channel}, then="feedback.ready", about=about))


def _refuse(tx: Tx, current: Listening, summary: str, words: str) -> None:
    """It cannot be switched on after all: say why to whoever wanted it."""
    listening.change(tx, current.channel, ListeningState.OFF)
    name = f"#{current.channel_name}" if current.channel_name else "the channel you chose"
    key = f"feedback.refused:{current.channel}:{new_id()}"
    asks.tell_back(tx, current.by, key, summary.format(where=name), [section(words)])


def _announce(tx: Tx, channel: ChannelId, by: PersonId) -> None:
    person = people.person(tx, by)
    name = person.name if person is not None and person.name else "A colleague"
    letter = views.listening_letter(name, channel)
    key, about = f"listening:{channel}:{new_id()}", {"channel": str(channel)}
    letters.post(tx, key, channel, letter.text, letter.blocks, then="feedback.announced", about={**about})
    boards.touch_home(tx, by)


def _touch_switcher(tx: Tx, channel: ChannelId) -> None:
    current = listening.find(tx, channel)
    if current is not None:
        boards.touch_home(tx, current.by)
