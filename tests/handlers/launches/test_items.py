"""Items: their owners are asked a little before they are due, and answer with one press."""

from tests.front import FrontDoor
from tests.handlers.launches.acts import board, headlines, letter_to, make, monday


async def test_an_owner_is_asked_answers_and_the_board_knows(door: FrontDoor) -> None:
    """Three working days before it is due; done, blocked and not needed stand on the board at once."""
    slack = door.slack
    await monday(slack)
    await make(door)
    await slack.advance("next morning", as_="aiko")
    ask = await letter_to(slack, "aiko", "Hand over final designs, due")
    assert "L-1/2 Hand over final designs, due Tuesday" in ask.text
    assert [one for one in ask.buttons if one != "My items"][:4] == [
        "Doing",
        "Done",
        "Blocked…",
        "Not needed…",
    ]
    assert "final designs" not in "".join(await headlines(slack, "sam"))

    await slack.click(ask, "Blocked…", as_="aiko")
    refused = await slack.submit("aiko")
    assert list(refused.errors) == ["reason"]
    await slack.submit("aiko", reason="The price is not decided")

    stands = (await board(slack)).words
    assert "*Holding it up*\n⛔ L-1/2 Hand over final designs · Aiko Tanabe" in stands
    assert "“The price is not decided”" in stands
    await slack.advance("next morning", as_="maya")
    told = await letter_to(slack, "maya", "Aiko Tanabe is blocked on L-1/2 Hand over final designs")
    assert "Show" in told.buttons
    assert "✓ Answered" in (await slack.again(ask, "aiko")).words

    await slack.click(await board(slack, as_="aiko"), "My items", as_="aiko")
    await slack.click(await slack.modal("aiko"), "Done", as_="aiko")
    assert "✅ L-1/2" in (await slack.modal("aiko")).text
    stands = (await board(slack)).words
    assert "*1 of 12 ready*" in stands
    assert "Holding it up" not in stands


async def test_its_owner_sees_who_was_not_asked_and_why(door: FrontDoor) -> None:
    """On the launch's card, for Maya who owns it and nobody else; gone once Aiko is back and is asked."""
    slack = door.slack
    await monday(slack)
    await make(door)
    await slack.close("maya")
    await slack.command("/throughline", "away until friday", as_="aiko")
    await slack.advance("next morning", as_="maya")

    await slack.command("/launch", "L-1", as_="maya")
    card = (await slack.modal("maya")).text
    assert "*Not asked yet*\n• Aiko Tanabe, L-1/2: waits until Monday" in card
    assert ": away until Friday" in card
    await slack.command("/launch", "L-1", as_="sam")
    assert "Not asked yet" not in (await slack.modal("sam")).text

    await slack.command("/throughline", "back", as_="aiko")
    await slack.advance("next morning", as_="aiko")
    assert "L-1/2" in "".join([one.words for one in await slack.dms("aiko")])
    await slack.close("maya")
    await slack.command("/launch", "L-1", as_="maya")
    assert "Aiko Tanabe, L-1/2: waits" not in (await slack.modal("maya")).text


async def test_every_answer_can_be_taken_back(door: FrontDoor) -> None:
    """On it, blocked or not needed by mistake: one press, and it is not started; never more than four buttons."""
    slack = door.slack
    await monday(slack)
    await make(door)
    await slack.close("maya")
    await slack.command("/launch", "L-1/1", as_="maya")
    untouched = (await slack.modal("maya")).text.split("\n")[0]
    for press, reason in (
        ("Doing", ""),
        ("Blocked…", "No answer yet"),
        ("Not needed…", "It is there already"),
    ):
        await slack.click(await slack.modal("maya"), press, as_="maya")
        if reason:
            await slack.submit("maya", reason=reason)
        page = await slack.modal("maya")
        assert page.text.split("\n")[0] != untouched
        assert page.buttons.index("Hand over…") <= 4
        await slack.click(page, "Not started", as_="maya")
        assert (await slack.modal("maya")).text.split("\n")[0] == untouched
    assert "Not started" not in (await slack.modal("maya")).buttons


async def test_only_those_with_a_part_in_it_answer(door: FrontDoor) -> None:
    """Somebody else sees everything and is told whose item it is; its lead and the launch's owner may."""
    slack = door.slack
    await monday(slack)
    await make(door)
    await slack.close("maya")
    await slack.click(await board(slack, as_="sam"), "Show all", as_="sam")
    card = await slack.modal("sam")
    assert "Ship it" not in card.buttons
    await slack.command("/launch", "L-1/2", as_="sam")
    assert "Done" not in (await slack.modal("sam")).buttons
    await slack.close("sam")

    await slack.command("/launch", "show L-1/2", as_="maya")
    await slack.click(await slack.modal("maya"), "Hand over…", as_="maya")
    await slack.submit("maya", owner="lena")

    assert "Lena Fischer sees to it" in (await slack.modal("maya")).text
    assert "Maya Lindqvist gave you L-1/2 Hand over final designs" in await headlines(slack, "lena")
    await slack.advance("next morning", as_="lena")
    assert "Hand over final designs, due" in (await headlines(slack, "lena"))[-1]


async def test_who_has_answered_is_asked_again_when_it_is_due_and_no_sooner(door: FrontDoor) -> None:
    """Doing is an answer: then nothing until the day itself, and nothing more once it is done."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=11, tier="small", channel="#product")
    await slack.submit("maya", **{"Customer Success": "lena"})
    asked = "L-1/2 Brief support, due"

    async def times() -> int:
        return len([one for one in await headlines(slack, "lena") if asked in one])

    for _ in range(4):
        await slack.advance("next morning", as_="lena")
    assert await times() == 0
    await slack.advance("next morning", as_="lena")
    assert await times() == 1
    await slack.click(await letter_to(slack, "lena", asked), "Doing", as_="lena")
    await slack.advance("next morning", as_="lena")
    await slack.advance("next morning", as_="lena")
    assert await times() == 1
    await slack.advance("next morning", as_="lena")
    assert await times() == 2

    await slack.click(await letter_to(slack, "lena", asked), "Done", as_="lena")
    for _ in range(3):
        await slack.advance("next morning", as_="lena")
    assert await times() == 2


async def test_the_list_and_home_say_what_is_launched_next(door: FrontDoor) -> None:
    """`/launch` alone, in a list and in Home; an unknown word is answered with the nearest."""
    slack = door.slack
    await monday(slack)
    await slack.open_home("maya")
    assert "Nothing is planned" in (await slack.home("maya")).text
    nothing = await slack.command("/launch", "list", as_="maya")
    assert "Nothing is planned that you can see" in (nothing.text or "")
    await make(door)
    await slack.close("maya")

    listed = await slack.command("/launch", "", as_="maya")

    assert "L-1 Invoices in euro" in (listed.text or "")
    assert "Invoices in euro" in (await slack.home("maya")).text
    wrong = await slack.command("/launch", "lst", as_="maya")
    assert "Did you mean `/launch list`?" in (wrong.text or "")
    gone = await slack.command("/launch", "L-9", as_="maya")
    assert "no launch of that name" in (gone.text or "")
