"""What the clock does by itself, scene by scene; what leads up to it is played once, and nobody dies in it.

Everything happens among three people in a channel of theirs, so that one kind of thing is due at a time.
"""

from functools import partial

from bot.sandbox.driver import Message, Outcome
from bot.sandbox.world import Person, World
from handlers.functions.ids import ONE
from storage.values import AtFirst
from tests.proof.calendar import LONDON, NEW_YORK, STOCKHOLM, day_after, go_to, minutes_go_by
from tests.proof.scenes import Scene, first_start
from tests.proof.stage import Stage

THERE = "#pricing-private"
CROWD = tuple(f"fan{number}" for number in range(20))


async def jobs_switched_on(stage: Stage) -> None:
    """Omar and Maya look at their Homes, where she switches on one job after the other, but for the last."""
    await stage.slack.open_home("omar")
    await stage.slack.open_home("maya")
    for job in ("check-ins", "decisions", "launches"):
        await stage.slack.click(await stage.slack.home("maya"), f"Switch on {job}", "maya")
        await stage.slack.close("maya")


async def switched_on(stage: Stage) -> None:
    """The last job is switched on, and every Home is drawn anew."""
    await stage.press(lambda: stage.slack.home("maya"), "Switch on digests", "maya")
    if await stage.sees("maya", "Switched on"):  # who looked again at her Home only sees it there
        await stage.slack.close("maya")


async def check_in_started(stage: Stage) -> None:
    """Maya starts the check-in that is proposed; it is a little before nine in Stockholm."""
    await stage.slack.invite("throughline", THERE, "maya")
    await stage.slack.command("/checkin", as_="maya", channel=THERE)
    await _press(stage, await _offer(stage, THERE), "Start")
    await go_to(stage, "08:58", STOCKHOLM)


async def asked(stage: Stage) -> None:
    """Nine in Stockholm: Maya is asked."""
    await minutes_go_by(stage, 4)


async def answered(stage: Stage) -> None:
    """Omar and Sam are asked in their mornings; Sam answers. It is a little before four in Stockholm."""
    await go_to(stage, "09:05", LONDON)
    await go_to(stage, "09:05", NEW_YORK)
    await stage.slack.click((await stage.slack.dms("sam"))[-1], "Answer", "sam")
    await stage.slack.submit("sam", question0="Acme call")
    await go_to(stage, "15:58", STOCKHOLM)


async def reminded(stage: Stage) -> None:
    """An hour before Maya's day ends she is reminded."""
    await minutes_go_by(stage, 4)


async def almost_over(stage: Stage) -> None:
    """Omar is reminded too. It is a little before one in New York."""
    await go_to(stage, "12:58", NEW_YORK)


async def summed_up(stage: Stage) -> None:
    """The round ends: a summary, the answer below it, and nobody is asked any more."""
    await minutes_go_by(stage, 4)


async def decision_recorded(stage: Stage) -> None:
    """The check-in ends; Sam records a decision that is looked at again tomorrow. Midnight is near for him."""
    slack = stage.slack
    await slack.command("/checkin", "end C-1", as_="maya", channel=THERE)
    await _record(stage, "sam", "Prices stay as they are")
    await slack.click(await slack.modal("sam"), "More…", "sam")
    await slack.click(await slack.modal("sam"), "Set dates", "sam")
    await slack.submit("sam", review_on=await day_after(stage, 1, NEW_YORK))
    await slack.submit("sam")
    await slack.close("sam")
    await go_to(stage, "23:58", NEW_YORK)


async def looked_at_again(stage: Stage) -> None:
    """The day has come, and in his morning Sam is asked whether it still holds."""
    await go_to(stage, "09:05", NEW_YORK)


async def launch_made(stage: Stage) -> None:
    """Maya plans a launch that Sam has a part in."""
    slack = stage.slack
    await slack.command("/launch", 'new "Price list"', as_="maya", channel=THERE)
    await slack.submit("maya", day=await day_after(stage, 10, STOCKHOLM), tier="small")
    await slack.submit("maya", **{"Customer Success": "sam"})
    await slack.close("maya")


async def leads_told(stage: Stage) -> None:
    """A quarter of an hour later whoever sees to a part of it is told."""
    await minutes_go_by(stage, 15)


async def launch_moved(stage: Stage) -> None:
    """Maya moves it by two working days."""
    slack = stage.slack
    await slack.command("/launch", f"move L-1 {await day_after(stage, 12, STOCKHOLM)}", as_="maya")
    await slack.submit("maya", reason="The bank is late")
    await slack.close("maya")


async def move_told(stage: Stage) -> None:
    """A quarter of an hour later those concerned are told, once."""
    await minutes_go_by(stage, 15)


