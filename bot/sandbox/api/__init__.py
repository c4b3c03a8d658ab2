"""The imitation of Slack's Web API: one module per family of methods, gathered here by name."""

from bot.sandbox.api import apps, chat, conversations, edits, memberships, pins, reactions, users, views
from bot.sandbox.api.method import Method

FAMILIES = (apps, chat, edits, conversations, memberships, pins, reactions, users, views)
METHODS: dict[str, Method] = {method.name: method for family in FAMILIES for method in family.METHODS}
