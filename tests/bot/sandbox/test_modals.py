"""Modals and Home tabs: the stack, values that stay or do not, races, and what closing tells the app."""

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driver import Impossible, Slack
from tests.bot.sandbox.receiver import Received, Receiver
from tests.bot.sandbox.samples import actions, button, field, modal, options, section, text

Json = dict[str, Any]


async def open_modal(slack: Slack, receiver: Receiver, web: AsyncWebClient, view: Json) -> Json:
    await slack.command("/capture", as_="maya")
    trigger = receiver.of("command")[-1].body["trigger_id"]
    return dict((await web.views_open(trigger_id=trigger, view=view))["view"])


async def test_a_stack_holds_three(slack: Slack, receiver: Receiver, web: AsyncWebClient) -> None:
    """push_limit_reached for the fourth; going back shows the one below."""
    await open_modal(slack, receiver, web, modal(section(accessory=button("More")), title=text("1")))
    for title in ("2", "3"):
        await slack.click(await slack.modal("maya"), "More", as_="maya")
        trigger = receiver.of("block_actions")[-1].body["trigger_id"]
        await web.views_push(
            trigger_id=trigger, view=modal(section(accessory=button("More")), title=text(title))
        )
    await slack.click(await slack.modal("maya"), "More", as_="maya")
    trigger = receiver.of("block_actions")[-1].body["trigger_id"]
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await web.views_push(trigger_id=trigger, view=modal())

    assert (await slack.state("maya"))["modal_depth"] == 3
    third = await slack.modal("maya")
    assert third.raw["previous_view_id"] != third.raw["root_view_id"]
    await slack.back("maya")
    assert (await slack.modal("maya")).title == "2"


