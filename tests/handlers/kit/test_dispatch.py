"""From a payload to the one listener it is for: which workspace, which key, who asks, and what they are handed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel

from handlers.kit import dispatch
from handlers.kit.dispatch import UNKNOWN, EventRoute, Route
from handlers.kit.features import (
    Button,
    Command,
    Event,
    Feature,
    GlobalShortcut,
    MessageShortcut,
    Mode,
    Registry,
    Submit,
    TypeAhead,
)
from handlers.kit.jobs import Switch
from handlers.kit.permissions import ANYBODY, MEMBERS, PEOPLE_HERE
from handlers.kit.replies import Close, Options
from handlers.kit.requests import (
    ButtonRequest,
    CommandRequest,
    EventRequest,
    GlobalShortcutRequest,
    Malformed,
    MessageShortcutRequest,
    OptionsRequest,
    SubmitRequest,
    Who,
)
from storage.values import ChannelId, PersonId, PersonKind, WorkspaceId

HERE, SAM, SALES = WorkspaceId("T0HERE"), PersonId("U0SAM"), ChannelId("C0SALES")
WHO = Who(HERE, SAM, PersonKind.MEMBER, "UTC", admin=False)
NO_TX: Any = None
JOB = Switch("kit", "A job", "what it does", "what to do first")


class Reacted(BaseModel):
    """An event that matters if it is a bulb."""

    reaction: str


heard: list[Any] = []


@pytest.fixture(autouse=True)
def nothing_heard() -> None:
    heard.clear()


def hear(_tx: object, request: Any) -> None:
    heard.append(request)


def close(_tx: object, request: Any) -> Close:
    heard.append(request)
    return Close()


def offer(_tx: object, request: Any) -> Options:
    heard.append(request)
    return Options([])


def first(_tx: object, request: Any) -> None:
    heard.append(("first", request))


def bulb(event: Any) -> bool:
    return bool(event.reaction == "bulb")


ASKING = Submit(
    "kit.asking", "", PEOPLE_HERE, close, look=close, unsure=lambda form: form.text("at") != "sure"
)
REGISTRY = Registry(
    [
        Feature(
            "one",
            commands=(
                Command("throughline", "", (), ANYBODY, Mode.READS, hear),
                Command("wish", "", (), MEMBERS, Mode.WRITES, hear),
            ),
            message_shortcuts=(MessageShortcut("kit.on_message", "", "", MEMBERS, Mode.READS, hear),),
            global_shortcuts=(GlobalShortcut("kit.anywhere", "", "", PEOPLE_HERE, Mode.WRITES, hear),),
            buttons=(Button("kit.press", "", MEMBERS, Mode.WRITES, hear),),
            submits=(Submit("kit.form", "", MEMBERS, close), ASKING),
            type_aheads=(TypeAhead("kit.find", "", MEMBERS, offer),),
            events=(Event("reaction_added", Reacted, "", MEMBERS, first),),
        ),
        Feature(
            "two",
            JOB,
            events=(
                Event("reaction_added", Reacted, "", ANYBODY, hear, concerns=bulb),
                Event("pin_added", Reacted, "", ANYBODY, hear, concerns=bulb),
            ),
        ),
    ]
)
USER = {"id": SAM, "team_id": "T0THEIRS"}
USED: dict[str, Any] = {
    "team": {"id": HERE},
    "user": USER,
    "trigger_id": "1.2",
    "response_url": "https://back",
}
MESSAGE = {"ts": "1.5", "text": "They want it blue"}
INPUT = {"type": "plain_text_input", "value": "blue"}


def without_runs(route: Route | None) -> Route:
    assert route is not None
    return replace(route, run=nothing, look=None)


def nothing(_tx: object, _who: Who) -> None:
    return None


def expected(kind: str, name: str, key: str, **more: Any) -> Route:
    basis = Route(HERE, kind, name, key, SAM, "T0THEIRS", MEMBERS, Mode.WRITES, nothing)
    return replace(basis, **{"trigger_id": "1.2", "response_url": "https://back", **more})


def typed(**more: Any) -> dict[str, Any]:
    basis = {"team_id": HERE, "user_id": SAM, "command": "/wish", "channel_id": SALES, "trigger_id": "1.2"}
    return {**basis, "channel_name": "sales", "text": "blue", "response_url": "https://back", **more}


@pytest.mark.parametrize(
    ("command", "text", "name", "rest"),
    [
        ("/wish", "  They want   it ", "wish", "They want   it"),
        ("/tl-wish", "blue", "wish", "blue"),
        ("/throughline", " wish  They want it ", "wish", "They want it"),
        ("/throughline", "Wish blue", "wish", "blue"),
        ("/tl-throughline", "wish", "wish", ""),
        ("/throughline", "throughline wish", "throughline", "throughline wish"),
        ("/throughline", "wishes come", "throughline", "wishes come"),
        ("/wish", "wish blue", "wish", "wish blue"),
        ("/wish", "", "wish", ""),
        ("/my-own-wish", "", "own-wish", ""),
        ("/nothing", "wish", "nothing", "wish"),
    ],
)
def test_a_command_by_any_name(command: str, text: str, name: str, rest: str) -> None:
    """With a prefix, or as a word after ours: the same command, and its text as it was typed."""
    assert dispatch.command_of(REGISTRY, command, text) == (name, rest)


def test_a_command_is_routed() -> None:
    """Its trigger names the delivery, and the listener gets where it was typed."""
    route = dispatch.route_command(REGISTRY, typed())
    assert without_runs(route) == expected("command", "wish", "command:1.2", team=None)
    assert route is not None
    route.run(NO_TX, WHO)
    assert heard == [CommandRequest(WHO, "wish", "blue", SALES, "sales")]
    assert dispatch.route_command(REGISTRY, typed(command="/nothing")) is None


def test_shortcuts_are_routed_by_where_they_were_chosen() -> None:
    """On a message with the message, anywhere without one; an id of the other kind is nobody's."""
    channel = {"id": SALES, "name": "sales"}
    on = {
        **USED,
        "type": "message_action",
        "callback_id": "kit.on_message",
        "channel": channel,
        "message": MESSAGE,
    }
    anywhere = {**USED, "type": "shortcut", "callback_id": "kit.anywhere"}
    routes = [dispatch.route_shortcut(REGISTRY, one) for one in (on, anywhere)]
    assert without_runs(routes[0]) == expected("shortcut", "kit.on_message", "shortcut:1.2", mode=Mode.READS)
    assert without_runs(routes[1]) == expected("shortcut", "kit.anywhere", "shortcut:1.2", may=PEOPLE_HERE)
    for route in routes:
        assert route is not None
        route.run(NO_TX, WHO)
    assert heard == [MessageShortcutRequest(WHO, SALES, "sales", MESSAGE), GlobalShortcutRequest(WHO)]
    for odd in ({**on, "type": "shortcut"}, {**anywhere, "type": "message_action"}):
        assert dispatch.route_shortcut(REGISTRY, odd) is None
    for missing in ({"channel": None}, {"message": None}, {"message": {"text": "of no time"}}):
        with pytest.raises(Malformed, match="message_action"):
            dispatch.route_shortcut(REGISTRY, {**on, **missing})


