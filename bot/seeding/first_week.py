"""Week 1: Throughline arrives, and what customers say begins to be kept."""

from bot.seeding.standup import LIVES_IN
from bot.seeding.story import Story

NEW_YORK, LONDON = "America/New_York", "Europe/London"
EVERYBODY = (*LIVES_IN, "sam", "dana", "ben")


async def tell(story: Story) -> None:
    """From the first 💡 to a first decision."""
    await _arrival(story)
    await _no_holidays(story)
    await _wishes(story)
    await _problems(story)
    await _limit(story)
    await _digest(story)
    await _wall_displays(story)
    await _check_in(story)


async def _arrival(story: Story) -> None:
    await story.at(1, "Mon", "08:40")
    await story.says(
        "maya", "#general", "Morning. From today Throughline helps us to keep what customers tell us: react 💡 to an"
        " idea or 🐞 to a problem, and nobody has to file anything.", "eyes by omar, priya", "raised_hands by sam",
    )  # fmt: skip
    for who, channel in (("dana", "#sales"), ("ben", "#support")):
        await story.accepts(who, channel, "/capture", "Capture 💡 and 🐞 here")


async def _no_holidays(story: Story) -> None:
    """They choose no country: the history has to hold in whatever weeks have just been, and so has its next morning."""
    await story.at(1, "Mon", "08:45")
    for who in EVERYBODY:
        await story.commands(who, "#general", "/throughline", "settings")
        await story.fills(who, **{"Public holidays of": "None"})
        await story.puts_away(who)


async def _wishes(story: Story) -> None:
    await story.at(1, "Mon", "10:10", NEW_YORK)
    await story.captures("sam", "#sales", "Call with Fjord Energy")
    await story.account("sam", "Call with Fjord Energy", "Fjord Energy")
    await story.captures("omar", "#sales", "Call with Fjord Energy")
    await story.at(1, "Mon", "11:25", NEW_YORK)
    await story.says(
        "sam", "#sales", "Acme would sign the bigger plan if a report could be sent by itself every Sunday evening."
        " Today somebody comes in on Monday at six to press the button.", "eyes by maya",
    )  # fmt: skip
    await story.captures("sam", "#sales", "Acme would sign the bigger plan")
    await story.account("sam", "Acme would sign the bigger plan", "Acme")
    await story.captures("ruth", "#sales", "Acme would sign the bigger plan")
    await story.at(1, "Tue", "09:40", NEW_YORK)
    await story.captures("dana", "#sales", "Lost Kestrel Media")
    await story.account("dana", "Lost Kestrel Media", "Kestrel Media")
    await story.at(1, "Tue", "15:05", NEW_YORK)
    await story.captures("ruth", "#sales", "Pioneer Bank asks whether dashboards")
    await story.account("ruth", "Pioneer Bank asks whether dashboards", "Pioneer Bank")


async def _problems(story: Story) -> None:
    await story.at(1, "Wed", "09:25", LONDON)
    await story.captures("ben", "#support", "Exports time out above 50,000 rows", "ladybug")
    await story.account("ben", "Exports time out", "Harbour Freight Co")
    await story.captures("ines", "#support", "Exports time out above 50,000 rows", "ladybug")
    await story.captures("ben", "#support", "the date filter forgets the year", "ladybug")
    await story.account("ben", "the date filter forgets the year", "Larkspur School")
    await story.captures("ben", "#support", "a larger font on the wall display")
    await story.account("ben", "a larger font on the wall display", "Larkspur School")
    await story.captures("ruth", "#support", "a larger font on the wall display")
    await story.at(1, "Wed", "11:30", LONDON)
    asked = await story.says(
        "omar", "#product", "How high can the export limit go before it hurts? Sales hear about it every week.",
        "eyes by kenji",
    )  # fmt: skip
    await story.says(
        "ines", "#product", "200,000 rows would hold until summer without new machines.", below=asked
    )
    await story.says("tomas", "#product", "And 95 % of all exports would stop failing.", below=asked)


async def _limit(story: Story) -> None:
    await story.at(1, "Thu", "10:15", LONDON)
    await story.switches_on("/decision", "Switch on decisions")
    answer = "200,000 rows would hold"
    asked = await story.heard("#product", "How high can the export limit go")
    below = await story.slack.channel("#product", "omar").thread(asked)
    await story.slack.invite("throughline", "#product", as_="omar")
    spot = next(one for one in below if answer in one.words)
    await story.slack.message_shortcut("Record a decision", spot, as_="omar")
    await story.fills("omar", what="Exports may hold 200,000 rows, up from 50,000")
    await story.slack.click(await story.slack.modal("omar"), "More…", as_="omar")
    await story.page(
        "omar",
        "Say why",
        why="95 % of the exports that fail today would run, F-5 among them, on the machines we have.",
    )
    await story.page("omar", "Name people", approver="ines", contributors=["tomas"], informed=["ben", "ruth"])
    await story.fills("omar")
    await story.confirms("omar")
    await story.puts_away("omar")
    await story.at(1, "Fri", "09:20", LONDON)
    await story.presses("tomas", "asks for your view", "I agree")
    await story.presses("ines", "asks you to approve", "Approve")
    await story.says("ben", "#support", "The export limit goes up to 200,000 rows. I tell Harbour Freight today.",
                     "tada by ruth")  # fmt: skip


async def _digest(story: Story) -> None:
    await story.at(1, "Fri", "15:30")
    await story.switches_on("/digest", "Switch on digests")
    await story.accepts("maya", "#product", "/digest", "Start")
    await story.says(
        "maya", "#product", "Monday mornings there is a digest here now. If it is of no use, tell me."
    )


async def _wall_displays(story: Story) -> None:
    await story.at(1, "Fri", "16:10")
    await story.switches_on("/launch", "Switch on launches")
    await story.commands("maya", "#launches", "/launch", 'new "Wall displays for everybody"')
    await story.fills("maya", day=story.day(3, "Wed"), tier="small", For="F-7")
    await story.fills("maya", Engineering="tomas", **{"Customer Success": "ben"})
    await story.puts_away("maya")


async def _check_in(story: Story) -> None:
    await story.at(1, "Fri", "16:40")
    await story.slack.join("#product", as_="ruth")
    await story.switches_on("/checkin", "Switch on check-ins")
    await story.accepts("maya", "#product", "/checkin", "Change…")
    await story.fills("maya", name="Product check-in", often="mon and thu")
    await story.puts_away("maya")
    await story.says(
        "maya", "#product", "From Monday two minutes in writing instead of the Monday and Thursday calls. @ruth joins"
        " us, so that we hear from customers while there is still time.", "tada by kenji, aiko, ruth",
    )  # fmt: skip
