"""Who runs a check-in changes it, pauses it, leaves a date out, asks now, ends it; anybody takes part or leaves."""

from typing import Any

from bot.sandbox.driver import Slack
from tests.front import FrontDoor
from tests.handlers.checkins.acts import (
    HERE,
    answer,
    headline,
    home_of,
    morning,
    one_o_clock,
    prompts,
    propose,
    start,
    summaries,
    typed,
)


async def card_of(slack: Slack, as_: str, name: str = "C-1") -> None:
    """Somebody opens a check-in's card."""
    await slack.command("/checkin", f"show {name}", as_=as_, channel=HERE)


async def test_pause_resume_skip_run_and_end(door: FrontDoor) -> None:
    """By command or button; only for whoever runs it; the channel's card says how it stands."""
    slack = door.slack
    await start(slack)
    assert (
        "Maya Lindqvist runs C-1: they or an admin can do that."
        in (await typed(slack, "pause C-1", "omar")).text
    )

    assert "C-1 is paused" in (await typed(slack, "pause")).text
    assert headline(await slack.channel(HERE).last()) == "C-1 · Daily check-in · paused"
    await morning(slack, "aiko", "maya")
    assert await prompts(slack, "aiko") == []
    assert await prompts(slack, "maya") == []

    await card_of(slack, "maya")
    await slack.click(await slack.modal("maya"), "Resume", as_="maya")
    assert "C-1 is on again. The next one is on Wednesday" in (await slack.modal("maya")).text
    await slack.click(await slack.modal("maya"), "Skip the next one", as_="maya")
    assert "C-1 leaves out Wednesday" in (await slack.modal("maya")).text
    await slack.close("maya")
    await morning(slack, "aiko", "maya")
    assert await prompts(slack, "maya") == []

    assert (
        "whoever works today and was not asked in C-1 yet is asked now"
        in (await typed(slack, "run C-1")).text
    )
    assert [len(await prompts(slack, one)) for one in ("maya", "tomas", "omar")] == [1, 1, 0]
    await morning(slack, "omar")
    assert len(await prompts(slack, "omar")) == 1

    await card_of(slack, "maya")
    await slack.click(await slack.modal("maya"), "End", as_="maya")
    assert "C-1 has ended. What was said is kept." in (await slack.modal("maya")).text
    assert headline(await slack.channel(HERE).last()) == "C-1 · Daily check-in · ended"
    await morning(slack, "aiko")
    assert await prompts(slack, "aiko") == []
    assert "*A check-in" not in (await typed(slack, "list")).words
    assert "None yet that you can see" in (await typed(slack, "list")).words


async def test_anybody_of_the_channel_takes_part_or_leaves(door: FrontDoor) -> None:
    """From the card in the channel, a guest too; who has left is not asked, nor who left the channel."""
    slack = door.slack
    await start(slack, channel="#launches")
    card = await slack.channel("#launches", as_="gil").last()
    assert "13 people" in card.words
    await slack.click(card, "Leave it", as_="omar")
    assert "You do not take part in C-1 any more." in (await slack.ephemerals("omar", "#launches"))[-1].text
    await slack.leave("#launches", as_="tomas")
    await slack.click(card, "Leave it", as_="gil")
    await slack.click(card, "Take part", as_="gil")
    assert (
        "You take part in C-1 from the next date on." in (await slack.ephemerals("gil", "#launches"))[-1].text
    )

    await morning(slack, "aiko", "maya", "omar")
    asked = [one for one in ("maya", "omar", "tomas", "gil") if await prompts(slack, one)]
    assert asked == ["maya", "gil"]
    await answer(slack, "gil", "The booth")
    assert "Answered" in (await slack.dms("gil"))[-1].words
    assert "C-1* Daily check-in · #launches · next on Wednesday" in await home_of(slack, "gil")


