"""What decisions register."""

from datetime import timedelta

from handlers.decisions import cards, home, ids, jobs, listeners, listing, more, recording, replacing, words
from handlers.kit.features import (
    Button,
    Command,
    Feature,
    HomeSections,
    Job,
    MessageShortcut,
    Mode,
    Submit,
    Usage,
)
from handlers.kit.jobs import Switch
from handlers.kit.permissions import PEOPLE_HERE

_READS, _WRITES = Mode.READS, Mode.WRITES

FEATURE = Feature(
    name="decisions",
    switch=Switch(
        "decisions",
        "Decisions",
        "It keeps who decided what and why, who was not heard, and what replaced it.",
        "Type `/decision`: one field, ten seconds. Any message's menu has it too.",
        asks=("decision.",),
    ),
    commands=(
        Command(
            "decision",
            "Record what was decided",
            tuple(Usage(words, does) for words, does in recording.USAGE),
            PEOPLE_HERE,
            _READS,
            recording.command,
        ),
    ),
    message_shortcuts=(
        MessageShortcut(
            ids.RECORD_MESSAGE,
            "Record a decision",
            "Keep what this message says as a decision",
            PEOPLE_HERE,
            _READS,
            recording.on_message,
        ),
    ),
    buttons=(
        Button(ids.OPEN_RECORD, "open the field for a decision", PEOPLE_HERE, _READS, recording.open_form),
        Button(ids.SHOW, "open a decision they may see", PEOPLE_HERE, _READS, listeners.show),
        Button(ids.LIST, "see all decisions they may see", PEOPLE_HERE, _READS, listing.every),
        Button(ids.OLDER, "see older decisions", PEOPLE_HERE, _READS, listing.older),
        Button(ids.SEARCH, "open the search of decisions", PEOPLE_HERE, _READS, listing.ask_words),
        Button(ids.EXPORT, "export the decisions they may see", PEOPLE_HERE, _READS, listing.press_export),
        Button(ids.EXPORT_OLDER, "export older decisions", PEOPLE_HERE, _READS, listing.export_older),
        Button(ids.MORE, "open what they drive or recorded", PEOPLE_HERE, _READS, more.more),
        Button(ids.PAGE, "open one page of it", PEOPLE_HERE, _READS, more.page),
        Button(ids.DISCARD, "discard their draft", PEOPLE_HERE, _WRITES, more.discard),
        Button(ids.APPROVE, "approve what they are the approver of", PEOPLE_HERE, _WRITES, listeners.approve),
        Button(ids.NOT_YET, "say not yet to it", PEOPLE_HERE, _READS, listeners.ask_missing),
        Button(ids.AGREE, "agree with what they contribute to", PEOPLE_HERE, _WRITES, listeners.agree),
        Button(ids.OBJECT, "object to it", PEOPLE_HERE, _READS, listeners.ask_objection),
        Button(ids.NO_VIEW, "say they have no view on it", PEOPLE_HERE, _WRITES, listeners.no_view),
        Button(ids.KEEP, "keep what they drive at its review", PEOPLE_HERE, _READS, listeners.keep),
        Button(
            ids.SUPERSEDE,
            "open the form that replaces what they drive, approve or recorded",
            PEOPLE_HERE,
            _READS,
            replacing.button,
        ),
        Button(
            ids.WITHDRAW, "withdraw what they drive or recorded", PEOPLE_HERE, _WRITES, listeners.withdraw
        ),
    ),
    submits=(
        Submit(
            ids.RECORD, "record a decision, or what replaces one of theirs", PEOPLE_HERE, recording.submitted
        ),
        Submit(ids.SEARCHED, "search the decisions they may see", PEOPLE_HERE, listing.searched),
        Submit(ids.PAGE_KEPT, "keep a page of what they drive or recorded", PEOPLE_HERE, more.page_kept),
        Submit(ids.SAVED, "save what they changed of it", PEOPLE_HERE, more.saved),
        Submit(
            ids.NOT_YET_SAID,
            "say what is missing before they approve",
            PEOPLE_HERE,
            listeners.not_yet_said,
        ),
        Submit(ids.OBJECTED, "say why they object", PEOPLE_HERE, listeners.objected),
        Submit(ids.KEPT, "set the next review of what they drive", PEOPLE_HERE, listeners.kept),
    ),
    thens={"decisions.linked": words.linked},
    renderers={ids.CARD: cards.board},
    jobs=(Job("decisions.remind", timedelta(minutes=1), jobs.remind),),
    home=HomeSections(
        begin=(home.begin,),
        needs_you=(home.needs_you,),
        waiting=(home.waiting,),
        information=(home.information,),
        look=(home.look,),
    ),
    opens={"D": listeners.opens},
    scopes={
        "commands": "for /decision and its shortcut",
        "chat:write": "to keep a decision's card true and to say in its thread what replaced it",
    },
)
