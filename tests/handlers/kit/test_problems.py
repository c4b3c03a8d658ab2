"""The checks every example of a view goes through: each limit we rely on is noticed when it is passed."""

import json
from datetime import date
from typing import Any

import pytest

from handlers.kit.blocks import (
    actions,
    bars,
    context,
    divider,
    fields,
    header,
    headline,
    input_select,
    input_text,
    quote,
    section,
)
from handlers.kit.elements import button, overflow, select
from handlers.kit.objects import Json, confirm, options
from handlers.kit.pickers import input_day, input_people, input_person, input_several
from handlers.kit.problems import Surface, problems
from handlers.kit.surfaces import home, message, modal

KINDS = options(("Idea", "idea"), ("Problem", "problem"))
BLOCKS = [
    header("Feedback"),
    section("Acme", button("Undo", "undo", "1", confirm=confirm("Undo?", "Sure?", "Undo")), "first"),
    fields("Plan", "Seats"),
    context("Maya"),
    actions(
        select("kind", KINDS, "idea", "Kind"),
        overflow("more", KINDS),
        button("Open", "open", url="https://a.b"),
    ),
    quote("We need SSO"),
    divider(),
]
DATA = [{"label": "2 Mar", "value": 1}, {"label": "9 Mar", "value": 2}]
CHART = bars("Feedback by week", ["2 Mar", "9 Mar"], [("Ideas", [1, 2]), ("Problems", [3, 0])])
INPUTS = [
    input_text("What was said", "a", "said", initial="SSO", placeholder="…", hint="Their words"),
    input_select("Kind", "a", "kind", KINDS, initial="idea"),
    input_several("Kinds", "kinds", KINDS, initial=["idea"]),
    input_people("Informed", "informed", initial=["U0MAYA"], most=50),
    input_person("Driver", "driver", initial="U0MAYA"),
    input_day("Review", "review", initial=date(2026, 12, 10)),
]
MESSAGE = message("Saved", "F-12", [*BLOCKS, CHART]).payload
MODAL = modal("Capture", [*BLOCKS, *INPUTS], "Save", callback_id="capture", private_metadata="{}")
HOME = home(BLOCKS)


def changed(payload: Json, path: str, value: object) -> Json:
    payload = json.loads(json.dumps(payload))
    holder: Any = payload
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in steps:
        holder = holder[step]
    if value is MISSING:
        del holder[last]
    else:
        holder[last] = value
    return payload


MISSING = object()


@pytest.mark.parametrize(("payload", "surface"), [(MESSAGE, "message"), (MODAL, "modal"), (HOME, "home")])
def test_sound_payloads(payload: Json, surface: Surface) -> None:
    """What the builders make has no problems."""
    assert problems(payload, surface) == []


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


