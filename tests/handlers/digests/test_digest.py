"""A channel's digest: proposed at once, posted once a week, and silent on a quiet day."""

import re

import pytest

from tests.front import FrontDoor
from tests.handlers.decisions.acts import name, record
from tests.handlers.digests.acts import digest, monday, posted, press, start, told
from tests.handlers.launches import acts as launching


async def test_alone_it_proposes_everything_at_once(door: FrontDoor) -> None:
    """When, where, for whom and what; nothing happens before somebody presses Start."""
    offer = await digest(door.slack)

    assert offer.text.startswith(
        "Shall I post a digest in #general?\nEvery Monday at 9:00, London time, here, for the"
    )
    assert "12 people in #general" in offer.text
    assert offer.buttons == ["Start", "Change…", "Show me one now"]
    await monday(door.slack)
    assert await posted(door.slack) == []


async def test_it_comes_on_monday_morning_and_once(door: FrontDoor) -> None:
    """At nine where most readers live, with what was decided since; not a second time that day."""
    slack = door.slack
    begun = await start(slack)
    assert begun.text.startswith(
        "The digest of #general is started\nIt comes every Monday at 9:00, London time, next on Monday"
    )
    await record(slack)

    await monday(slack)
    [letter] = await posted(slack)
    assert letter.text.startswith(
        "This week: 1 decided\nDecided: D-1 We invoice in euro first, by Omar Haddad."
    )
    assert "You get this every Monday at 9:00, London time." in letter.text
    assert letter.notifies == []
    await slack.advance("2 hours")
    assert len(await posted(slack)) == 1


async def test_on_a_quiet_day_nothing_is_posted(door: FrontDoor) -> None:
    """Nothing new since the last one and nothing that needs attention: not a word; the log says why."""
    slack = door.slack
    await start(slack)
    await record(slack)
    await monday(slack)
    assert len(await posted(slack)) == 1

    await monday(slack)
    assert len(await posted(slack)) == 1
    seen = await digest(slack, "preview")
    assert "Nothing is new since" in seen.text


async def test_what_is_overdue_keeps_coming_with_its_age_and_its_button(door: FrontDoor) -> None:
    """A proposal nobody decided: how long, whose move it is, and the card to decide it one press away."""
    slack = door.slack
    await start(slack)
    await record(slack)
    await name(slack, approver="maya")
    await monday(slack)
    assert await posted(slack) == []

    await monday(slack)
    await monday(slack)
    letter = (await posted(slack))[-1]
    assert letter.text.startswith(
        "This week: 1 thing needs attention\nNeeds attention: D-1 We invoice in euro first,"
    )
    assert re.search(r"proposed (1[5-9]|2[01]) days ago · Maya Lindqvist decides", letter.words)
    await slack.click(letter, "Decide…", as_="maya")
    assert "Approve" in (await slack.modal("maya")).buttons


async def test_who_is_waited_on_is_counted_where_it_is_cut(door: FrontDoor) -> None:
    """Six parties: four are named, and that there are two more is said, in the text too."""
    slack = door.slack
    await launching.monday(slack)
    await launching.make(door, channel="#general")
    await slack.close("maya")
    parties = ("Engineering", "Design", "Sales", "Marketing", "Customer Success", "Product")
    for at, party in enumerate(parties, start=1):
        await slack.command("/launch", f"L-1/{at}", as_="maya")
        await slack.click(await slack.modal("maya"), "Blocked…", as_="maya")
        await slack.submit("maya", reason="No answer yet", **{"checkins.waits_on": party})
        await slack.close("maya")

    seen = await digest(slack, "preview")

    assert seen.words.count("* waits Maya Lindqvist (B-") == 4
    assert "\nand 2 more: `/checkin blockers`" in seen.words
    assert "; and 2 more" in seen.text


async def test_a_launch_is_as_ready_in_a_digest_as_on_its_board(door: FrontDoor) -> None:
    """What is not needed counts for neither: two numbers for one launch would make people doubt both."""
    slack = door.slack
    await launching.monday(slack)
    await launching.make(door, channel="#general", ahead=11)
    await slack.close("maya")
    for at, deed in ((1, "Done"), (2, "Not needed…")):
        await slack.command("/launch", f"L-1/{at}", as_="maya")
        await slack.click(await slack.modal("maya"), deed, as_="maya")
        if deed != "Done":
            await slack.submit("maya", reason="It is there already")
        await slack.close("maya")

    await record(slack)
    board = await launching.board(slack, "#general")
    found = re.search(r"\d+ of \d+ ready", board.words)
    assert found is not None
    seen = await digest(slack, "preview")

    assert found[0].replace("ready", "items ready") in seen.words


