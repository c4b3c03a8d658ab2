"""How replies leave: in the acknowledgement or right after it, where the place decides what can be shown."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.slack import SlackLine
from handlers.kit.after import TOO_SLOW, ack_of, needed, notice, perform, telling
from handlers.kit.blocks import bars, section
from handlers.kit.dispatch import Route
from handlers.kit.features import Mode
from handlers.kit.permissions import ANYBODY
from handlers.kit.problems import problems
from handlers.kit.replies import (
    Close,
    FieldErrors,
    Note,
    OpenModal,
    Options,
    PushModal,
    Reply,
    Text,
    UpdateModal,
)
from storage.values import PersonId, WorkspaceId
from tests.answering import Asked, asked

FOUND = "Problems went from 2 to 9 in four weeks."
VIEW = {"type": "modal", "callback_id": "kit.shown"}
WORDS = "Kept as F-1"
BLOCKS = [section(WORDS)]
PRESSED = Route(
    WorkspaceId("T0NORTHWIND"), "action", "kit.press", "action:1", PersonId("U0SAM"), None, ANYBODY, Mode.WRITES,
    lambda _tx, _who: None, trigger_id="trigger",
)  # fmt: skip
IN_HOME = replace(PRESSED, view_id="V1", view_hash="1.a")
IN_MODAL = replace(IN_HOME, in_modal=True)


def test_a_page_leaves_out_what_only_a_message_can_hold() -> None:
    """A digest shown in a window has no chart, which Slack would refuse: its finding stands there as a sentence."""
    chart = bars("Feedback by week", ["2 Mar", "9 Mar"], [("Problems", [2, 9])])
    page = notice(FOUND, [section(FOUND), chart])
    assert problems(page, "modal") == []
    assert page["blocks"] == [section(FOUND)]
    assert problems(notice(FOUND, [chart]), "modal") == []


@pytest.mark.parametrize(
    ("kind", "reply", "body"),
    [
        ("command", None, None),
        ("command", Text(WORDS), {"response_type": "ephemeral", "text": WORDS}),
        ("command", Text(WORDS, BLOCKS), {"response_type": "ephemeral", "text": WORDS, "blocks": BLOCKS}),
        ("submit", Close(), None),
        ("submit", FieldErrors({"at": "No"}), {"response_action": "errors", "errors": {"at": "No"}}),
        ("submit", UpdateModal(VIEW), {"response_action": "update", "view": VIEW}),
        ("submit", PushModal(VIEW), {"response_action": "push", "view": VIEW}),
        ("action", UpdateModal(VIEW), None),
        ("action", PushModal(VIEW), None),
        ("action", Note(WORDS), None),
        ("options", Options([]), {"options": []}),
    ],
)
def test_what_travels_in_the_acknowledgement(kind: str, reply: Reply, body: dict[str, Any] | None) -> None:
    """What Slack takes there, in its words; everything else leaves it empty."""
    assert ack_of(kind, reply) == body


def test_a_menu_offers_what_slack_takes() -> None:
    """A hundred choices at most, with short names; one that has no name is still a choice."""
    ack = ack_of("options", Options([("", "none"), ("L" * 80, "v" * 200), *[("more", "more")] * 100]))
    assert ack is not None
    offered: Any = ack["options"]
    assert len(offered) == 100
    assert offered[0] == {"text": {"type": "plain_text", "text": " "}, "value": "none"}
    assert offered[1] == {"text": {"type": "plain_text", "text": "L" * 75}, "value": "v" * 150}


@pytest.mark.parametrize("kind", ["command", "shortcut", "action", "submit", "options"])
def test_everybody_can_be_told_something(kind: str) -> None:
    """Whatever was asked, the answer is one that this kind of request can show, or takes no harm from."""
    told = telling(replace(PRESSED, kind=kind), WORDS)
    expected: dict[str, Reply] = {
        "command": Text(WORDS),
        "submit": UpdateModal(notice(WORDS)),
        "options": Options([]),
    }
    assert told == expected.get(kind, Note(WORDS))
    assert (ack_of(kind, told) is None) == needed(kind, told)


# -- right after it -------------------------------------------------------------------------------------------


@pytest.fixture
async def slack() -> AsyncIterator[Asked]:
    async with asked() as slack:
        yield slack


async def show(slack: Asked, route: Route, reply: Reply) -> None:
    line = SlackLine(slack.base, "xoxb-1")
    try:
        await perform(route, reply, line.client)
    finally:
        await line.close()


SHOWN: dict[str, tuple[Route, Reply, str, Mapping[str, Any]]] = {
    "a window": (PRESSED, OpenModal(VIEW), "views.open", {"trigger_id": "trigger", "view": VIEW}),
    "a window on another": (IN_MODAL, PushModal(VIEW), "views.push", {"trigger_id": "trigger", "view": VIEW}),
    "a window in its place": (IN_MODAL, UpdateModal(VIEW), "views.update", {"view_id": "V1", "hash": "1.a", "view": VIEW}),
    "one of unknown state": (
        replace(IN_MODAL, view_hash=""), UpdateModal(VIEW), "views.update", {"view_id": "V1", "view": VIEW},
    ),
    "a note in Home": (IN_HOME, Note(WORDS), "views.open", {"trigger_id": "trigger", "view": notice(WORDS)}),
    "a note in Home for a message": (
        IN_HOME, Note(WORDS, replace=True), "views.open", {"trigger_id": "trigger", "view": notice(WORDS)},
    ),
    "a note on a window": (
        IN_MODAL, Note(WORDS, BLOCKS), "views.push", {"trigger_id": "trigger", "view": notice(WORDS, BLOCKS)},
    ),
    "a note in a window's place": (
        IN_MODAL,
        Note(WORDS, BLOCKS, replace=True),
        "views.update",
        {"view_id": "V1", "hash": "1.a", "view": notice(WORDS, BLOCKS)},
    ),
    "a note in its place, of unknown state": (
        replace(IN_MODAL, view_hash=""), Note(WORDS, replace=True), "views.update",
        {"view_id": "V1", "view": notice(WORDS)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SHOWN)
async def test_each_reply_is_shown_where_the_person_is(slack: Asked, what: str) -> None:
    """One call to Slack, and nothing in it but what it takes."""
    route, reply, method, arguments = SHOWN[what]
    await show(slack, route, reply)
    assert slack.calls == [(method, arguments)]


@pytest.mark.parametrize("replaces", [False, True])
@pytest.mark.parametrize("blocks", [[], BLOCKS])
async def test_a_note_at_a_message_goes_to_whoever_pressed(
    slack: Asked, replaces: bool, blocks: Sequence[Mapping[str, Any]]
) -> None:
    """Beside the message or in its place, and to nobody else."""
    here = replace(IN_MODAL, response_url=f"{slack.base}respond")
    await show(slack, here, Note(WORDS, blocks, replaces))
    body = {"text": WORDS, "response_type": "ephemeral", "replace_original": replaces}
    assert slack.calls == [("respond", {**body, "blocks": blocks} if blocks else body)]


async def test_what_could_not_be_shown_in_time_is_said(slack: Asked) -> None:
    """To whoever waits for a window: at the message, where there is one; the log says what Slack said."""
    slack.says = {"ok": False, "error": "expired_trigger_id"}
    with capture_logs() as lines:
        await show(slack, replace(PRESSED, response_url=f"{slack.base}respond"), OpenModal(VIEW))
        await show(slack, PRESSED, OpenModal(VIEW))
    told = ("respond", {"text": TOO_SLOW, "response_type": "ephemeral"})
    assert slack.calls[1] == told
    assert [method for method, _ in slack.calls] == ["views.open", "respond", "views.open"]
    assert [one["code"] for one in lines] == ["expired_trigger_id"] * 2


async def test_a_note_slack_does_not_take_is_a_line(slack: Asked) -> None:
    """The words were no record of anything; nobody stumbles over it, and nothing is said for it."""
    slack.noted = 404
    here = replace(PRESSED, response_url=f"{slack.base}respond")
    with capture_logs() as lines:
        await show(slack, here, Note(WORDS))
    assert len(slack.calls) == 1
    assert [(one["event"], one["status"]) for one in lines] == [("note not delivered", 404)]


async def test_nobody_there_at_all_is_two_lines() -> None:
    """Neither the window nor the word for it can be brought: the log has both, and nothing is raised."""
    gone = Asked("http://127.0.0.1:9/api/")
    here = replace(PRESSED, response_url=f"{gone.base}respond")
    with capture_logs() as lines:
        await show(gone, here, OpenModal(VIEW))
        await show(gone, here, Note(WORDS))
    assert [one["event"] for one in lines] == ["not shown", "not told either", "not shown"]
