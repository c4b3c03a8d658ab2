"""What each error code of each method we call means for the row that made the call.

A code that stands nowhere in `documented` is unknown: it is looked up or tried again, never taken for done or dead.
"""

from bot.courier.documented import COMMON, METHODS, REVOKED, SEEN
from storage.outbox.values import UNCONFIRMED, Verdict

MENDED_BY_INSTALLING = REVOKED | {"missing_scope", "no_permission", "not_allowed_token_type", "no_token"}
"""Codes whose cause is gone once the app is installed (again) with today's manifest."""

MENDED_IN_THE_CHANNEL = frozenset({"channel_not_found", "is_archived", "is_inactive", "not_in_channel"})
"""Codes whose cause is gone once Slack tells us that we are in the channel, or that it is back."""

NOBODY_TELLS = frozenset({UNCONFIRMED}) | frozenset(
    code
    for codes in (COMMON, *(one.codes for one in METHODS.values()))
    for code, verdict in codes.items()
    if verdict is Verdict.BLOCKED and code not in MENDED_BY_INSTALLING | MENDED_IN_THE_CHANNEL
)
"""Codes whose cause an admin takes away without anybody telling us: tried again once a day."""


def verdict_of(method: str, code: str) -> Verdict:
    """The class of a code for a method; a code nobody documented is unknown."""
    every = {**SEEN, **COMMON, **METHODS[method].codes}
    return every.get(code, Verdict.UNKNOWN)
