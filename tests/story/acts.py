"""What the people of the story do, chapter by chapter. The test looks at what they see; the pictures show it."""

from collections.abc import Awaitable, Callable
from datetime import date

from bot.sandbox.driver.reading import Message
from bot.seeding.story import Story

FIRST = date(2026, 3, 2)
"""The Monday it begins; the wish is of the day after, 3 March."""
TOKYO, STOCKHOLM, LONDON, NEW_YORK = "Asia/Tokyo", "Europe/Stockholm", "Europe/London", "America/New_York"
WISH = "Acme would sign tomorrow if a report could go out by itself every Sunday evening."
STUCK = "Three exports fail since the night, and I cannot see why from here"
CLEARED = "A column was renamed; they run again, and Acme’s is there already"
DECISION = "We build scheduled reports next: weekly or daily, by e-mail"
BECAUSE = "Acme would sign for it (F-1), and so would two others."
SLIPS = "Time zones take a week longer than we thought"
CONDITION = "The announcement says which plans have it"
LAUNCH = "L-1"
SENTENCE = "Reports can be sent by themselves now: open a report, choose Schedule, and it is in your inbox on Sunday."
TEAM = {
    "aiko": TOKYO, "kenji": TOKYO, "lena": STOCKHOLM, "maya": STOCKHOLM, "tomas": STOCKHOLM, "ben": LONDON,
    "ines": LONDON, "omar": LONDON, "priya": LONDON, "ruth": NEW_YORK,
}  # fmt: skip
"""Who takes part in the standup, and where they live."""
SAID = {
    "kenji": ("Search is fast again", "Audit log", None),
    "maya": ("Talked to two customers", "What we build next", None),
    "tomas": ("The date filter", "Exports", None),
    "ben": ("Eleven tickets", "Find out about the exports", STUCK),
    "ruth": ("Two renewals", "Acme on Thursday", None),
}


Look = Callable[[], Awaitable[None]]


async def nobody_looks() -> None:
    """In the middle of a chapter there is something to see; whoever takes pictures does."""


# -- 3 March: a wish ---------------------------------------------------------------------------------------


async def wish(story: Story) -> None:
    """Sales captures what a customer said: an emoji, and for whom."""
    await story.at(1, "Tue", "10:00", NEW_YORK)
    await story.accepts("dana", "#sales", "/capture", "Capture 💡 and 🐞 here")
    await story.says("sam", "#sales", WISH)
    await story.captures("sam", "#sales", WISH)
    await story.captures("dana", "#sales", WISH)
    await story.account("sam", WISH, "Acme")


# -- 4 and 5 March: a standup in four zones ----------------------------------------------------------------


async def standup(story: Story) -> None:
    """A check-in is started; the next morning everybody is asked in their own."""
    await story.at(1, "Wed", "14:00")
    for who in ("ben", "ruth"):
        await story.slack.join("#product", as_=who)
    await story.slack.invite("throughline", "#product", as_="maya")
    await story.accepts("maya", "#product", "/checkin", "Change…")
    await story.fills("maya", name="Standup", often="every thursday")
    await story.puts_away("maya")
    await story.at(1, "Thu", "09:05", LONDON)


async def answers(story: Story) -> None:
    """Some answer, each in their morning; Support waits on Engineering, who sees to it."""
    for who, (done, then, stuck) in SAID.items():
        if await story.is_before(1, "Thu", "09:20", TEAM[who]):
            await story.at(1, "Thu", "09:20", TEAM[who])
        letters = [one for one in await story.slack.dms(who) if "Answer" in one.buttons]
        await story.slack.click(letters[-1], "Answer", as_=who)
        fields = {"blocker": stuck, "checkins.waits_on": "Engineering"} if stuck else {}
        await story.fills(who, question0=done, question1=then, **fields)
        await story.puts_away(who)


async def clear(story: Story) -> None:
    """Engineering clears it; at the end of the day the channel has read what everybody said."""
    await story.presses("ines", "can you clear B-1", "Cleared…", words=CLEARED)
    await story.at(1, "Thu", "16:00", NEW_YORK)


# -- 6 March: a decision -----------------------------------------------------------------------------------


async def decide(story: Story) -> None:
    """Product proposes to build it, for the wish; who decides is asked."""
    await story.at(1, "Fri", "10:00", LONDON)
    await story.accepts("maya", "#product", "/digest", "Start")
    await story.decides("omar", "#product", DECISION, BECAUSE, approver="maya", contributors=["ines"])


async def weekend(story: Story) -> None:
    """On Monday morning who decides has been asked, and who may say something."""
    await story.at(2, "Mon", "09:30", LONDON)


