"""Whoever covers for somebody away is asked what holds others up, and can answer it; nothing else is theirs."""

from bot.sandbox.driver import Slack
from tests.front import FrontDoor
from tests.handlers.checkins.acts import answer, headlines, morning, start
from tests.handlers.decisions.acts import name, record
from tests.handlers.launches.acts import board, letter_to, make, monday

WAITS = "checkins.waits_on"


async def away(slack: Slack, who: str, cover: str, until: str = "until friday") -> None:
    """Somebody is away, and somebody else covers."""
    await slack.command("/throughline", f"away {until}, cover @{cover}", as_=who)
    assert "covers for you" in (await slack.ephemerals(who, "#general"))[-1].words


async def test_a_blocker_goes_to_the_cover_who_clears_it(door: FrontDoor) -> None:
    """Tomás reads for whom it is, clears it and may take that back; Inês is not written to while she is away."""
    slack = door.slack
    await start(slack)
    await away(slack, "ines", "tomas")
    assert "blockers and launch items" in (await letter_to(slack, "tomas", "and you cover")).words
    await morning(slack, "aiko", "maya", "omar")
    await answer(slack, "omar", "Roadmap", blocker="No sandbox key", **{WAITS: "Inês Duarte"})

    said = (await slack.modal("omar")).text
    assert "B-1 waits on Inês Duarte, who is away until Friday" in said
    assert "; who covers for them is asked." in said

    asked = await letter_to(slack, "tomas", "can you clear B-1?")
    assert "Omar Haddad is blocked: can you clear B-1?" in asked.words
    assert "Inês Duarte is away until Friday" in asked.words
    assert not any("B-1" in one for one in await headlines(slack, "ines"))
    await slack.click(asked, "Show", as_="tomas")
    assert "Cannot yet…" in (await slack.modal("tomas")).buttons
    await slack.close("tomas")

    await slack.click(asked, "Cleared…", as_="tomas")
    await slack.submit("tomas", words="The key is in the vault")
    card = await slack.modal("tomas")
    assert "*B-1 is cleared.*" in card.text
    assert "It is not cleared" in card.buttons
    assert "The key is in the vault" in (await letter_to(slack, "omar", "Tomás Vidal cleared B-1")).words
    assert "✓ Answered" in (await slack.again(asked, "tomas")).words


async def test_not_the_covers_either_it_is_passed_on_to_somebody_else(door: FrontDoor) -> None:
    """Whoever says that it is not theirs is not asked again, as one of that function, and has no say in it any more."""
    slack = door.slack
    await start(slack)
    await away(slack, "ines", "kenji")
    await morning(slack, "aiko", "maya", "omar")
    await answer(slack, "omar", "Roadmap", blocker="No sandbox key", **{WAITS: "Inês Duarte"})
    await slack.advance("next morning", as_="kenji")

    asked = await letter_to(slack, "kenji", "B-1")
    await slack.click(asked, "Not mine, pass on…", as_="kenji")
    await slack.submit("kenji", **{WAITS: "Engineering"})

    assert "*B-1 waits on Engineering now.*" in (await slack.modal("kenji")).text
    await slack.advance("next morning", as_="tomas")
    assert "can you clear B-1?" in (await letter_to(slack, "tomas", "B-1")).words
    await slack.close("kenji")
    await slack.click_late(asked, "Cleared…", as_="kenji")
    refused = (await slack.ephemerals("kenji", asked.channel))[-1].words
    assert refused == "B-1 is for Omar Haddad, Tomás Vidal and Maya Lindqvist to clear."


async def test_who_is_blocked_is_not_asked_to_clear_their_own_way(door: FrontDoor) -> None:
    """Omar covers for Inês and waits on her: it waits until she is back."""
    slack = door.slack
    await start(slack)
    await away(slack, "ines", "omar", "for 3 days")
    await morning(slack, "aiko", "maya", "omar")
    await answer(slack, "omar", "Roadmap", blocker="No sandbox key", **{WAITS: "Inês Duarte"})
    assert "; they are asked when they are back." in (await slack.modal("omar")).text
    assert not any("can you clear" in one for one in await headlines(slack, "omar"))

    await slack.advance("next morning", as_="ines")
    await slack.advance("next morning", as_="ines")

    assert not any("can you clear" in one for one in await headlines(slack, "omar"))
    assert any("can you clear B-1?" in one.words for one in await slack.dms("ines"))


async def test_an_item_goes_to_the_cover_who_answers_it(door: FrontDoor) -> None:
    """Lena answers for Aiko by the button, and the board knows; nobody else may."""
    slack = door.slack
    await monday(slack)
    await make(door)
    await slack.close("maya")
    await away(slack, "aiko", "lena")
    await slack.advance("next morning", as_="lena")

    asked = await letter_to(slack, "lena", "L-1/2 Hand over final designs")
    assert "is it done?" in asked.words
    assert "Aiko Tanabe is away until Friday" in asked.words
    await slack.click(asked, "Blocked…", as_="lena")
    await slack.submit("lena", reason="The price is not decided")
    assert "⛔ L-1/2 Hand over final designs · Aiko Tanabe" in (await board(slack)).words
    await slack.command("/launch", "L-1/2", as_="lena", channel="#launches")
    await slack.click(await slack.modal("lena"), "Done", as_="lena")

    assert "*1 of 12 ready*" in (await board(slack)).words
    assert "✓ Answered" in (await slack.again(asked, "lena")).words
    assert not any("L-1/2" in one for one in await headlines(slack, "aiko"))
    await slack.command("/launch", "L-1/2", as_="sam", channel="#launches")
    assert "Done" not in (await slack.modal("sam")).buttons


async def test_due_while_its_owner_is_away_it_is_the_cover_who_is_asked(door: FrontDoor) -> None:
    """Aiko was asked and said nothing, then left: on the day it is due her cover is asked, not she reminded."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=21)
    await slack.close("maya")
    while not any("L-1/2" in one.words for one in await slack.dms("aiko")):
        await slack.advance("next morning", as_="aiko")
    assert "how does it stand?" in (await letter_to(slack, "aiko", "L-1/2")).words
    await away(slack, "aiko", "lena", "for 14 days")
    for _ in range(4):
        await slack.advance("next morning", as_="lena")

    asked = await letter_to(slack, "lena", "L-1/2 Hand over final designs")
    assert "is it done?" in asked.words
    assert not any("Still open" in one.words for one in (*await slack.dms("aiko"), asked))
    await slack.click(asked, "Done", as_="lena")
    assert "1 of 12 ready" in (await board(slack)).words


async def test_a_vote_and_an_approval_are_nobody_elses(door: FrontDoor) -> None:
    """They wait for Priya, who is away: Ben, who covers for her, is asked neither, and can give neither."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=28)
    await slack.close("maya")
    await slack.advance("1 hour")
    await away(slack, "priya", "ben")
    await slack.click(await board(slack), "Go / no-go…", as_="maya")
    await slack.submit("maya", functions=["Marketing"])
    await record(slack, as_="omar")
    await name(slack, "omar", approver="priya")
    await slack.advance("next morning", as_="ben")
    await slack.advance("1 hour")

    for who in ("ben", "priya"):
        assert not any("Go or no-go" in one or "approve" in one for one in await headlines(slack, who))
    await slack.click(await board(slack), "Go / no-go…", as_="ben")
    assert (await slack.modal("ben")).buttons == []
