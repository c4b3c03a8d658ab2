"""The story Throughline is there for, as the people in it see it: one wish, from a call with a customer to its answer."""

from bot.sandbox.driver.reading import Message
from bot.seeding.story import Story
from tests.front import FrontDoor
from tests.story import acts
from tests.story.reading import headline, plainly, same_headline, unsaid

BOARD = "🚀 L-1 · Scheduled reports"


async def test_a_wish_is_heard_decided_launched_and_answered(early: FrontDoor, story: Story) -> None:
    """Sales hears what became of what Acme asked for, from a person, on the day it ships; all read the same story."""
    await _sales_captures_a_wish(story)
    await _a_standup_in_four_zones_turns_up_a_blocker(story)
    await _a_decision_picks_the_wish(story)
    await _a_launch_is_made_from_it(story)
    await _engineering_slips_and_marketings_notice_breaks(story)
    await _go_with_a_condition(story)
    await _launched(story)
    await _sales_gets_a_sentence_to_send(story)
    await _mondays_digest_tells_it(story)
    await _each_message_can_be_read_alone(early)


async def _sales_captures_a_wish(story: Story) -> None:
    await acts.wish(story)

    said = await story.heard("#sales", acts.WISH)
    assert said.reactions == {"bulb": ["sam", "dana"], "white_check_mark": ["throughline"]}
    card = await acts.newest(story, "sam")
    assert headline(card) == "💡 F-1 · Idea is saved"
    assert acts.WISH in card.words
    assert "said by Sam Okafor in #sales · for Acme · 2 people want it" in card.text
    assert card.buttons == ["Change account", "Edit", "Undo", "Object", "Link…", "Why?"]


async def _a_standup_in_four_zones_turns_up_a_blocker(story: Story) -> None:
    await acts.standup(story)
    at = {who: _hour((await _letters(story, who, "Standup"))[0]) for who in ("kenji", "maya", "ben")}
    assert at == {"kenji": "00:00", "maya": "08:00", "ben": "09:00"}  # nine o'clock where each of them is
    assert not await _letters(story, "ruth", "Standup")
    ask = (await _letters(story, "ben", "Standup"))[-1]
    assert headline(ask) == "Standup in #product: three questions"
    assert "You can answer, and change it, until 18:00" in ask.words
    assert ask.buttons == ["Answer"]

    await acts.answers(story)
    assert _hour((await _letters(story, "ruth", "Standup"))[-1]) == "14:00"
    waits = await acts.newest(story, "ines")
    assert headline(waits) == "Ben Adeyemi waits on Engineering: can you clear B-1?"
    assert acts.STUCK in waits.words
    assert waits.buttons == ["Cleared…", "Not mine, pass on…", "Cannot yet…", "Show"]

    await acts.clear(story)
    cleared = await acts.newest(story, "ben")
    assert headline(cleared) == "Inês Duarte cleared B-1 for you"
    assert acts.CLEARED in cleared.words
    summary = await story.heard("#product", "Standup, Thursday 5 March: 5 answers")
    assert "✅ *B-1* Ben Adeyemi waited on Engineering; it is cleared" in summary.words
    replies = (await story.slack.channel("#product").thread(summary))[1:]
    assert sorted(map(headline, replies)) == [
        "Ben Adeyemi", "Kenji Mori", "Maya Lindqvist", "Ruth Castellanos", "Tomás Vidal",
    ]  # fmt: skip


async def _a_decision_picks_the_wish(story: Story) -> None:
    await acts.decide(story)
    card = await story.heard("#product", acts.DECISION)
    assert headline(card) == "⏳ D-1 · Proposed"
    assert "Waits for Maya Lindqvist · Driver: Omar Haddad · linked to F-1" in card.words
    assert "D-1" in (await _letters(story, "sam", "F-1 · Idea"))[-1].words

    await acts.weekend(story)
    asked = await acts.newest(story, "maya")
    assert headline(asked) == "Omar Haddad asks you to approve D-1"
    assert acts.BECAUSE in asked.words
    assert asked.buttons == ["Approve", "Not yet…", "Show"]
    await acts.approve(story)
    assert headline(await story.slack.again(card, "maya")) == "⚖️ D-1 · Decided"
    assert headline(await acts.newest(story, "omar")) == "Maya Lindqvist approved D-1"


