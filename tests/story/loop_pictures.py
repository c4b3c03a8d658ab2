"""The second story in pictures: what somebody said comes back to them."""

from bot.seeding.story import Story
from tests.story import loop
from tests.story.camera import Camera, closes_all


async def walk(story: Story, lens: Camera) -> None:
    """From an emoji to four letters; then a question, the other kinds, and twenty to be sorted."""
    await _heard(story, lens)
    await _planned(story, lens)
    await _answered(story, lens)
    await _shipped(story, lens)
    await _sorted(story, lens)


async def _heard(story: Story, lens: Camera) -> None:
    await loop.ground(story)
    await loop.said(story)
    await lens.takes("said", "sam", "channel=C0SALES")
    await lens.takes("card-in-channel", "omar", "channel=C0PRODUCT")
    await loop.typed(story)
    await lens.takes("offered", "ben", "channel=C0SUPPORT")
    await loop.joined(story)
    await lens.takes("was-there", "ben", "channel=C0SUPPORT")
    await closes_all(story.slack, "ben")


async def _planned(story: Story, lens: Camera) -> None:
    await loop.opened(story)
    await lens.takes("triage", "omar", "channel=C0PRODUCT")
    await loop.plans(story)
    await lens.takes("plan", "omar", "channel=C0PRODUCT")
    await loop.planned(story)
    for who in ("sam", "ruth"):
        await lens.takes("planned", who, "app=messages")
    await lens.takes("card-planned", "omar", "channel=C0PRODUCT")


async def _answered(story: Story, lens: Camera) -> None:
    await loop.asks(story)
    await lens.takes("question", "omar", "app=messages")
    await story.presses("omar", "F-2 is a question for you", "Answer…")
    await lens.takes("answer-form", "omar", "app=messages")
    await closes_all(story.slack, "omar")
    await loop.answers(story)
    asked = await story.heard("#support", loop.QUESTION)
    await lens.takes("answered", "kenji", f"channel=C0SUPPORT&thread={asked.ts}")
    await lens.takes("answer-to-send", "ben", "app=messages")
    await loop.others(story)
    await closes_all(story.slack, "omar")
    await lens.takes("praise", "omar", "app=messages")
    await lens.takes("might-leave", "ruth", "app=messages")
    await lens.takes("declined", "lena", "app=messages")
    for name in ("F-5", "F-6"):
        await story.commands("omar", "#product", "/capture", f"show {name}")
        await lens.takes(f"card-{name}", "omar", "channel=C0PRODUCT")
        await closes_all(story.slack, "omar")


async def _shipped(story: Story, lens: Camera) -> None:
    await story.at(4, "Thu", "10:00")
    await story.commands("omar", "#product", "/capture", "show F-1")
    await lens.takes("card", "omar", "channel=C0PRODUCT")
    await closes_all(story.slack, "omar")
    await loop.ships(story)
    await lens.takes("ships", "omar", "channel=C0PRODUCT")
    await loop.told(story)
    for who in ("sam", "priya", "ben", "ruth"):
        await lens.takes("shipped", who, "app=messages")
    await story.slack.open_home("sam")
    await lens.takes("home", "sam", "app=home")


async def _sorted(story: Story, lens: Camera) -> None:
    await loop.day(story)
    await lens.takes("day-card", "ben", "channel=C0SUPPORT")
    await story.slack.open_home("lena")
    await lens.takes("home-that-waits", "lena", "app=home")
    await story.commands("lena", "#support", "/capture", "triage")
    await lens.takes("triage-of-twenty", "lena", "channel=C0SUPPORT")
    await closes_all(story.slack, "lena")
    await story.commands("lena", "#support", "/capture", "list")
    await lens.takes("list", "lena", "channel=C0SUPPORT")