@pytest.mark.parametrize(
    ("used", "value"),
    [
        ({"value": "7"}, "7"),
        ({"selected_option": {"value": "idea"}}, "idea"),
        ({"selected_conversation": SALES}, SALES),
        ({"selected_date": "2026-12-10"}, "2026-12-10"),
        ({"selected_option": {"text": "of no value"}}, ""),
        ({"value": "7", "selected_date": "2026-12-10"}, "7"),
        ({}, ""),
    ],
)
def test_a_button_says_what_was_chosen(used: Mapping[str, Any], value: str) -> None:
    """Whatever kind of element it was; a suffix that keeps ids apart does not matter to whose it is."""
    body = {**USED, "type": "block_actions", "actions": [{"action_id": "kit.press:2", **used}]}
    route = dispatch.route_action(REGISTRY, body)
    assert without_runs(route) == expected("action", "kit.press", "action:1.2")
    assert route is not None
    route.run(NO_TX, WHO)
    assert heard == [ButtonRequest(WHO, "kit.press:2", value, None, None, None)]


def test_a_button_knows_where_it_stands() -> None:
    """In a modal the view; in a channel its message; one nobody knows is nobody's, and none at all is malformed."""
    view = {"id": "V1", "hash": "1.a", "type": "modal"}
    body = {**USED, "type": "block_actions", "actions": [{"action_id": "kit.press"}], "view": view}
    body |= {"channel": {"id": SALES}, "message": MESSAGE}
    route = dispatch.route_action(REGISTRY, body)
    where = {"view_id": "V1", "view_hash": "1.a", "in_modal": True}
    assert without_runs(route) == expected("action", "kit.press", "action:1.2", **where)
    assert route is not None
    route.run(NO_TX, WHO)
    assert heard == [ButtonRequest(WHO, "kit.press", "", SALES, MESSAGE, view)]
    home = dispatch.route_action(REGISTRY, {**body, "view": {**view, "type": "home"}})
    assert home is not None
    assert not home.in_modal
    assert dispatch.route_action(REGISTRY, {**body, "actions": [{"action_id": "kit.gone"}]}) is None
    with pytest.raises(Malformed, match="without actions"):
        dispatch.route_action(REGISTRY, {**body, "actions": []})


