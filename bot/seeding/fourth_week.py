"""Week 4: plans change; on Friday evening enough is open that the next morning brings something."""

from bot.seeding.story import Story

NEW_YORK, LONDON, TOKYO = "America/New_York", "Europe/London", "Asia/Tokyo"


async def tell(story: Story) -> None:
    """A decision is replaced, another waits, a wish has no account yet."""
    await story.at(4, "Mon", "10:05", LONDON)
    await story.commands("omar", "#product", "/decision", "supersede D-1")
    await story.fills("omar", what="Exports have no limit; above 200,000 rows they run at night")
    await story.puts_away("omar")
    await story.at(4, "Tue", "09:30", LONDON)
    await story.presses("ines", "asks you to approve", "Approve")
    await story.says("ben", "#support", "Good news for Harbour Freight: large exports run at night and no longer fail.",
                     "tada by ruth, ines")  # fmt: skip
    await _until_friday(story)
    await _friday(story)


async def _until_friday(story: Story) -> None:
    await story.at(4, "Wed", "14:20", LONDON)
    await story.says("priya", "#launches", "The booth in Lisbon has a screen now. Wall displays will look well on it.",
                     "heart by lena, gil")  # fmt: skip
    await story.at(4, "Thu", "10:30", NEW_YORK)
    await story.says(
        "dana", "#sales", "Kestrel would come back if audit logs could be exported. Their words, not mine."
    )
    await story.captures("dana", "#sales", "Kestrel would come back")
    await story.account("dana", "Kestrel would come back", "Kestrel Media")


async def _friday(story: Story) -> None:
    await story.everybody_reads()
    await story.at(4, "Fri", "09:50", LONDON)
    await story.commands(
        "omar", "#product", "/decision", "Audit logs can be exported as CSV, for admins only"
    )
    await story.fills("omar")
    await story.slack.click(await story.slack.modal("omar"), "More…", as_="omar")
    await story.page("omar", "Name people", approver="maya", contributors=["ines", "ruth"], informed=["dana"])
    await story.fills("omar")
    await story.puts_away("omar")
    await story.at(4, "Fri", "10:10", NEW_YORK)
    await story.says("sam", "#sales", "Fjord’s board said yes, provided the Azure groups come this quarter.",
                     "tada by dana, maya")  # fmt: skip
    await story.captures("sam", "#sales", "Fjord’s board said yes")
    await story.at(4, "Fri", "17:30")
