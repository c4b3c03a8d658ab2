"""What somebody said comes back to them: the people of the second story, chapter by chapter."""

from datetime import date

from bot.sandbox.driver.reading import Message
from bot.seeding.story import Story
from tests.story.acts import LONDON, NEW_YORK, TOKYO

FIRST = date(2026, 3, 2)
WISH = "Acme asked me again if our invoices could be in euro."
ANEW = "Can invoices be in euro? A customer asks for it"
PLAN = "From 26 March on you can have your invoices in euro: Settings, Billing, Currency."
WHY = "The bank is ready, and Acme renews in April"
SHIPPED = "Your next invoice can be in euro: choose it under Settings, Billing, Currency."
QUESTION = "Can a customer get invoices as XML, or only as PDF?"
ANSWER = "Both: choose XML under Settings, Billing, Format. It holds from the next invoice on."
PRAISE = "Fjord’s controller says the new month view saves her a morning"
RISK = "Acme’s new CFO has asked two other vendors for an offer"
PROBLEM = "The PDF invoice cuts off addresses of more than four lines"
KEY = "PAY-12"
LETTERHEAD = "Print invoices on letterhead, please"
REASON = "Nobody prints them any more"
WAITING = (
    "Remind customers three days before an invoice is due",
    "Let several people get the same invoice by e-mail",
    "Show on an invoice which team used what",
    "A purchase order number on every line",
    "Send invoices on the last working day instead of the first",
    "Put our VAT number at the top",
    "One invoice a quarter for those who ask",
    "Split one bill between two departments",
    "An approval step before a bill goes out",
    "Export all bills of a year at once",
    "A note for the payer on each bill",
    "Pay by direct debit",
    "Let the accountant in without a seat",
    "Say in the app when a card is about to expire",
    "Credit notes as their own document",
    "Round to whole units for big amounts",
    "Price in the customer’s language",
    "A link to pay in the e-mail itself",
    "Warn before somebody goes over their plan",
    "Undo a plan change within a day",
)  # fmt: skip
"""What has come in when somebody sits down to triage: twenty different wishes."""


async def ground(story: Story) -> None:
    """The admin says who looks after the product, and Dana switches emoji on in #sales."""
    await story.at(1, "Mon", "10:00")
    await story.slack.invite("throughline", "#product", as_="omar")
    await story.slack.invite("throughline", "#support", as_="ben")
    await area(story, "Product", owner="omar", deputy="maya", triage="#product")
    await story.accepts("dana", "#sales", "/capture", "Capture 💡 and 🐞 here")


async def area(story: Story, name: str, **fields: object) -> None:
    """The admin adds a part of the product."""
    await story.commands("maya", "#general", "/capture", "areas")
    await story.slack.click(await story.slack.modal("maya"), "Add an area", as_="maya")
    await story.fills("maya", name=name, **fields)
    await story.puts_away("maya")


async def owned(story: Story) -> None:
    """The admin says whose account it is: Ruth's, whom Dana leads."""
    await story.commands("maya", "#general", "/capture", "accounts")
    await story.fills("maya", account="Acme")
    await story.fills("maya", owner="ruth", lead="dana", value="120000", state="Active")
    await story.puts_away("maya")


async def said(story: Story) -> None:
    """3 March. Dana says in #sales what a customer wants; Sam reacts 💡, and says for whom; Priya wants it, too."""
    await story.at(1, "Tue", "10:00", NEW_YORK)
    await story.says("dana", "#sales", WISH)
    await story.captures("sam", "#sales", WISH)
    await story.account("sam", WISH, "Acme")
    await story.captures("priya", "#sales", WISH)
    await owned(story)


async def typed(story: Story) -> None:
    """The day after Support types the same wish in other words."""
    await story.at(1, "Wed", "11:00", LONDON)
    await story.commands("ben", "#support", "/capture", ANEW)


async def joined(story: Story) -> None:
    """It is the same, and for another customer."""
    await story.fills("ben", near=f"It is F-1: {WISH}", account="Fjord")


async def opened(story: Story) -> None:
    """Product sorts what came in, from the card in its channel."""
    await story.at(1, "Thu", "10:00", LONDON)
    await story.slack.click(await card(story, "F-1"), "Triage…", as_="omar")