WRONG: list[tuple[str, str, object]] = [
    ("title", "25 characters, 24 fit", plain("x" * 25)),
    ("title", "is missing", MISSING),
    ("title", "does not belong", mrkdwn("Capture")),
    ("title", "does not belong", "Capture"),
    ("submit", "inputs need a submit", MISSING),
    ("submit", "25 characters", plain("x" * 25)),
    ("close", "not blank", plain(" ")),
    ("callback_id", "256 characters", "x" * 256),
    ("private_metadata", "3001 characters", "x" * 3001),
    ("notify_on_close", "must be one of", "yes"),
    ("type", "does not belong", "home"),
    ("external", "is unknown", "x"),
    ("blocks", "101 parts", [divider()] * 101),
    ("blocks", "0 parts", []),
    ("blocks", "is missing", MISSING),
    ("blocks.0", "does not belong", {"type": "call"}),
    ("blocks.0", "does not belong", "header"),
    ("blocks.0.text", "151 characters", plain("x" * 151)),
    ("blocks.0.text", "does not belong", mrkdwn("Feedback")),
    ("blocks.0.text.text", "not blank", 5),
    ("blocks.1.text", "3001 characters", mrkdwn("x" * 3001)),
    ("blocks.1.text", "needs text or fields", MISSING),
    ("blocks.1.text.verbatim", "is missing", MISSING),
    ("blocks.1.text.emoji", "is unknown", True),
    ("blocks.1.block_id", "256 characters", "x" * 256),
    ("blocks.1.block_id", "said is given twice", "said"),
    ("blocks.1.accessory.text", "76 characters", plain("x" * 76)),
    ("blocks.1.accessory.value", "2001 characters", "x" * 2001),
    ("blocks.1.accessory.style", "must be one of", "blue"),
    ("blocks.1.accessory.action_id", "is missing", MISSING),
    ("blocks.1.accessory.confirm.title", "101 characters", plain("x" * 101)),
    ("blocks.1.accessory.confirm.text", "301 characters", plain("x" * 301)),
    ("blocks.1.accessory.confirm.deny", "31 characters", plain("x" * 31)),
    ("blocks.1.accessory.type", "does not belong", "plain_text_input"),
    ("blocks.2.fields", "11 parts", [mrkdwn("x")] * 11),
    ("blocks.2.fields.0", "2001 characters", mrkdwn("x" * 2001)),
    ("blocks.3.elements", "11 parts", [mrkdwn("x")] * 11),
    ("blocks.4.elements", "26 parts", [button("x", str(number)) for number in range(26)]),
    ("blocks.4.elements.1.action_id", "kind is given twice", "kind"),
    ("blocks.4.elements.0.options", "101 parts", KINDS * 50 + KINDS[:1]),
    ("blocks.4.elements.0.options.0.text", "76 characters", plain("x" * 76)),
    ("blocks.4.elements.0.options.0.value", "none of the options", "other"),
    ("blocks.4.elements.0.options.1.value", "151 characters", "x" * 151),
    ("blocks.4.elements.0.placeholder", "151 characters", plain("x" * 151)),
    ("blocks.4.elements.1.options", "6 parts", KINDS * 3),
    ("blocks.4.elements.2.url", "3001 characters", "x" * 3001),
    ("blocks.5.elements.0.elements", "0 parts", []),
    ("blocks.5.elements.0.elements.0.text", "not blank", ""),
    ("blocks.7.label", "2001 characters", plain("x" * 2001)),
    ("blocks.7.hint", "2001 characters", plain("x" * 2001)),
    ("blocks.7.element.max_length", "a number from 1 to 3000", 3001),
    ("blocks.7.element.initial_value", "3001 characters", "x" * 3001),
    ("blocks.7.element", "is missing", MISSING),
    ("blocks.7.element", "does not belong", button("x", "y")),
    ("blocks.9.element.initial_options", "none of the options", options(("Churn", "churn"))),
    ("blocks.10.element.initial_users", "0 parts", []),
    ("blocks.11.element.initial_user", "not blank", ""),
    ("blocks.12.element.initial_date", "13 characters", "10 March 2026"),
]


@pytest.mark.parametrize(("path", "sentence", "value"), WRONG)
def test_wrong_modals(path: str, sentence: str, value: object) -> None:
    """Each thing Slack refuses in a modal is named."""
    assert sentence in " · ".join(problems(changed(MODAL, path, value), "modal"))


WRONG_MESSAGES: list[tuple[str, str, object]] = [
    ("text", "4001 characters", "Saved" + "x" * 3996),
    ("text", "is missing", MISSING),
    ("text", "must begin alike, with 'Saved'", "F-12 was saved"),
    ("blocks", "51 parts", [divider()] * 51),
    ("blocks", "10500 characters over all blocks", [section("w" * 2100)] * 5),
    ("title", "is unknown", plain("x")),
    ("blocks", "3 charts", [headline("Saved"), CHART, CHART, CHART]),
    ("blocks.8.title", "51 characters", "x" * 51),
    ("blocks.8.chart.type", "does not belong", "radar"),
    ("blocks.8.chart.series", "7 parts", [{"name": str(n), "data": DATA} for n in range(7)]),
    ("blocks.8.chart.series.0.name", "name Problems is given twice", "Problems"),
    ("blocks.8.chart.series.0.name", "21 characters", "x" * 21),
    ("blocks.8.chart.series.0.data.0.label", "its labels are not those of the axis", "16 Mar"),
    ("blocks.8.chart.series.0.data.0.value", "a number from 0", -1),
    ("blocks.8.chart.axis_config.categories", "21 parts", [str(n) for n in range(21)]),
    ("blocks.8.chart.axis_config.categories.0", "21 characters", "x" * 21),
    ("blocks.8.chart.axis_config", "is missing", MISSING),
]


@pytest.mark.parametrize(("path", "sentence", "value"), WRONG_MESSAGES)
def test_wrong_messages(path: str, sentence: str, value: object) -> None:
    """Each thing Slack refuses in a message is named."""
    assert sentence in " · ".join(problems(changed(MESSAGE, path, value), "message"))


@pytest.mark.parametrize("view", [MODAL, HOME])
def test_charts_stand_in_messages_only(view: Json) -> None:
    """Slack shows them nowhere else."""
    surface: Surface = "modal" if view is MODAL else "home"
    assert f"{surface}: 1 charts" in problems(changed(view, "blocks.0", CHART), surface)


def test_emoji_count_twice() -> None:
    """A text that would only fit by one way of counting is counted the other way."""
    assert problems(home([header("x")]) | {"blocks": [{"type": "header", "text": plain("💡" * 76)}]}, "home")