async def almost_midnight(stage: Stage) -> None:
    """It is a little before midnight in Stockholm."""
    await go_to(stage, "23:58", STOCKHOLM)


async def counted(stage: Stage) -> None:
    """On the new day the board says how many days are left."""
    await minutes_go_by(stage, 4)


async def digest_started(stage: Stage) -> None:
    """Maya starts the channel's digest; it is a little before nine on a Monday."""
    await stage.slack.command("/digest", as_="maya", channel=THERE)
    await _press(stage, await _offer(stage, THERE), "Start")
    await go_to(stage, "08:58", STOCKHOLM, monday=True)


async def digest_posted(stage: Stage) -> None:
    """Nine on Monday: what was decided stands in the channel."""
    await minutes_go_by(stage, 4)


async def almost_due(stage: Stage) -> None:
    """A week later, tomorrow Sam is to be asked about his item of the launch; for him it is almost midnight."""
    for _ in range(6):
        await go_to(stage, "23:58", NEW_YORK)


async def owner_asked(stage: Stage) -> None:
    """The day begins, and in his morning he is asked how it stands."""
    await minutes_go_by(stage, 4)
    await go_to(stage, "09:05", NEW_YORK)


async def held_up(stage: Stage) -> None:
    """Sam's item waits on Engineering, and Inês is asked."""
    slack = stage.slack
    await slack.click(await _button(stage, "sam", "Blocked…"), "Blocked…", "sam")
    await slack.submit(
        "sam", reason="No prices before the build is up", **{"checkins.waits_on": "Engineering"}
    )
    await slack.close("sam")


async def goes_on(stage: Stage) -> None:
    """She says that it is cleared; the item goes on by itself, and Sam is told."""

    async def press() -> Outcome:
        return await stage.slack.click(await _button(stage, "ines", "Cleared…"), "Cleared…", "ines")

    await stage.open_modal("Clear B-1", press, "ines")
    await stage.submit("B-1", "ines", words="It is up")


async def wanted_by_many(stage: Stage) -> None:
    """More people want something than are told at once; Omar decides what comes of it. It is evening everywhere."""
    slack = stage.slack
    await slack.command("/capture", as_="maya", channel="#general")
    await _press(stage, await _offer(stage, "#general"), "Capture")
    message = await slack.message("#general", "A price list in euro, please", as_="dana")
    for who in CROWD:
        await slack.react(message, "bulb", who)
    await _record(stage, "omar", "The list is in euro", "#general")
    await slack.close("omar")
    await _link(stage, "D-2", "F-1")
    await go_to(stage, "18:30", NEW_YORK)


async def rippled(stage: Stage) -> None:
    """Omar replaces his decision, and whoever wanted what it led to is to hear of it."""
    await stage.open_modal(
        "Supersede D-2", lambda: stage.slack.command("/decision", "supersede D-2", as_="omar"), "omar"
    )
    await stage.submit("Saved", "omar", what="The list is in dollars")


async def shipped(stage: Stage) -> None:
    """What they wanted ships with L-1 the next day, and Maya is asked what to tell them. It is evening again."""
    slack = stage.slack
    await _link(stage, "L-1", "F-1")
    await go_to(stage, "09:05", NEW_YORK)
    await slack.command("/launch", "L-1", as_="maya")
    await slack.click(await slack.modal("maya"), "Ship it", "maya")
    await slack.close("maya")
    await go_to(stage, "18:30", NEW_YORK)


async def sentence_told(stage: Stage) -> None:
    """She writes the sentence in the evening, and everybody is to be told in their morning."""

    async def press() -> Outcome:
        ask = await _button(stage, "maya", "Write the sentence…")
        return await stage.slack.click(ask, "Write the sentence…", "maya")

    await stage.open_modal("L-1 has shipped", press, "maya")
    await stage.submit("Closed", "maya", sentence="The list is in euro now.")


async def came_in(stage: Stage) -> None:
    """Omar looks after the product, with one card a day; Sam captures something. It is a little before nine for Omar."""
    slack = stage.slack
    await go_to(stage, "10:02", LONDON)
    await go_to(stage, "18:30", LONDON)
    await slack.command("/capture", "areas", as_="maya")
    await slack.click(await slack.modal("maya"), "Add an area", "maya")
    await slack.submit("maya", name="Product", owner="omar", triage=THERE, cards="One card a day for all")
    await slack.close("maya")
    await slack.command("/capture", "A price list for schools", as_="sam")
    await slack.submit("sam")
    await slack.close("sam")
    await go_to(stage, "08:58", LONDON)


async def carded(stage: Stage) -> None:
    """His day begins, and the card of the day lists it."""
    await minutes_go_by(stage, 4)


