"""A check-in from the proposal to the summary: everybody in their own morning, the channel once."""

from tests.front import FrontDoor
from tests.handlers.checkins.acts import (
    HERE,
    ZONES,
    answer,
    headline,
    headlines,
    morning,
    one_o_clock,
    prompts,
    propose,
    start,
    summaries,
    thread,
    typed,
)

WAITS = "checkins.waits_on"


async def test_the_proposal_says_everything_and_start_begins_once(door: FrontDoor) -> None:
    """Who, when, how many questions, where and when it is summed up; pressed twice, there is one."""
    slack = door.slack
    await slack.advance("next monday", as_="maya")
    proposal = await propose(slack)

    assert "the *12 people here*, every weekday at *their 9:00*: three questions" in proposal.words
    assert "comes *here at 13:00* New York time (19:00 for you)" in proposal.words
    assert proposal.buttons == ["Start", "Change…"]
    other = await propose(slack, "omar")
    await slack.click(proposal, "Start", as_="maya")
    await slack.click(other, "Start", as_="omar")

    card = await slack.channel(HERE).last()
    assert headline(card) == "C-1 · Daily check-in"
    assert "I ask 12 people every weekday at *their 9:00*" in card.words
    assert "Run by Maya Lindqvist · next on Tuesday" in card.words
    assert card.buttons == ["Take part", "Leave it", "Show"]
    assert "C-1 is in #general already" in (await slack.ephemerals("omar", HERE))[-1].text
    assert len([one for one in await slack.channel(HERE).messages() if "C-" in headline(one)]) == 1


async def test_a_round_in_four_zones(door: FrontDoor) -> None:
    """Each at their own nine; the one who is away is left in peace; one summary, blockers first, replies below."""
    slack = door.slack
    await start(slack)
    await slack.command("/throughline", "away for two weeks", as_="lena")

    await morning(slack, "aiko")
    assert [len(await prompts(slack, one)) for one in ZONES] == [1, 0, 0, 0]
    await answer(slack, "aiko", "The empty states")
    await morning(slack, "maya")
    assert [len(await prompts(slack, one)) for one in ("maya", "omar", "lena")] == [1, 0, 0]
    asked = (await prompts(slack, "maya"))[0]
    assert headline(asked) == "Daily check-in in #general: three questions"
    assert "*Already said*\n• *Aiko Tanabe*: The empty states" in asked.words
    assert "until 19:00; then it comes to #general" in asked.words
    await morning(slack, "omar", "sam")
    await answer(slack, "sam", "Acme call", blocker="No sandbox key", **{WAITS: "Engineering"})
    assert "B-1 waits on Engineering; Inês Duarte is asked." in (await slack.modal("sam")).text
    assert await summaries(slack) == []
    await one_o_clock(slack)

    (summary,) = await summaries(slack)
    assert headline(summary).endswith(": 2 answers, 1 blocker")
    lines = summary.words.split("\n")
    assert lines[0] == headline(summary)
    assert lines[1] == "🚧 *B-1* Sam Okafor waits on *Engineering* (Inês Duarte is asked)"
    assert "2 of 11 answered; what each said is in the thread below.\nAway: Lena Fischer." in summary.words
    replies = await thread(slack, summary)
    assert [headline(one) for one in replies] == ["Aiko Tanabe", "Sam Okafor"]
    assert "No sandbox key\n🚧 *B-1* waits on *Engineering*" in replies[1].words
    assert "No longer needed" in (await slack.dms("omar"))[-1].words

    await slack.advance("1 hour", as_="sam")
    assert len(await summaries(slack)) == 1


async def test_where_nobody_answers_nothing_is_said(door: FrontDoor) -> None:
    """No summary, and the next day asks as ever."""
    slack = door.slack
    await start(slack)
    await morning(slack, *ZONES)
    await one_o_clock(slack)

    assert await summaries(slack) == []
    await morning(slack, "aiko")
    assert len(await prompts(slack, "aiko")) == 1


async def test_what_was_said_can_be_changed_until_the_end_and_added_to_after_it(door: FrontDoor) -> None:
    """The last words count; after the end they come below the summary, as said later."""
    slack = door.slack
    await start(slack)
    await morning(slack, "aiko", "maya")
    await answer(slack, "maya", "The first draft", question1="The second one")
    await slack.click((await slack.dms("maya"))[-1], "Change my answer", as_="maya")
    modal = await slack.modal("maya")
    assert modal.inputs["What did you get done?"] == "The first draft"
    await slack.submit("maya", question0="Both drafts")
    await morning(slack, "omar", "sam")
    await one_o_clock(slack)

    (summary,) = await summaries(slack)
    (said,) = await thread(slack, summary)
    assert "Both drafts" in said.words
    assert "The first draft" not in said.words

    omar = (await slack.dms("omar"))[-1]
    await slack.click(omar, "Add mine late", as_="omar")
    assert "what you add now comes into its thread" in (await slack.modal("omar")).text
    await slack.submit("omar", question0="Pricing page")
    assert len(await summaries(slack)) == 1
    assert [headline(one) for one in await thread(slack, summary)] == ["Maya Lindqvist", "Omar Haddad, later"]

    await morning(slack, "aiko", "maya")
    await slack.click((await prompts(slack, "maya"))[-1], "Answer", as_="maya")
    assert (await slack.modal("maya")).inputs["What did you get done?"] == "The second one"


async def test_who_has_not_answered_is_reminded_once(door: FrontDoor) -> None:
    """In the last hour they can act; who has answered is left in peace."""
    slack = door.slack
    await start(slack)
    await morning(slack, "aiko", "maya", "omar")
    await answer(slack, "omar", "Roadmap")
    await morning(slack, "sam")
    for _ in range(3):
        await slack.advance("1 hour", as_="sam")
    still_open = "Still open: Daily check-in in #general: three questions"
    [reminder] = [one for one in await slack.dms("sam") if headline(one) == still_open]
    assert "You can answer, and change it, until" in reminder.words
    assert "Already said" not in reminder.words
    await slack.advance("1 hour", as_="sam")

    told = {one: (await headlines(slack, one)).count(still_open) for one in ("maya", "omar", "sam")}
    assert told == {"maya": 1, "omar": 0, "sam": 1}


async def test_a_form_with_something_missing_stays_open(door: FrontDoor) -> None:
    """Nothing said; a blocker that waits on nobody; a party without a blocker. Then it is saved, once."""
    slack = door.slack
    await start(slack)
    await morning(slack, "aiko", "maya")
    await slack.click((await prompts(slack, "maya"))[0], "Answer", as_="maya")

    assert list((await slack.submit("maya")).errors) == ["question0"]
    assert list((await slack.submit("maya", blocker="The key")).errors) == [WAITS]
    assert list((await slack.submit("maya", blocker=None, **{WAITS: "Design"})).errors) == ["blocker"]
    done = await slack.submit("maya", blocker="None.", **{WAITS: None})
    assert done.ok
    assert (await slack.modal("maya")).title == "Saved"
    assert "Nothing is in anybody's way" in (await typed(slack, "blockers")).words
