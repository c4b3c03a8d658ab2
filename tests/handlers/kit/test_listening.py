"""The adapter: one effect for each delivery, an answer for whoever waits, and a line of the log for the rest."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import BaseModel
from slack_bolt import BoltResponse
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.slack import SlackLine
from handlers.kit.features import Button, Command, Event, Feature, Mode, Registry, Submit, TypeAhead
from handlers.kit.listening import SORRY, STRANGE, Listening, NotOurs, named, where
from handlers.kit.permissions import ADMINS, ANYBODY
from handlers.kit.replies import Close, FieldErrors, Note, Options, Text, UpdateModal
from handlers.kit.requests import ButtonRequest, CommandRequest, EventRequest, OptionsRequest, SubmitRequest
from storage.database import Busy, Database, NotCommitted, Tx
from storage.deliveries import queries as deliveries
from storage.settings import queries as settings
from storage.values import PersonId, WorkspaceId
from tests.answering import Asked, asked

HERE, THERE, SAM, US = WorkspaceId("T0HERE"), WorkspaceId("T0THERE"), PersonId("U0SAM"), PersonId("U0THROUGH")
FORM = {"type": "modal", "callback_id": "kit.next"}


class Happened(BaseModel):
    """An event; what is `dull` matters to nobody."""

    dull: bool = False


def count(tx: Tx, name: str = "count") -> int:
    """The effect: one more."""
    found = settings.find(tx, name)
    number = (0 if found is None else int(str(found["n"]))) + 1
    settings.put(tx, name, {"n": number}, None)
    return number


def command(tx: Tx, request: CommandRequest) -> Text | None:
    number = count(tx)
    if request.text == "fail":
        raise LookupError("They want it blue")
    return Text(f"{number}") if request.text else None


def look(_tx: Tx, request: CommandRequest) -> Text:
    looks.append(request.text)
    return Text(f"look {len(looks)}")


def press(tx: Tx, _request: ButtonRequest) -> Note:
    return Note(f"{count(tx)}")


def submit(tx: Tx, request: SubmitRequest) -> Close | FieldErrors | UpdateModal:
    number = count(tx)
    match request.text("words"):
        case "wrong":
            return FieldErrors({"words": "Not this"})
        case "fail":
            raise LookupError("They want it blue")
        case "more":
            return UpdateModal({**FORM, "blocks": [number]})
        case _:
            return Close()


def ask_first(_tx: Tx, request: SubmitRequest) -> UpdateModal | None:
    looks.append("asked")
    return UpdateModal(FORM) if request.text("words") == "unclear" else None


def find(_tx: Tx, request: OptionsRequest) -> Options:
    return Options([(request.value, request.value)])


def hear(tx: Tx, request: EventRequest[Happened]) -> None:
    count(tx)
    if request.who is not None and request.who.person == "U0CLUMSY":
        raise LookupError("They want it blue")


looks: list[str] = []
EVENTS = ("app_mention", "member_joined_channel", "member_left_channel")
REGISTRY = Registry(
    [
        Feature(
            "kit",
            commands=(
                Command("wish", "", (), ANYBODY, Mode.WRITES, command),
                Command("look", "", (), ANYBODY, Mode.READS, look),
                Command("ours", "", (), ADMINS, Mode.WRITES, command),
            ),
            buttons=(Button("kit.press", "", ANYBODY, Mode.WRITES, press),),
            submits=(
                Submit("kit.form", "", ANYBODY, submit),
                Submit("kit.asking", "", ANYBODY, submit, look=ask_first),
            ),
            type_aheads=(TypeAhead("kit.find", "", ANYBODY, find),),
            events=tuple(
                Event(on, Happened, "", ANYBODY, hear, concerns=lambda event: not event.dull) for on in EVENTS
            ),
        )
    ]
)


@dataclass(slots=True)
class Door:
    """A listening app on a database, with Slack in reach; `trouble` is what the next who asks whether we serve gets."""

    database: Database
    slack: Asked
    line: SlackLine
    trouble: Exception | None = None
    listening: Listening = field(init=False)

    def __post_init__(self) -> None:
        self.listening = Listening(REGISTRY, self.database, self.admit)

    async def admit(self, workspace: WorkspaceId) -> PersonId | None:
        if self.trouble is not None:
            raise self.trouble
        if workspace != HERE:
            raise NotOurs(workspace)
        return US

    async def ask(self, kind: str, body: dict[str, Any]) -> BoltResponse:
        answer = await self.listening.interaction(kind, body, self.line.client)
        await self.listening.drain(5)
        return answer

    async def counted(self) -> int:
        found = await self.database.read(HERE, lambda tx: settings.find(tx, "count"))
        return 0 if found is None else int(str(found["n"]))


@pytest.fixture
async def door(database: Database) -> AsyncIterator[Door]:
    looks.clear()
    async with asked() as slack:
        line = SlackLine(slack.base, "xoxb-1")
        yield Door(database, slack, line)
        await line.close()


@pytest.fixture
def lines() -> Iterator[list[MutableMapping[str, Any]]]:
    with capture_logs([merge_contextvars]) as logs:
        yield logs


def typed(name: str, text: str, trigger: str = "1", workspace: str = HERE) -> dict[str, Any]:
    return {
        "team_id": workspace, "user_id": SAM, "command": f"/{name}", "text": text, "channel_id": "C0SALES",
        "trigger_id": trigger,
    }  # fmt: skip


def used(**more: Any) -> dict[str, Any]:
    return {
        "type": "kit",
        "team": {"id": HERE},
        "user": {"id": SAM, "team_id": HERE},
        "trigger_id": "1",
        **more,
    }


def filled(words: str, ident: str = "kit.form", at: str = "1.a", blocks: bool = True) -> dict[str, Any]:
    values = {"words": {"words": {"type": "plain_text_input", "value": words}}} if blocks else {}
    view = {"id": "V1", "hash": at, "type": "modal", "callback_id": ident, "state": {"values": values}}
    return used(type="view_submission", view=view)


def happened(ident: str = "Ev1", name: str = "app_mention", **inner: Any) -> dict[str, Any]:
    return {"team_id": HERE, "event_id": ident, "event": {"type": name, "user": SAM, **inner}}


async def test_a_repeated_delivery_has_one_effect_and_one_answer(door: Door) -> None:
    """Command, button, form and event: the second one gets what the first one got, and a note is shown once."""
    for _ in range(2):
        assert (
            await door.ask("command", typed("wish", "blue"))
        ).body == '{"response_type": "ephemeral", "text": "1"}'
    assert await door.counted() == 1
    for _ in range(2):
        assert (await door.ask("action", used(actions=[{"action_id": "kit.press"}]))).body == ""
    assert [method for method, _ in door.slack.calls] == ["views.open"]
    answers = [await door.ask("view", filled("more")) for _ in range(2)]
    assert answers[0].body == answers[1].body != ""
    for _ in range(2):
        assert (await door.listening.event(happened())).status == 200
    assert await door.counted() == 4
    assert door.listening.heard == 8


async def test_what_is_only_read_is_read_anew_each_time(door: Door) -> None:
    """It keeps nothing, so nothing has to be remembered of it, not even who asked."""
    for number in (1, 2):
        answer = await door.ask("command", typed("look", "around"))
        assert answer.body == f'{{"response_type": "ephemeral", "text": "look {number}"}}'
    assert not await door.database.read(HERE, lambda tx: deliveries.known(tx, "command:1"))


async def test_a_corrected_form_is_taken(door: Door) -> None:
    """An error undoes everything, the delivery's key too: the same view may be sent again."""
    wrong = await door.ask("view", filled("wrong"))
    assert wrong.body == '{"response_action": "errors", "errors": {"words": "Not this"}}'
    assert await door.counted() == 0
    assert (await door.ask("view", filled("right"))).body == ""
    assert await door.counted() == 1


