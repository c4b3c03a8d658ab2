"""What somebody is told who uses a job that is switched off: what it is, and who can switch it on. Pure."""

from collections.abc import Sequence

from handlers.kit.blocks import Block, actions, section
from handlers.kit.elements import button
from handlers.kit.jobs import Switch
from handlers.kit.mrkdwn import escape
from handlers.kit.replies import FieldErrors, Note, OpenModal, Options, PushModal, Reply, Text
from handlers.kit.surfaces import View, modal

SWITCH_ON = "switches.on"
"""The button of admins; its value is the job's key."""
ALL_JOBS = "switches.all"
"""The button that shows admins every job."""
NAMED = 3


def reply(
    switch: Switch,
    admins: Sequence[str],
    *,
    admin: bool,
    kind: str,
    answers: bool,
    in_modal: bool,
    block: str,
) -> Reply:
    """The answer for a kind of request.

    Args:
        switch: The job that is off.
        admins: What to call some admins.
        admin: Whether an admin asks.
        kind: `command`, `shortcut`, `action`, `submit` or `options`.
        answers: Whether there is a conversation to answer in.
        in_modal: Whether it was used in a modal.
        block: A submit's first field: the form stays open with what was typed.
    """
    if kind == "options":
        return Options([])
    words = said(switch, admins, admin=admin)
    if kind == "submit" and block:
        return FieldErrors(
            {block: f"Not saved: {plainly(switch)} {who_switches_on(admins, admin=admin)} {_STAYS}"}
        )
    if kind == "command":
        return Text(words, blocks(switch, words, admin=admin))
    if kind != "submit" and answers:
        return Note(words, blocks(switch, words, admin=admin))
    page = view(switch, words, admin=admin)
    return PushModal(page) if kind == "submit" or in_modal else OpenModal(page)


def said(switch: Switch, admins: Sequence[str], *, admin: bool) -> str:
    """In mrkdwn: that it is off, what it does, and who can switch it on."""
    return f"{plainly(switch)} {switch.does} {escape(who_switches_on(admins, admin=admin))}"


def plainly(switch: Switch) -> str:
    """The first sentence."""
    return f"{switch.title} is a job that is switched off in this workspace."


def blocks(switch: Switch, words: str, *, admin: bool) -> list[Block]:
    """The answer, for an admin with the button."""
    on = button(f"Switch on {switch.named}", SWITCH_ON, switch.key, style="primary")
    return [section(words), *([actions(on)] if admin else [])]


def view(switch: Switch, words: str, *, admin: bool) -> View:
    """The answer as a page of its own."""
    return modal("Switched off", blocks(switch, words, admin=admin), close="Close")


# ---------------------------------------------------------------------------------------------------------

_STAYS = "What you typed stays here meanwhile."


def who_switches_on(admins: Sequence[str], *, admin: bool, deed: str = "switch it on") -> str:
    """Who can switch on what is off, plain words."""
    if admin:
        return f"You can {deed}."
    if not admins:
        return f"An admin of this workspace can {deed}."
    named = [*admins[:NAMED], *(["another admin"] if len(admins) > NAMED else [])]
    return f"{' or '.join(part for part in (', '.join(named[:-1]), named[-1]) if part)} can {deed}."
