"""Everything a command does, a button does too, and Home leads to it."""

import re

from bot.sandbox.driver import Home
from handlers.asks import ids as asks
from handlers.checkins import ids as checkins
from handlers.decisions import ids as decisions
from handlers.digests import ids as digests
from handlers.feedback import ids as feedback
from handlers.kit.features import Command
from handlers.launches import ids as launches
from handlers.links import ids as links
from handlers.registry import registry
from handlers.worktime import ids as worktime
from tests.front import FrontDoor
from tests.handlers.checkins.acts import start
from tests.handlers.decisions.acts import monday, name, record
from tests.handlers.launches import acts as launching
from tests.handlers.links.acts import capture

BY_BUTTON = {
    "throughline why": asks.WHY,
    "capture": feedback.LIST,
    "capture mine": feedback.LIST,
    "capture merge F-12": feedback.MERGE,
    "capture list": feedback.FIND,
    "capture search some words": feedback.FIND,
    "capture some words": feedback.OPEN_CAPTURE,
    "capture accounts": feedback.ACCOUNTS,
    "capture export": feedback.EXPORT,
    "capture triage": feedback.TRIAGE,
    "capture areas": feedback.AREAS,
    "capture themes": feedback.THEMES,
    "capture show F-12": links.FIND,
    "checkin": checkins.PROPOSE,
    "checkin list": checkins.MORE,
    "checkin show C-3": checkins.SHOW,
    "checkin answer": checkins.ANSWER,
    "checkin blockers": checkins.BLOCKERS_MORE,
    "checkin new": checkins.NEW,
    "checkin pause C-3": checkins.PAUSE,
    "checkin resume C-3": checkins.RESUME,
    "checkin skip C-3": checkins.SKIP,
    "checkin run C-3": checkins.RUN,
    "checkin end C-3": checkins.END,
    "decision": decisions.OPEN_RECORD,
    "decision some words": decisions.OPEN_RECORD,
    "decision list": decisions.LIST,
    "decision search words": decisions.SEARCH,
    "decision show D-7": decisions.SHOW,
    "decision supersede D-7": decisions.SUPERSEDE,
    "decision export": decisions.EXPORT,
    "launch": launches.LATER,
    "launch new": launches.NEW,
    "launch list": launches.LATER,
    "launch show L-4": launches.SHOW,
    "launch move L-4 friday": launches.MOVE,
    "launch items": launches.ITEMS,
    "throughline settings": worktime.OPEN_SETTINGS,
    "throughline settings @sam": worktime.OPEN_FUNCTION,
    "throughline settings functions": worktime.OPEN_NAMES,
    "throughline settings roles": worktime.OPEN_ROLES,
    "throughline away": worktime.OPEN_AWAY,
    "throughline away until friday": worktime.OPEN_AWAY,
    "throughline away 3 march to 7 march cover @sam": worktime.OPEN_AWAY,
    "throughline away @sam until friday": worktime.OPEN_AWAY,
    "throughline back": worktime.BACK,
    "digest": digests.OPEN,
    "digest preview": digests.PREVIEW,
    "digest pause": digests.PAUSE,
    "digest resume": digests.RESUME,
    "digest skip": digests.SKIP,
    "digest send": digests.SEND,
    "digest end": digests.END,
    "digest show": digests.OPEN,
    "digest list": digests.LIST,
    "throughline catchup": digests.CATCH_UP,
    "throughline catchup 2 weeks": digests.CATCH_UP,
    "throughline show F-12": links.FIND,
}
"""What to press instead of each line of each command's help."""
ABOUT_TYPING = {"throughline capture …"}
"""What only helps those who type: a help, and how to type where another app has the name."""


async def home_of(door: FrontDoor, as_: str = "maya") -> Home:
    """Somebody opens their Home."""
    await door.slack.open_home(as_)
    return await door.slack.home(as_)


def typed(command: Command) -> list[str]:
    """Every line of a command's help, but for the help itself."""
    lines = [f"{command.typed} {one.words}".strip() for one in command.usage if one.words != "help"]
    return [one for one in lines if one not in ABOUT_TYPING]


def test_each_line_of_help_has_a_button() -> None:
    """A new subcommand needs one, too; and each of them is there."""
    ours = registry()
    lines = [line for command in ours.commands.values() for line in typed(command)]
    assert sorted(BY_BUTTON) == sorted(lines)
    assert [one for one in BY_BUTTON.values() if one not in ours.buttons] == []


