"""Superseding: the new one takes the old one's place, its thread says so, and those who knew it are told."""

import pytest

from bot.sandbox.driver.reading import Message
from storage.audit import queries as audit
from storage.decisions.values import DecisionState
from tests.front import HERE, FrontDoor
from tests.handlers.decisions.acts import card_in, headlines, letter_to, monday, name, record, shown


async def decided_in(door: FrontDoor, channel: str = "#launches") -> Message:
    """On a Monday Omar records what Inês wrote below somebody's question, and informs Lena and Priya."""
    slack = door.slack
    await monday(slack)
    question = await slack.message(channel, "Which currency first?", as_="lena")
    answer = await slack.message(channel, "Euro first", as_="ines", thread=question)
    await slack.message_shortcut("Record a decision", answer, as_="omar")
    await slack.submit("omar")
    await name(slack, informed=["lena", "priya"])
    await slack.close("omar")
    return question


async def supersede(door: FrontDoor, words: str = "Dollars first", as_: str = "omar") -> None:
    """Somebody replaces D-1 by the command."""
    await door.slack.command("/decision", "supersede D-1", as_=as_)
    await door.slack.submit(as_, what=words)


async def test_the_old_thread_says_what_replaced_it(door: FrontDoor) -> None:
    """One letter in the thread the old one came from, and both know each other."""
    slack = door.slack
    question = await decided_in(door)

    await supersede(door)

    page = await slack.modal("omar")
    assert "*D-2 is saved.*" in page.text
    assert "D-1 holds no longer, and its thread says so." in page.text
    letter = (await slack.channel("#launches", as_="lena").thread(question))[-1]
    assert letter.text == "D-1 holds no longer: D-2 replaces it\nDollars first\nDecided by Omar Haddad"
    assert letter.notifies == []
    assert "🔁 D-1 · Superseded" in await shown(slack, 1, "lena")
    assert "replaced by D-2" in await shown(slack, 1, "lena")
    assert "replaces D-1" in await shown(slack, 2, "lena")


async def test_the_audit_says_how_the_new_one_stood(door: FrontDoor) -> None:
    """What became of it is told by the audit alone, from its first line on."""
    await decided_in(door)
    await supersede(door)
    history = await door.app.database.read(HERE, lambda tx: audit.of(tx, "D-2"))
    assert (history[0].verb, history[0].details) == (
        "decision.recorded",
        {"state": DecisionState.DECIDED, "replaces": "D-1"},
    )


async def test_those_who_were_informed_are_told_once(door: FrontDoor) -> None:
    """One telling for the new one and the end of the old one together; nobody who did it is told."""
    slack = door.slack
    await decided_in(door)
    assert await headlines(slack, "lena") == ["D-1 is decided"]

    await supersede(door)
    for _ in range(2):
        await slack.advance("next morning", as_="lena")

    for person in ("lena", "priya"):
        assert await headlines(slack, person) == ["D-1 is decided", "D-1 holds no longer: D-2 replaces it"]
    assert "Dollars first" in (await letter_to(slack, "lena", "holds no longer")).words
    assert await headlines(slack, "omar") == []


async def test_the_button_on_the_card_does_the_same(door: FrontDoor) -> None:
    """From a card that came from no message, the thread below the card hears of it."""
    slack = door.slack
    await record(slack)
    await slack.close("omar")
    old = await card_in(slack)

    await slack.click(old, "Supersede…", as_="omar")
    form = await slack.modal("omar")
    assert "We invoice in euro first" in form.text
    assert "Everybody in this workspace can see it." in form.text
    await slack.submit("omar", what="Dollars first")

    assert (await slack.channel("#general", as_="lena").thread(old))[-1].text.startswith(
        "D-1 holds no longer"
    )
    assert (await slack.again(old, "lena")).text.startswith("🔁 D-1 · Superseded")
    assert (await card_in(slack)).text.startswith("⚖️ D-2 · Decided\nDollars first")


