"""Two that ask for the same become one: nobody is lost or counted twice, and it can be taken back exactly."""

import pytest

from bot.sandbox.driver import Slack
from storage.database import Tx
from storage.feedback import closing, finding
from storage.feedback import queries as feedbacks
from storage.feedback.values import Filters
from storage.things.values import Viewer
from storage.values import PersonId, PersonKind
from tests.front import HERE, FrontDoor
from tests.handlers.feedback.acts import card_of, press, switch_on, wish
from tests.handlers.feedback.test_answers import capture
from tests.handlers.feedback.test_finding import look, numbers
from tests.handlers.links.acts import link

EURO, BILLS = "Acme wants invoices in euro", "Bills should come in our own currency"


async def two(door: FrontDoor) -> Slack:
    """Sam wants euro for Acme, Ben bills in his own currency for BP."""
    await capture(door.slack, EURO, "sam", "Acme")
    await capture(door.slack, BILLS, "ben", "BP")
    return door.slack


async def merge(slack: Slack, part: str, into: str, as_: str = "maya") -> str:
    """Somebody merges the one into the other; what they are told."""
    await slack.command("/capture", f"merge {part} into {into}", as_=as_, channel="#general")
    await slack.submit(as_)
    shown = (await slack.modal(as_)).text
    await slack.close(as_)
    return shown


async def shown(slack: Slack, name: str, as_: str = "maya") -> str:
    """The card somebody gets when they ask for it."""
    await slack.command("/capture", f"show {name}", as_=as_, channel="#general")
    text = (await slack.modal(as_)).text
    await slack.close(as_)
    return text


async def test_one_counts_under_the_other(door: FrontDoor) -> None:
    """Its people and accounts with the others, each once; its words stay, and whoever looks for it is led there."""
    slack = await two(door)
    said = await merge(slack, "F-2", "F-1")
    assert "*F-2 is part of F-1 now.*" in said
    assert "two accounts asked" in said

    card = await shown(slack, "F-2")
    assert "F-2 is part of F-1: Maya" in card
    assert "2 people want it" in card
    assert BILLS in card
    assert numbers(await look(slack, "list"))[0] == 1
    assert "*F-2*" not in await look(slack, "list")
    assert numbers(await look(slack, "search own currency"))[0] == 1


async def test_it_can_be_taken_apart(door: FrontDoor) -> None:
    """Each has again what was its own, and nothing of the other's."""
    slack = await two(door)
    before = [await shown(slack, name) for name in ("F-1", "F-2")]
    await slack.command("/capture", "merge F-2 into F-1", as_="maya", channel="#general")
    await slack.submit("maya")
    await slack.click(await slack.modal("maya"), "Take apart", as_="maya")
    assert "*F-2 stands for itself again,*" in (await slack.modal("maya")).text
    await slack.close("maya")

    assert [await shown(slack, name) for name in ("F-1", "F-2")] == before
    assert numbers(await look(slack, "search own currency"))[0] == 2


async def test_who_captured_it_sees_where_it_went(door: FrontDoor) -> None:
    """Their card leads there, is drawn again when something becomes of it, and Home lists what it is part of."""
    slack = door.slack
    await switch_on(slack)
    await slack.react(await wish(slack), "bulb", as_="sam")
    await capture(slack, BILLS, "ben", "BP")
    await merge(slack, "F-1", "F-2")

    card = await card_of(slack, "sam")
    assert card.text.split("\n")[0] == "💡 F-1 is part of F-2 now"
    assert "You hear what becomes of F-2." in card.words
    assert card.buttons == ["Show F-2", "Take apart"]
    assert numbers(await look(slack, "mine", as_="sam")) == [2]
    await slack.click(card, "Take apart", as_="sam")
    assert "F-1 · Idea is saved" in (await card_of(slack, "sam")).text


async def test_an_account_counts_once(door: FrontDoor) -> None:
    """However many of its people asked, before or after the merge."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await capture(slack, BILLS, "ben", "Acme")
    await capture(slack, "Charge us in francs", "ruth", "BP")
    await merge(slack, "F-2", "F-1")
    await merge(slack, "F-3", "F-2")
    card = await shown(slack, "F-1")
    assert "two accounts asked" in card
    assert "3 people want it" in card
    assert "with F-2, F-3, merged into it" in card


async def test_a_chain_is_taken_apart_link_by_link(door: FrontDoor) -> None:
    """What was merged into the one that goes stays with it."""
    slack = door.slack
    for words, person in ((EURO, "sam"), (BILLS, "ben"), ("Charge us in francs", "ruth")):
        await capture(slack, words, person)
    await merge(slack, "F-3", "F-2")
    await merge(slack, "F-2", "F-1")
    assert "3 people want it" in await shown(slack, "F-3")
    await press(door, "feedback.apart", "2", "maya")
    assert "people want it" not in await shown(slack, "F-1")
    card = await shown(slack, "F-3")
    assert "F-3 is part of F-2" in card
    assert "2 people want it" in card


async def test_the_form_offers_what_is_near(door: FrontDoor) -> None:
    """With its reason; from the card as well as by the command."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await slack.command("/capture", "Invoices in euro would help BP", as_="ben", channel="#general")
    await slack.submit("ben", near="It is new")
    await slack.close("ben")
    await slack.command("/capture", "show F-2", as_="ben", channel="#general")
    await slack.click(await slack.modal("ben"), "Merge…", as_="ben")
    form = await slack.modal("ben")
    assert "These may say the same:" in form.text
    assert "both say “Invoices”, “euro”" in form.text
    await slack.submit("ben", near="F-1: Acme wants invoices in euro")
    assert "*F-2 is part of F-1 now.*" in (await slack.modal("ben")).text


