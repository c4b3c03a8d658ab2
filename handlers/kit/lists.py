"""Lists that are cut: how many more there are, and the button that shows them. Pure."""

from handlers.kit.blocks import Block, actions
from handlers.kit.elements import button


def and_more(hidden: int, action_id: str, label: str, value: str | None = None) -> list[Block]:
    """The button below a list of which this many are not shown; nothing where all are."""
    if hidden <= 0:
        return []
    return [actions(button(f"and {hidden} more", action_id, value, accessibility_label=label))]
