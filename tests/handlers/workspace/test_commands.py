"""Every command there is: it has help, says something to a newcomer, and answers words it does not know."""

import pytest

from handlers.kit.features import Command
from handlers.registry import registry
from tests.front import FrontDoor

COMMANDS = [one for one in registry().commands.values() if one.name != "throughline"]
FREE = {"capture", "decision"}
"""Those to which any words are a text."""
every = pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.name)


async def said(door: FrontDoor, command: Command, text: str, as_: str = "kenji") -> str:
    """What somebody is answered, as a message or as a window."""
    before = len(await door.slack.ephemerals(as_, "#general"))
    name, _, inner = command.typed.partition(" ")
    await door.slack.command(f"/{name}", f"{inner} {text}".strip(), as_=as_, channel="#general")
    answers = await door.slack.ephemerals(as_, "#general")
    if len(answers) > before:
        return answers[-1].text
    modal = await door.slack.modal(as_)
    await door.slack.close(as_)
    return f"{modal.title}\n{modal.text}\n{modal.inputs}"


@every
async def test_it_has_help_an_empty_state_and_an_answer_to_unknown_words(
    door: FrontDoor, command: Command
) -> None:
    """Help names every way to use it; alone it says or opens something; a slip of the finger is understood."""
    helped = await said(door, command, "help")
    assert helped.startswith(f"*/{command.typed}*")
    assert all(
        f"`/{command.typed}{' ' + one.words if one.words else ''}` – " in helped for one in command.usage
    )
    assert "help" in [one.words for one in command.usage]

    assert (await said(door, command, "")).strip()
    unknown = await said(door, command, "xyzzy")
    if command.name in FREE:
        assert "xyzzy" in unknown
        return
    assert "I do not know “xyzzy”." in unknown
    assert f"`/{command.typed} help` – " in unknown
    assert f"Did you mean `/{command.typed} help`?" in await said(door, command, "halp")


async def test_throughline_lists_every_command_and_what_is_off(door: FrontDoor) -> None:
    """One line each; an unknown word is answered with the nearest command; an admin finds the switches."""
    await door.slack.command("/throughline", "", as_="kenji")
    overview = (await door.slack.ephemerals("kenji", "#general"))[-1]
    assert all(f"`/{one.typed}` – {one.summary}" in overview.words for one in COMMANDS)
    assert "switched off" not in overview.words
    assert "Capture feedback" in overview.buttons
    assert "Switch jobs on or off" not in overview.buttons

    await door.slack.command("/throughline", "decisoin We invoice in euro", as_="maya")
    unknown = (await door.slack.ephemerals("maya", "#general"))[-1]
    assert "I do not know “decisoin”. Did you mean `/decision`?" in unknown.words
    await door.slack.click(unknown, "Switch jobs on or off", as_="maya")
    await door.slack.click(await door.slack.modal("maya", "Jobs"), "switches.off:decisions", as_="maya")
    await door.slack.command("/throughline", "help", as_="kenji")
    after = (await door.slack.ephemerals("kenji", "#general"))[-1]
    assert "`/decision` – Record what was decided _(switched off)_" in after.words
    assert "Maya Lindqvist can switch on what is off." in after.words


async def test_nobodys_words_ping_in_the_answer(door: FrontDoor) -> None:
    """An unknown word comes back as it was typed, and calls nobody."""
    for name in ("/throughline", "/launch", "/checkin", "/digest"):
        await door.slack.command(name, "<!channel>", as_="kenji", channel="#general")
        assert "“&lt;!channel&gt;”" in (await door.slack.ephemerals("kenji", "#general"))[-1].text


@pytest.mark.parametrize("words", ["help", "hi", "Thank you!"])
async def test_help_in_our_messages_is_the_same(door: FrontDoor, words: str) -> None:
    """Whoever writes "help" to us is told what there is, once, with buttons."""
    before = len(await door.slack.dms("ruth"))
    await door.slack.message("D0RUTH", words, as_="ruth")
    _, answer = (await door.slack.dms("ruth"))[before:]
    assert answer.text.startswith("How I can help")
    assert all(f"`/{one.typed}`" in answer.words for one in COMMANDS)
    assert "Record a decision" in answer.buttons


async def test_what_is_written_to_us_while_feedback_is_off_says_so(door: FrontDoor) -> None:
    """Nothing is offered to be kept that would not be."""
    await door.slack.open_home("maya")
    await door.slack.click(await door.slack.home("maya"), "switches.off:feedback", as_="maya")
    await door.slack.message("D0RUTH", "Acme wants invoices in euro", as_="ruth")

    answer = (await door.slack.dms("ruth"))[-1]
    assert answer.text.startswith("Feedback is a job that is switched off in this workspace.")
    assert "Maya Lindqvist can switch it on." in answer.words
    assert answer.buttons == []
