"""A morning on which everybody is asked and everybody answers, while something goes wrong.

People try again as long as Slack tells them that it did not work; what they saw saved has to be there afterwards.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.app import Roles
from bot.sandbox import Modes
from bot.sandbox.driver import Impossible, Slack
from storage.schedules.values import OccurrenceState
from tests.proof.calendar import LONDON, seconds_until
from tests.proof.crowd import EverythingOn, gather, id_of, name_of, start_rounds, written_to
from tests.proof.house import House, open_house
from tests.proof.scenes import switching_on
from tests.proof.stage import Stage
from tests.proof.stores import Store
from tests.proof.storms import BREEZY, PATIENCE, Aftermath, Minutes, aftermath, ours
from tests.proof.tally import Tally

PEOPLE = 12
SLACKS_OWN = replace(BREEZY, pace=1.0)
"""As fast as Slack allows, and not faster."""
A_WHILE = 0.3
"""Seconds until somebody tries again."""
HEADLINE = "three questions"
"""In every message that asks somebody."""

WINDOW = "views.open"
"""A window opens as often as somebody presses; all else is ours to pace."""


@dataclass(frozen=True, slots=True)
class Morning:
    """What whatever goes wrong may look at: begun when some have been asked."""

    house: House
    store: Store
    seconds: float
    """How long it takes, where real time matters."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once everybody has seen their answer saved."""


Outage = Callable[[Morning], Coroutine[Any, Any, None]]


async def morning(
    store: Store, folder: Path, roles: Sequence[Roles], outage: Outage, seconds: float
) -> Aftermath:
    """Everybody is asked at nine; it goes wrong when a third have been written to, and is mended some time later."""
    minutes = Minutes()
    async with open_house(store, folder, timing=SLACKS_OWN, wait=minutes) as house:
        house.sandbox.modes = Modes(rate_limits=True)
        gather(house.sandbox.world, PEOPLE)
        await house.move_in(roles)
        await house.calm(PATIENCE)
        await house.do(EverythingOn())
        await switching_on(Stage(house))
        await start_rounds(house, PEOPLE)
        scene = Morning(house, store, seconds)
        some_asked = written_to(house, PEOPLE // 3)
        await house.slack.advance(await seconds_until(Stage(house), "09:00", LONDON))
        async with asyncio.timeout(PATIENCE + 2 * seconds), asyncio.TaskGroup() as everybody:
            await some_asked.wait()
            everybody.create_task(outage(scene))
            everybody.create_task(_everybody_answers(scene))
        await _heard_again(house)
        minutes.over.set()
        await house.calm(PATIENCE)
        return aftermath(house, _counted(house))


async def _everybody_answers(scene: Morning) -> None:
    await asyncio.gather(*(_answers(scene.house.slack, number) for number in range(PEOPLE)))
    scene.answered.set()


async def _answers(slack: Slack, number: int) -> None:
    """Again and again, until Slack takes it."""
    while not await _answered(slack, name_of(number), _words(number)):  # noqa: ASYNC110 - people look
        await asyncio.sleep(A_WHILE)


async def _answered(slack: Slack, who: str, words: str) -> bool:
    said = await slack.dms(who)
    if any("Change my answer" in one.buttons for one in said):
        return True  # Slack had given up on it, and it was saved all the same: they see it
    asks = [one for one in said if "Answer" in one.buttons]
    if not asks:
        return False
    try:
        await slack.click(asks[-1], "Answer", who)
        sent = await slack.submit(who, question0=words)
    except Impossible:  # nothing has opened
        return False
    return sent.ok and not sent.errors


def _words(number: int) -> str:
    return f"Number {number} is well"


async def _heard_again(house: House) -> None:
    """Whatever happens from now on is captured as ever."""
    message = await house.slack.channel("#sales", as_="dana").saying("Kestrel")
    await house.slack.react(message, "bulb", "sam")


def _counted(house: House) -> Tally:
    names = ("asks", "occurrences", "checkin_answers", "checkin_answer_texts", "feedback")
    tables = house.store.tables(*names)
    kept = Counter(row["person"] for row in tables["checkin_answers"])
    wordings = {(row["on_date"], row["words"]) for row in tables["checkin_answer_texts"]}
    words = Counter(said for _, said in wordings)  # whoever saw it fail may say the same again
    due = Counter(row["recipient"] for row in tables["occurrences"] if row["state"] == OccurrenceState.DONE)
    asked = Counter(row["person"] for row in tables["asks"])
    said = Counter(one.channel for one in ours(house) if HEADLINE in one.text)
    tally = Tally()
    for number in range(PEOPLE):
        who, place = id_of(number), f"D0{name_of(number).upper()}"
        tally.once(f"{who} is answered for", kept[who])
        tally.once(f"the words of {who}", words[_words(number)])
        tally.wanted(f"{who} was asked", asked[who], max(1, due[who]))
        tally.wanted(f"{who} was written to", said[place], asked[who])
    tally.once("what was said after it", len(tables["feedback"]))
    refused = sum(
        one.answer is not None and one.answer.get("error") == "ratelimited" and one.method != WINDOW
        for one in house.sandbox.history.calls
    )
    tally.wanted("calls Slack found too fast", refused, 0)
    return tally
