"""Every command with whatever may stand behind it, typed through the front door."""

import asyncio
import json
from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.sandbox.records import Delivered
from handlers.kit.features import Command
from handlers.registry import registry
from tests.front import FrontDoor
from tests.fuzz.grammar import texts
from tests.fuzz.listeners import faults

TOGETHER = 100
"""Commands drawn in one go."""
IMPATIENT = 60.0
PEOPLE = ("maya", "sam", "gil")
PLACES = ("#general", "#sales")
"""Where Throughline is, and where it is not."""


def type_much(
    door: FrontDoor, loop: asyncio.AbstractEventLoop, number: int, enough: Callable[[], bool] = lambda: False
) -> int:
    """Type so many commands, or until it is enough; the first that breaks something or stays unanswered raises."""
    commands, typed = sorted(registry().commands.values(), key=lambda one: one.name), 0
    everything = st.tuples(
        st.sampled_from(commands), texts(), st.sampled_from(PEOPLE), st.sampled_from(PLACES)
    )
    while typed < number and not enough():

        @seed(typed)
        @settings(
            max_examples=TOGETHER, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(everything)
        def one(drawn: tuple[Command, str, str, str]) -> None:
            nonlocal typed
            typed += 1
            work = asyncio.run_coroutine_threadsafe(_type(door, *drawn), loop)
            assert work.result(IMPATIENT) == [], drawn

        one()
    return typed


async def _type(door: FrontDoor, command: Command, text: str, who: str, where: str) -> Sequence[str]:
    """What was wrong with the answer."""
    history = door.sandbox.sandbox.history
    before = len(history)
    with capture_logs() as logs:
        if who == "gil":
            where = "#launches"
        name, text = ("throughline", f"{command.name} {text}") if not command.alone else (command.name, text)
        told = await door.slack.command(f"/{name}", text, as_=who, channel=where)
    sent = next(one for one in history[before:] if isinstance(one, Delivered))
    problems = list(faults(logs))
    if not told.ok:
        problems.append(f"Slack would not show it: {told.error}")
    if not _said(sent) and not await door.slack.sees_modal(who):
        problems.append("nothing was answered")
    if await door.slack.sees_modal(who):
        await door.slack.close(who)
    return problems


def _said(sent: Delivered) -> bool:
    answer = json.loads(sent.answer) if sent.answer else {}
    return bool(answer.get("text"))
