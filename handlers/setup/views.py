"""What admins see of the jobs: the guide in Home, all of them in a window, and what is said after a switch."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit.blocks import Block, actions, context, header, section
from handlers.kit.elements import Element, button
from handlers.kit.jobs import Switch
from handlers.kit.objects import confirm
from handlers.kit.surfaces import View, modal
from handlers.setup import ids


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs in the order they are suggested, and whether an admin has put the guide aside."""

    on: Sequence[Switch]
    off: Sequence[Switch]
    aside: bool = False


def guide(jobs: Jobs) -> list[Block]:
    """The next job to switch on, then what is on; nothing when there is no next one, or it was put aside."""
    if jobs.aside or not jobs.off:
        return []
    return [header("Set up Throughline"), section(_HOW), *_next(jobs, aside=True), *_running(jobs)]


def afterwards(jobs: Jobs) -> list[Block]:
    """The same at the end of Home, once the guide has done its work."""
    if jobs.off and not jobs.aside:
        return []
    return [header("Jobs"), *_running(jobs), *(_next(jobs, aside=False) if jobs.off else [])]


def every(jobs: Jobs) -> View:
    """All jobs, those that are off with their buttons first."""
    off = [section(f"*{one.title}*\n{one.does}", switch_on(one)) for one in jobs.off]
    return modal("Jobs", [*off, *_running(jobs)], close="Done")


def switched_on(switch: Switch) -> View:
    """What is said once a job is on."""
    return modal("Switched on", [section(said_on(switch)), context(_EVERYBODY)], close="Done")


def said_on(switch: Switch) -> str:
    """The same in a sentence of mrkdwn."""
    return f"*{switch.title}* · on from now. {switch.first}"


def switch_on(switch: Switch, words: str = "Switch on") -> Element:
    """The button that switches a job on."""
    label, action = f"Switch on {switch.named}", f"{ids.SWITCH_ON}:{switch.key}"
    return button(words, action, switch.key, style="primary", accessibility_label=label)


# ---------------------------------------------------------------------------------------------------------

_HOW = "One job at a time: use what is on, and switch on the next when it has settled. Only admins see this."
_EVERYBODY = "Everybody's Home shows it. An admin's Home switches it off again; nothing is lost by that."


def _next(jobs: Jobs, *, aside: bool) -> list[Block]:
    following = jobs.off[0]
    deeds = [switch_on(following, f"Switch on {following.named}")]
    if len(jobs.off) > 1:
        deeds.append(button("Another one first…", ids.ALL_JOBS))
    if aside:
        deeds.append(button("Not now", ids.NOT_NOW, accessibility_label="Put the set-up guide aside"))
    return [section(f"*Next: {following.title}*\n{following.does}"), actions(*deeds)]


def _running(jobs: Jobs) -> list[Block]:
    if not jobs.on:
        return [context("No job is on: I ask and tell nobody anything.")]
    return [section(f"*{one.title}* · on\n{one.first}", _switch_off(one)) for one in jobs.on]


def _switch_off(switch: Switch) -> Element:
    asked = confirm(
        f"Switch off {switch.named}?",
        "Nothing is deleted. It asks and tells nobody until an admin switches it on again.",
        "Switch off",
    )
    label, action = f"Switch off {switch.named}", f"{ids.SWITCH_OFF}:{switch.key}"
    return button("Switch off", action, switch.key, confirm=asked, accessibility_label=label)
