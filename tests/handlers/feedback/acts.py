"""What people do again and again in these tests."""

import asyncio
import time

from sqlalchemy import NullPool, create_engine, select

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message
from migrations.models import metadata
from tests.front import SECRET, FrontDoor
from tests.signed import Answer, interact, send


async def switch_on(slack: Slack, channel: str = "#sales", as_: str = "dana") -> None:
    """A member switches capturing on in a channel."""
    await slack.command("/capture", as_=as_, channel=channel)
    offer = (await slack.ephemerals(as_, channel))[-1]
    await slack.click(offer, "Capture 💡 and 🐞 here", as_=as_)


async def wish(slack: Slack, words: str = "Acme wants invoices in euro", as_: str = "dana") -> Message:
    """Somebody says something in #sales."""
    return await slack.message("#sales", words, as_=as_)


async def card_of(slack: Slack, as_: str) -> Message:
    """The newest message of ours to somebody."""
    return [one for one in await slack.dms(as_) if one.user == "throughline"][-1]


async def ours_to(slack: Slack, as_: str) -> list[str]:
    """The headlines of everything we ever wrote to somebody."""
    return [one.text.split("\n")[0] for one in await slack.dms(as_) if one.user == "throughline"]


async def everything_kept(door: FrontDoor) -> str:
    """Every row of every table as text: what somebody would find who took the database."""
    engine = create_engine(door.app.settings.database, poolclass=NullPool)
    with engine.connect() as connection:
        rows = [row for table in metadata.sorted_tables for row in connection.execute(select(table))]
    return "\n".join(
        str(tuple(row)) for row in rows
    )  # a row's own text leaves out the middle of what is long


async def press(
    door: FrontDoor, action: str, value: str, as_: str, channel: str | None = None, message: str | None = None
) -> Answer:
    """Somebody presses a button as a signed request, such as one that stands in a message of long ago."""
    person = f"U0{as_.upper()}"
    used = {"type": "button", "action_id": action, "block_id": "b", "value": value}
    payload: dict[str, object] = {
        "type": "block_actions",
        "team": {"id": "T0NORTHWIND"},
        "user": {"id": person, "team_id": "T0NORTHWIND"},
        "trigger_id": f"{time.monotonic_ns()}.1",
        "actions": [used],
    }
    if channel is not None:
        payload["channel"] = {"id": channel, "name": "directmessage"}
    if message is not None:
        payload["message"] = {"ts": message, "type": "message"}
    answer = await interact(door.url, SECRET, payload)
    await door.app.settled()
    return answer


async def tell(door: FrontDoor, **event: object) -> Answer:
    """Slack sends an event, signed."""
    envelope = {
        "type": "event_callback",
        "team_id": "T0NORTHWIND",
        "event_id": f"Ev{time.monotonic_ns()}",
        "event": {"event_ts": f"{time.time():.6f}", **event},
        "authorizations": [{"team_id": "T0NORTHWIND", "user_id": "U0THROUGH", "is_bot": True}],
    }
    answer = await send(door.url, SECRET, envelope)
    await door.app.settled()
    return answer


async def all_sent(door: FrontDoor, patience: float = 20.0) -> None:
    """Until nothing waits to be sent or looked up any more: Slack is back."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        await door.app.settled()
        counts = await door.app.health.counts()
        if not any(counts[state] for state in ("pending", "sending", "unknown")):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"still waiting after {patience:.0f} s: {await door.app.health.counts()}")
