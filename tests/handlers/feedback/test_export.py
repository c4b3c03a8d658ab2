"""`/capture export`: what somebody may see, as a file in their messages; once, whatever fails on the way."""

import csv
import io
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import NullPool, create_engine, select

from bot.courier.uploading import upload
from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message
from handlers.feedback import exchange
from handlers.feedback.exporting import MAKER, Wanted
from handlers.feedback.exporting_views import Format, above
from handlers.feedback.finding_views import FindForm
from handlers.registry import registry
from storage.outbox.tables import OutboxRow
from storage.outbox.values import SHOWING, UPLOADING, Claimed
from storage.values import Json
from tests.front import HERE, FrontDoor
from tests.handlers.feedback.acts import all_sent
from tests.handlers.feedback.test_answers import capture
from tests.handlers.feedback.test_merging import merge
from tests.handlers.feedback.test_triage import came_in

FORMULA = '=HYPERLINK("http://example.com", "Acme") wants it'
SHEET, LINES = "A sheet (CSV): a row for each", "All there is (JSON, a line for each): can be imported again"


async def export(slack: Slack, as_: str = "maya", **fields: Any) -> str:
    """Somebody asks for a file; what the last page says."""
    await slack.command("/capture", "export", as_=as_, channel="#general")
    told = await slack.submit(as_, **fields)
    assert not told.errors
    said = (await slack.modal(as_)).text
    await slack.close(as_)
    return said


async def sent(slack: Slack, as_: str = "maya") -> list[Message]:
    """The files somebody was sent."""
    return [one for one in await slack.dms(as_) if one.raw.get("files")]


async def inside(message: Message, as_: str = "maya") -> str:
    """What its file holds, as somebody fetches it."""
    (file,) = message.raw["files"]
    async with (
        ClientSession() as session,
        session.get(file["url_private"], params={"as": f"U0{as_.upper()}"}) as got,
    ):
        assert got.status == 200
        return (await got.read()).decode()


async def test_a_sheet_of_what_fits(door: FrontDoor) -> None:
    """With the filters of the list; no cell is a formula, and the message says how many there are."""
    slack = door.slack
    await capture(slack, FORMULA, "sam", "Acme")
    await capture(slack, "Dark mode", "sam", "BP")
    assert "I am making your file." in await export(slack, account="Acme")

    (message,) = await sent(slack)
    assert message.text == "Your export: 1 piece of feedback, of what you can see."
    heads, row = csv.reader(io.StringIO(await inside(message)))
    assert tuple(heads) == exchange.HEADS
    assert row[:4] == ["T0NORTHWIND/F-1", f"'{FORMULA}", "idea", "Acme"]
    assert message.raw["files"][0]["name"].endswith(".csv")


async def test_all_there_is_can_be_taken_in_again(door: FrontDoor) -> None:
    """A line of JSON for each, what was merged into them, too; nothing is lost."""
    slack = door.slack
    await capture(slack, "Invoices in euro", "sam", "Acme")
    await capture(slack, "Pay in euro", "ben", "BP")
    await merge(slack, "F-2", "F-1")
    await export(slack, format=LINES)

    (message,) = await sent(slack)
    found = [exchange.read(line)[1] for line in (await inside(message)).splitlines()]
    assert [(one.number, one.words, one.account) for one in found] == [
        (1, "Invoices in euro", "Acme"),
        (2, "Pay in euro", "BP"),
    ]
    assert found[1].merged is not None


