"""When a launch ships, whoever wanted what it was made for is told once, by a sentence that a person wrote."""

import pytest

from bot.sandbox.driver.reading import Message
from handlers.feedback import closing
from handlers.feedback.closing import AT_ONCE
from handlers.links import service as links
from handlers.links.service import Change
from storage.asks import queries as asks
from storage.database import Tx
from storage.feedback import closing as closings
from storage.feedback import queries as feedbacks
from storage.people import queries as people
from storage.people.values import Person
from storage.things import queries as things
from storage.things.values import Letter, Reference
from storage.values import Audience, ChannelId, PersonId, PersonKind
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.decisions.acts import letter_to, monday, record
from tests.handlers.feedback.acts import ours_to, switch_on
from tests.handlers.links.acts import capture, joint, link

MAYA = PersonId("U0MAYA")
L1 = Reference(Letter.LAUNCH, 1)
SHIPPED = "L-1 Invoices in euro has shipped"
SENTENCE = "Invoices in euro are live: choose the currency under Settings."


async def wanted(door: FrontDoor) -> None:
    """On a Monday: Sam captured F-1 for Acme by emoji, Ruth set hers too; Maya's L-1 was made for it."""
    slack = door.slack
    await monday(slack)
    await switch_on(slack)
    message = await slack.message("#sales", "Invoices in euro, please", as_="dana")
    for as_ in ("sam", "ruth"):
        await slack.react(message, "bulb", as_=as_)
    await slack.command("/capture", "show F-1", as_="sam")
    await slack.click(await slack.modal("sam"), "Add account", as_="sam")
    await slack.submit("sam", account="Acme")
    await slack.close("sam")
    await launch_for(door, Reference(Letter.FEEDBACK, 1))


async def launch_for(door: FrontDoor, *wishes: Reference, audience: Audience | None = None) -> Reference:
    """A launch of Maya's that was made for these."""

    def make(tx: Tx) -> Reference:
        seen_by = audience or Audience.workspace()
        made = things.create(tx, Letter.LAUNCH, "Invoices in euro", "planned", MAYA, seen_by)
        for one in wishes:
            links.join(tx, made, one, MAYA)
        return made

    return await do(door, make)


async def ship(door: FrontDoor, launch: Reference = L1) -> None:
    """The launch ships."""

    def shipped(tx: Tx) -> None:
        things.change(tx, launch, "Invoices in euro", "shipped")
        change = Change(f"shipped:{launch}", f"{launch} Invoices in euro has shipped", by=MAYA)
        closing.shipped(tx, launch, MAYA, change)

    await do(door, shipped)


async def ask_of(door: FrontDoor, launch: str = "L-1") -> Message:
    """What Maya is asked when it ships."""
    return await letter_to(door.slack, "maya", f"{launch} has shipped: what should those")


async def tell(door: FrontDoor, **fields: object) -> None:
    """Maya writes the sentence."""
    await door.slack.click(await ask_of(door), "Write the sentence…", as_="maya")
    await door.slack.submit("maya", **fields)


async def test_everybody_who_wanted_it_gets_the_sentence_once(door: FrontDoor) -> None:
    """In their morning: what they asked for whom and when, that it shipped, and words to send; never twice."""
    await wanted(door)
    await ship(door)
    assert "F-1 Invoices in euro, please · Acme · 2 people want it" in (await ask_of(door)).text

    await tell(door, sentence=SENTENCE)
    assert (
        "*F-1 is closed.* 2 people are told once, in their own working hours."
        in (await door.slack.modal("maya")).text
    )
    for _ in range(3):
        await door.slack.advance("next morning", as_="sam")

    letters = [one for one in await door.slack.dms("sam") if SENTENCE in one.text]
    (letter,) = [one for one in letters if "You asked for this for Acme on" in one.text]
    assert "; it shipped today" in letter.text
    assert "Maya Lindqvist wrote a sentence you can send:" in letter.text
    assert "F-1, shipped with L-1 Invoices in euro." in letter.text
    assert any(
        block.get("elements", [{}])[0].get("type") == "rich_text_preformatted" for block in letter.blocks
    )
    assert letter.notifies == []
    (ruth,) = [one for one in await door.slack.dms("ruth") if SENTENCE in one.text]
    assert "You wanted this, too, for Acme on" in ruth.text
    assert [one for one in await door.slack.dms("maya") if "You asked" in one.text] == []
    assert [one for one in await ours_to(door.slack, "sam") if "L-1" in one] == []


async def test_the_card_shows_what_was_told_to_whom(door: FrontDoor) -> None:
    """For everybody who sees it; nothing is left to press that would do it again."""
    await wanted(door)
    await ship(door)
    await tell(door, sentence=SENTENCE)

    await door.slack.command("/capture", "show F-1", as_="sam")
    card = await door.slack.modal("sam")

    assert "Shipped with *L-1*. Maya Lindqvist wrote:" in card.text
    assert SENTENCE in card.text
    assert "Who hears of it: Ruth Castellanos · Sam Okafor" in card.text
    assert card.buttons == ["Link…", "Why?"]
    again = await ask_of(door)
    assert again.buttons == []