async def test_show_me_one_now_is_seen_by_nobody_else(door: FrontDoor) -> None:
    """The preview says what would be posted, to who asked, and posts nothing."""
    slack = door.slack
    offer = await digest(slack)
    assert "Nothing is new since" in (await press(slack, offer, "Show me one now")).text
    await record(slack)

    seen = await press(slack, await digest(slack), "Show me one now")
    assert seen.text.startswith("This week: 1 decided\nOnly you see this.")
    assert "It would come every Monday" in seen.text
    assert await posted(slack) == []


async def test_it_is_paused_resumed_skipped_and_ended(door: FrontDoor) -> None:
    """By its buttons, each answered by how it stands then."""
    slack = door.slack
    await start(slack)
    await record(slack)

    paused = await press(slack, await digest(slack), "Pause")
    assert paused.text.startswith("The digest of #general is paused\nIt is paused")
    await monday(slack)
    assert await posted(slack) == []

    resumed = await press(slack, paused, "Resume")
    assert resumed.text.startswith("The digest of #general is on again")
    skipped = await press(slack, resumed, "Skip next")
    assert skipped.text.startswith("The next digest of #general is left out")
    await monday(slack)
    assert await posted(slack) == []

    await monday(slack)
    [letter] = await posted(slack)
    assert "1 decided" in letter.text
    ended = await press(slack, await digest(slack), "End")
    assert "has ended" in ended.text
    assert (await digest(slack)).buttons[0] == "Start"


async def test_sent_now_it_says_what_became_of_it(door: FrontDoor) -> None:
    """Nothing on a quiet day; else posted at once, and not twice on a day."""
    slack = door.slack
    await start(slack)
    quiet = await press(slack, await digest(slack), "Send now")
    assert quiet.text.startswith("Nothing was posted in #general: nothing is new since")

    await record(slack)
    sent = await press(slack, await digest(slack), "Send now")
    assert sent.text.startswith("The digest of #general is on its way")
    assert len(await posted(slack)) == 1
    await record(slack, "We invoice in pounds, too")
    again = await press(slack, await digest(slack), "Send now")
    assert again.text.startswith("One was sent today already.")
    assert len(await posted(slack)) == 1

    await monday(slack)
    assert "We invoice in pounds, too" in (await posted(slack))[-1].text


async def test_the_form_changes_when_it_comes(door: FrontDoor) -> None:
    """Days, how often, the time, and by whose clocks; the last page says what holds."""
    slack = door.slack
    await start(slack)
    await slack.click(await digest(slack), "Change…", as_="omar")
    form = await slack.modal("omar")
    assert form.inputs["On"] == ["Monday"]
    assert form.inputs["By the clocks of"] == "Europe/London"

    refused = await slack.submit("omar", days=[])
    assert refused.errors == {"days": "Choose at least one day."}
    await slack.submit("omar", days=["Tuesday", "Friday"], at="08:30", zone="Asia/Tokyo")

    page = await slack.modal("omar")
    assert page.title == "Saved"
    assert "every Tuesday and Friday at 8:30, Tokyo time" in page.text
    assert "every Tuesday and Friday at 8:30, Tokyo time" in (await digest(slack, "show")).text


async def test_change_before_start_starts_it(door: FrontDoor) -> None:
    """Whoever wants another day need not start it first."""
    slack = door.slack
    await slack.click(await digest(slack), "Change…", as_="omar")
    assert (await slack.modal("omar")).submit_label == "Start"
    await slack.submit("omar", days=["Friday"])

    assert "every Friday at 9:00" in (await digest(slack)).text


async def test_only_who_started_it_or_an_admin_changes_it(door: FrontDoor) -> None:
    """Others read how it stands, and whom to ask."""
    slack = door.slack
    await start(slack, as_="omar")
    for what in ("Pause", "Skip next", "Send now", "End", "Change…"):
        refused = await press(slack, await digest(slack, as_="sam"), what, as_="sam")
        assert refused.text == "Only Omar Haddad, who started it, or an admin can do that."
    assert (await digest(slack, "pause", as_="sam")).text == refused.text

    assert "is paused" in (await digest(slack, "pause", as_="maya")).text


