"""Away: said by command or by form, by oneself or an admin, and taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.worktime.rules import AwayWords, parse_away
from storage.calendar import local_date
from storage.values import PersonId
from tests.front import FrontDoor
from tests.handlers.feedback.acts import ours_to

WEDNESDAY = datetime(2026, 3, 4, tzinfo=UTC).date()
SAM, MAYA = PersonId("U0SAM"), PersonId("U0MAYA")


def march(day: int) -> object:
    return WEDNESDAY.replace(day=day)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("until friday", (None, 4, 6, None)),
        ("today", (None, 4, 4, None)),
        ("tomorrow", (None, 5, 5, None)),
        ("on friday", (None, 6, 6, None)),
        ("for 3 days", (None, 4, 6, None)),
        ("for a week", (None, 4, 10, None)),
        ("9 march to 13 march", (None, 9, 13, None)),
        ("from monday until wednesday", (None, 9, 11, None)),
        ("2026-03-09 to 2026-03-10", (None, 9, 10, None)),
        ("until friday, cover <@U0MAYA|maya>", (None, 4, 6, MAYA)),
        ("until friday covered by <@U0MAYA>", (None, 4, 6, MAYA)),
        ("<@U0SAM|sam> until friday", (SAM, 4, 6, None)),
        ("<@U0SAM> tomorrow with <@U0MAYA>", (SAM, 5, 5, MAYA)),
        ("until I feel better", None),
        ("<@U0SAM>", None),
        ("for 0 days", None),
        ("whenever", None),
    ],
)
def test_what_people_type(
    typed: str, meant: tuple[PersonId | None, int, int, PersonId | None] | None
) -> None:
    """Days as elsewhere, spans, lengths, who covers, and for an admin who is away."""
    words = parse_away(typed, WEDNESDAY)
    if meant is None:
        assert words is None
    else:
        person, first, last, cover = meant
        assert words == AwayWords(person, WEDNESDAY.replace(day=first), WEDNESDAY.replace(day=last), cover)


async def test_by_command_and_back(door: FrontDoor) -> None:
    """Home says it until `/throughline back` ends it."""
    await monday(door)
    await door.slack.command("/throughline", "away until friday", as_="ben")
    said = (await door.slack.ephemerals("ben", "#general"))[-1].words
    assert said.startswith("You are away from Monday ")
    assert "Nobody covers: what I would ask you waits. I am quiet until Monday " in said
    assert "Away from Monday" in await home_of(door, "ben")

    await door.slack.command("/throughline", "back", as_="ben")
    assert (await door.slack.ephemerals("ben", "#general"))[-1].words.startswith("Welcome back.")
    assert "Away from" not in await home_of(door, "ben")
    await door.slack.command("/throughline", "back", as_="ben")
    assert (await door.slack.ephemerals("ben", "#general"))[-1].words.startswith("You are not away.")


async def test_by_form_with_a_cover_who_is_told(door: FrontDoor) -> None:
    """Alone the command opens the form; the cover hears of it, and Home has a button to end it."""
    await monday(door)
    today = local_date(door.app.database.clock.now(), "Europe/London")
    await door.slack.command("/throughline", "away", as_="priya")
    await door.slack.submit(
        "priya", away_first=str(today), away_last=str(today + timedelta(days=1)), cover="omar"
    )

    assert "Omar Haddad covers for you." in (await door.slack.modal("priya")).text
    assert any(
        said.startswith("Priya Nair is away from Monday") for said in await ours_to(door.slack, "omar")
    )
    await door.slack.open_home("priya")
    home = await door.slack.home("priya")
    assert "Omar Haddad covers." in home.text
    await door.slack.click(home, "I am back", as_="priya")
    assert "Away from" not in (await door.slack.home("priya")).text


async def test_an_admin_says_it_for_somebody_who_is_told(door: FrontDoor) -> None:
    """Maya, an admin, notes that Sam is away; Sam reads who said so and can end it."""
    await monday(door)
    await door.slack.command("/throughline", "away @sam until friday cover @dana", as_="maya")

    assert "knows that you said so" in (await door.slack.ephemerals("maya", "#general"))[-1].words
    told = [one for one in await door.slack.dms("sam") if one.user == "throughline"][-1]
    assert told.text.startswith("Maya Lindqvist noted that you are away from Monday")
    await door.slack.click(told, "I am back", as_="sam")
    assert "Away from" not in await home_of(door, "sam")


async def test_nobody_else_says_it_for_others(door: FrontDoor) -> None:
    """Ben is no admin."""
    await door.slack.command("/throughline", "away @sam until friday", as_="ben")

    said = (await door.slack.ephemerals("ben", "#general"))[-1].words
    assert said == "Only an admin can say that somebody else is away."
    assert "Away from" not in await home_of(door, "sam")


async def test_what_is_not_understood_says_what_is(door: FrontDoor) -> None:
    """A wrong guess would leave somebody in peace, or not, on the wrong days; `help` says the same."""
    await door.slack.command("/throughline", "away help", as_="ben")
    helped = (await door.slack.ephemerals("ben", "#general"))[-1].words
    assert "`/throughline away until friday`" in helped
    await door.slack.command("/throughline", "away until I feel better", as_="ben")
    said = (await door.slack.ephemerals("ben", "#general"))[-1].words
    assert said == f"I do not know “until”. Did you mean `/throughline away until`?\n{helped}"


async def test_every_subcommand_helps(door: FrontDoor) -> None:
    """Words that mean nothing to it bring its help."""
    for command in ("settings", "back", "why"):
        await door.slack.command("/throughline", f"{command} please", as_="ben")
        said = (await door.slack.ephemerals("ben", "#general"))[-1].words
        assert said.startswith(f"I do not know “please”.\n*/throughline {command}*")


async def monday(door: FrontDoor) -> None:
    """It is Monday noon in London."""
    await door.slack.advance("next monday", as_="ben")
    await door.slack.advance("3 hours", as_="ben")


async def home_of(door: FrontDoor, as_: str) -> str:
    """Somebody's Home."""
    await door.slack.open_home(as_)
    return (await door.slack.home(as_)).text