async def put_off(stage: Stage) -> None:
    """On Monday Omar declines it until tomorrow; it is almost midnight for him."""
    slack = stage.slack
    await go_to(stage, "10:02", LONDON, monday=True)
    await slack.command("/capture", "show F-2", as_="omar")
    await slack.click(await slack.modal("omar"), "What becomes of it…", "omar")
    again = await day_after(stage, 1, LONDON)
    await slack.submit("omar", state="Declined", reason="Not this year", again_on=again)
    await slack.close("omar")
    await go_to(stage, "23:58", LONDON)


async def reopened(stage: Stage) -> None:
    """The day has come: it is open again, and its people are to hear why."""
    await minutes_go_by(stage, 4)


async def sorted_apart(stage: Stage) -> None:
    """Each new piece has a card of its own from now on; Sam captures one, and Omar says what it is about."""
    slack = stage.slack
    await go_to(stage, "10:02", LONDON)
    await slack.command("/capture", "areas", as_="maya")
    await slack.click(await slack.modal("maya"), "Change", "maya")
    await slack.submit("maya", cards="One card for each new piece")
    await slack.close("maya")
    await slack.command("/capture", "Invoices for schools", as_="sam")
    await slack.submit("sam")
    await slack.close("sam")
    card = await slack.channel(THERE, as_="omar").saying("Invoices for schools")
    await slack.click(card, "Triage…", "omar")
    await slack.fill("omar", theme="Billing")
    await slack.submit("omar")
    await slack.close("omar")


async def renamed(stage: Stage) -> None:
    """Omar calls it otherwise, and the card of what is about it is drawn again by itself."""
    slack = stage.slack
    await stage.open_modal("Themes", lambda: slack.command("/capture", "themes", as_="omar"), "omar")
    await stage.submit("Theme", "omar", into_theme="Billing")
    await stage.press(lambda: slack.modal("omar"), "Rename…", "omar")
    await stage.submit("Theme", "omar", name="Money")


async def wanted_too(stage: Stage) -> None:
    """Maya captures what Dana says, and Omar wants it, too."""
    slack = stage.slack
    message = await slack.message("#general", "A list of all schools, please", as_="dana")
    for who in ("maya", "omar"):
        await slack.react(message, "bulb", who)


async def answered_too(stage: Stage) -> None:
    """Some minutes later he is told what is known of it."""
    await minutes_go_by(stage, 4)


async def another_planned(stage: Stage) -> None:
    """Sam has a part in another launch of Maya's."""
    slack = stage.slack
    await slack.command("/launch", 'new "School prices"', as_="maya", channel=THERE)
    await slack.submit("maya", day=await day_after(stage, 10, STOCKHOLM), tier="small")
    await slack.submit("maya", **{"Customer Success": "sam"})
    await slack.close("maya")
    await minutes_go_by(stage, 15)


async def regrouped(stage: Stage) -> None:
    """Maya merges the function whose part it is into another one, and the launch follows by itself."""
    slack = stage.slack
    every = partial(slack.command, "/throughline", "settings functions", as_="maya", channel=THERE)
    await stage.open_modal("Functions", every, "maya")
    itself = f"{ONE}:{AtFirst.CUSTOMER_SUCCESS}"
    await stage.open_modal("Function", lambda: _click_in(stage, "Functions", itself), "maya")
    await stage.press(lambda: slack.modal("maya"), "Merge…", "maya")
    await stage.submit("Merge a function", "maya", into="Marketing")
    await stage.submit("Function", "maya")
    await minutes_go_by(stage, 1)


async def shut_out(stage: Stage) -> None:
    """We are taken out of a channel, and nobody tells us: an answer does not get through there, and Maya hears of it."""
    slack = stage.slack
    message = await slack.message("#general", "Where is the list for schools?", as_="dana")
    await slack.message_shortcut("Capture feedback", message, as_="sam")
    await slack.submit("sam", kind="❔ Question")
    await slack.close("sam")
    await _taken_out(stage)
    await slack.command("/capture", "show F-5", as_="omar")
    await slack.click(await slack.modal("omar"), "What becomes of it…", "omar")
    await slack.submit("omar", state="Answered", sentence="In the shop.")
    await slack.close("omar")
    await minutes_go_by(stage, 2)


async def let_in(stage: Stage) -> None:
    """She invites us again: the answer is posted, and nothing is in the way any more."""
    await stage.slack.invite("throughline", "#general", "maya")
    await stage.calm()
    await minutes_go_by(stage, 2)


async def let_go(stage: Stage) -> None:
    """Maya takes us out of the channel, and nobody tells us; the day is almost over."""
    await _taken_out(stage)
    await go_to(stage, "23:58", "UTC")


