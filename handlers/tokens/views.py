"""What admins see of API tokens: the list, the form of a new one, and how it is written, once. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.kit.blocks import Block, actions, context, input_text, preformatted, section
from handlers.kit.elements import button
from handlers.kit.mrkdwn import date_token, escape
from handlers.kit.objects import confirm
from handlers.kit.surfaces import View, modal
from handlers.tokens import ids
from storage.tokens.values import Token
from storage.values import PersonId

NAME_LIMIT = 80
SHOWN, ENDED = 40, 5
WHAT = (
    "By a token another program sends feedback and says how something stands, over HTTP. It can read nothing. Give each"
    " program its own."
)
ONCE = "Copy it now to where its program reads it: only its digest is kept, and nobody, I included, can show it again."
GONE = "It was shown once, in the answer before this one, which did not arrive. Revoke it and make another."
EMPTY = "There is no token yet."


def listed(tokens: Sequence[Token], names: Mapping[PersonId, str], said: str = "") -> View:
    """All that open something, then the last that were revoked; `said` is what was done before."""
    live = [one for one in tokens if one.revoked_at is None]
    ended = sorted(
        (one for one in tokens if one.revoked_at is not None), key=lambda one: one.id, reverse=True
    )
    hidden = [context(f"and {len(live) - SHOWN} more: `throughline token list`")] if len(live) > SHOWN else []
    blocks: list[Block] = [
        *([context(said)] if said else []),
        *([_row(one, names) for one in live[:SHOWN]] or [section(EMPTY)]),
        *hidden,
        *([context(*map(_ended, ended[:ENDED]))] if ended else []),
        context(WHAT),
        actions(button("Make a token", ids.NEW, style="primary")),
    ]
    return modal("API tokens", blocks, close="Done")


def form() -> View:
    """A new one: what it is for."""
    name = input_text(
        "What it is for", ids.BLOCK_NAME, ids.BLOCK_NAME, max_length=NAME_LIMIT, placeholder="Zendesk"
    )
    return modal("Make a token", [name], submit="Make it", callback_id=ids.MADE)


def made(token: Token, written: str) -> View:
    """How it is written; nobody sees this a second time."""
    return modal(
        "Your new token",
        [section(f"*{escape(token.name)}*"), preformatted(written), section(ONCE)],
        close="I have it",
    )


def made_before(token: Token) -> View:
    """What a repeated request is answered: it may not be shown again."""
    return modal("Your new token", [section(f"*{escape(token.name)}*"), section(GONE)], close="Close")


def revoked(token: Token) -> str:
    """What is said above the list."""
    return f"{escape(token.name)} opens nothing any more."


# ---------------------------------------------------------------------------------------------------------


def _row(token: Token, names: Mapping[PersonId, str]) -> Block:
    by = "on the server" if token.by is None else f"by {escape(names.get(token.by, 'a colleague'))}"
    used = f"last used on {_when(token.used_at)}" if token.used_at else "never used"
    ends = button(
        "Revoke",
        f"{ids.REVOKE}:{token.id}",
        token.id,
        style="danger",
        confirm=confirm(
            "Revoke it?", "Its program is refused from then on. Nothing it sent goes away.", "Revoke"
        ),
        accessibility_label=f"Revoke {token.name}",
    )
    return section(f"*{escape(token.name)}*\nmade {by} on {_when(token.at)} · {used}", ends)


def _ended(token: Token) -> str:
    return f"{escape(token.name)}, revoked" + (f" on {_when(token.revoked_at)}" if token.revoked_at else "")


def _when(at: datetime) -> str:
    return date_token(at, "{date_short}", f"{at:%Y-%m-%d}")