async def test_a_kept_block_id_keeps_what_was_typed(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """views.update leaves the value of an input with the same ids alone."""
    view = await open_modal(slack, receiver, web, modal(field()))
    await slack.fill("maya", Words="typed")
    await web.views_update(view_id=view["id"], view=modal(section("New"), field(initial_value="suggested")))
    assert (await slack.modal("maya")).inputs == {"Words": "typed"}


async def test_an_untouched_value_set_by_update_comes_back_null_unless_its_block_is_new(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Slack's trap: a first value under an old block id is shown but never sent."""
    view = await open_modal(slack, receiver, web, modal({**field(), "optional": True}))
    old = {**field(initial_value="suggested"), "optional": True}
    new = field("Fresh", "fresh", initial_value="arrives")
    await web.views_update(view_id=view["id"], view=modal(old, new))
    await slack.submit("maya")
    values = receiver.only("view_submission")["view"]["state"]["values"]
    assert values["words"]["value"]["value"] is None
    assert values["fresh"]["value"]["value"] == "arrives"


async def test_a_hash_guards_against_a_race(slack: Slack, receiver: Receiver, web: AsyncWebClient) -> None:
    """hash_conflict when the view changed since; the hash changes with each update."""
    view = await open_modal(slack, receiver, web, modal())
    newer = (await web.views_update(view_id=view["id"], view=modal(), hash=view["hash"]))["view"]
    assert newer["hash"] != view["hash"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await web.views_update(view_id=view["id"], view=modal(), hash=view["hash"])

    home = {"type": "home", "blocks": [section()]}
    first = (await web.views_publish(user_id="U0MAYA", view=home))["view"]
    await web.views_publish(user_id="U0MAYA", view=home, hash=first["hash"])
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await web.views_publish(user_id="U0MAYA", view=home, hash=first["hash"])


async def test_the_answer_to_a_submission_updates_pushes_and_clears(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """response_action update stays in place, push goes on top, clear closes all."""
    await open_modal(slack, receiver, web, modal(title=text("First")))
    receiver.answer = _answer({"response_action": "push", "view": modal(title=text("Second"))})
    assert (await slack.submit("maya", Words="a")).response_action == "push"
    receiver.answer = _answer(
        {"response_action": "update", "view": modal(section("Saved as F-1"), title=text("Done"))}
    )
    await slack.submit("maya", Words="b")
    shown = await slack.modal("maya")
    assert (shown.title, shown.text) == ("Done", "Saved as F-1")
    assert (await slack.state("maya"))["modal_depth"] == 2
    receiver.answer = _answer({"response_action": "clear"})
    await slack.submit("maya")
    assert not await slack.sees_modal("maya")


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "explode"},
        {"response_action": "update", "view": {"type": "modal"}},
    ],
)
async def test_a_bad_answer_leaves_the_modal_open(
    slack: Slack, receiver: Receiver, web: AsyncWebClient, answer: Json
) -> None:
    """Errors for blocks that are no inputs, unknown actions and invalid views are trouble for the person."""
    await open_modal(slack, receiver, web, modal())
    receiver.answer = _answer(answer)
    outcome = await slack.submit("maya", Words="x")
    assert not outcome.ok
    assert outcome.error is not None
    assert outcome.error.startswith("invalid_response")
    assert await slack.sees_modal("maya")


async def test_slacks_client_refuses_what_the_app_need_not_hear(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Required, length and form are checked before anything is sent."""
    number = {"type": "number_input", "action_id": "n", "is_decimal_allowed": False, "max_value": "5"}
    blocks = [
        field(),
        field("Short", "short", max_length=3),
        {"type": "input", "block_id": "how_many", "label": text("How many"), "element": number},
        {"type": "input", "block_id": "mail", "label": text("Mail"), "optional": True,
         "element": {"type": "email_text_input", "action_id": "m"}},
    ]  # fmt: skip
    await open_modal(slack, receiver, web, modal(*blocks))
    outcome = await slack.submit("maya", Short="too long", how_many="9", Mail="nobody")
    assert set(outcome.errors) == {"words", "short", "how_many", "mail"}
    assert receiver.of("view_submission") == []
    assert (await slack.submit("maya", Words="x", Short="abc", how_many="5", Mail="a@b.example")).ok


async def test_closing_is_told_only_when_asked_for(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """notify_on_close brings view_closed: the x clears all and names the first view."""
    await open_modal(slack, receiver, web, modal())
    await slack.close("maya")
    assert receiver.of("view_closed") == []

    root = await open_modal(slack, receiver, web, modal(notify_on_close=True))
    receiver.answer = _answer({"response_action": "push", "view": modal(title=text("Second"))})
    await slack.submit("maya", Words="a")
    await slack.close("maya")
    closed = receiver.only("view_closed")
    assert (closed["view"]["id"], closed["is_cleared"]) == (root["id"], True)
    assert not await slack.sees_modal("maya")


async def test_all_inputs_are_in_the_state_with_their_own_shapes(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """Selects, dates, people and checkboxes come as Slack writes them, untouched ones empty."""

    def put(label: str, **element: Any) -> Json:
        body = {"action_id": "a", **element}
        return {"type": "input", "block_id": label, "label": text(label), "element": body, "optional": True}

    blocks = [
        put(
            "kind",
            type="static_select",
            options=options("Idea", "Problem"),
            initial_option=options("Idea")[0],
        ),
        put("owner", type="users_select"),
        put("where", type="multi_conversations_select"),
        put("day", type="datepicker"),
        put("flags", type="checkboxes", options=options("Urgent", "Known")),
        put("empty", type="multi_static_select", options=options("A")),
        actions({"type": "timepicker", "action_id": "at", "initial_time": "09:30"}, block="time"),
    ]
    await open_modal(slack, receiver, web, modal(*blocks))
    await slack.submit(
        "maya", kind="Problem", owner="@omar", where=["#sales", "@maya"], day="2026-12-10", flags="Known"
    )
    values = receiver.only("view_submission")["view"]["state"]["values"]
    assert values["kind"]["a"]["selected_option"]["value"] == "problem"
    assert values["owner"]["a"] == {"type": "users_select", "selected_user": "U0OMAR"}
    assert values["where"]["a"]["selected_conversations"] == ["C0SALES", "U0MAYA"]
    assert values["day"]["a"] == {"type": "datepicker", "selected_date": "2026-12-10"}
    assert [option["value"] for option in values["flags"]["a"]["selected_options"]] == ["known"]
    assert values["empty"]["a"] == {"type": "multi_static_select", "selected_options": []}
    assert values["time"]["at"] == {"type": "timepicker", "selected_time": "09:30"}


async def test_a_menu_of_the_apps_own_is_asked_and_offered(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """block_suggestion carries the words typed; the chosen option comes back whole."""
    menu = {"type": "external_select", "action_id": "account", "min_query_length": 0}
    await open_modal(
        slack, receiver, web,
        modal({"type": "input", "block_id": "acc", "label": text("Account"), "element": menu}),
    )  # fmt: skip
    receiver.answer = lambda got: (
        {"options": options("Fjord Energy")} if got.kind == "block_suggestion" else None
    )
    await slack.submit("maya", Account="Fjord Energy")
    asked = receiver.only("block_suggestion")
    assert (asked["value"], asked["action_id"], asked["block_id"]) == ("Fjord Energy", "account", "acc")
    assert asked["view"]["id"]
    chosen = receiver.only("view_submission")["view"]["state"]["values"]["acc"]["account"]["selected_option"]
    assert chosen == options("Fjord Energy")[0]


async def test_inputs_tell_the_app_only_with_dispatch_action(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """An input is silent unless its block says dispatch_action."""
    await open_modal(slack, receiver, web, modal(field(), {**field("Loud", "loud"), "dispatch_action": True}))
    await slack.fill("maya", Words="quiet")
    assert receiver.of("block_actions") == []
    await slack.fill("maya", Loud="heard")
    (action,) = receiver.only("block_actions")["actions"]
    assert (action["block_id"], action["value"]) == ("loud", "heard")


async def test_a_modal_that_is_gone_cannot_be_submitted(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """A second press of the button finds nothing to submit."""
    await open_modal(slack, receiver, web, modal())
    modal_seen = await slack.modal("maya")
    await slack.submit("maya", Words="x")
    with pytest.raises(Impossible, match="no longer open"):
        await slack._wire.act("submit", {"as": "maya", "view": modal_seen.id})


async def test_a_double_click_closes_one_modal(slack: Slack, receiver: Receiver, web: AsyncWebClient) -> None:
    """Both presses are delivered with the same view and hash; the modal below stays."""
    await open_modal(slack, receiver, web, modal(title=text("Below")))
    receiver.answer = _answer({"response_action": "push", "view": modal(section("Sure?"), title=text("Top"))})
    await slack.submit("maya", Words="x")

    async def slowly(_: Received) -> None:
        await asyncio.sleep(0.05)

    receiver.answer = slowly
    await asyncio.gather(slack.submit("maya"), slack.submit("maya"))
    first, second = (request.body["view"] for request in receiver.of("view_submission")[1:])
    assert (first["id"], first["hash"]) == (second["id"], second["hash"])
    assert (await slack.modal("maya")).title == "Below"


def _answer(body: Json) -> Any:
    def decide(request: Received) -> Json | None:
        return body if request.kind == "view_submission" else None

    return decide
