"""What is switched off stands in no digest: nobody is told of it, and no button leads to it."""

from bot.sandbox.driver import Slack
from tests.front import FrontDoor
from tests.handlers.checkins.acts import answer, morning
from tests.handlers.checkins.acts import start as start_check_in
from tests.handlers.decisions.acts import name, record
from tests.handlers.digests.acts import digest, monday
from tests.handlers.launches.acts import make
from tests.handlers.links.acts import capture


async def switch_off(slack: Slack, job: str) -> None:
    """Maya, the admin, switches a job off in her Home."""
    await slack.open_home("maya")
    await slack.click(await slack.home("maya"), f"switches.off:{job}", as_="maya")


async def preview(slack: Slack) -> str:
    """What a digest would say now, its buttons among it."""
    seen = await digest(slack, "preview")
    return "\n".join([seen.text, seen.words, *seen.buttons])


async def test_each_job_that_is_off_is_left_out(door: FrontDoor) -> None:
    """One after the other, until there is nothing left to say."""
    slack = door.slack
    await monday(slack)
    await record(slack, "One price for all seats")
    await name(slack, approver="maya")
    await slack.close("omar")
    await start_check_in(slack)
    await morning(slack, "aiko", "maya", "omar")
    await answer(slack, "omar", "Roadmap", blocker="No key", **{"checkins.waits_on": "Engineering"})
    await slack.close("omar")
    for _ in range(2):
        await monday(slack)
    await make(door, ahead=7)
    await slack.close("maya")
    await capture(slack)
    await slack.close("sam")
    await record(slack, "We invoice in euro first")
    await slack.close("omar")
    seen = await preview(slack)
    for words in ("D-2 We invoice", "D-1", "Decide…", "*Launches*", "*Blockers*", "Unblock…", "*Feedback*"):
        assert words in seen

    for job, gone in {
        "decisions": ("D-1", "D-2", "Decide…", "decided"),
        "launches": ("L-1", "*Launches*"),
        "checkins": ("B-1", "*Blockers*", "Unblock…"),
    }.items():
        await switch_off(slack, job)
        seen = await preview(slack)
        assert [words for words in gone if words in seen] == []
        assert "1 idea came in" in seen
    await switch_off(slack, "feedback")
    assert "Nothing is new since" in await preview(slack)


async def test_who_catches_up_is_told_nothing_of_it_either(door: FrontDoor) -> None:
    """Neither what was decided nor what would need them."""
    slack = door.slack
    await record(slack, "One price for all seats")
    await name(slack, approver="maya")
    await slack.close("omar")
    await record(slack)
    await name(slack, informed=["maya"])
    await switch_off(slack, "decisions")

    await slack.command("/throughline", "catchup", as_="maya")
    text = (await slack.modal("maya")).text
    assert "D-1" not in text
    assert "D-2" not in text
