"""What admins read of what did not get through, and what they can do about it."""

from collections.abc import Sequence

from handlers.delivery import ids
from handlers.delivery.rules import Group, Kind
from handlers.kit.blocks import Block, actions, section
from handlers.kit.elements import button
from handlers.kit.mrkdwn import channel_link
from handlers.kit.objects import confirm

SHOWN = 8
INSTALL = "Install me again with today's manifest (`throughline manifest`), and it goes on."
_PERMISSIONS = frozenset({"missing_scope", "no_permission", "not_allowed_token_type"})


def home(groups: Sequence[Group]) -> list[Block]:
    """All of it, with its buttons; nothing where everything got through."""
    if not groups:
        return []
    blocks = [section("*What did not get through*")]
    for one in groups[:SHOWN]:
        blocks += [section(_said(one)), *_buttons(one)]
    more = len(groups) - SHOWN
    return [*blocks, section(f"and {more} more, which `throughline outbox` lists")] if more > 0 else blocks


def summary(one: Group) -> str:
    """One group in a plain sentence, for whoever set Throughline up."""
    match one.kind:
        case Kind.BLOCKED:
            return f"Something of mine waits: {_why(one, 'that channel')}"
        case Kind.UNSURE:
            return "I could not find out whether something of mine arrived: is it there, or shall I send it again?"
        case Kind.DEAD:
            return f"Slack would not take something of mine ({one.code})"


def told(one: Group) -> list[Block]:
    """The same with where it is and what to do."""
    return [section(f"{_said(one)}\nIt stands in your Home until it is mended.")]


def _said(one: Group) -> str:
    count, place = len(one.ids), "" if one.channel is None else f" for {_place(one)}"
    if one.kind is Kind.BLOCKED:
        return f"{_counted(count, 'message waits', 'messages wait')}{place}: {_why(one, 'it')}. {_do(one)}"
    if one.kind is Kind.UNSURE:
        return (
            f"{_counted(count, 'message', 'messages')}{place}: Slack did not confirm it, and I may not look there."
            " Is it there already? Then leave it; else I send it again."
        )
    return (
        f"{_counted(count, 'message', 'messages')}{place}: Slack would not take it (`{one.code}`). Once the reason is"
        " mended, I can try again; I look first whether it is there."
    )


def _why(one: Group, place: str) -> str:
    if one.code in {"is_archived", "is_inactive"}:
        return f"{place} is archived"
    if one.code == "not_in_channel":
        return f"I am not in {place}"
    if one.code == "channel_not_found":
        return f"I cannot see {place}"
    if one.code in _PERMISSIONS:
        return "I lack a permission"
    return "Slack does not allow it"


def _do(one: Group) -> str:
    if one.code in {"is_archived", "is_inactive"}:
        return "Bring it back, and what waits goes on."
    if one.code in {"not_in_channel", "channel_not_found"}:
        return "Invite me there with `/invite`, and what waits goes on."
    if one.code in _PERMISSIONS:
        return INSTALL
    return f"An admin has to allow it (`{one.code}`); I try again once a day."


def _place(one: Group) -> str:
    known = one.channel is not None and one.channel.startswith(("C", "G"))
    return channel_link(one.channel) if known and one.channel is not None else "a conversation"


def _buttons(one: Group) -> list[Block]:
    if one.kind is Kind.UNSURE:
        again = confirm(
            "Send it again?", "If it did arrive, it stands there twice then.", "Send it again", "No"
        )
        return [
            actions(
                button("Send it again", f"{ids.SEND_AGAIN}:{one.ids[0]}", one.key, confirm=again),
                button("It is there", f"{ids.LEAVE_UNSURE}:{one.ids[0]}", one.key),
            )
        ]
    if one.kind is Kind.DEAD:
        return [
            actions(
                button("Try again", f"{ids.TRY_AGAIN}:{one.ids[0]}", one.key),
                button("Leave it", f"{ids.LEAVE_DEAD}:{one.ids[0]}", one.key),
            )
        ]
    return []


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