async def approve(story: Story) -> None:
    """It is decided."""
    await story.presses("ines", "asks for your view on D-1", "I agree")
    await story.presses("maya", "asks you to approve D-1", "Approve")


# -- 9 March: a launch -------------------------------------------------------------------------------------


async def launch(story: Story, look: Look = nobody_looks) -> None:
    """A launch is made from the decision's card, for Thursday of next week; its functions have somebody each."""
    await story.at(2, "Mon", "10:30", LONDON)
    await story.commands("omar", "#product", "/decision", "show D-1")
    await story.slack.click(await story.slack.modal("omar"), "Make a launch", as_="omar")
    await story.fills("omar", name="Scheduled reports", day=story.day(3, "Thu"), channel="#launches")
    await look()
    await story.fills("omar", Product="omar", Engineering="ines", Design="aiko", Sales="sam")
    await story.puts_away("omar")
    await story.at(2, "Mon", "10:45", LONDON)


# -- 16 March: engineering slips ---------------------------------------------------------------------------


async def progress(story: Story) -> None:
    """What was ready in the first week."""
    await story.at(2, "Wed", "11:00", LONDON)
    await story.item("ines", f"{LAUNCH}/1", "Doing")
    for who, item in (("omar", 2), ("aiko", 3), ("ben", 5)):
        await story.item(who, f"{LAUNCH}/{item}", "Done")


async def slip(story: Story) -> None:
    """Engineering says that it is stuck; the owner looks what a week more would move."""
    await story.at(3, "Mon", "10:00", LONDON)
    await story.item("ines", f"{LAUNCH}/1", "Blocked…", reason=SLIPS)
    await story.slack.click(await board(story), "Move date…", as_="omar")
    await story.fills("omar", day=story.day(4, "Thu"), reason=SLIPS)


async def move(story: Story) -> None:
    """It moves; ten minutes later those concerned are told."""
    await story.fills("omar")
    await story.puts_away("omar")
    await story.at(3, "Mon", "10:20", LONDON)


# -- 23 March: go, with a condition ------------------------------------------------------------------------


async def ready(story: Story) -> None:
    """Everybody gets their part done."""
    await story.at(3, "Fri", "11:00", LONDON)
    for who, items in {
        "ines": (1, 10, 12),
        "priya": (4, 7),
        "sam": (6, 8),
        "ben": (9,),
        "omar": (11,),
    }.items():
        for item in items:
            await story.item(who, f"{LAUNCH}/{item}", "Done")


async def ask_for_votes(story: Story) -> None:
    """The owner asks four functions whether it may go."""
    await story.at(4, "Mon", "10:00", LONDON)
    await story.slack.click(await board(story), "Go / no-go…", as_="omar")
    await story.fills("omar", functions=["Engineering", "Marketing", "Sales", "Customer Success"])
    await story.puts_away("omar")


async def vote(story: Story) -> None:
    """Marketing says yes, if; the others say yes."""
    question = f"Go or no-go for {LAUNCH}"
    await story.presses("priya", question, "Go with conditions…", reason=CONDITION)
    for who in ("ines", "ben"):
        await story.presses(who, question, "Go")
    await story.at(4, "Mon", "09:30", NEW_YORK)
    await story.presses("sam", question, "Go")


async def meet(story: Story) -> None:
    """The condition is met."""
    await story.at(4, "Wed", "15:00", LONDON)
    await story.item("priya", f"{LAUNCH}/13", "Done")


# -- 26 March: launched ------------------------------------------------------------------------------------


async def ship(story: Story) -> None:
    """It is out."""
    await story.at(4, "Thu", "10:30", LONDON)
    await story.slack.click(await board(story), "Show all", as_="omar")
    await story.slack.click(await story.slack.modal("omar"), "Ship it", as_="omar")


async def close(story: Story) -> None:
    """Its owner writes what those who wanted it can send on; they read it when their day begins."""
    await story.puts_away("omar")
    await story.presses("omar", f"{LAUNCH} has shipped", "Write the sentence…", sentence=SENTENCE)
    await story.at(4, "Thu", "09:10", NEW_YORK)


async def monday(story: Story) -> None:
    """Three days later there is a digest."""
    await story.at(5, "Mon", "09:10", LONDON)


async def board(story: Story) -> Message:
    """The launch's board in its channel."""
    ours = [one for one in await story.slack.channel("#launches").messages() if one.raw["bot"]]
    return next(one for one in ours if "Show all" in one.buttons)


async def newest(story: Story, who: str) -> Message:
    """The last thing we wrote to somebody."""
    return [one for one in await story.slack.dms(who) if one.raw["bot"]][-1]