async def test_what_fails_says_that_nothing_was_saved(
    door: Door, lines: list[MutableMapping[str, Any]]
) -> None:
    """A form keeps its words, a command names the request an admin can look for; the log has none of the words."""
    form = await door.ask("view", filled("fail"))
    assert form.body == f'{{"response_action": "errors", "errors": {{"words": "{SORRY}."}}}}'
    bare = await door.ask("view", filled("", at="1.b", blocks=False))
    assert (bare.status, bare.body) == (200, "")
    typed_in = await door.ask("command", typed("wish", "fail", trigger="123456789.12"))
    assert typed_in.body == f'{{"response_type": "ephemeral", "text": "{SORRY} (56789.12)."}}'
    assert await door.counted() == 1
    failed = [one for one in lines if one["event"] == "failed"]
    assert [(one["action"], one["name"], one["error"]) for one in failed] == [
        ("listen.submit", "kit.form", "LookupError"),
        ("listen.command", "wish", "LookupError"),
    ]
    assert "blue" not in str(lines)


async def test_a_form_that_asks_first_writes_nothing_until_it_is_answered(door: Door) -> None:
    """Where there is something to ask, that is the answer; what was delivered before is not asked about again."""
    asked_first = await door.ask("view", filled("unclear", "kit.asking"))
    assert asked_first.body == f'{{"response_action": "update", "view": {FORM}}}'.replace("'", '"')
    assert await door.counted() == 0
    for _ in range(2):
        await door.ask("view", filled("clear", "kit.asking"))
    assert (await door.counted(), looks) == (1, ["asked", "asked"])


