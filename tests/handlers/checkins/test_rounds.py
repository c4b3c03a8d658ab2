"""A check-in from the proposal to the summary: everybody in their own morning, the channel once."""

from tests.front import FrontDoor
from tests.handlers.checkins.acts import HERE, answer, monday, prompt, start, summaries


async def test_the_proposal_says_everything_and_start_begins(door: FrontDoor) -> None:
    """Who, when, how many questions, where the summary comes; one press, and its card is in the channel."""
    slack = door.slack
    await monday(slack, "maya")
    await slack.command("/checkin", as_="maya", channel=HERE)
    proposal = (await slack.ephemerals("maya", HERE))[-1]
    print(proposal.words, proposal.buttons)
    await slack.click(proposal, "Start", as_="maya")
    print([m.words for m in (await slack.channel(HERE, as_="maya").messages())[-1:]])
    print((await slack.ephemerals("maya", HERE))[-1].words)
    await slack.advance("next morning", as_="maya")
    p = await prompt(slack, "maya")
    print(p.words)
    await answer(slack, "maya", "Shipped it", stuck="No key", waits="Engineering")
    print((await slack.modal("maya")).text)
    await slack.advance("next morning", as_="kenji")
    for who in ("maya","ines","kenji","omar"):
        print(who, [m.text for m in await slack.dms(who)])
    for m in await slack.channel(HERE, as_="maya").messages():
        if m.user=="throughline": print(m.words, "\n---")
    for m in await summaries(slack):
        print([r.words for r in await slack.channel(HERE, as_="maya").thread(m)])
    assert 0
