"""Week 2: the rhythm begins, somebody goes on leave, a second decision waits for somebody."""

from bot.seeding.story import Story

NEW_YORK, LONDON, TOKYO = "America/New_York", "Europe/London", "Asia/Tokyo"


async def tell(story: Story) -> None:
    """Captures go on beside it."""
    await story.at(2, "Mon", "10:30", LONDON)
    await story.says(
        "priya", "#general", "The customer evening in Lisbon is fully booked: 64 people, 11 of them from Iberia.",
        "tada by maya, lena, ben",
    )  # fmt: skip
    await _sign_in(story)
    await _leave(story)
    await _more_wishes(story)


async def _sign_in(story: Story) -> None:
    await story.at(2, "Tue", "09:50", LONDON)
    await story.commands(
        "omar", "#product", "/decision", "Azure groups come before Okta in the permissions rework"
    )
    await story.fills("omar")
    await story.slack.click(await story.slack.modal("omar"), "More…", as_="omar")
    await story.page(
        "omar", "Say why", why="Fjord and two others wait for Azure; nobody has asked for Okta since May."
    )
    await story.page("omar", "Name people", approver="maya", contributors=["kenji", "sam"], informed=["dana"])
    await story.fills("omar")
    await story.puts_away("omar")
    await story.at(2, "Wed", "09:30", TOKYO)
    await story.presses("kenji", "asks for your view", "I agree")
    await story.at(2, "Wed", "09:40", NEW_YORK)
    await story.presses("sam", "asks for your view", "I agree")
    await story.at(2, "Thu", "09:15")
    await story.presses("maya", "asks you to approve", "Approve")


async def _leave(story: Story) -> None:
    await story.at(2, "Thu", "11:00")
    await story.says("lena", "#general", "I am off for a week from Monday. Aiko has the design reviews.",
                     "palm_tree by aiko, maya")  # fmt: skip
    await story.commands("lena", "#general", "/throughline", "away from monday until friday cover @aiko")


async def _more_wishes(story: Story) -> None:
    await story.at(2, "Thu", "10:05", NEW_YORK)
    await story.says("dana", "#sales", "Orchard Health again: prices in Canadian dollars on the invoice, or their"
                     " finance team cannot approve the renewal.")  # fmt: skip
    await story.captures("dana", "#sales", "Orchard Health again")
    await story.account("dana", "Orchard Health again", "Orchard Health")
    await story.captures("sam", "#sales", "Orchard Health again")
    await story.at(2, "Fri", "11:10", LONDON)
    await story.says(
        "ben", "#support", "Printing cuts off the last column in Firefox at Larkspur School as well."
    )
    await story.captures(
        "ben", "#support", "Printing cuts off the last column in Firefox at Larkspur", "ladybug"
    )
    await story.account("ben", "Printing cuts off", "Larkspur School")
    await story.at(2, "Fri", "15:20", NEW_YORK)
    await story.says(
        "ruth", "#sales", "Bluebird asks for reports by e-mail on a schedule, too. Second one this month."
    )
    await story.captures("ruth", "#sales", "Bluebird asks for reports by e-mail on a schedule")