async def test_what_somebody_approved_is_replaced_with_their_approval(door: FrontDoor) -> None:
    """The old one holds until its approver approves the new one; then everything happens at once."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, approver="ines", informed=["lena"])
    await slack.close("omar")
    await slack.advance("next morning", as_="ines")
    await slack.click(await letter_to(slack, "ines", "approve D-1"), "Approve", as_="ines")

    await supersede(door)
    assert "D-1 holds until then." in (await slack.modal("omar")).text
    assert "D-2 is proposed to replace it" in await shown(slack, 1, "lena")
    assert await headlines(slack, "lena") == ["D-1 is decided"]
    await slack.advance("next morning", as_="ines")
    await slack.click(await letter_to(slack, "ines", "approve D-2"), "Approve", as_="ines")

    assert "🔁 D-1 · Superseded" in await shown(slack, 1, "lena")
    assert (await headlines(slack, "lena"))[-1] == "D-1 holds no longer: D-2 replaces it"
    assert (await headlines(slack, "omar"))[-1] == "D-1 holds no longer: D-2 replaces it"


async def test_withdrawing_the_new_one_lets_the_old_one_stand(door: FrontDoor) -> None:
    """A proposal that is dropped leaves no trace on what it was to replace."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, approver="ines")
    await slack.close("omar")
    await slack.advance("next morning", as_="ines")
    await slack.click(await letter_to(slack, "ines", "approve D-1"), "Approve", as_="ines")
    await supersede(door)
    again = await slack.command("/decision", "supersede D-1", as_="omar")
    assert again.text == "D-2 is proposed to replace D-1 already; change that one."

    await slack.click(await slack.modal("omar"), "Undo", as_="omar")

    assert "D-2" not in await shown(slack, 1, "lena")
    await slack.close("omar")
    await supersede(door, "Both at once")
    assert "*D-3 is saved.*" in (await slack.modal("omar")).text


@pytest.mark.parametrize("as_", ["lena", "gil"])
async def test_only_its_people_replace_it(door: FrontDoor, as_: str) -> None:
    """Others are told whom to ask; a guest does not even find it."""
    slack = door.slack
    await record(slack)
    channel = "#general" if as_ == "lena" else "#launches"

    refused = await slack.command("/decision", "supersede D-1", as_=as_, channel=channel)

    assert (
        refused.text
        == {
            "lena": "Only Omar Haddad can supersede D-1.",
            "gil": "I find no decision of that name that you can see. `/decision list` shows those you can.",
        }[as_]
    )


async def test_what_is_replaced_is_not_replaced_twice(door: FrontDoor) -> None:
    """The way on is named: the one that holds now."""
    slack = door.slack
    await record(slack)
    await slack.close("omar")
    await supersede(door)
    await slack.close("omar")

    await slack.click(await slack.channel("#general", as_="omar").saying("Dollars first"), "Show", as_="omar")
    assert (await slack.modal("omar")).buttons == ["More…", "Supersede…", "Make a launch", "Link…", "Why?"]
    again = await slack.command("/decision", "supersede D-1", as_="omar")

    assert again.text == "D-1 was replaced by D-2 already; supersede that one."


async def test_where_we_are_not_the_thread_hears_of_it_once_we_are_let_in(door: FrontDoor) -> None:
    """Whoever replaces it is told how; the letter waits for the invitation."""
    slack = door.slack
    question = await decided_in(door, "#product")
    await supersede(door)
    assert "type `/invite @Throughline` there" in (await slack.modal("omar")).text
    assert len(await slack.channel("#product", as_="lena").thread(question)) == 2

    await slack.invite("throughline", "#product", as_="omar")

    letter = (await slack.channel("#product", as_="lena").thread(question))[-1]
    assert letter.text.startswith("D-1 holds no longer: D-2 replaces it")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("supersede", "Which one? Type `/decision supersede D-7`; `/decision list` shows them all."),
        ("supersede D-9", "I find no decision of that name that you can see."),
        ("supersede F-1", "I find no decision of that name that you can see."),
    ],
)
async def test_a_name_that_is_none_gets_help(door: FrontDoor, words: str, answer: str) -> None:
    """What to type instead, and nothing else happens."""
    said = await door.slack.command("/decision", words, as_="omar")

    assert (said.text or "").startswith(answer)
