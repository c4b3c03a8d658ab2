"""Action and callback ids of links. An id once sent never changes meaning."""

CONFIRM = "links.confirm"
UNDO = "links.undo"
ROW = "links.row"
WHY = "links.why"
OPEN = "links.open"
LINK = "links.link"
LINKED = "links.linked"
FIND = "links.find"
FOUND = "links.found"
TO = "links.to"
FOLLOW = "links.follow"
UNFOLLOW = "links.unfollow"

BLOCK_TO = TO
"""The picker's block is named like its type-ahead."""
