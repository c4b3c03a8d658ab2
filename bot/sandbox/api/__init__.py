"""The imitation of Slack's Web API: one module per family of methods, gathered here by name."""

from bot.sandbox.api import (
    apps,
    chat,
    conversations,
    edits,
    files,
    memberships,
    pins,
    reactions,
    scheduled,
    usergroups,
    users,
    views,
)
from bot.sandbox.api.method import Method

FAMILIES = (
    apps, chat, edits, scheduled, files, conversations, memberships, pins, reactions, users, usergroups, views,
)  # fmt: skip
METHODS: dict[str, Method] = {method.name: method for family in FAMILIES for method in family.METHODS}