async def test_who_may_not_is_told_who_may(door: Door) -> None:
    """And nothing is done."""
    refused = await door.ask("command", typed("ours", "blue"))
    assert ADMINS.refusal in str(refused.body)
    assert await door.counted() == 0


@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        ("command", typed("gone", ""), "command"),
        ("shortcut", used(type="shortcut", callback_id="kit.gone"), "shortcut"),
        ("action", used(actions=[{"action_id": "kit.gone"}]), "action"),
        ("view", filled("blue", "kit.gone"), "submit"),
        ("options", used(action_id="kit.gone"), "options"),
    ],
)
async def test_what_nobody_knows_any_more_is_answered(
    door: Door, lines: list[MutableMapping[str, Any]], kind: str, body: dict[str, Any], told: str
) -> None:
    """An old message's button, a form of yesterday's: whoever used it is told, and the log says what it was."""
    answer = await door.ask(kind, body)
    assert answer.status == 200
    assert STRANGE[told] in f"{answer.body} {door.slack.calls}"
    assert [one["action"] for one in lines if one["event"] == "nobody listens"] == [f"listen.{kind}"]
    assert await door.counted() == 0


async def test_a_menu_is_answered_at_once(door: Door) -> None:
    """With what fits."""
    answer = await door.ask("options", used(action_id="kit.find", value="bl"))
    assert '"value": "bl"' in str(answer.body)


# -- events ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "person", "times"),
    [
        ("app_mention", US, 0),
        ("app_mention", SAM, 1),
        ("app_mention", None, 1),
        ("member_joined_channel", US, 1),
        ("member_left_channel", US, 1),
    ],
)
async def test_of_our_own_doings_only_coming_and_going_matters(
    door: Door, name: str, person: str | None, times: int
) -> None:
    """Else we would answer ourselves; what nobody did matters, too."""
    assert (await door.listening.event(happened(name=name, user=person))).status == 200
    assert await door.counted() == times


async def test_an_event_that_fails_is_sent_again(door: Door, lines: list[MutableMapping[str, Any]]) -> None:
    """Nothing of it is kept, so that a mended version can take it."""
    assert (await door.listening.event(happened(user="U0CLUMSY"))).status == 500
    assert await door.counted() == 0
    assert [(one["action"], one["name"]) for one in lines] == [("listen.event", "app_mention")]
    assert {lines[0][one] for one in ("workspace", "request")} == {HERE, "event:Ev1"}


@pytest.mark.parametrize("dull", [False, True])
@pytest.mark.parametrize(
    ("trouble", "status", "line"),
    [
        (NotOurs(THERE), 200, "unknown workspace"),
        (Busy("full"), 503, "not committed"),
        (NotCommitted("full"), 503, "not committed"),
    ],
)
async def test_an_event_we_cannot_place_is_a_line(
    door: Door, lines: list[MutableMapping[str, Any]], dull: bool, trouble: Exception, status: int, line: str
) -> None:
    """Whether it would matter or not: of a stranger's workspace it is answered, without a database it comes again."""
    door.trouble = trouble
    assert (await door.listening.event(happened(dull=dull))).status == status
    assert [one["event"] for one in lines] == [line]
    assert await door.counted() == 0


