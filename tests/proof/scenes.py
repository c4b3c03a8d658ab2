"""The thread of one piece of feedback, scene by scene; each begins where the one before it ended."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.driver import Message, Modal, Outcome
from tests.proof.stage import Stage


@dataclass(frozen=True, slots=True)
class Scene:
    """Something people do or the clock does, until all is calm again.

    Killed `from_birth`: the start is part of it. One that is not `killed` only leads up to the next. `jobs` are the
    jobs, and the kinds of series, that have something to do in it.
    """

    name: str
    play: Callable[[Stage], Awaitable[None]]
    from_birth: bool = False
    killed: bool = True
    jobs: tuple[str, ...] = ()


async def first_start(stage: Stage) -> None:
    """Throughline meets the workspace: who are we, who is here, which channels are ours."""
    await stage.calm()


async def switching_on(stage: Stage) -> None:
    """Dana switches capturing on in #sales: join, look, announce."""
    slack = stage.slack

    async def offered() -> bool:
        return bool(await slack.ephemerals("dana", "#sales"))

    async def offer() -> Message:
        return (await slack.ephemerals("dana", "#sales"))[-1]

    await stage.persist(lambda: slack.command("/capture", as_="dana", channel="#sales"), offered)
    await stage.press(offer, "Capture 💡 and 🐞 here", "dana")


async def emoji(stage: Stage) -> None:
    """Sam captures what Dana said: row, tick, link, words, card, and a letter to her, for it is her first."""
    await stage.react(await _said(stage, "Kestrel"), "bulb", "sam")


async def support(stage: Stage) -> None:
    """Ruth wants it too."""
    await stage.react(await _said(stage, "Kestrel"), "ladybug", "ruth")


async def taken_back(stage: Stage) -> None:
    """Dana captures and thinks better of it: undone, tick and all."""
    message = await _said(stage, "Canadian dollars")
    await stage.react(message, "bulb", "dana")
    await stage.unreact(message, "bulb", "dana")


async def command_corrected(stage: Stage) -> None:
    """`/capture` with an account too long to be one, then corrected."""
    slack = stage.slack
    words = "Fjord Energy asks for Azure groups"
    await stage.open_modal(
        "Capture feedback", lambda: slack.command("/capture", words, as_="maya", channel="#product"), "maya"
    )
    await stage.refused("maya", **{"For which account": " ".join(["Fjord"] * 20)})
    await stage.submit("Saved", "maya", **{"For which account": "Fjord Energy"})


async def undone(stage: Stage) -> None:
    """Captured by command, taken back on the modal's last page, and brought back."""
    slack = stage.slack
    await stage.open_modal("Capture feedback", lambda: slack.command("/capture", "Oops", as_="omar"), "omar")
    await stage.submit("Saved", "omar")
    await stage.press(lambda: _modal(stage, "omar"), "Undo", "omar")
    await stage.press(lambda: _modal(stage, "omar"), "Bring it back", "omar")


async def shortcut(stage: Stage) -> None:
    """Omar captures a message from its menu, and names the account."""
    slack = stage.slack
    message = await _said(stage, "Pioneer Bank")
    await stage.open_modal(
        "Capture feedback", lambda: slack.message_shortcut("Capture feedback", message, "omar"), "omar"
    )
    await stage.submit("Saved", "omar", **{"For which account": "Pioneer Bank"})


async def typed(stage: Stage) -> None:
    """Priya types to Throughline and saves what it offers."""
    slack = stage.slack
    await slack.dm("priya", "Acme would love a dark mode")
    await stage.calm()

    async def offer() -> Message:
        return (await slack.dms("priya"))[-1]

    await stage.press(offer, "Save as praise", "priya")


async def home(stage: Stage) -> None:
    """Dana looks at her Home, and it is kept true when she captures what Sam said."""
    await stage.slack.open_home("dana")
    await stage.calm()
    await stage.react(await _said(stage, "Fjord again"), "bulb", "dana")


async def edited(stage: Stage) -> None:
    """Maya finds better words for what she captured."""
    await stage.open_modal("F-3", lambda: stage.slack.command("/capture", "show F-3", as_="maya"), "maya")
    await stage.press(lambda: _modal(stage, "maya"), "Edit", "maya")
    await stage.submit("F-3", "maya", **{"What was said": "Fjord Energy asks for Azure groups, by May"})


async def objected(stage: Stage) -> None:
    """Dana does not want her words kept: they go everywhere, tick and all."""
    await stage.open_modal("F-1", lambda: stage.slack.command("/capture", "show F-1", as_="dana"), "dana")
    await stage.press(lambda: _modal(stage, "dana"), "Object", "dana")


async def private(stage: Stage) -> None:
    """Maya switches capturing on where Throughline has to be invited first; Omar switches it off again."""
    slack, where = stage.slack, "#pricing-private"

    async def offered() -> bool:
        return bool(await slack.ephemerals("maya", where))

    async def offer() -> Message:
        return (await slack.ephemerals("maya", where))[-1]

    await stage.persist(lambda: slack.command("/capture", as_="maya", channel=where), offered)
    await stage.press(offer, "Capture 💡 and 🐞 here", "maya")
    await slack.invite("throughline", where, as_="maya")
    await stage.calm()

    async def letter() -> Message:
        return await slack.channel(where, as_="omar").saying("are captured here")

    await stage.press(letter, "Switch off", "omar")


async def exported(stage: Stage) -> None:
    """Maya wants all she can see as a file, and gets it once."""
    await stage.open_modal(
        "Export feedback", lambda: stage.slack.command("/capture", "export", as_="maya"), "maya"
    )
    await stage.submit("On its way", "maya")


async def asked_next_morning(stage: Stage) -> None:
    """The next morning Sam and Dana are asked for which account it was: one answers, one says none."""
    await stage.slack.advance("next morning", as_="sam")
    await stage.calm()
    await stage.open_modal("Account of F-1", lambda: _click(stage, "Type the account", "sam"), "sam")
    await stage.submit("Saved", "sam", **{"For which account": "Kestrel Media"})
    await stage.press(lambda: _asked(stage, "dana"), "None", "dana")


SCENES = (
    Scene("first start", first_start, from_birth=True),
    Scene("switching on", switching_on),
    Scene("emoji", emoji),
    Scene("support", support),
    Scene("taken back", taken_back),
    Scene("command corrected", command_corrected),
    Scene("undone", undone),
    Scene("shortcut", shortcut),
    Scene("typed", typed),
    Scene("home", home),
    Scene("asked next morning", asked_next_morning),
    Scene("edited", edited),
    Scene("objected", objected),
    Scene("private", private),
    Scene("exported", exported),
)


async def _said(stage: Stage, words: str) -> Message:
    return await stage.slack.channel("#sales", as_="dana").saying(words)


async def _modal(stage: Stage, as_: str) -> Modal:
    return await stage.slack.modal(as_)


async def _asked(stage: Stage, who: str) -> Message:
    """The question; once it is answered and its message a receipt, whatever was said last."""
    said = await stage.slack.dms(who)
    return ([one for one in said if "Type the account" in one.buttons] or said)[-1]


async def _click(stage: Stage, what: str, who: str) -> Outcome:
    return await stage.slack.click(await _asked(stage, who), what, who)
