"""What launches register."""

from datetime import timedelta

from handlers.kit.features import Button, Command, Event, Feature, HomeSections, Job, Mode, Submit, Usage
from handlers.kit.jobs import Switch
from handlers.kit.permissions import ANYBODY, MEMBERS, PEOPLE_HERE
from handlers.launches import (
    answering,
    cards,
    ending,
    home,
    ids,
    jobs,
    joining,
    listing,
    making,
    moving,
    regrouping,
    voting,
)

_READS, _WRITES = Mode.READS, Mode.WRITES

FEATURE = Feature(
    name="launches",
    switch=Switch(
        "launches",
        "Launches",
        "It lists what each function has to have ready and by when, asks who sees to it, and holds the go / no-go.",
        "Type `/launch new` in the channel of your next launch.",
        asks=("launch.",),
    ),
    commands=(
        Command(
            "launch",
            "Get a launch ready",
            tuple(Usage(words, does) for words, does in making.USAGE),
            PEOPLE_HERE,
            _READS,
            making.command,
        ),
    ),
    buttons=(
        Button(ids.NEW, "open the form for a launch", MEMBERS, _READS, making.open_form),
        Button(
            ids.MAKE, "open the form for a launch made from a decision", MEMBERS, _READS, making.make_from
        ),
        Button(ids.SHOW, "open a launch they may see", PEOPLE_HERE, _READS, listing.press_show),
        Button(ids.LATER, "see later launches", PEOPLE_HERE, _READS, listing.later),
        Button(ids.MINE, "open their items of a launch", PEOPLE_HERE, _READS, listing.press_mine),
        Button(ids.ITEMS, "open their items of all launches", PEOPLE_HERE, _READS, listing.press_items),
        Button(ids.ITEM, "open an item of it", PEOPLE_HERE, _READS, listing.press_item),
        Button(ids.OWNERS, "open the owners of a launch of theirs", MEMBERS, _READS, making.owners),
        Button(ids.DOING, "say that they are on an item of theirs", PEOPLE_HERE, _WRITES, answering.doing),
        Button(ids.DONE, "say that it is done", PEOPLE_HERE, _WRITES, answering.done),
        Button(
            ids.TODO,
            "say that it is not started, or not done after all",
            PEOPLE_HERE,
            _WRITES,
            answering.todo,
        ),
        Button(ids.BLOCKED, "say that it is blocked", PEOPLE_HERE, _READS, answering.blocked),
        Button(ids.NOT_NEEDED, "say that it is not needed", PEOPLE_HERE, _READS, answering.not_needed),
        Button(ids.SHIP, "say that a launch of theirs has shipped", MEMBERS, _WRITES, ending.ship),
        Button(ids.UNDO, "take back the launch they have just made", MEMBERS, _WRITES, ending.undo),
        Button(ids.CANCEL, "call a launch of theirs off", MEMBERS, _READS, ending.ask_why),
        Button(ids.MOVE, "open the form that moves a launch of theirs", MEMBERS, _READS, moving.button),
        Button(ids.MOVE_ONLY, "move it and tell nobody", MEMBERS, _WRITES, moving.only),
        Button(ids.UNDO_MOVE, "undo that before anybody is told", MEMBERS, _WRITES, moving.undo),
        Button(ids.GATE, "see the vote on a launch they may see", PEOPLE_HERE, _READS, voting.show),
        Button(ids.GATE_CLOSE, "close the vote on a launch of theirs", MEMBERS, _WRITES, voting.close),
        Button(ids.VOTE_GO, "vote go for the function they lead", PEOPLE_HERE, _WRITES, voting.go),
        Button(ids.VOTE_WHY, "open the reason of another vote", PEOPLE_HERE, _READS, voting.ask_why),
        Button(ids.HAND_OVER, "hand it over", PEOPLE_HERE, _READS, answering.ask_whom),
    ),
    submits=(
        Submit(ids.NEWED, "make a launch", MEMBERS, making.made),
        Submit(ids.OWNERS_NAMED, "name the owners of a launch of theirs", MEMBERS, making.owners_named),
        Submit(ids.REASON, "say why an item is blocked or not needed", PEOPLE_HERE, answering.reason_said),
        Submit(ids.LOOK, "see what a move would move", MEMBERS, moving.look),
        Submit(ids.MOVE_AND_TELL, "move a launch of theirs and tell", MEMBERS, moving.and_tell),
        Submit(ids.GATE_OPENED, "open the vote on a launch of theirs", MEMBERS, voting.opened),
        Submit(ids.VOTED, "vote with a reason", PEOPLE_HERE, voting.voted),
        Submit(ids.CANCELLED, "say why it is called off", MEMBERS, ending.cancelled),
        Submit(ids.HANDED_OVER, "hand an item over", PEOPLE_HERE, answering.handed_over),
    ),
    events=(
        Event(
            "member_joined_channel",
            joining.Membership,
            "let us post a board that waited for us there",
            ANYBODY,
            joining.member_joined,
        ),
    ),
    thens={"launches.joined": joining.joined, "launches.ready": joining.ready},
    renderers={ids.BOARD: cards.board},
    jobs=(
        Job("launches.ask", timedelta(minutes=1), jobs.ask),
        Job("launches.tell", timedelta(seconds=20), jobs.tell),
        Job("launches.go_on", timedelta(seconds=20), jobs.go_on),
        Job("launches.count", timedelta(minutes=1), jobs.count),
        Job("launches.regroup", timedelta(seconds=20), regrouping.settle),
    ),
    home=HomeSections(
        begin=(home.begin,), waiting=(home.waiting,), information=(home.information,), look=(home.look,)
    ),
    opens={"L": listing.opens},
    scopes={
        "commands": "for /launch",
        "chat:write": "to keep a launch's board true",
        "pins:write": "to pin a launch's board in its channel, and to let it go when it has shipped",
        "channels:join": "to come into a public channel where somebody makes a launch",
    },
)
