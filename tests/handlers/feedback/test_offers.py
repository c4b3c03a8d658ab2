"""What probably is the same is offered where people look: on the card of its captor, and where it is sorted."""

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message
from tests.front import FrontDoor
from tests.handlers.feedback.acts import card_of, everything_kept, press, switch_on, wish
from tests.handlers.feedback.test_answers import capture, looked_after
from tests.handlers.feedback.test_merging import shown

EURO, AGAIN = "Acme wants invoices in euro", "Please send invoices in euro"
OFFER = "May ask for the same as F-1: both are about “invoices”, “euro”."


async def offered(door: FrontDoor, words: str = AGAIN) -> Slack:
    """Omar sorts in #product; Ben captured F-1, and Sam sets an emoji on something alike."""
    slack = door.slack
    await slack.invite("throughline", "#product", "omar")
    await looked_after(slack, triage="#product")
    await capture(slack, EURO, "ben", "Acme")
    await switch_on(slack)
    await slack.react(await wish(slack, words), "bulb", as_="sam")
    return slack


async def triage_cards(slack: Slack, name: str) -> list[Message]:
    """The cards where it is sorted."""
    return [
        one for one in await slack.channel("#product", as_="omar").messages() if f"💡 {name} " in one.text
    ]


async def triage_card(slack: Slack, name: str) -> Message:
    """The only one."""
    (card,) = await triage_cards(slack, name)
    return card


async def test_the_captor_attaches_it_from_the_card(door: FrontDoor) -> None:
    """Its card says why, names the other one without a word of it, and one press makes the two one."""
    slack = await offered(door)
    card = await card_of(slack, "sam")
    assert OFFER in card.text
    assert [one for one in card.buttons if one not in ("Add account", "Edit", "Undo", "Link…", "Why?")] == [
        "Show F-1", "It is this one", "It is new", "Not now",
    ]  # fmt: skip

    await slack.click(card, "It is this one", as_="sam")

    assert "*F-2 is part of F-1 now.*" in (await slack.modal("sam")).text
    assert (await card_of(slack, "sam")).text.startswith("💡 F-2 is part of F-1 now")
    assert (await triage_card(slack, "F-2")).text.startswith("💡 F-2 is part of F-1 now")


async def test_whoever_sorts_says_that_it_is_new(door: FrontDoor) -> None:
    """Then nobody is offered it any more, neither on a card nor in a window."""
    slack = await offered(door)
    card = await triage_card(slack, "F-2")
    assert OFFER in card.text
    assert "May ask for the same" in await shown(slack, "F-2", "omar")

    await slack.click(card, "It is new", as_="omar")

    assert "May ask" not in (await triage_card(slack, "F-2")).text
    assert "May ask" not in (await card_of(slack, "sam")).text
    assert "May ask" not in await shown(slack, "F-2", "omar")


async def test_not_now_leaves_it_to_the_window(door: FrontDoor) -> None:
    """The cards say no more of it, and whoever opens one is still offered it, with the way to say that it is new."""
    slack = await offered(door)

    await slack.click(await card_of(slack, "sam"), "Not now", as_="sam")

    assert "May ask" not in (await card_of(slack, "sam")).text
    assert "May ask" not in (await triage_card(slack, "F-2")).text
    await slack.command("/capture", "show F-2", as_="sam", channel="#general")
    assert "May ask for the same" in (await slack.modal("sam")).text
    await slack.click(await slack.modal("sam"), "It is new", as_="sam")
    assert "May ask for the same" not in (await slack.modal("sam")).text


async def test_others_are_told_whose_it_is_to_say(door: FrontDoor) -> None:
    """Everybody in the channel reads the card; who neither captured nor sorts it changes nothing."""
    slack = await offered(door)
    card = await triage_card(slack, "F-2")
    await slack.join("#product", as_="ruth")

    for what in ("It is this one", "It is new", "Not now"):
        await slack.click(card, what, as_="ruth")
        assert "or an admin merges it." in (await slack.ephemerals("ruth", "#product"))[-1].words

    assert OFFER in (await triage_card(slack, "F-2")).text


async def test_only_those_who_see_both_are_offered_it(door: FrontDoor) -> None:
    """What Ben captured where only he reads it is offered to nobody else, and nothing of it is said."""
    slack = door.slack
    await capture(slack, EURO, "ben", "Acme", channel="D0BEN")
    await switch_on(slack)
    await slack.react(await wish(slack, AGAIN), "bulb", as_="sam")

    card = await card_of(slack, "sam")
    assert card.text.startswith("💡 F-2 · Idea is saved")
    assert "May ask" not in card.text


async def test_what_is_not_kept_stands_on_no_card(door: FrontDoor) -> None:
    """The other one's words are in no message that offers it, so none is left when its author objects."""
    slack = door.slack
    await switch_on(slack)
    await slack.react(await wish(slack, "A photo of the buyer on invoices"), "bulb", as_="ruth")
    await slack.react(await wish(slack, "A picture of the buyer on invoices"), "bulb", as_="sam")
    assert "both are about “picture”, “buyer”, “invoices”" in (await card_of(slack, "sam")).text
    assert "photo" in await everything_kept(door)

    await press(door, "feedback.object", "1", as_="dana")

    assert "photo" not in await everything_kept(door)


async def test_the_very_same_is_attached_by_itself(door: FrontDoor) -> None:
    """In the same words, but for case and dots: nobody is asked, the card says so, and it can be taken apart."""
    slack = await offered(door, f"{EURO.upper()}!")

    card = await card_of(slack, "sam")
    assert card.text.startswith("💡 F-2 is part of F-1 now")
    assert "They say the very same, so they count as one." in card.text
    assert "2 people want it" in await shown(slack, "F-1")
    assert await triage_cards(slack, "F-2") == []

    await slack.click(card, "Take apart", as_="sam")

    assert "*F-2 stands for itself again,*" in (await slack.modal("sam")).text
    assert (await triage_card(slack, "F-2")).text.startswith("💡 F-2 · Idea waits for triage")


async def test_what_says_nothing_is_never_attached(door: FrontDoor) -> None:
    """“Yes, please” is said below anything, and “Good idea” in a thread is about what stands above it."""
    slack = door.slack
    await switch_on(slack)
    said = [await wish(slack, words) for words in ("Yes, please!", "Yes please", "Bills", "Euro invoices")]
    said += [await slack.message("#sales", "Good idea", as_="dana", thread=one) for one in said[2:]]
    for number, message in enumerate(said, start=1):
        await slack.react(message, "bulb", as_="sam")
        assert (await card_of(slack, "sam")).text.startswith(f"💡 F-{number} · Idea is saved")
