"""What can be pressed, chosen and filled in."""

from bot.sandbox.specimens.parts import (
    CONFIRM,
    Json,
    actions,
    button,
    field,
    home,
    line,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    rich,
    said,
    section,
)

_KINDS = [option("Idea"), option("Problem"), option("Question", description=plain("Wants an answer"))]
_GROUPS = [
    {"label": plain("Customers"), "options": [option("Fjord Energy"), option("Acme")]},
    {"label": plain("Ours"), "options": [option("Sales"), option("Support")]},
]
_STYLED = [
    {"text": mrkdwn("*Go*"), "value": "go", "description": mrkdwn("All items are _ready_")},
    {"text": mrkdwn("*Go, if*"), "value": "if", "description": mrkdwn("With a condition")},
    {"text": mrkdwn("*No-go*"), "value": "no"},
]
_OVERFLOW = {
    "type": "overflow",
    "action_id": "more",
    "options": [option("Rename"), option("Move"), option("Open the page", url="https://northwind.example")],
    "confirm": CONFIRM,
}
_WORKFLOW = {
    "type": "workflow_button",
    "text": plain("Start the handover"),
    "workflow": {"trigger": {"url": "https://slack.example/shortcuts/Ft0HANDOVER/1"}},
}


def _choose(kind: str, words: str, **more: object) -> Json:
    return {"type": kind, "action_id": kind, "placeholder": plain(words), **more}


_SINGLE = (
    _choose("static_select", "A kind", options=_KINDS, initial_option=_KINDS[0]),
    _choose("external_select", "Search a launch", min_query_length=1),
    _choose("users_select", "A person", initial_user="U0MAYA"),
    _choose("conversations_select", "A conversation", filter={"include": ["public", "private"]}),
    _choose("channels_select", "A channel", initial_channel="C0PRODUCT"),
)
_SEVERAL = (
    ("Kinds", _choose("multi_static_select", "Some kinds", option_groups=_GROUPS, max_selected_items=3)),
    ("Launches", _choose("multi_external_select", "Search launches")),
    ("People", _choose("multi_users_select", "Some people", initial_users=["U0MAYA", "U0BEN"])),
    ("Conversations", _choose("multi_conversations_select", "Some conversations")),
    ("Channels", _choose("multi_channels_select", "Some channels", initial_channels=["C0SALES"])),
)
_DATES = (
    {"type": "datepicker", "action_id": "day", "initial_date": "2026-12-10"},
    {"type": "timepicker", "action_id": "time", "initial_time": "09:30", "timezone": "Europe/Stockholm"},
    {"type": "datetimepicker", "action_id": "at", "initial_date_time": 1_796_893_200},
)
_RICH = {"type": "rich_text_input", "action_id": "rich", "initial_value": rich(line(said("Said in a call.")))}
_TEXT = {"type": "plain_text_input", "placeholder": plain("In their own words")}
_LINE = _TEXT | {"initial_value": "Export", "max_length": 40, "focus_on_load": True}
_ENTER = {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}

FIELDS = (
    message(
        "Controls", "buttons",
        actions(
            button("Open"), button("Approve", style="primary"), button("Close", style="danger", confirm=CONFIRM),
            button("To the page", url="https://northwind.example"),
            button("⋯", accessibility_label="What else can be done with L-4"), _WORKFLOW, _OVERFLOW,
        ),
    ),
    message("Controls", "menus", *(section(f"`{one['type']}`", accessory=one) for one in _SINGLE)),
    message("Controls", "menus in a row", actions(*_SINGLE[:3], *_DATES[:2])),
    message(
        "Controls", "choices",
        section("How do you vote?", accessory={"type": "radio_buttons", "action_id": "vote", "options": _STYLED}),
        actions({"type": "checkboxes", "action_id": "ready", "options": _STYLED, "initial_options": _STYLED[:1]}),
    ),
    message("Controls", "dates", actions(*_DATES)),
    modal(
        "Controls", "text fields",
        field("Headline", _LINE, hint=plain("What you would say in one breath.")),
        field("What was said", _TEXT | {"multiline": True, "min_length": 3}),
        field("With style", _RICH, optional=True),
        field("Mail", {"type": "email_text_input", "initial_value": "maya@northwind.example"}),
        field("Page", {"type": "url_text_input", "placeholder": plain("https://")}, optional=True),
        field("Accounts", {
            "type": "number_input", "is_decimal_allowed": False, "min_value": "0", "initial_value": "5",
        }),
        field("Search", _TEXT | _ENTER, dispatch_action=True),
    ),
    modal("Controls", "several of each", *(field(label, one) for label, one in _SEVERAL)),
    modal(
        "Controls", "choices and files",
        field("How do you vote?", {"type": "radio_buttons", "options": _STYLED, "initial_option": _STYLED[1]}),
        field("What is ready?", {"type": "checkboxes", "options": _STYLED}, optional=True),
        field("Files", {"type": "file_input", "filetypes": ["png", "pdf"], "max_files": 3}, optional=True),
        field("Where to answer", {
            "type": "conversations_select", "response_url_enabled": True, "default_to_current_conversation": True,
        }),
        *(field(f"When ({one['type']})", one) for one in _DATES),
    ),
    home("Controls", "a field in Home", field("A note to yourself", _TEXT | _ENTER, dispatch_action=True)),
)  # fmt: skip