async def test_the_card_offers_what_may_be_the_same(door: FrontDoor) -> None:
    """Whatever it was captured by, with the reason and one button; nobody who may not merge is offered anything."""
    slack = door.slack
    await switch_on(slack)
    await capture(slack, EURO, "ben", "Acme")
    await slack.react(await wish(slack, "Please send us invoices in euro"), "bulb", as_="sam")
    await slack.command("/capture", "show F-2", as_="sam", channel="#general")
    card = await slack.modal("sam")
    assert "*May ask for the same*" in card.text
    assert "both say “invoices”, “euro”" in card.text
    await slack.click(card, "It is this one", as_="sam")
    assert "*F-2 is part of F-1 now.*" in (await slack.modal("sam")).text


async def test_words_that_begin_with_merge_are_feedback(door: FrontDoor) -> None:
    """Only references are a command."""
    slack = door.slack
    await slack.command("/capture", "merge duplicate accounts for us", as_="ben", channel="#general")
    assert (await slack.modal("ben")).inputs["What was said"] == "merge duplicate accounts for us"
    await slack.close("ben")
    await slack.command("/capture", "merge", as_="ben", channel="#general")
    assert (await slack.modal("ben")).title == "Merge feedback"


@pytest.mark.parametrize(
    ("typed", "says"),
    [("merge F-2 into F-9", "required field"), ("merge F-9", "not there any more")],
)
async def test_what_cannot_be_merged_says_why(door: FrontDoor, typed: str, says: str) -> None:
    """With nothing, and what is not there."""
    slack = await two(door)
    await slack.command("/capture", typed, as_="maya", channel="#general")
    form = await slack.modal("maya")
    said = form.text
    if form.submit_label:
        outcome = await slack.submit("maya")
        said = str(outcome)
    assert says in said


async def test_only_what_the_same_people_see(door: FrontDoor) -> None:
    """What was said in a private channel never counts where more people look, by a merge."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await capture(slack, "Zephyr wants a secret discount", "maya", channel="#pricing-private")
    await capture(slack, "Zephyr asks for lower prices", "ruth")
    for part, into in (("F-1", "F-2"), ("F-2", "F-1")):
        await slack.command("/capture", f"merge {part} into {into}", as_="maya", channel="#general")
        assert "Not the same people see both" in str(await slack.submit("maya"))
        await slack.close("maya")
    assert "F-1" not in await shown(slack, "F-2", as_="ruth")


async def test_only_whose_it_is(door: FrontDoor) -> None:
    """Whoever captured it, or looks after it; a guest who did neither is refused, also by an old button."""
    slack = await two(door)
    await merge(slack, "F-2", "F-1")
    await press(door, "feedback.apart", "2", "gil")
    assert "F-2 is part of F-1" in await shown(slack, "F-2")


async def test_an_emoji_on_what_was_merged_counts(door: FrontDoor) -> None:
    """Set or taken away, once for each person; what only emoji held is undone when it is taken apart."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    await capture(slack, BILLS, "ben", "BP")
    await merge(slack, "F-1", "F-2")
    await slack.react(message, "bulb", as_="dana")
    assert "3 people want it" in await shown(slack, "F-2")
    for person in ("sam", "dana"):
        await slack.unreact(message, "bulb", as_=person)
    assert "people want it" not in await shown(slack, "F-2")
    await press(door, "feedback.apart", "1", "maya")
    assert "F-1 is undone" in (await card_of(slack, "sam")).text


async def test_taking_back_the_one_frees_the_others(door: FrontDoor) -> None:
    """What others asked for is not lost with it."""
    slack = await two(door)
    await merge(slack, "F-2", "F-1")
    await press(door, "feedback.undo", "1", "sam")
    card = await shown(slack, "F-2")
    assert BILLS in card
    assert "part of" not in card


async def test_its_author_may_still_object(door: FrontDoor) -> None:
    """The words of what was merged are deleted, and it counts no more; nothing finds them."""
    slack = door.slack
    await switch_on(slack)
    await slack.react(
        await wish(slack, "Zeppelins should be invoiced in euro", as_="dana"), "bulb", as_="sam"
    )
    await capture(slack, BILLS, "ben", "BP")
    await merge(slack, "F-1", "F-2")
    assert numbers(await look(slack, "search zeppelins"))[0] == 2
    await press(door, "feedback.object", "1", "dana")
    assert "F-2" not in await look(slack, "search zeppelins")
    assert "people want it" not in await shown(slack, "F-2")
    assert "Zeppelins" not in await shown(slack, "F-2")


async def test_links_follow(door: FrontDoor) -> None:
    """What the one was linked to, the other is; taken apart, no more."""
    slack = await two(door)
    await capture(slack, "Our bank cannot do it", "ruth")
    await link(slack, "F-2", "F-3", "ben")
    await merge(slack, "F-2", "F-1")
    assert "F-3" in await shown(slack, "F-1")
    assert "F-2" not in await shown(slack, "F-3")
    await press(door, "feedback.apart", "2", "maya")
    assert "F-3" not in await shown(slack, "F-1")
    assert "F-3" in await shown(slack, "F-2")


async def test_counts_say_the_same_everywhere(door: FrontDoor) -> None:
    """The card, the list and the ask to close count the same people."""
    await two(door)
    await merge(door.slack, "F-2", "F-1")

    def look_up(tx: Tx) -> object:
        viewer = Viewer(PersonId("U0MAYA"), PersonKind.MEMBER)
        found, _ = finding.find(tx, viewer, Filters(), 20)
        return (
            [one.number for one in found],
            feedbacks.supporter_count(tx, 1),
            closing.wanted_by(tx, [1]),
        )

    assert await door.app.database.read(HERE, look_up) == ([1], 2, {1: 2})