async def _a_launch_is_made_from_it(story: Story) -> None:
    await acts.launch(story)
    board = await acts.board(story)
    assert headline(board) == f"{BOARD} · Thursday 19 March · T-8"
    assert "0 of 12 ready" in board.words
    assert board.buttons == ["My items", "Move date…", "Go / no-go…", "Show all", "Why?"]
    told = await acts.newest(story, "priya")
    assert headline(told) == "You see to Marketing for L-1 Scheduled reports on Thursday 19 March"
    assert "Draft announcement and in-app message, by Tuesday 10 March" in told.words
    await story.commands("omar", "#general", "/decision", "show D-1")
    assert "*L-1* Scheduled reports" in (await story.slack.modal("omar")).text
    await story.puts_away("omar")


async def _engineering_slips_and_marketings_notice_breaks(story: Story) -> None:
    await acts.progress(story)
    (picked,) = await _letters(story, "dana", "D-1 is decided")  # in New York the day began after it was
    assert headline(picked) == "D-1 is decided"
    assert acts.DECISION in picked.words
    assert "linked to F-1" in plainly(picked.text)
    assert "which you want too" in picked.words

    await acts.slip(story)
    blocked = (await _letters(story, "omar", "is blocked on"))[-1]
    assert headline(blocked) == "Inês Duarte is blocked on L-1/1 Finish the feature"
    assert acts.SLIPS in blocked.words
    form = await story.slack.modal("omar")
    assert (
        "*From Thursday 19 March to Thursday 26 March.* 5 people would be told in ten minutes." in form.text
    )
    assert "Marketing needs 10 working days' notice and would have 8." in form.text
    assert form.buttons == ["New date", "Why", "Move only"]
    assert form.submit_label == "Move and tell"

    await acts.move(story)
    assert headline(await acts.board(story)) == f"{BOARD} · Thursday 26 March · T-8"
    assert f"Moved from Thursday 19 March: “{acts.SLIPS}”" in (await acts.board(story)).words
    moved = await acts.newest(story, "priya")
    assert headline(moved) == "L-1 Scheduled reports moves from Thursday 19 March to Thursday 26 March"
    assert acts.SLIPS in moved.words
    assert "Marketing needs 10 working days' notice and has 8." in moved.words
    assert "Draft announcement and in-app message, by Tuesday 17 March" in moved.words
    assert moved.buttons == ["My items", "Show"]
    assert "notice" not in (await acts.newest(story, "ben")).words


async def _go_with_a_condition(story: Story) -> None:
    await acts.ready(story)
    assert "*12 of 12 ready*" in (await acts.board(story)).words
    await acts.ask_for_votes(story)
    ask = await acts.newest(story, "priya")
    assert headline(ask) == "Go or no-go for L-1 Scheduled reports on Thursday 26 March?"
    assert "You vote for Marketing: 2 of 2 ready, 12 of 12 in all." in ask.words
    assert ask.buttons == ["Go", "Go with conditions…", "Hold…", "No-go…"]

    await acts.vote(story)
    board = await acts.board(story)
    assert "🟡 *Go with conditions* · D-2" in board.words
    assert f"L-1/13 {acts.CONDITION}" in board.words
    outcome = await acts.newest(story, "omar")
    assert headline(outcome) == "L-1 Scheduled reports: Go with conditions"
    assert f"🟡 *Marketing* · Priya Nair: Go with conditions: “{acts.CONDITION}”" in outcome.words

    await acts.meet(story)
    assert "*13 of 13 ready*" in (await acts.board(story)).words