async def test_a_guest_takes_part_and_starts_none(door: FrontDoor) -> None:
    """The proposal is there to see; Start is for full members."""
    slack = door.slack
    await slack.advance("next monday", as_="gil")
    proposal = await propose(slack, "gil", "#launches")
    await slack.click(proposal, "Start", as_="gil")
    assert "This is for full members" in (await slack.ephemerals("gil", "#launches"))[-1].text


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"often": "now and then"}, "often"),
    ({"questions": None}, "questions"),
    ({"questions": "\n".join("abcde")}, "questions"),
    ({"people": []}, "people"),
    ({"people": ["maya", "gil"]}, "people"),
    ({"closes_at": "09:30", "closes_zone": "London time"}, "closes_at"),
]


async def test_a_check_in_as_one_wants_it(door: FrontDoor) -> None:
    """Every field says what is wrong with it and keeps the form open; then it is as chosen, and can be changed."""
    slack = door.slack
    await slack.advance("next monday", as_="maya")
    await slack.click(await propose(slack), "Change…", as_="maya")
    right: dict[str, Any] = {
        "often": "every other monday",
        "questions": "What did we learn?",
        "people": ["maya", "omar", "kenji"],
        "closes_at": "13:00",
    }
    for wrong, block in FAULTS:
        assert list((await slack.submit("maya", **{**right, **wrong})).errors) == [block]
    await slack.submit("maya", **right, name="Retro", closes_zone="London time")
    assert "every other Monday at *their 9:00*: two questions" in (await slack.modal("maya")).text
    await slack.close("maya")

    card = await slack.channel(HERE).last()
    assert "I ask 3 people every other Monday" in card.words
    assert "13:00 London time" in card.words
    await card_of(slack, "maya")
    await slack.click(await slack.modal("maya"), "Change…", as_="maya")
    assert (await slack.modal("maya")).inputs["How often"] == "every other Monday"
    await slack.submit("maya", often="first tuesday", clock="London time")
    assert (
        "the first Tuesday of every month at *9:00* London time" in (await slack.channel(HERE).last()).words
    )

    await card_of(slack, "omar")
    assert "Change…" not in (await slack.modal("omar")).buttons


async def test_what_is_typed_wrong_is_answered_with_what_is_meant(door: FrontDoor) -> None:
    """An unknown word, a name that is none, nothing under way, help, and empty lists."""
    slack = door.slack
    unknown = (await typed(slack, "pasue")).text
    assert unknown.startswith("I do not know “pasue”. Did you mean `/checkin pause`?\n*/checkin*")
    assert "I do not know “&lt;!channel&gt;”" in (await typed(slack, "<!channel>")).text
    assert "I find no check-in of that name" in (await typed(slack, "pause C-9")).text
    assert "Which one? Type `/checkin pause C-3`" in (await typed(slack, "pause")).text
    assert "None yet that you can see" in (await typed(slack, "list")).words
    assert "Nothing is in anybody's way" in (await typed(slack, "blockers")).words
    assert "I find no blocker of that name" in (await typed(slack, "show B-1")).text
    assert "`/checkin answer`" in (await typed(slack, "help")).text
    await start(slack)
    assert "C-1 has no round under way. The next one begins on Tuesday" in (await typed(slack, "answer")).text
    here = await propose(slack)
    assert "C-1 · Daily check-in" in here.words
    assert "Another one…" in here.buttons


async def test_where_there_can_be_none_it_says_why(door: FrontDoor) -> None:
    """A private channel has to ask us in; where outsiders read there is none, and we do not even go there."""
    slack = door.slack
    await slack.advance("next monday", as_="maya")
    assert "Type `/invite @Throughline` there" in (await propose(slack, "maya", "#pricing-private")).text
    await slack.command("/invite", "@throughline", as_="maya", channel="#pricing-private")
    assert "the *3 people here*" in (await propose(slack, "maya", "#pricing-private")).words

    await slack.click(await propose(slack, "maya", "#acme-shared"), "Start", as_="maya")
    told = (await slack.dms("maya"))[-1]
    assert headline(told) == "No check-in in #acme-shared yet"
    assert "People from outside are in #acme-shared" in told.words
    assert (await slack.channel("#acme-shared").last()).user != "throughline"


