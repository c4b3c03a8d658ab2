"""Action and callback ids of API tokens. An id once sent never changes meaning."""

SHOW = "tokens.show"
NEW = "tokens.new"
MADE = "tokens.made"
REVOKE = "tokens.revoke"

BLOCK_NAME = "name"
