"""Whoever said what was captured is told the first time ever, also where nobody had met them before."""

from sqlalchemy import NullPool, create_engine, delete

from storage.people.tables import PersonRow
from tests.front import FrontDoor
from tests.handlers.feedback.acts import ours_to, switch_on, wish

TOLD = "Sam Okafor captured something you said in #sales as F-1"


async def at_work(door: FrontDoor) -> None:
    """Noon of a working day; everybody is known who was here at the start."""
    await door.slack.advance("next monday", as_="dana")
    await door.slack.advance("3 hours", as_="dana")
    await switch_on(door.slack)


def forget(door: FrontDoor, person: str) -> None:
    """As if they had come a moment ago, and Slack's word of it were still on its way."""
    engine = create_engine(door.app.settings.database, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(delete(PersonRow).where(PersonRow.id == person))


async def test_an_author_nobody_has_met_is_told(door: FrontDoor) -> None:
    """We ask Slack who they are, and then they are told as everybody is, once."""
    slack = door.slack
    await at_work(door)
    first, second = await wish(slack), await wish(slack, "Acme wants dark mode")
    forget(door, "U0DANA")

    await slack.react(first, "bulb", as_="sam")
    await slack.react(second, "bulb", as_="sam")
    await slack.advance("10 minutes", as_="dana")

    assert await ours_to(slack, "dana") == [TOLD]


async def test_an_author_who_is_no_member_is_told_nothing(door: FrontDoor) -> None:
    """Slack says that they are of another workspace: what is kept here is no news for them."""
    slack = door.slack
    await at_work(door)
    said = await slack.message("#acme-shared", "We want invoices in euro", as_="nora")
    forget(door, "U0NORA")

    await slack.message_shortcut("Capture feedback", said, as_="ruth")
    await slack.submit("ruth")
    assert "F-1 is saved" in (await slack.modal("ruth")).text
    await slack.advance("10 minutes", as_="ruth")

    calls = door.sandbox.sandbox.history.calls
    assert "U0NORA" in [one.arguments.get("user") for one in calls if one.method == "users.info"]
    assert "U0NORA" not in [one.arguments.get("users") for one in calls if one.method == "conversations.open"]


async def test_what_was_taken_back_meanwhile_is_not_told(door: FrontDoor) -> None:
    """While Slack does not say who they are, the emoji is taken away again: there is nothing to tell."""
    slack = door.slack
    await at_work(door)
    message = await wish(slack)
    forget(door, "U0DANA")
    await slack.faults([{"method": "users.info", "fault": "429", "retry_after": 1}])
    await slack.react(message, "bulb", as_="sam")
    await slack.unreact(message, "bulb", as_="sam")

    await slack.faults()
    await slack.advance("10 minutes", as_="dana")

    assert await ours_to(slack, "dana") == []
