"""Week 2: the rhythm begins, a wish becomes a plan, and somebody goes on leave."""

from bot.seeding import standup
from bot.seeding.story import Story

NEW_YORK, LONDON, TOKYO = "America/New_York", "Europe/London", "Asia/Tokyo"


async def tell(story: Story) -> None:
    """Day by day."""
    await standup.until_ten(story, 2, "Mon")
    await story.at(2, "Mon", "10:30", LONDON)
    await story.says(
        "priya", "#general", "The customer evening in Lisbon is fully booked: 64 people, 11 of them from Iberia.",
        "tada by maya, lena, ben",
    )  # fmt: skip
    await standup.answers(story, 2, "Mon")
    await _sign_in(story)
    await _wednesday(story)
    await _thursday(story)
    await _friday(story)


async def _sign_in(story: Story) -> None:
    await story.at(2, "Tue", "09:50", LONDON)
    await story.decides(
        "omar", "#product", "Azure groups come before Okta in the permissions rework",
        "Fjord (F-1) and two others wait for Azure; nobody has asked for Okta since May.",
        approver="maya", contributors=["kenji", "sam"], informed=["dana"],
    )  # fmt: skip


async def _wednesday(story: Story) -> None:
    await story.at(2, "Wed", "09:30", TOKYO)
    await story.presses("kenji", "asks for your view on D-2", "I agree")
    await story.at(2, "Wed", "10:20", LONDON)
    await story.decides(
        "omar", "#product", "We build scheduled exports next: weekly or daily, by e-mail, per report",
        "Acme would sign the bigger plan (F-2), and three more asked for it this year.",
        approver="maya", informed=["sam", "ruth", "priya", "ben"],
    )  # fmt: skip
    await story.at(2, "Wed", "09:40", NEW_YORK)
    await story.presses("sam", "asks for your view on D-2", "I agree")


async def _thursday(story: Story) -> None:
    await standup.until_ten(story, 2, "Thu")
    await story.presses("maya", "asks you to approve D-2", "Approve")
    await story.presses("maya", "asks you to approve D-3", "Approve")
    await story.at(2, "Thu", "11:15", LONDON)
    await story.commands("omar", "#launches", "/launch", 'new "Scheduled exports"')
    await story.fills("omar", day=story.day(4, "Thu"), tier="normal")
    await story.fills("omar", Product="omar", Engineering="ines", Design="aiko", Sales="sam")
    await story.puts_away("omar")
    await story.links("omar", "L-2", "D-3")
    await story.at(2, "Thu", "14:00")
    await story.says("lena", "#general", "I am off for a week from Monday. Aiko has the design reviews.",
                     "palm_tree by aiko, maya")  # fmt: skip
    await story.commands("lena", "#general", "/throughline", "away from monday until friday cover @aiko")
    await story.at(2, "Thu", "10:05", NEW_YORK)
    await story.says("dana", "#sales", "Orchard Health again: prices in Canadian dollars on the invoice, or their"
                     " finance team cannot approve the renewal.")  # fmt: skip
    await story.captures("dana", "#sales", "Orchard Health again")
    await story.account("dana", "Orchard Health again", "Orchard Health")
    await story.captures("sam", "#sales", "Orchard Health again")


async def _friday(story: Story) -> None:
    await story.at(2, "Fri", "10:00")
    await story.item("tomas", "L-1/1", "Done")
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
