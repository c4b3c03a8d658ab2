"""What digests register."""

from handlers.digests import coming_in, home, ids, listeners, service
from handlers.kit.elsewhere import as_if_typed
from handlers.kit.features import Button, Command, Feature, HomeSections, Missed, Mode, SeriesKind, Submit
from handlers.kit.jobs import Switch
from handlers.kit.permissions import MEMBERS, PEOPLE_HERE

_READS, _WRITES = Mode.READS, Mode.WRITES

FEATURE = Feature(
    name="digests",
    switch=Switch(
        "digests",
        "Digests",
        "Once a week a channel reads what needs attention, what was decided and what came in; nothing on a quiet day.",
        "Type `/digest` in a channel: it proposes one, and shows you what it would say.",
        asks=("digest.",),
    ),
    commands=(
        Command(
            "digest",
            "What a channel should know, once a week",
            listeners.USAGE,
            PEOPLE_HERE,
            _WRITES,
            listeners.command,
        ),
    ),
    buttons=(
        Button(
            ids.OPEN,
            "see a channel's digest, or what it would be",
            PEOPLE_HERE,
            _WRITES,
            as_if_typed("digest", listeners.command),
        ),
        Button(ids.LIST, "see the digests of channels they know of", PEOPLE_HERE, _READS, listeners.every),
        Button(ids.START, "start a digest in a channel they are in", MEMBERS, _WRITES, listeners.start),
        Button(ids.CHANGE, "open the form of a digest they started", MEMBERS, _READS, listeners.change),
        Button(ids.PREVIEW, "see what it would say now", PEOPLE_HERE, _READS, listeners.preview),
        Button(
            ids.ALL_NEEDS, "see everything that needs attention", PEOPLE_HERE, _READS, listeners.all_needs
        ),
        Button(ids.PAUSE, "pause what they started", MEMBERS, _WRITES, listeners.press("pause")),
        Button(ids.RESUME, "resume it", MEMBERS, _WRITES, listeners.press("resume")),
        Button(ids.SKIP, "leave out the next one", MEMBERS, _WRITES, listeners.press("skip")),
        Button(ids.SEND, "post one now", MEMBERS, _WRITES, listeners.press("send")),
        Button(ids.END, "end it", MEMBERS, _WRITES, listeners.press("end")),
    ),
    submits=(Submit(ids.CHANGED, "change when it comes", MEMBERS, listeners.changed),),
    thens={
        ids.POSTED: service.posted,
        coming_in.LOOKED: coming_in.looked,
        coming_in.JOINED: coming_in.joined,
        coming_in.LISTED: coming_in.listed,
    },
    series={
        ids.POST: SeriesKind(
            service.run, missed=Missed("post", "Post it now instead", ids.SEND), reads_much=True
        )
    },
    home=HomeSections(places=(home.places,)),
    scopes={
        "commands": "for /digest",
        "chat:write": "to post a channel's digest",
        "channels:join": "to come into the public channel a digest is started in",
    },
)