def submitted(ident: str, values: Any, blocks: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    view = {
        "id": "V1", "hash": "1.a", "type": "modal", "callback_id": ident, "private_metadata": "{}",
        "state": {"values": values}, "blocks": blocks or [],
    }  # fmt: skip
    return {**USED, "type": "view_submission", "view": view}


def test_a_form_s_delivery_is_the_view_as_it_was_shown() -> None:
    """Sent twice it is one; corrected and sent again it is another, for then its hash is."""
    values = {"words": {"words": INPUT}}
    route = dispatch.route_submit(REGISTRY, submitted("kit.form", values))
    shown = {"view_id": "V1", "view_hash": "1.a", "in_modal": True, "first_block": "words"}
    assert without_runs(route) == expected("submit", "kit.form", "submit:V1:1.a", **shown)
    assert route is not None
    assert route.look is None
    assert route.run(NO_TX, WHO) == Close()
    assert heard == [SubmitRequest("kit.form", "{}", values, WHO)]
    assert dispatch.route_submit(REGISTRY, submitted("kit.gone", values)) is None
    with pytest.raises(Malformed, match=r"view\.state\.values"):
        dispatch.route_submit(REGISTRY, submitted("kit.form", []))
    with pytest.raises(Malformed, match="ViewPart"):
        dispatch.route_submit(REGISTRY, {**USED, "type": "view_submission"})


def test_a_form_is_looked_at_first_only_where_it_is_unsure() -> None:
    """What it says alone can tell that there is nothing to ask."""
    values = {"at": {"at": INPUT}}
    route = dispatch.route_submit(REGISTRY, submitted("kit.asking", values))
    assert route is not None
    assert route.look is not None
    assert route.look(NO_TX, WHO) == Close()
    assert heard == [SubmitRequest("kit.asking", "{}", values, WHO)]
    sure = dispatch.route_submit(REGISTRY, submitted("kit.asking", {"at": {"at": {"value": "sure"}}}))
    assert sure is not None
    assert sure.look is None


@pytest.mark.parametrize(
    ("blocks", "values", "first_block"),
    [
        ([{"type": "actions", "block_id": "menu"}, {"type": "input", "block_id": "words"}], ["menu", "words"], "words"),
        ([{"type": "actions", "block_id": "menu"}], ["menu"], ""),
        ([], ["menu", "words"], "menu"),
        ([], [], ""),
    ],
)  # fmt: skip
def test_an_error_is_shown_at_a_field_that_takes_it(
    blocks: list[dict[str, Any]], values: list[str], first_block: str
) -> None:
    """The first input; a menu among the text takes none."""
    form = submitted("kit.form", {one: {"at": INPUT} for one in values}, blocks)
    route = dispatch.route_submit(REGISTRY, form)
    assert route is not None
    assert route.first_block == first_block


def test_a_menu_is_asked_for_what_fits() -> None:
    """It only reads, and hears what was typed so far."""
    body = {**USED, "type": "block_suggestion", "action_id": "kit.find:1", "value": "bl"}
    route = dispatch.route_options(REGISTRY, body)
    assert without_runs(route) == expected("options", "kit.find", "options:1.2", mode=Mode.READS)
    assert route is not None
    assert route.run(NO_TX, WHO) == Options([])
    assert heard == [OptionsRequest(WHO, "kit.find:1", "bl")]
    assert dispatch.route_options(REGISTRY, {**body, "action_id": "kit.gone"}) is None


@pytest.mark.parametrize(
    ("kind", "named"), [("action", "action"), ("view", "submit"), ("options", "options")]
)
def test_what_nobody_knows_still_has_somebody_who_asks(kind: str, named: str) -> None:
    """Anybody may ask for it; it reads nothing, writes nothing, and does nothing."""
    route = dispatch.route_unknown(kind, {**USED, "type": "block_actions"})
    assert without_runs(route) == expected(named, UNKNOWN, f"{named}:1.2", may=ANYBODY, mode=Mode.READS)
    assert route.run(NO_TX, WHO) is None
    asked = dispatch.route_unknown("command", typed(command="/nothing"))
    gone = expected("command", UNKNOWN, "command:1.2", team=None, may=ANYBODY, mode=Mode.READS)
    assert without_runs(asked) == gone


def test_whose_workspace_it_is() -> None:
    """The team's it was done in, else the person's own; a trigger names it, else the view does."""
    body = {**USED, "type": "block_actions", "actions": [{"action_id": "kit.press"}], "view": {"id": "V1"}}
    alone = dispatch.route_action(REGISTRY, {**body, "team": None, "trigger_id": ""})
    assert alone is not None
    assert (alone.workspace, alone.key) == ("T0THEIRS", "action:V1")
    with pytest.raises(Malformed, match="without a team"):
        dispatch.route_action(REGISTRY, {**body, "team": None, "user": {"id": SAM}})


# -- events ---------------------------------------------------------------------------------------------------


def happened(**inner: Any) -> dict[str, Any]:
    event = {"type": "reaction_added", "reaction": "bulb", "user": SAM, **inner}
    return {"team_id": HERE, "event_id": "Ev1", "event": event}


def route_of(body: Mapping[str, Any]) -> EventRoute:
    route = dispatch.route_event(REGISTRY, body)
    assert route is not None
    return route


def test_an_event_reaches_everybody_who_listens_in_their_order() -> None:
    """Each gets it as it asked for it, with whoever did it."""
    route = route_of(happened(user_team="T0THEIRS"))
    assert (route.workspace, route.name, route.key) == (HERE, "reaction_added", "event:Ev1")
    assert (route.person, route.team, route.switches, route.idle) == (SAM, "T0THEIRS", (JOB,), False)
    route.run(NO_TX, WHO, frozenset())
    asked = EventRequest(HERE, WHO, Reacted(reaction="bulb"))
    assert heard == [("first", asked), asked]


@pytest.mark.parametrize(
    ("who", "silent", "count"),
    [
        (None, frozenset(), 2),
        (None, frozenset({JOB}), 1),
        (replace(WHO, kind=PersonKind.GUEST), frozenset(), 1),
        (replace(WHO, kind=PersonKind.GUEST), frozenset({JOB}), 0),
    ],
)
def test_who_may_not_or_is_off_hears_nothing(who: Who | None, silent: frozenset[Switch], count: int) -> None:
    """Each listener has its own people and its own job; what nobody did concerns all of them."""
    route_of(happened()).run(NO_TX, who, silent)
    assert len(heard) == count


def test_an_event_that_can_matter_to_nobody_is_idle() -> None:
    """It is known by what it says; one that somebody always hears is not."""
    assert route_of(happened(type="pin_added", reaction="wave")).idle
    other = route_of(happened(reaction="wave"))
    assert (other.idle, other.switches) == (False, ())
    for nobody_s in ("message", None, ["reaction_added"]):
        assert dispatch.route_event(REGISTRY, happened(type=nobody_s)) is None


@pytest.mark.parametrize(
    ("inner", "person", "team"),
    [
        ({"user": {"id": "U0DANA"}}, "U0DANA", None),
        ({"user": None}, None, None),
        ({"user": {}}, None, None),
        ({"team": "T0THEIRS"}, SAM, "T0THEIRS"),
        ({"team": "T0HERE", "user_team": "T0THEIRS"}, SAM, "T0THEIRS"),
        ({"team": {"id": "T0THEIRS"}}, SAM, None),
    ],
)
def test_who_did_it(inner: Mapping[str, Any], person: str | None, team: str | None) -> None:
    """Slack says it as an id or as a whole profile; in a shared channel they may be of another workspace."""
    route = route_of(happened(**inner))
    assert (route.person, route.team) == (person, team)


@pytest.mark.parametrize(
    ("inner", "field"),
    [
        ({"user": "not an id"}, r"event\.user$"),
        ({"team": "x"}, r"event\.team$"),
        ({"reaction": 7}, "Reacted"),
    ],
)
def test_an_event_that_is_none_of_slack_s(inner: Mapping[str, Any], field: str) -> None:
    """It is refused before anybody hears it, and the field is named."""
    with pytest.raises(Malformed, match=field):
        route_of(happened(**inner))


@pytest.mark.parametrize(
    ("authorized", "team", "workspace"),
    [
        (["T0FIRST", "T0SECOND"], "T0THERE", "T0FIRST"),
        ([None, "T0SECOND"], "T0THERE", "T0SECOND"),
        ([], "T0THERE", "T0THERE"),
    ],
)
def test_for_whom_an_event_is(authorized: list[str | None], team: str, workspace: str) -> None:
    """In a shared channel it is for the installation Slack names, not for where it was said."""
    body = {**happened(), "team_id": team, "authorizations": [{"team_id": one} for one in authorized]}
    assert route_of(body).workspace == workspace


def test_an_event_of_no_workspace_is_refused() -> None:
    """There is nobody whose it could be."""
    with pytest.raises(Malformed, match="without a team"):
        route_of({**happened(), "team_id": "", "authorizations": [{"team_id": None}]})