async def new_day(stage: Stage) -> None:
    """On the new day we ask who is where, and capture no more where we are not."""
    await minutes_go_by(stage, 4)


PLAY = (
    Scene("first start", first_start, killed=False),
    Scene("jobs switched on", jobs_switched_on, killed=False),
    Scene("switched on", switched_on, jobs=("setup.draw_homes",)),
    Scene("check-in started", check_in_started, killed=False),
    Scene("asked", asked, jobs=("schedules.tick", "checkins.ask", "asks.send")),
    Scene("answered", answered, killed=False),
    Scene("reminded", reminded, jobs=("checkins.remind",)),
    Scene("almost over", almost_over, killed=False),
    Scene("summed up", summed_up, jobs=("checkins.close",)),
    Scene("decision recorded", decision_recorded, killed=False),
    Scene("looked at again", looked_at_again, jobs=("decisions.remind", "asks.send")),
    Scene("launch made", launch_made, killed=False),
    Scene("leads told", leads_told, jobs=("launches.tell",)),
    Scene("launch moved", launch_moved, killed=False),
    Scene("move told", move_told, jobs=("launches.tell",)),
    Scene("almost midnight", almost_midnight, killed=False),
    Scene("counted", counted, jobs=("launches.count",)),
    Scene("digest started", digest_started, killed=False),
    Scene("digest posted", digest_posted, jobs=("schedules.tick", "digests.post")),
    Scene("almost due", almost_due, killed=False),
    Scene("owner asked", owner_asked, jobs=("launches.ask", "asks.send")),
    Scene("held up", held_up, killed=False),
    Scene("goes on", goes_on, jobs=("launches.go_on",)),
    Scene("wanted by many", wanted_by_many, killed=False),
    Scene("rippled", rippled, jobs=("links.ripple",)),
    Scene("shipped", shipped, killed=False),
    Scene("sentence told", sentence_told, jobs=("feedback.tell_shipped",)),
    Scene("came in", came_in, killed=False),
    Scene("carded", carded, jobs=("feedback.day_cards",)),
    Scene("put off", put_off, killed=False),
    Scene("reopened", reopened, jobs=("feedback.reopen",)),
    Scene("sorted apart", sorted_apart, killed=False),
    Scene("renamed", renamed, jobs=("feedback.redraw",)),
    Scene("wanted too", wanted_too, killed=False),
    Scene("answered too", answered_too, jobs=("feedback.answer", "asks.send")),
    Scene("another planned", another_planned, killed=False),
    Scene("regrouped", regrouped, jobs=("launches.regroup",)),
    Scene("shut out", shut_out, killed=False),
    Scene("let in", let_in, jobs=("delivery.look",)),
    Scene("let go", let_go, killed=False),
    Scene("new day", new_day, jobs=("people.daily", "feedback.listening")),
)


def grow(world: World) -> None:
    """More people than are told at once."""
    for name in CROWD:
        ident = f"U0{name.upper()}"
        world.people[ident] = Person(ident, name, name.capitalize(), "Customer Success", LONDON, "8d8d8d")
        world.channels["C0GENERAL"].members.append(ident)


async def _taken_out(stage: Stage) -> None:
    """Out of #general, while no event reaches us."""
    await stage.slack.faults(events={"black_hole": 1.0})
    await stage.slack.kick("throughline", "#general", "maya")
    await stage.slack.faults()


async def _click_in(stage: Stage, title: str, what: str) -> Outcome:
    """Maya presses something in her window of that title."""
    return await stage.slack.click(await stage.slack.modal("maya", title), what, "maya")


async def _button(stage: Stage, who: str, button: str) -> Message:
    """The last message to them with that button; once it is gone, their last message."""
    said = await stage.slack.dms(who)
    return next((one for one in reversed(said) if button in one.buttons), said[-1])


async def _offer(stage: Stage, channel: str) -> Message:
    return (await stage.slack.ephemerals("maya", channel))[-1]


async def _press(stage: Stage, message: Message, begins: str) -> None:
    what = next(one for one in message.buttons if one.startswith(begins))
    await stage.slack.click(message, what, "maya")


async def _record(stage: Stage, as_: str, words: str, channel: str = THERE) -> None:
    await stage.slack.command("/decision", words, as_=as_, channel=channel)
    await stage.slack.submit(as_)


async def _link(stage: Stage, name: str, to: str) -> None:
    slack = stage.slack
    await slack.command("/throughline", f"show {name}", as_="maya")
    await slack.click(await slack.modal("maya"), "Link…", "maya")
    await slack.fill("maya", **{"links.to": to})
    await slack.submit("maya")
    await slack.close("maya")