async def test_nothing_is_told_without_a_sentence(door: FrontDoor) -> None:
    """The field starts empty and stays open until there is one."""
    await wanted(door)
    await ship(door)
    await door.slack.click(await ask_of(door), "Write the sentence…", as_="maya")
    assert (await door.slack.modal("maya")).inputs == {"A sentence to send on": None}

    refused = await door.slack.submit("maya", sentence="  ")

    assert refused.errors == {"sentence": "Write the sentence; nobody is told without one."}
    assert (await door.slack.modal("maya")).submit_label == "Tell them"


async def test_not_yet_leaves_it_to_the_card(door: FrontDoor) -> None:
    """The owner is left in peace; whoever captured it finds *It shipped…* on its card."""
    await wanted(door)
    await ship(door)

    await door.slack.click(await ask_of(door), "Not yet", as_="maya")
    await door.slack.advance("next morning", as_="maya")
    assert len([one for one in await ours_to(door.slack, "maya") if "L-1 has shipped" in one]) == 1

    card = [one for one in await door.slack.dms("sam") if one.text.startswith("💡 F-1")][-1]
    await door.slack.click(card, "It shipped…", as_="sam")
    await door.slack.submit("sam", sentence=SENTENCE)
    assert (
        "*F-1 is closed.* 1 person is told once, in their own working hours."
        in (await door.slack.modal("sam")).text
    )
    assert (await door.slack.again(card, "sam")).text.startswith("💡 F-1 · Idea has shipped")
    assert [one for one in await door.slack.dms("sam") if "You asked for this" in one.text] == []


async def test_not_yet_lets_those_who_wanted_it_hear_that_it_shipped(door: FrontDoor) -> None:
    """Once, and why; who is told by a sentence before that reads only the sentence."""
    await wanted(door)
    await ship(door)
    await door.slack.advance("1 hour", as_="maya")
    for one in ("sam", "ruth"):
        assert [said for said in await ours_to(door.slack, one) if said.startswith("L-1")] == []

    ask = await ask_of(door)
    for _ in range(2):
        await door.slack.click_late(ask, "Not yet", as_="maya")
    await door.slack.advance("next morning", as_="ruth")

    for one in ("sam", "ruth"):
        assert [SHIPPED in said.text for said in await door.slack.dms(one)].count(True) == 1
    heard = await letter_to(door.slack, "ruth", SHIPPED)
    assert "You hear this because L-1 is linked to *F-1*" in heard.words
    assert "Invoices in euro, please>, which you want too." in heard.words


async def test_who_got_a_sentence_does_not_hear_it_again(door: FrontDoor) -> None:
    """Sam's wish is closed, Ruth's is left: Not yet tells Ruth alone that it has shipped."""
    slack = door.slack
    await monday(slack)
    for as_, words in (("sam", "Invoices in euro"), ("ruth", "Invoices in yen")):
        await capture(slack, words, as_=as_)
        await slack.close(as_)
    await launch_for(door, Reference(Letter.FEEDBACK, 1), Reference(Letter.FEEDBACK, 2))
    await ship(door)
    await tell(door, chosen=["1"], sentence=SENTENCE)
    await slack.click(await ask_of(door), "Not yet", as_="maya")
    await slack.advance("next morning", as_="ruth")

    assert len([one for one in await slack.dms("sam") if SENTENCE in one.text]) == 1
    heard = {as_: [one for one in await ours_to(slack, as_) if one == SHIPPED] for as_ in ("sam", "ruth")}
    assert heard == {"sam": [], "ruth": [SHIPPED]}


async def test_who_gets_the_sentence_in_time_hears_nothing_else(door: FrontDoor) -> None:
    """Not yet in the evening, the sentence from the card a little later: in the morning there is one message."""
    await wanted(door)
    await door.slack.advance("next morning", as_="sam")
    await door.slack.advance("10 hours", as_="sam")
    await ship(door)
    await door.slack.advance("next morning", as_="maya")
    await door.slack.click(await ask_of(door), "Not yet", as_="maya")
    await door.slack.command("/capture", "show F-1", as_="maya")
    await door.slack.click(await door.slack.modal("maya"), "It shipped…", as_="maya")
    await door.slack.submit("maya", sentence=SENTENCE)
    await door.slack.advance("next morning", as_="ruth")

    assert [one for one in await ours_to(door.slack, "ruth") if one.startswith("L-1")] == []
    assert len([one for one in await door.slack.dms("ruth") if SENTENCE in one.text]) == 1


async def test_while_feedback_is_off_everybody_hears_that_it_shipped(door: FrontDoor) -> None:
    """Nobody is asked for a sentence then, so nobody waits for one."""
    await wanted(door)
    await door.slack.open_home("maya")
    await door.slack.click(await door.slack.home("maya"), "switches.off:feedback", as_="maya")
    await ship(door)
    await door.slack.advance("next morning", as_="ruth")

    for one in ("sam", "ruth"):
        assert [said for said in await ours_to(door.slack, one) if said.startswith("L-1")] == [SHIPPED]
    assert [one for one in await ours_to(door.slack, "maya") if "L-1 has shipped" in one] == []


