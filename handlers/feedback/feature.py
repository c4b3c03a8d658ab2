"""What feedback registers."""

from datetime import timedelta

from handlers.feedback import (
    authors,
    boards,
    capturing,
    closing,
    home,
    ids,
    listeners,
    listening,
    listing,
    naming,
    talking,
    telling,
    words,
)
from handlers.kit.features import (
    Button,
    Command,
    Event,
    Feature,
    GlobalShortcut,
    HomeSections,
    Job,
    MessageShortcut,
    Mode,
    Submit,
    TypeAhead,
    Usage,
)
from handlers.kit.jobs import Switch
from handlers.kit.permissions import ANYBODY, MEMBERS, PEOPLE_HERE

_READS, _WRITES = Mode.READS, Mode.WRITES

FEATURE = Feature(
    name="feedback",
    switch=Switch(
        "feedback",
        "Feedback",
        "It keeps what customers and colleagues say, where they say it, and tells those who asked when it ships.",
        "React 💡 to a message where that is on, or type `/capture`.",
        asks=("feedback.",),
        at_first=True,
    ),
    commands=(
        Command(
            "capture",
            "Keep what somebody said",
            tuple(Usage(words, does) for words, does in capturing.USAGE),
            PEOPLE_HERE,
            _READS,
            capturing.command,
        ),
    ),
    message_shortcuts=(
        MessageShortcut(
            ids.CAPTURE_MESSAGE,
            "Capture feedback",
            "Keep this message's words as feedback",
            PEOPLE_HERE,
            _READS,
            capturing.on_message,
        ),
    ),
    global_shortcuts=(
        GlobalShortcut(
            ids.CAPTURE_ANYWHERE,
            "Capture feedback",
            "Keep what somebody said",
            PEOPLE_HERE,
            _READS,
            capturing.anywhere,
        ),
    ),
    buttons=(
        Button(ids.OPEN_CAPTURE, "open the capture form", PEOPLE_HERE, _READS, capturing.open_form),
        Button(ids.SAVE_TYPED, "save what somebody typed to us", PEOPLE_HERE, _WRITES, talking.save),
        Button(ids.CHANGE_TYPED, "change it before saving", PEOPLE_HERE, _READS, talking.change),
        Button(ids.SHOW, "open a card they may see", PEOPLE_HERE, _READS, listeners.show, always=True),
        Button(
            ids.LIST, "list what they captured, or what was from them", PEOPLE_HERE, _READS, listing.every
        ),
        Button(ids.UNDO, "take back what they captured", PEOPLE_HERE, _WRITES, listeners.undo, always=True),
        Button(ids.REDO, "bring back what they had undone", PEOPLE_HERE, _WRITES, listeners.redo),
        Button(
            ids.OBJECT,
            "object to keeping what they said",
            PEOPLE_HERE,
            _WRITES,
            listeners.object_to,
            always=True,
        ),
        Button(ids.EDIT, "edit a card they may see", PEOPLE_HERE, _READS, listeners.open_edit),
        Button(ids.ACCOUNT, "open the account form", PEOPLE_HERE, _READS, naming.open_account),
        Button(ids.NO_ACCOUNT, "say it was for no account", PEOPLE_HERE, _WRITES, naming.no_account),
        Button(ids.LISTEN, "switch emoji capture on in a channel", MEMBERS, _WRITES, listeners.listen),
        Button(ids.LISTEN_PICK, "switch emoji capture on from Home", MEMBERS, _WRITES, listeners.listen),
        Button(ids.UNLISTEN, "switch emoji capture off in a channel", MEMBERS, _WRITES, listeners.unlisten),
        Button(
            ids.SHIPPED,
            "open the form that tells those who wanted what shipped (its captor, the launch's owner, admins)",
            PEOPLE_HERE,
            _READS,
            telling.open_form,
        ),
        Button(
            ids.NOT_YET, "write no sentence yet for a launch of theirs", PEOPLE_HERE, _WRITES, telling.not_yet
        ),
        Button(ids.LINK, "follow a link", ANYBODY, _READS, listeners.link),
    ),
    submits=(
        Submit(ids.TELL, "tell those who wanted what shipped", PEOPLE_HERE, telling.submitted),
        Submit(ids.CAPTURE, "save feedback", PEOPLE_HERE, capturing.submitted),
        Submit(ids.EDITED, "change feedback they may see", PEOPLE_HERE, listeners.edited),
        Submit(ids.ACCOUNT_GIVEN, "say which account it was for", PEOPLE_HERE, naming.account_given),
    ),
    type_aheads=(
        TypeAhead(ids.BLOCK_ACCOUNT, "find an account they may know of", PEOPLE_HERE, naming.accounts),
    ),
    events=(
        Event(
            "reaction_added",
            listeners.Reaction,
            "capture by emoji where it is on",
            PEOPLE_HERE,
            listeners.reacted,
            concerns=listeners.captures,
        ),
        Event(
            "reaction_removed",
            listeners.Reaction,
            "undo by emoji",
            PEOPLE_HERE,
            listeners.reacted,
            always=True,
            concerns=listeners.captures,
        ),
        Event("member_joined_channel", listeners.Membership, "let us in", ANYBODY, listeners.joined),
        Event("member_left_channel", listeners.Membership, "take us out", ANYBODY, listeners.left),
        Event("channel_left", listeners.Left, "take us out", ANYBODY, listeners.we_left),
        Event("group_left", listeners.Left, "take us out", ANYBODY, listeners.we_left),
        Event(
            "channel_id_changed",
            listeners.ChannelMoved,
            "find what was captured in a channel that is shared now",
            ANYBODY,
            listeners.moved,
            always=True,
        ),
        Event("message", talking.Typed, "type to us", PEOPLE_HERE, talking.direct_message, "message.im"),
        Event("app_mention", talking.Typed, "mention us", PEOPLE_HERE, talking.mentioned),
    ),
    thens={
        "feedback.linked": words.linked,
        "feedback.fetched": words.fetched,
        "feedback.met": authors.met,
        "feedback.checked": listening.checked,
        "feedback.joined": listening.joined,
        "feedback.ready": listening.ready,
        "feedback.announced": listening.announced,
    },
    renderers={ids.CARD: boards.card},
    jobs=(
        Job("feedback.listening", timedelta(hours=1), listening.look_again),
        Job("feedback.tell_shipped", timedelta(seconds=5), closing.tell_some),
    ),
    home=HomeSections(
        begin=(home.begin,),
        information=(home.captured, home.said),
        look=(home.look,),
        places=(home.places,),
    ),
    opens={"F": listeners.opens},
    scopes={
        "commands": "for /capture and the shortcuts",
        "chat:write": "to answer people and to keep cards true",
        "reactions:read": "to capture by 💡 and 🐞 where people switched it on",
        "reactions:write": "to set our own ✅: it is saved",
        "channels:history": "to read the words of a message somebody captured, and to find our own messages",
        "groups:history": "the same in private channels somebody invited us to",
        "im:history": "to answer people who type to us",
        "app_mentions:read": "to answer a mention in a thread, where commands do not work",
        "channels:join": "to come into a public channel where somebody switched capturing on",
    },
)