async def plans(story: Story) -> None:
    """It is planned, with a sentence for customers and a reason for colleagues."""
    await story.slack.click(await story.slack.modal("omar"), "Plan…", as_="omar")


async def planned(story: Story) -> None:
    """And everybody it matters to is told that day, when their own begins."""
    await story.fills("omar", day=story.day(4, "Thu"), sentence=PLAN, reason=WHY)
    await story.puts_away("omar")
    await story.at(1, "Fri", "10:00", NEW_YORK)


async def asks(story: Story) -> None:
    """9 March. Kenji asks in #support; Ben keeps it as a question."""
    await story.at(2, "Mon", "09:30", TOKYO)
    await story.says("kenji", "#support", QUESTION)
    await story.at(2, "Mon", "09:30", LONDON)
    asked = await story.heard("#support", QUESTION)
    await story.slack.message_shortcut("Capture feedback", asked, as_="ben")
    await story.fills("ben")
    await story.puts_away("ben")
    await story.at(2, "Tue", "09:30", LONDON)


async def answers(story: Story) -> None:
    """Omar, who looks after the product, answers."""
    await story.presses("omar", "F-2 is a question for you", "Answer…", sentence=ANSWER)
    await story.at(2, "Wed", "09:30", LONDON)


async def others(story: Story) -> None:
    """11 March. The other ends: praise, a churn risk, a problem with its tracker's key, and a wish that is declined."""
    await story.at(2, "Wed", "15:30", LONDON)
    await keeps(story, "ruth", PRAISE, "🌟 Praise", "Fjord")
    await keeps(story, "sam", RISK, "⚠️ Churn risk", "Acme")
    await keeps(story, "ben", PROBLEM, "🐞 Problem")
    await keeps(story, "lena", LETTERHEAD, "💡 Idea")
    await story.commands("ben", "#support", "/capture", "show F-5")
    await story.slack.click(await story.slack.modal("ben"), "Edit", as_="ben")
    await story.fills("ben", key=KEY)
    await story.puts_away("ben")
    await becomes(story, "F-5", state="In progress")
    await becomes(story, "F-6", state="Declined", reason=REASON, again_accounts="5")
    await story.at(2, "Thu", "10:00", NEW_YORK)


async def keeps(story: Story, who: str, words: str, kind: str, account: str | None = None) -> None:
    """Somebody captures by the command, as this kind."""
    await story.commands(who, "#general", "/capture", words)
    await story.fills(who, kind=kind, **({"account": account} if account else {}))
    await story.puts_away(who)


async def becomes(story: Story, name: str, **said: object) -> None:
    """Omar says on its card what becomes of something."""
    await story.commands("omar", "#product", "/capture", f"show {name}")
    await story.slack.click(await story.slack.modal("omar"), "What becomes of it…", as_="omar")
    await story.fills("omar", **said)


async def ships(story: Story) -> None:
    """26 March. It is there: everybody it matters to reads so, when their day begins."""
    await story.at(4, "Thu", "10:30", LONDON)
    await becomes(story, "F-1", state="Shipped", sentence=SHIPPED, reason="")


async def told(story: Story) -> None:
    """The next morning."""
    await story.puts_away("omar")
    await story.at(4, "Fri", "10:00", NEW_YORK)


async def day(story: Story) -> None:
    """30 March. Billing has an area of its own now, with one card a day; twenty wishes came in for it."""
    await story.at(5, "Mon", "10:00", LONDON)
    await story.slack.join("#support", as_="lena")
    await area(
        story,
        "Billing",
        owner="lena",
        triage="#support",
        channels=["#support"],
        cards="One card a day for all",
    )
    for words in WAITING:
        await story.slack.command("/capture", words, as_="ben", channel="#support")
        await story.fills("ben", kind="💡 Idea")
        await story.puts_away("ben")
    await story.at(5, "Tue", "10:00")


async def card(story: Story, words: str) -> Message:
    """Our newest message with these words where the product is sorted."""
    ours = [one for one in await story.slack.channel("#product").messages() if one.raw["bot"]]
    return [one for one in ours if words in one.text][-1]
