"""Frames around words: alerts, cards, carousels, containers, plans, videos."""

from bot.sandbox.specimens.parts import (
    CONFIRM,
    FJORD,
    SAIL,
    Json,
    actions,
    button,
    home,
    line,
    message,
    modal,
    mrkdwn,
    plain,
    rich,
    said,
    section,
)

_ALERTS = {
    "default": "C-1 asks again on Monday at 09:00.",
    "info": "Only people in #launches see this.",
    "warning": "Two items have no owner yet.",
    "error": "This day is in the past.",
    "success": "L-4 is saved.",
}


def _card(title: str, body: str, **more: object) -> Json:
    return {"type": "card", "title": mrkdwn(title), "body": mrkdwn(body), **more}


_CARD = _card(
    "*L-4* The new export",
    "Nine of eleven items are ready. *Support* waits for the note.",
    hero_image={"type": "image", **FJORD},
    icon={"type": "image", **SAIL},
    subtitle=plain("10 December, in 11 days"),
    actions=[button("Open", style="primary"), button("Not now")],
)
_TASKS: list[Json] = [
    {
        "type": "task_card",
        "task_id": "read",
        "title": "Read what was asked",
        "status": "complete",
        "output": rich(line(said("Nine wishes, "), said("five accounts", bold=True))),
        "sources": [{"type": "url", "url": "https://northwind.example/F-12", "text": "F-12"}],
    },
    {
        "type": "task_card",
        "task_id": "draft",
        "title": "Draft the decision",
        "status": "in_progress",
        "details": rich(line(said("Two options, one driver"))),
    },
    {"type": "task_card", "task_id": "tell", "title": "Tell who asked", "status": "pending"},
    {"type": "task_card", "task_id": "mail", "title": "Send the mail", "status": "error"},
]
_VIDEO = {
    "type": "video",
    "title": plain("The new export in a minute"),
    "title_url": "https://video.example/export",
    "video_url": "https://video.example/embed/export",
    "thumbnail_url": "/static/pictures/fjord.svg",
    "alt_text": "Maya shows the new export",
    "author_name": "Maya Lindqvist",
    "provider_name": "Northwind Video",
    "description": plain("Columns stay where they were put."),
}
_CONTAINER = {
    "type": "container",
    "subtitle": mrkdwn("Nine of eleven"),
    "icon": {"type": "image", **SAIL},
    "is_collapsible": True,
    "has_header_divider": True,
    "child_blocks": [section("*Support* writes the note."), actions(button("Remind them"))],
}
_THUMBS = {
    "type": "feedback_buttons",
    "action_id": "rate",
    "positive_button": {"text": plain("Good answer"), "value": "good"},
    "negative_button": {"text": plain("Bad answer"), "value": "bad"},
}
_BIN = {
    "type": "icon_button",
    "action_id": "bin",
    "icon": "trash",
    "text": plain("Delete"),
    "confirm": CONFIRM,
}

FRAMES = (
    modal(
        "Frames", "alerts",
        *({"type": "alert", "level": level, "text": mrkdwn(words)} for level, words in _ALERTS.items()),
    ),
    message("Frames", "a card", _CARD),
    message(
        "Frames", "a carousel",
        {
            "type": "carousel",
            "elements": [
                _CARD,
                _card("*L-5* Azure groups", "Starts after the vote.", actions=[button("Open")]),
                _card("*L-6* A dark theme", "Waits for Design.", subtitle=plain("January")),
            ],
        },
    ),
    message("Frames", "a container", _CONTAINER | {"title": plain("Readiness")}),
    message(
        "Frames", "a folded container",
        {
            **_CONTAINER, "width": "narrow", "default_collapsed": True,
            "rich_text_title": rich(line(said("Folded", italic=True), said(" until pressed"))),
        },
    ),
    message("Frames", "a plan", {"type": "plan", "title": "From wish to launch", "tasks": _TASKS}),
    message("Frames", "a task", _TASKS[0]),
    message("Frames", "a video", _VIDEO),
    message(
        "Frames", "below an answer",
        section("Five accounts asked for it."), {"type": "context_actions", "elements": [_THUMBS, _BIN]},
    ),
    home(
        "Frames", "a Home tab",
        {"type": "header", "text": plain("Good morning, Maya")},
        {"type": "context", "elements": [mrkdwn("Two things need you.")]},
        {"type": "divider"},
        section("*L-4* go or no-go?", accessory=button("Vote", style="primary")),
        section("*D-7* is to be looked at again.", accessory=button("Look")),
        {"type": "carousel", "elements": [_CARD, _card("*L-5* Azure groups", "Starts after the vote.")]},
    ),
)  # fmt: skip