async def test_several_are_one_message(door: FrontDoor) -> None:
    """Two wishes of Sam's, one with a sentence of its own, one left for later; he reads one message."""
    slack = door.slack
    await monday(slack)
    for words in ("Invoices in euro", "Invoices in francs", "Invoices in yen"):
        await capture(slack, words)
        await slack.close("sam")
    await launch_for(door, *(Reference(Letter.FEEDBACK, number) for number in (1, 2, 3)))
    await ship(door)

    await slack.click(await ask_of(door), "Write the sentence…", as_="maya")
    refused = await slack.submit("maya", chosen=["1", "2"], sentence_2="Francs, too.")
    assert refused.errors == {"sentence": "Write a sentence for all, or below one for F-1."}
    await slack.submit("maya", sentence=SENTENCE)

    assert (
        "*F-1, F-2 are closed.* 1 person is told once, in their own working hours."
        in (await slack.modal("maya")).text
    )
    assert "1 more can be closed" in (await slack.modal("maya")).text
    await slack.advance("next morning", as_="sam")
    letter = await letter_to(slack, "sam", "2 things you asked for have shipped")
    assert SENTENCE in letter.words
    assert "Francs, too." in letter.words
    assert "Write the sentence…" in (await ask_of(door)).buttons
    assert "F-3" not in letter.words


async def test_it_reaches_what_a_decision_was_made_for(door: FrontDoor) -> None:
    """The launch was made from a decision, and that for the feedback."""
    slack = door.slack
    await monday(slack)
    await capture(slack)
    await slack.close("sam")
    await record(slack)
    await slack.close("omar")
    await link(slack, "D-1", "F-1", "omar")
    await launch_for(door, Reference(Letter.DECISION, 1))
    assert "_through D-1_" in (await joint(slack, "L-1", "maya")).text

    await ship(door)

    assert "F-1 Acme wants invoices in euro" in (await ask_of(door)).text
    assert (await ours_to(slack, "omar"))[-1] == "L-1 Invoices in euro has shipped"


async def test_a_launch_nobody_asked_for_asks_nobody(door: FrontDoor) -> None:
    """Nothing is posted when there is nothing to say."""
    await monday(door.slack)
    await launch_for(door)
    await ship(door)

    assert await ours_to(door.slack, "maya") == []


async def test_a_launch_they_may_not_see_is_not_named(door: FrontDoor) -> None:
    """Sam hears that it shipped, and nothing of the private channel it was prepared in."""
    slack = door.slack
    await monday(slack)
    await capture(slack)
    await slack.close("sam")
    closed = Audience.of_channel(ChannelId("C0NOBODY"))
    await launch_for(door, Reference(Letter.FEEDBACK, 1), audience=closed)
    await ship(door)

    await tell(door, sentence=SENTENCE)
    await slack.advance("next morning", as_="sam")

    letter = await letter_to(slack, "sam", SENTENCE)
    assert "L-1" not in letter.words
    assert letter.buttons == ["Show F-1"]


@pytest.mark.parametrize("as_", ["lena", "ruth"])
async def test_who_has_no_part_in_it_closes_nothing(door: FrontDoor, as_: str) -> None:
    """Neither its captor, nor the launch's owner, nor an admin: there is no such button."""
    await wanted(door)
    await ship(door)

    await door.slack.command("/capture", "show F-1", as_=as_)

    assert "It shipped…" not in (await door.slack.modal(as_)).buttons


async def test_an_objection_takes_the_sentence_with_it(door: FrontDoor) -> None:
    """Whoever said it may still object; what was to be told of it is not."""
    await wanted(door)
    await ship(door)
    await tell(door, sentence=SENTENCE)

    await door.slack.command("/capture", "show F-1", as_="dana")
    await door.slack.click(await door.slack.modal("dana"), "Object", as_="dana")

    assert "the words are deleted" in (await door.slack.modal("dana")).text
    await door.slack.advance("next morning", as_="sam")
    assert [one for one in await door.slack.dms("sam") if SENTENCE in one.text] == []
    assert await do(door, lambda tx: closings.find(tx, 1)) is None


async def test_a_crowd_is_told_a_few_at_a_time(door: FrontDoor) -> None:
    """However many want it: each is told once, and none is left out."""
    crowd = [PersonId(f"U1CROWD{number:02}") for number in range(3 * AT_ONCE)]
    await monday(door.slack)
    await capture(door.slack)
    await door.slack.close("sam")

    def gather(tx: Tx) -> None:
        people.learn(tx, [Person(one, one, PersonKind.MEMBER) for one in crowd])
        for one in crowd:
            feedbacks.support(tx, 1, one)

    await do(door, gather)
    await launch_for(door, Reference(Letter.FEEDBACK, 1))
    await ship(door)
    await tell(door, sentence=SENTENCE)

    told = await do(door, lambda tx: asks.beginning(tx, "feedback.told:1:"))
    assert {one.person for one in told} == {*crowd, PersonId("U0SAM")}
    assert len(told) == len(crowd) + 1
