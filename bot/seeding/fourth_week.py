"""Week 4: plans change; on Friday evening enough is open that the next morning brings something."""

from bot.seeding import standup
from bot.seeding.story import Story

VOTE = "Go or no-go for L-2"
NEW_YORK, LONDON, TOKYO = "America/New_York", "Europe/London", "Asia/Tokyo"


async def tell(story: Story) -> None:
    """Day by day."""
    await standup.answers(story, 4, "Mon", TOKYO)
    await story.item("aiko", "L-2/2", "Done")
    await standup.until_ten(story, 4, "Mon")
    await story.commands("omar", "#product", "/decision", "supersede D-1")
    await story.fills("omar", what="Exports have no limit; above 200,000 rows they run at night")
    await story.puts_away("omar")
    await story.at(4, "Mon", "11:00")
    await story.presses(
        "tomas", "can you clear B-2", "Cleared…", words="Our mail is signed now; the first ones arrive"
    )
    await standup.answers(story, 4, "Mon")
    await story.at(4, "Tue", "09:30", LONDON)
    await story.presses("ines", "asks you to approve D-4", "Approve")
    await story.item("ben", "L-2/5", "Done")
    await story.says("ben", "#support", "Good news for Harbour Freight: large exports run at night and no longer fail.",
                     "tada by ruth, ines")  # fmt: skip
    await story.at(4, "Wed", "14:20", LONDON)
    await story.says("priya", "#launches", "The booth in Lisbon has a screen now. Wall displays will look well on it.",
                     "heart by lena, gil")  # fmt: skip
    await story.at(4, "Wed", "10:45", NEW_YORK)
    await story.item("sam", "L-2/6", "Done")
    await story.at(4, "Wed", "16:10", LONDON)
    await story.item("priya", "L-2/7", "Done")
    await story.opens_vote("omar", "L-2", "Engineering", "Marketing", "Sales", "Customer Success")
    await standup.until_ten(story, 4, "Thu")
    await _go(story)
    await story.at(4, "Thu", "10:30", NEW_YORK)
    await story.item("sam", "L-2/8", "Not needed…", reason="They know: they have asked for it since March")
    await story.presses("sam", VOTE, "Go")
    await story.says(
        "dana", "#sales", "Kestrel would come back if audit logs could be exported. Their words, not mine."
    )
    await story.captures("dana", "#sales", "Kestrel would come back")
    await story.account("dana", "Kestrel would come back", "Kestrel Media")
    await _friday(story)


async def _go(story: Story) -> None:
    """One after the other says whether it may go; Marketing says under which condition."""
    await story.at(4, "Thu", "11:20", LONDON)
    await story.item("ines", "L-2/3", "Done")
    await story.item("ines", "L-2/10", "Done")
    await story.presses("ines", VOTE, "Go")
    await story.item("ben", "L-2/9", "Done")
    await story.presses("ben", VOTE, "Go")
    await story.presses(
        "priya", VOTE, "Go with conditions…", reason="The announcement says which plans have it"
    )
    await story.at(4, "Thu", "14:00", LONDON)
    await story.item("omar", "L-2/11", "Done")


async def _friday(story: Story) -> None:
    """What nobody has seen yet, and what waits for Monday."""
    await story.everybody_reads()
    await story.at(4, "Fri", "09:50", LONDON)
    await story.decides(
        "omar", "#product", "Audit logs can be exported as CSV, for admins only",
        "Kestrel left for the lack of it (F-3), and Pioneer Bank’s auditors ask for a file, not for a page.",
        approver="maya", contributors=["ines", "ruth"], informed=["dana"],
    )  # fmt: skip
    await story.at(4, "Fri", "10:10", NEW_YORK)
    await story.says("sam", "#sales", "Fjord’s board said yes, provided the Azure groups come this quarter.",
                     "tada by dana, maya")  # fmt: skip
    await story.captures("sam", "#sales", "Fjord’s board said yes")
    await story.at(4, "Fri", "10:20", NEW_YORK)
    await story.says("dana", "#sales", "Bluebird would like one more schedule than one per report: Mondays for them,"
                     " Fridays for their board.", "eyes by ruth")  # fmt: skip
    await story.at(4, "Fri", "17:30")
