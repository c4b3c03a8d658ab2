"""People of another workspace are answered politely, and nothing they say is kept."""

import time

from tests.alone import Alone
from tests.front import FrontDoor
from tests.handlers.feedback.acts import tell

ONLY_OURS = "I can only help people of the workspace I belong to."
ASK_THEM = (
    "You write from another workspace, so I kept nothing of it. Ask somebody from mine to pass it on to me."
)


async def test_a_mention_from_outside_is_told_whom_to_ask(door: FrontDoor) -> None:
    """In the thread below, without a button, whether they ask for help or want something."""
    slack = door.slack
    await slack.invite("throughline", "#acme-shared", as_="maya")
    for words in ("help", "we want invoices in euro"):
        said = await slack.message("#acme-shared", f"@throughline {words}", as_="nora")

        (answer,) = (await slack.channel("#acme-shared", as_="nora").thread(said))[1:]
        assert answer.words == f"{ONLY_OURS}\n{ASK_THEM}"
        assert (answer.buttons, answer.notifies) == ([], [])
    assert Alone(door.app, door.url, door.app.settings.database).rows()["feedback"] == []


async def test_a_direct_message_from_outside_is_told_whom_to_ask(door: FrontDoor) -> None:
    """Also of somebody we have never seen: Slack says which workspace they are of."""
    stamp = f"{time.time():.6f}"
    await tell(
        door, type="message", channel_type="im", channel="D0OTTO", user="U0OTTO", user_team="T0ACME",
        ts=stamp, text="We want invoices in euro",
    )  # fmt: skip

    asked = [one.arguments for one in door.sandbox.sandbox.history.calls if one.method == "chat.postMessage"]
    assert [(one["channel"], one["text"]) for one in asked] == [("D0OTTO", f"{ONLY_OURS}\n{ASK_THEM}")]


async def test_our_own_people_in_the_same_channel_are_helped_as_ever(door: FrontDoor) -> None:
    """Who asks decides, not where."""
    slack = door.slack
    await slack.invite("throughline", "#acme-shared", as_="maya")
    said = await slack.message("#acme-shared", "@throughline help", as_="sam")

    (answer,) = (await slack.channel("#acme-shared", as_="sam").thread(said))[1:]
    assert answer.words.startswith("How I can help")