async def test_nobody_is_sent_what_they_may_not_see(door: FrontDoor) -> None:
    """What was said in a private channel is in no file of anybody else's; guests get none."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await capture(slack, "A secret discount", "maya", channel="#pricing-private")
    await capture(slack, "Dark mode", "sam")
    for as_, seen in (("maya", True), ("ruth", False)):
        await export(slack, as_)
        (message,) = await sent(slack, as_)
        assert ("A secret discount" in await inside(message, as_)) is seen
        assert "Dark mode" in await inside(message, as_)

    refused = await slack.command("/capture", "export", as_="gil", channel="#launches")
    assert not await slack.sees_modal("gil")
    assert refused.text


async def test_it_holds_what_they_may_see_when_it_is_made(door: FrontDoor) -> None:
    """Nothing of it waits in the outbox: what is undone before it is sent is in no file."""
    slack = door.slack
    await capture(slack, "Dark mode at night", "sam")
    await capture(slack, "Invoices in euro", "sam")
    await slack.faults([{"method": UPLOADING, "fault": "429", "retry_after": 1, "times": 2}])
    await export(slack)
    rows = await _rows(door, UPLOADING)
    assert all("Dark mode" not in str(one) for one in rows)
    await slack.command("/capture", "show F-1", as_="sam", channel="#general")
    await slack.click(await slack.modal("sam"), "Undo", as_="sam")
    await all_sent(door)

    (message,) = await sent(slack)
    assert "Invoices in euro" in await inside(message)
    assert "Dark mode" not in await inside(message)


async def test_what_fits_not_is_said_at_once(door: FrontDoor) -> None:
    """No empty file is sent."""
    slack = door.slack
    await slack.command("/capture", "export", as_="maya", channel="#general")
    refused = await slack.submit("maya")
    assert refused.errors == {"sought": "Nothing fits. Fewer words find more, or other filters."}


@pytest.mark.parametrize("method", [UPLOADING, SHOWING])
@pytest.mark.parametrize(
    ("when", "fault"), [("before", "reset"), ("after", "reset"), ("after", "500"), ("before", "429")]
)
async def test_a_lost_answer_sends_it_once(door: FrontDoor, method: str, when: str, fault: str) -> None:
    """An upload is made again; whether the file was shown is looked up."""
    slack = door.slack
    await capture(slack, "Dark mode", "sam")
    await slack.faults([{"method": method, "when": when, "fault": fault, "times": 1}])
    await export(slack)
    await all_sent(door)

    (message,) = await sent(slack)
    assert "Dark mode" in await inside(message)
    rows = await _rows(door, UPLOADING) + await _rows(door, SHOWING)
    assert rows == [{}, {}]  # what was asked for is kept no longer than it took


async def test_without_the_scope_somebody_hears_what_to_do(door: FrontDoor) -> None:
    """And it is sent once the app was installed with it."""
    slack = door.slack
    await capture(slack, "Dark mode", "sam")
    await slack.faults([{"method": UPLOADING, "fault": "missing_scope"}])
    await export(slack)

    assert await sent(slack) == []
    (told,) = [one for one in await slack.dms("maya") if one.text.startswith("I could not send your export")]
    assert "files:write" in told.words


async def test_a_long_one_is_made_in_parts_and_ends_somewhere(door: FrontDoor) -> None:
    """Up to so many, the newest first, and then it says that there are more; memory holds a part of it."""
    await came_in(door, 250)
    await door.slack.open_home("maya")
    wanted = Wanted(person="U0MAYA", form=FindForm(), format=Format.SHEET)
    for most, holds, more in ((200, 200, True), (20_000, 250, False)):
        arguments: dict[str, Json] = {
            "maker": MAKER,
            "subject": wanted.model_dump(mode="json"),
            "filename": "a.csv",
            "channel": "D0MAYA",
        }
        row = Claimed(
            HERE, "mark", UPLOADING, arguments, None, 1, 0, False, None, None, False, False, None, None, None, UPLOADING
        )  # fmt: skip
        made = await upload(door.app.database, registry(), door.app.slack, row, most)
        assert (made.data["count"], made.data["more"]) == (holds, more)

    assert above(1, more=False) == "Your export: 1 piece of feedback, of what you can see."
    assert above(20_000, more=True) == (
        "Your export: 20,000 pieces of feedback, of what you can see. There are more: these are the newest. Filters"
        " choose others."
    )


async def _rows(door: FrontDoor, method: str) -> list[dict[str, Any]]:
    """What the outbox keeps of such calls."""
    engine = create_engine(door.app.settings.database, poolclass=NullPool)
    with engine.connect() as connection:
        return [*connection.scalars(select(OutboxRow.arguments).where(OutboxRow.method == method))]
