"""Home at its emptiest and at its fullest."""

from handlers.home.rules import Part, Sections
from handlers.home.views import page
from handlers.kit.blocks import actions, context, section
from handlers.kit.elements import button
from handlers.kit.examples import Example

_BEGIN = [button("Capture feedback", "an.id", style="primary"), button("Record a decision", "another.id")]
_LOOK = [
    button(label, f"a.{at}")
    for at, label in enumerate(
        ("Find something…", "My feedback", "Check-ins", "Open blockers", "Decisions", "Launches", "My items")
    )
]
_SETTINGS = [
    section("You work Monday to Friday, 9:00 to 17:00, Stockholm time."),
    actions(button("Change", "a.b")),
]
_LINE = section("⚖️ *D-7* We invoice in euro first", button("Show", "a.show"))
_EMPTY: dict[Part, Sections] = {
    Part.INFORMATION: [[section("*Feedback you captured*\nNothing yet.")]],
    Part.PLACES: [[section("💡 and 🐞 are captured nowhere yet.")]],
    Part.SETTINGS: [_SETTINGS],
}
_FULL: dict[Part, Sections] = {
    Part.FIRST: [[section("*Next: Launches*"), context("They get ready.")]],
    Part.NEEDS_YOU: [[section("*Which account was F-12 for?*"), *[_LINE] * 11]] * 3,
    Part.WAITING: [[section("*Decisions*"), *[_LINE] * 6]] * 3,
    Part.INFORMATION: [[section("*Feedback you captured*"), *[_LINE] * 8]] * 5,
    Part.PLACES: [[section("*💡 and 🐞 are captured in*"), *[_LINE] * 10]],
    Part.SETTINGS: [_SETTINGS],
    Part.LAST: [[section("*Feedback* · on")] * 5],
}

EXAMPLES = (
    Example("home", "home", "smallest", "home", page(_BEGIN, _LOOK[:1], _EMPTY)),
    Example("home", "home", "largest", "home", page(_BEGIN, _LOOK, _FULL)),
)