async def test_where_it_is_not_in_start_lets_it_in_and_begins(door: FrontDoor) -> None:
    """The eight people of #product are asked, and whoever started it is told."""
    slack = door.slack
    await slack.advance("next monday", as_="maya")
    proposal = await propose(slack, "maya", "#product")
    assert "I am not in this channel yet." in proposal.words
    await slack.click(proposal, "Start", as_="maya")

    card = await slack.channel("#product").last()
    assert headline(card) == "C-1 · Daily check-in"
    assert "I ask 8 people" in card.words
    assert "C-1 in #product is on" in [headline(one) for one in await slack.dms("maya")]


async def test_thrown_out_of_its_channel_it_pauses_and_says_so(door: FrontDoor) -> None:
    """Nobody is asked where nothing could be summed up; whoever runs it hears it once and can go on."""
    slack = door.slack
    await start(slack)
    await slack.command("/remove", "@throughline", as_="maya", channel=HERE)
    await morning(slack, "aiko", "maya")
    assert await prompts(slack, "maya") == []
    told = [one for one in await slack.dms("maya") if headline(one) == "C-1 Daily check-in is paused"]
    assert "Type `/invite @Throughline` there" in told[0].words

    await slack.click(told[0], "Resume", as_="maya")
    await slack.command("/invite", "@throughline", as_="maya", channel=HERE)
    await slack.click(told[0], "Resume", as_="maya")
    await morning(slack, "aiko", "maya")
    assert len(told) == 1
    assert len(await prompts(slack, "maya")) == 1
    await answer(slack, "maya", "Back")
    await morning(slack, "omar", "sam")
    await one_o_clock(slack)
    assert len(await summaries(slack)) == 1


async def test_who_runs_it_sees_who_was_not_asked_and_why(door: FrontDoor) -> None:
    """A press on its card, and back to it; nobody else has the button."""
    slack = door.slack
    await start(slack)
    await card_of(slack, "maya")
    assert "Who was asked" not in (await slack.modal("maya")).buttons  # nobody has been yet
    await slack.close("maya")
    await slack.command("/throughline", "away until friday", as_="omar", channel=HERE)
    await morning(slack, "aiko", "maya", "omar")

    await card_of(slack, "maya")
    await slack.click(await slack.modal("maya"), "Who was asked", as_="maya")
    report = await slack.modal("maya")
    assert report.title == "Who was asked"
    assert "were asked. Not asked:" in report.text
    assert "Omar Haddad: away" in report.text
    await slack.back("maya")
    assert "Pause" in (await slack.modal("maya")).buttons

    await card_of(slack, "tomas")
    assert "Who was asked" not in (await slack.modal("tomas")).buttons


async def test_who_left_its_channel_reads_no_more_of_its_name(door: FrontDoor) -> None:
    """Asked why nothing came: that they left, neither what it is called by now nor where it is."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await start(slack, channel="#pricing-private")
    await slack.kick("sam", "#pricing-private", as_="maya")
    await morning(slack, "aiko", "maya", "omar", "sam")
    await card_of(slack, "maya")
    await slack.click(await slack.modal("maya"), "Change…", as_="maya")
    renamed = await slack.submit("maya", name="Twenty percent more", people=["maya", "omar"])
    assert renamed.errors == {}

    await slack.command("/throughline", "why", as_="omar", channel=HERE)
    assert "in #pricing-private" in (await slack.ephemerals("omar", HERE))[-1].words
    await slack.command("/throughline", "why", as_="sam", channel=HERE)
    words = (await slack.ephemerals("sam", HERE))[-1].words
    assert "Twenty percent more" not in words
    assert "pricing-private" not in words
    assert "A check-in in a channel you are not in\n_not asked: you had left its channel_" in words


async def test_an_admin_who_left_its_channel_sees_nobody_s_reasons(door: FrontDoor) -> None:
    """The button of a card that still stands open says no more than the card would."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="omar")
    await start(slack, as_="omar", channel="#pricing-private")
    await slack.command("/throughline", "away until friday", as_="omar", channel=HERE)
    await morning(slack, "aiko", "maya", "omar")
    await card_of(slack, "maya")
    await slack.kick("maya", "#pricing-private", as_="omar")

    await slack.click(await slack.modal("maya"), "Who was asked", as_="maya")

    assert "It asks in a channel you are not in." in (await slack.modal("maya")).text
