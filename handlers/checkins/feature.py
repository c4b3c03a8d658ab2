"""What check-ins register."""

from datetime import timedelta

from handlers.checkins import (
    answers,
    asking,
    blocker_listeners,
    cards,
    closing,
    coming_in,
    commanding,
    home,
    ids,
    managing,
    starting,
)
from handlers.checkins.channels import ChannelMoved, channel_moved
from handlers.kit.elsewhere import as_if_typed
from handlers.kit.features import (
    Button,
    Command,
    Event,
    Feature,
    HomeSections,
    Job,
    Mode,
    SeriesKind,
    Submit,
    TypeAhead,
    Usage,
)
from handlers.kit.jobs import Switch
from handlers.kit.permissions import ANYBODY, MEMBERS, PEOPLE_HERE
from storage.checkins.queries import ASK

_READS, _WRITES = Mode.READS, Mode.WRITES
EVERY = timedelta(seconds=5)

FEATURE = Feature(
    name="checkins",
    switch=Switch(
        "checkins",
        "Check-ins",
        "It asks a team how it goes, each in their own morning, and finds somebody for what is in the way.",
        "Type `/checkin` in the team's channel: it proposes everything at once.",
        asks=("checkin",),
    ),
    commands=(
        Command(
            "checkin",
            "Ask a team how it goes, each in their own morning",
            tuple(Usage(words, does) for words, does in commanding.USAGE),
            PEOPLE_HERE,
            _WRITES,
            commanding.command,
        ),
    ),
    buttons=(
        Button(ids.START, "start the check-in that was proposed", MEMBERS, _WRITES, starting.start),
        Button(ids.NEW, "open the form of a new one", MEMBERS, _READS, starting.new),
        Button(
            ids.PROPOSE,
            "see what a channel's check-in would be",
            MEMBERS,
            _WRITES,
            as_if_typed("checkin", commanding.command),
        ),
        Button(ids.SHOW, "open a check-in they may see", PEOPLE_HERE, _READS, managing.show),
        Button(ids.MORE, "see more check-ins", PEOPLE_HERE, _READS, commanding.more),
        Button(ids.CHANGE, "open the form of one they run", PEOPLE_HERE, _READS, starting.change),
        Button(ids.JOIN, "take part in one of a channel they are in", PEOPLE_HERE, _WRITES, managing.join),
        Button(ids.LEAVE, "take part no more", PEOPLE_HERE, _WRITES, managing.leave),
        Button(ids.PAUSE, "pause one they run", PEOPLE_HERE, _WRITES, managing.deed("pause")),
        Button(ids.RESUME, "resume it", PEOPLE_HERE, _WRITES, managing.deed("resume")),
        Button(ids.SKIP, "leave out its next date", PEOPLE_HERE, _WRITES, managing.deed("skip")),
        Button(ids.RUN, "have it ask now", PEOPLE_HERE, _WRITES, managing.deed("run")),
        Button(ids.END, "end it", PEOPLE_HERE, _WRITES, managing.deed("end")),
        Button(ids.ANSWER, "open the questions they are asked", PEOPLE_HERE, _READS, answers.press),
        Button(ids.BLOCKER_SHOW, "open a blocker they may see", PEOPLE_HERE, _READS, blocker_listeners.show),
        Button(ids.BLOCKERS_MORE, "see more blockers", PEOPLE_HERE, _READS, blocker_listeners.more),
        Button(
            ids.CLEAR,
            "clear what is in their way, waits on them, or was reported in a check-in they run",
            PEOPLE_HERE,
            _READS,
            blocker_listeners.clear,
        ),
        Button(ids.CANNOT, "say that it takes longer", PEOPLE_HERE, _READS, blocker_listeners.cannot),
        Button(ids.HAND_ON, "pass it on", PEOPLE_HERE, _READS, blocker_listeners.hand_on),
        Button(ids.UNDO, "open it again", PEOPLE_HERE, _WRITES, blocker_listeners.undo),
    ),
    submits=(
        Submit(ids.SETTINGS, "start a check-in, or change one they run", PEOPLE_HERE, starting.submitted),
        Submit(ids.ANSWERED, "answer in a round", PEOPLE_HERE, answers.submitted),
        Submit(ids.CLEARED, "say what cleared a blocker", PEOPLE_HERE, blocker_listeners.cleared),
        Submit(ids.CANNOT_SAID, "say why it takes longer", PEOPLE_HERE, blocker_listeners.cannot_said),
        Submit(ids.HANDED_ON, "say who it waits on instead", PEOPLE_HERE, blocker_listeners.handed_on),
    ),
    type_aheads=(TypeAhead(ids.WAITS_ON, "choose who a blocker waits on", PEOPLE_HERE, answers.parties),),
    events=(
        Event(
            "channel_id_changed", ChannelMoved, "move a channel for good", ANYBODY, channel_moved, always=True
        ),
    ),
    thens={
        closing.POSTED: closing.posted,
        coming_in.JOINED: coming_in.joined,
        coming_in.LOOKED: coming_in.looked,
        coming_in.LISTED: coming_in.listed,
    },
    renderers={ids.CARD: cards.board},
    jobs=(Job("checkins.remind", EVERY, asking.remind), Job("checkins.close", EVERY, closing.close)),
    series={ASK: SeriesKind(asking.ask, together=asking.ask_together)},
    home=HomeSections(
        waiting=(home.waiting,), information=(home.information,), look=(home.look,), places=(home.places,)
    ),
    opens={"C": managing.opens, "B": blocker_listeners.opens},
    scopes={
        "commands": "for /checkin",
        "chat:write": "to ask each person, and to say in the channel what they answered",
        "channels:join": "to come into the public channel a check-in is started in",
    },
)