async def test_what_matters_to_nobody_costs_nothing(
    door: Door, lines: list[MutableMapping[str, Any]]
) -> None:
    """It is answered without a key."""
    assert (await door.listening.event(happened(dull=True))).status == 200
    assert (await door.listening.event(happened(name="never_heard_of"))).status == 200
    assert [one["event"] for one in lines] == ["concerns nobody", "nobody listens"]
    assert lines[1]["name"] == "never_heard_of"
    assert not await door.database.read(HERE, lambda tx: deliveries.known(tx, "event:Ev1"))


# -- what cannot be done --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "status", "line"),
    [
        (NotOurs(THERE), 200, "unknown workspace"),
        (Busy("full"), 503, "not committed"),
        (NotCommitted("x"), 503, "not committed"),
    ],
)
async def test_an_interaction_we_cannot_place_is_a_line(
    door: Door, lines: list[MutableMapping[str, Any]], trouble: Exception, status: int, line: str
) -> None:
    """Of a stranger's workspace it is answered, without a database Slack says that it failed."""
    door.trouble = trouble
    assert (await door.ask("command", typed("wish", "blue"))).status == status
    assert [(one["event"], one["workspace"], one["request"]) for one in lines] == [(line, HERE, "1")]
    door.trouble = None
    assert await door.counted() == 0


async def test_a_request_slack_would_not_send_is_a_line(
    door: Door, lines: list[MutableMapping[str, Any]]
) -> None:
    """It is answered, so that it does not come again, and the log names the field."""
    assert (await door.ask("action", used())).status == 200
    assert (await door.listening.event({**happened(), "event": 7})).status == 200
    assert [(one["event"], one["action"]) for one in lines] == [
        ("malformed", "listen.action"),
        ("malformed", "listen.event"),
    ]
    assert lines[1]["field"] == "EventPayload.event"
    assert [one["request"] for one in lines] == ["1", "Ev1"]


async def test_a_database_that_is_closed_is_said_to_slack(door: Door) -> None:
    """Whoever pressed sees that it failed, and an event comes again."""
    await door.database.close()
    answers: list[Callable[[], Awaitable[BoltResponse]]] = [
        lambda: door.ask("command", typed("wish", "blue")),
        lambda: door.listening.event(happened()),
    ]
    assert [(await one()).status for one in answers] == [503, 503]


async def test_a_stop_waits_for_what_was_promised(door: Door) -> None:
    """A note that is under way when we stop is still shown; one that takes too long keeps nobody."""
    await door.listening.interaction("action", used(actions=[{"action_id": "kit.press"}]), door.line.client)
    assert door.slack.calls == []
    await door.listening.drain(5)
    assert len(door.slack.calls) == 1
    await door.listening.drain(5)
    door.slack.slow = 5.0
    body = used(actions=[{"action_id": "kit.press"}], trigger_id="2")
    await door.listening.interaction("action", body, door.line.client)
    began = asyncio.get_running_loop().time()
    await door.listening.drain(0.05)
    assert asyncio.get_running_loop().time() - began < 4


# -- what the log can say -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "workspace", "request_"),
    [
        ({"team_id": HERE, "trigger_id": "1.2"}, HERE, "1.2"),
        ({"team": {"id": HERE}, "event_id": "Ev1", "trigger_id": "1.2"}, HERE, "Ev1"),
        ({"team": None}, "-", "-"),
        ({"team": {}, "event_id": ""}, "-", "-"),
        ({"team_id": "T" * 40, "trigger_id": "1" * 100}, "T" * 32, "1" * 80),
        ({"team_id": ["T"], "event_id": 7}, "['T']", "7"),
    ],
)
def test_a_request_is_named_before_it_is_understood(
    body: dict[str, Any], workspace: str, request_: str
) -> None:
    """As far as it names itself, and not at any length."""
    assert named(body) == {"workspace": workspace, "request": request_}


def test_an_error_is_named_by_its_class_and_place() -> None:
    """Its words can be people's."""
    try:
        raise LookupError("They want it blue")
    except LookupError as error:
        found = where(error)
    assert found["error"] == "LookupError"
    assert found["at"].startswith("test_listening.py:")
    assert where(LookupError("never raised")) == {"error": "LookupError", "at": ""}