@pytest.mark.parametrize(
    ("channel", "as_", "words"),
    [
        ("#pricing-private", "omar", "I am not in this channel. Type `/invite @Throughline` here"),
        ("#acme-shared", "sam", "I am not in this channel"),
        ("#launches", "omar", "There are guests in this channel"),
        ("D0OMAR", "omar", "A digest belongs to a channel"),
    ],
)
async def test_where_there_can_be_none_it_says_why(
    door: FrontDoor, channel: str, as_: str, words: str
) -> None:
    """In the first sentence, with what to do instead."""
    assert words in (await digest(door.slack, as_=as_, channel=channel)).text


async def test_shared_later_it_stops_and_tells_its_owner(door: FrontDoor) -> None:
    """A channel guests come into reads nothing that is not theirs; its owner learns why."""
    slack = door.slack
    await slack.invite("throughline", "#sales", as_="sam")
    await start(slack, as_="sam", channel="#sales")
    await record(slack)
    await slack.hire("zoe", "Zoë Blum", "guest")
    await slack.invite("zoe", "#sales", as_="sam")

    await monday(slack)
    assert await posted(slack, "#sales", "sam") == []
    await slack.advance("next morning", as_="sam")
    assert "I paused the digest of #sales" in await told(slack, "sam")


async def test_late_by_more_than_two_hours_it_is_not_posted(door: FrontDoor) -> None:
    """Monday's news at noon is no news: its owner is told, and can have it posted after all."""
    slack = door.slack
    await monday(slack)
    await start(slack)
    await slack.advance("6 days")
    await record(slack)
    await slack.advance(26 * 3600 + 60)

    assert await posted(slack) == []
    await slack.advance("next morning", as_="omar")
    letter = [
        one for one in await slack.dms("omar") if "I could not post “the digest of #general”" in one.text
    ][-1]
    await slack.click(letter, "Post it now instead", as_="omar")
    assert len(await posted(slack)) == 1


async def test_where_slack_takes_no_blocks_it_is_read_all_the_same(door: FrontDoor) -> None:
    """Plain words, with everything the blocks would have said."""
    slack = door.slack
    await start(slack)
    await record(slack)
    await slack.faults([{"method": "chat.postMessage", "fault": "invalid_blocks", "times": 1}])
    await press(slack, await digest(slack), "Send now")

    [letter] = await posted(slack)
    assert letter.blocks == []
    assert "1 decided\nDecided: D-1 We invoice in euro first, by Omar Haddad." in letter.text


async def test_what_slack_refuses_is_told_by_the_next_one(door: FrontDoor) -> None:
    """Nothing of it is lost, and whoever started it learns of it."""
    slack = door.slack
    await start(slack)
    await record(slack)
    await slack.faults([{"method": "chat.postMessage", "fault": "no_text", "times": 1}])
    await press(slack, await digest(slack), "Send now")
    assert await posted(slack) == []

    await monday(slack)
    await slack.advance("1 hour")
    assert "I could not post the digest of #general" in await told(slack, "omar")
    assert "We invoice in euro first" in (await posted(slack))[-1].text


async def test_words_it_does_not_know(door: FrontDoor) -> None:
    """The nearest word, and how to use it; help for every subcommand."""
    slack = door.slack
    assert (await digest(slack, "paus")).text.startswith(
        "I do not know “paus”. Did you mean `/digest pause`?"
    )
    assert (await digest(slack, "xyzzy")).text.startswith("I do not know “xyzzy”.\n*/digest*")
    assert "`/digest preview` –" in (await digest(slack, "help")).text
    assert (await digest(slack, "pause")).text == "This channel has no digest. `/digest` proposes one."


async def test_the_list_names_channels_one_knows(door: FrontDoor) -> None:
    """A private channel's digest is listed for its members only."""
    slack = door.slack
    assert (await digest(slack, "list")).text.startswith("No channel you know of has a digest")
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await start(slack, as_="maya", channel="#pricing-private")
    await start(slack)

    assert "#pricing-private" in (await digest(slack, "list", as_="sam")).text
    seen = await digest(slack, "list", as_="dana")
    assert "#general" in seen.text
    assert "#pricing-private" not in seen.text