async def test_home_leads_to_every_list_however_short(door: FrontDoor) -> None:
    """One row, also on a first day when all lists are empty; a guest has it, too."""
    home = await home_of(door, "gil")
    row = home.buttons[home.buttons.index("Find something…") :][:9]
    assert row == [
        "Find something…",
        "My feedback",
        "All feedback",
        "Check-ins",
        "Open blockers",
        "Decisions",
        "Launches",
        "My items",
        "What happened lately",
    ]
    for label, says in {
        "My feedback": "Nothing yet. React 💡 or 🐞",
        "All feedback": "Nothing yet. Type `/capture`",
        "Check-ins": "None yet that you can see.",
        "Open blockers": "Nothing is in anybody's way, as far as you can see.",
        "Decisions": "Nothing yet that you can see.",
        "Launches": "Nothing is planned that you can see.",
        "My items": "You have no open items in any launch.",
        "What happened lately": "*Nothing you need to know.*",
    }.items():
        await door.slack.click(await home_of(door, "gil"), label, as_="gil")
        assert says in (await door.slack.modal("gil")).text, label
        await door.slack.close("gil")


async def test_decisions_are_searched_and_exported_from_their_window(door: FrontDoor) -> None:
    """*Search…* asks for words and shows what has them; *Export* is the Markdown."""
    slack = door.slack
    await record(slack, "We invoice in euro first", as_="maya")
    await record(slack, "The office gets plants", as_="maya")
    await slack.close("maya")
    await slack.click(await home_of(door), "Decisions", as_="maya")
    assert "D-1" in (await slack.modal("maya")).text

    await slack.click(await slack.modal("maya"), "Search…", as_="maya")
    assert (await slack.submit("maya", words=" ")).errors == {"words": "Type words that stand in it."}
    await slack.submit("maya", words="invoice EURO")

    found = await slack.modal("maya")
    assert "Decisions with “invoice EURO”" in found.text
    assert "D-2" not in found.text
    await slack.click(found, "Export", as_="maya")
    assert "## D-1 · We invoice in euro first" in (await slack.modal("maya")).text


async def test_a_search_that_finds_nothing_offers_another(door: FrontDoor) -> None:
    """Nobody is left with a page that leads nowhere; the words are still in the field."""
    slack = door.slack
    await record(slack, "We invoice in euro first", as_="maya")
    await slack.command("/decision", "search dollars", as_="maya")
    page = (await slack.ephemerals("maya", "#general"))[-1]
    assert "No decision you can see has all of these words in it." in page.words

    await slack.click(page, "Search…", as_="maya")
    await slack.submit("maya", words="euro")

    assert "D-1" in (await slack.modal("maya")).text


async def test_my_items_are_one_press_away(door: FrontDoor) -> None:
    """Over all launches, with what can be said of each."""
    slack = door.slack
    await launching.monday(slack)
    await launching.make(door)
    await slack.submit("maya", **{"lead-engineering": "maya"})
    await slack.close("maya")

    await slack.click(await home_of(door), "My items", as_="maya")

    mine = await slack.modal("maya", "My items")
    assert re.search(r"\*L-1/\d+\*", mine.text)
    assert "Done" in mine.buttons


async def test_something_is_found_by_its_name_or_by_words(door: FrontDoor) -> None:
    """Whatever is not on the screen: why it exists, and from there the thing itself."""
    slack = door.slack
    await capture(slack)
    await slack.close("sam")
    await record(slack, "The office gets plants", as_="maya")
    await slack.close("maya")
    for typed_, found in (("F-1", "F-1"), ("plants", "D-1")):
        await slack.click(await home_of(door), "Find something…", as_="maya")
        offered = await slack.options("maya", "links.to", typed_)
        assert [one.partition(" ")[0] for one in offered] == [found]
        await slack.submit("maya", **{"links.to": found})
        assert (await slack.modal("maya")).title == found
        await slack.click(await slack.modal("maya"), f"Open {found}", as_="maya")
        assert (await slack.modal("maya")).title == found
        await slack.close("maya")


async def test_open_blockers_and_check_ins_turn_their_pages_in_the_window(door: FrontDoor) -> None:
    """The list of check-ins opens one, as the command's does."""
    await start(door.slack)
    await door.slack.click(await home_of(door), "Check-ins", as_="maya")
    await door.slack.click(await door.slack.modal("maya"), "Show", as_="maya")
    assert (await door.slack.modal("maya")).title == "C-1"


async def test_what_happened_since_any_day(door: FrontDoor) -> None:
    """The last week at first; another day is chosen in the window."""
    slack = door.slack
    await monday(slack)
    await record(slack, "We invoice in euro first")
    await name(slack, informed=["maya"])
    day = door.app.database.clock.now().date().isoformat()
    for _ in range(2):
        await slack.advance("next monday", as_="omar")
    await slack.click(await home_of(door), "What happened lately", as_="maya")
    window = await slack.modal("maya")
    assert "We invoice in euro first" not in window.text

    await slack.click(window, "digests.catch_up", as_="maya", choose=day)

    assert "We invoice in euro first" in (await slack.modal("maya")).text
