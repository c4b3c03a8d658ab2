"""Says what Slack would refuse in blocks and views, as precisely as one would like Slack to."""

from bot.sandbox.blocks.surfaces import (
    check_attachments,
    check_home,
    check_message,
    check_modal,
    problems_of,
)

__all__ = ["check_attachments", "check_home", "check_message", "check_modal", "problems_of"]
