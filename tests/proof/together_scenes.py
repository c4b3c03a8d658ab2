"""What people do in check-ins, decisions, launches and digests, scene by scene, as the clock's scenes do what it does."""

from bot.sandbox.driver import Message, Modal, Outcome
from tests.proof.calendar import STOCKHOLM, day_after, go_to
from tests.proof.job_scenes import THERE, jobs_switched_on, switched_on
from tests.proof.scenes import Scene, first_start
from tests.proof.stage import Act, Stage

LISBON = "Europe/Lisbon"


async def invited(stage: Stage) -> None:
    """Maya lets Throughline into the channel."""
    await stage.slack.invite("throughline", THERE, "maya")
    await stage.calm()


async def check_in_started(stage: Stage) -> None:
    """Maya starts the check-in that is proposed."""
    await _offered(stage, "/checkin", "Start")


async def asked(stage: Stage) -> None:
    """Nine in Stockholm: Maya is asked."""
    await go_to(stage, "09:05", STOCKHOLM)


async def blocked(stage: Stage) -> None:
    """She answers, and Engineering is in her way: a blocker, and somebody of theirs is asked."""
    await stage.open_modal("Daily check-in", _click(stage, "Answer"), "maya")
    blocker = {"blocker": "No prices before the build is up", "checkins.waits_on": "Engineering"}
    await stage.submit("Saved", "maya", question0="Acme call", **blocker)


async def passed_on(stage: Stage) -> None:
    """Half past nine in Lisbon: Inês of Engineering is asked."""
    await go_to(stage, "09:35", LISBON)


async def cleared(stage: Stage) -> None:
    """Inês says that it is cleared."""
    await stage.open_modal("Clear B-1", _click(stage, "Cleared…", "ines"), "ines")
    await stage.submit("B-1", "ines", words="It is up")


async def answer_changed(stage: Stage) -> None:
    """Maya finds better words."""
    await stage.open_modal("Daily check-in", _click(stage, "Change my answer"), "maya")
    await stage.submit("Saved", "maya", question0="Acme call, and the list")


async def decided(stage: Stage) -> None:
    """Omar records a decision."""
    command = _command(stage, "/decision", "Prices stay as they are", "omar")
    await stage.open_modal("Record a decision", command, "omar")
    await stage.submit("Saved", "omar")


async def superseded(stage: Stage) -> None:
    """He replaces it."""
    await stage.open_modal("Supersede D-1", _command(stage, "/decision", "supersede D-1", "omar"), "omar")
    await stage.submit("Saved", "omar", what="Prices go up in June")


async def launch_planned(stage: Stage) -> None:
    """Maya plans a launch, and Sam sees to a part of it."""
    await stage.open_modal("New launch", _command(stage, "/launch", 'new "Price list"', "maya"), "maya")
    await stage.submit("Saved", "maya", day=await day_after(stage, 10, STOCKHOLM), tier="small")
    await stage.submit("L-1", "maya", **{"Customer Success": "sam"})


async def launch_moved(stage: Stage) -> None:
    """She moves it by two working days."""
    later = await day_after(stage, 12, STOCKHOLM)
    await stage.open_modal("Move L-1", _command(stage, "/launch", f"move L-1 {later}", "maya"), "maya")
    await stage.submit("L-1", "maya", reason="The bank is late")


async def shipped(stage: Stage) -> None:
    """And ships it."""
    await stage.open_modal("L-1", _command(stage, "/launch", "L-1", "maya"), "maya")
    await stage.press(lambda: _modal(stage, "maya"), "Ship it", "maya")
    await stage.slack.close("maya")  # who had to press twice reads there that it has shipped already


async def digest_started(stage: Stage) -> None:
    """Maya starts the channel's digest, and Sam looks at his Home."""
    await _offered(stage, "/digest", "Start")
    await stage.slack.open_home("sam")
    await stage.calm()


TOGETHER = (
    Scene("first start", first_start, killed=False),
    Scene("jobs switched on", jobs_switched_on, killed=False),
    Scene("switched on", switched_on, killed=False),
    Scene("invited", invited, killed=False),
    Scene("check-in started", check_in_started),
    Scene("asked", asked, killed=False),
    Scene("blocked", blocked),
    Scene("passed on", passed_on, killed=False),
    Scene("cleared", cleared),
    Scene("answer changed", answer_changed),
    Scene("decided", decided),
    Scene("superseded", superseded),
    Scene("launch planned", launch_planned),
    Scene("launch moved", launch_moved),
    Scene("shipped", shipped),
    Scene("digest started", digest_started),
)


async def _offered(stage: Stage, command: str, button: str) -> None:
    """Ask what is proposed here, and take it."""
    before = len(await stage.slack.ephemerals("maya", THERE))

    async def offered() -> bool:
        return len(await stage.slack.ephemerals("maya", THERE)) > before

    async def offer() -> Message:
        return (await stage.slack.ephemerals("maya", THERE))[-1]

    await stage.persist(_command(stage, command, "", "maya"), offered)
    await stage.press(offer, button, "maya")


def _command(stage: Stage, command: str, words: str, who: str) -> Act:
    return lambda: stage.slack.command(command, words, as_=who, channel=THERE)


def _click(stage: Stage, button: str, who: str = "maya") -> Act:
    async def click() -> Outcome:
        said = [one for one in await stage.slack.dms(who) if button in one.buttons]
        return await stage.slack.click(said[-1], button, who)

    return click


async def _modal(stage: Stage, who: str) -> Modal:
    return await stage.slack.modal(who)