async def _launched(story: Story) -> None:
    await acts.ship(story)
    board = await acts.board(story)
    assert headline(board) == "🎉 L-1 · Scheduled reports · shipped Thursday 26 March"
    assert board.buttons == ["Show all", "Why?"]
    assert headline(await acts.newest(story, "ines")) == "L-1 Scheduled reports has shipped"
    asks = await acts.newest(story, "omar")
    assert headline(asks) == "L-1 has shipped: what should those who asked for it hear?"
    assert "· Acme · 2 people want it" in asks.words
    assert asks.buttons == ["Write the sentence…", "Not yet"]


async def _sales_gets_a_sentence_to_send(story: Story) -> None:
    await story.slack.close("omar")
    await story.presses("omar", asks := "L-1 has shipped", "Write the sentence…")
    form = await story.slack.modal("omar")
    assert form.inputs == {"A sentence to send on": None}  # a person writes it: nothing is written for them
    await story.puts_away("omar")
    assert (await _letters(story, "omar", asks))[-1].buttons == ["Write the sentence…", "Not yet"]

    await acts.close(story)
    letter = await acts.newest(story, "sam")
    assert letter.text == (
        "You asked for this for Acme on 3 March; it shipped today\n"
        "&gt; Acme would sign tomorrow if a report could go out by itself every Sunday…\n"
        "Omar Haddad wrote a sentence you can send:\n"
        f"{acts.SENTENCE}\n"
        "F-1, shipped with L-1 Scheduled reports."
    )
    assert letter.buttons == ["Show F-1", "Show L-1"]
    assert headline(await acts.newest(story, "dana")).startswith("You wanted this, too, for Acme on 3 March;")
    assert (
        len(await _letters(story, "sam", "has shipped")) == 1
    )  # what he captured says so; nothing says it twice
    card = (await _letters(story, "sam", "F-1 · Idea"))[-1]
    assert headline(card) == "💡 F-1 · Idea has shipped"
    assert "Who hears of it: Dana Whitfield · Sam Okafor" in card.words
    await story.slack.open_home("sam")
    assert "every Sunday…> · Acme · shipped" in (await story.slack.home("sam")).text


async def _mondays_digest_tells_it(story: Story) -> None:
    await acts.monday(story)
    digest = await story.slack.channel("#product").last()
    assert headline(digest) == "This week: 1 decided, Scheduled reports shipped"
    lines = plainly(digest.words).split("\n")
    assert len(lines) <= 10
    assert "⚖️ D-2 Go with conditions for L-1 Scheduled reports on Thursday 26 March · Omar Haddad" in lines
    assert "🚀 L-1 Scheduled reports · shipped" in lines
    assert lines[-2].startswith("F-1 Acme would sign tomorrow")
    assert lines[-2].endswith("for Acme has shipped; 2 people who asked are told")
    assert digest.notifies == []


async def _each_message_can_be_read_alone(door: FrontDoor) -> None:
    """On a lock screen and by ear: what is on top says all that stands below, and begins with the same line."""
    people = [
        person["name"] for person in (await door.slack.state("maya"))["people"] if person["kind"] == "member"
    ]
    channels = [door.slack.channel(name) for name in ("#sales", "#product", "#launches")]
    read = [await channel.messages() for channel in channels] + [await door.slack.dms(who) for who in people]
    ours = [one for messages in read for one in messages if one.raw["bot"] and one.user == "throughline"]
    assert len(ours) > 60
    assert [one.text for one in ours if not same_headline(one)] == []
    assert [(one.text, missing) for one in ours if (missing := unsaid(one) - {"message"})] == []


def _hour(message: Message) -> str:
    """When it came, by the clocks of Greenwich."""
    return str(message.raw["at"])[11:16]


async def _letters(story: Story, who: str, words: str) -> list[Message]:
    return [one for one in await story.slack.dms(who) if one.raw["bot"] and words in one.words]
