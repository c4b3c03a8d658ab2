"""What somebody said comes back to them: captured twice, planned, shipped, and told to four people once each."""

from bot.sandbox.driver.reading import Message
from bot.seeding.story import Story
from tests.front import FrontDoor
from tests.story import loop
from tests.story.acts import newest
from tests.story.reading import headline, same_headline, unsaid

WHO = {
    "sam": "You asked for this for Acme on 3 March",
    "priya": "You wanted this, too, for Acme on 3 March",
    "ben": "You wanted this, too, for Fjord on 4 March",
    "ruth": "Acme, which is yours, asked for this on 3 March",
}
"""Who is told, and why they are: three who want it, and whose account it is."""


async def test_what_was_said_comes_back_to_whoever_asked(early: FrontDoor, story: Story) -> None:
    """Sales and Support ask for the same; it is planned and ships, and each reads once what they can send on."""
    await _sales_reacts(story)
    await _support_says_it_in_other_words(story)
    await _product_plans_it(story)
    await _a_question_is_answered_in_its_thread(story)
    await _the_other_kinds_reach_those_they_are_for(story)
    await _it_ships(story)
    await _one_card_for_a_day(story)
    await _each_message_can_be_read_alone(early)


async def _sales_reacts(story: Story) -> None:
    await loop.ground(story)
    await loop.said(story)
    said = await story.heard("#sales", loop.WISH)
    assert said.reactions == {"bulb": ["sam", "priya"], "white_check_mark": ["throughline"]}
    assert headline(await newest(story, "sam")) == "💡 F-1 · Idea is saved"
    card = await loop.card(story, "F-1")
    assert card.text == (
        "💡 F-1 · Idea waits for triage\n"
        f"{loop.WISH}\n"
        "said by Dana Whitfield in #sales · for Acme · 2 people want it · Omar Haddad answers by 10 Mar"
    )
    assert card.notifies == []


async def _support_says_it_in_other_words(story: Story) -> None:
    await loop.typed(story)
    form = await story.slack.modal("ben")
    assert f"This may have been said before:\n*F-1* {loop.WISH}\nboth say “invoices”, “euro”" in form.text
    await loop.joined(story)
    page = (await story.slack.modal("ben")).text
    assert "*F-1 was there already.* You asked for it for Fjord, in your own words" in page
    assert "said by Dana Whitfield in #sales\nfor Acme\n3 people want it" in page
    assert "two accounts asked, one of them yours · Omar Haddad looks after it and answers by Tuesday" in page
    await story.puts_away("ben")


async def _product_plans_it(story: Story) -> None:
    await loop.opened(story)
    page = await story.slack.modal("omar")
    assert loop.WISH in page.text
    assert page.submit_label == "Take it"
    assert page.buttons[:4] == ["Plan…", "Decline…", "Merge…", "Later"]
    await loop.plans(story)
    assert (await story.slack.modal("omar")).inputs == {
        "For when": None,
        "What a customer may be told": None,  # a person writes it: nothing is written for them
        "Why, for us only": None,
    }
    await loop.planned(story)
    for who, why in WHO.items():
        (letter,) = await _told(story, who, "is planned")
        assert letter == (
            f"{why}; it is planned for 26 March\n"
            f"&gt; {loop.WISH}\n"
            f"Why, for us only: {loop.WHY}\n"
            "Omar Haddad wrote a sentence you can send:\n"
            f"{loop.PLAN}\n"
            "This is about F-1. Omar Haddad said so."
        )
    assert headline(await loop.card(story, "F-1")) == "💡 F-1 · Idea is planned for 26 Mar 2026"


async def _a_question_is_answered_in_its_thread(story: Story) -> None:
    await loop.asks(story)
    ask = await newest(story, "omar")
    assert headline(ask) == "F-2 is a question for you"
    assert ask.buttons == ["Answer…", "Show F-2"]
    await loop.answers(story)
    _, answer = await story.slack.channel("#support").thread(await story.heard("#support", loop.QUESTION))
    assert answer.text == f"This question is answered\nOmar Haddad wrote: {loop.ANSWER}"
    assert headline(await newest(story, "kenji")) == "You said this on 9 March; it is answered"
    assert headline(await newest(story, "ben")) == "You asked for this on 9 March; it is answered"
    assert loop.ANSWER in (await newest(story, "ben")).text


async def _the_other_kinds_reach_those_they_are_for(story: Story) -> None:
    await loop.others(story)
    assert await _told(story, "omar", "is praise for what you look after") != []
    for who in ("ruth", "dana"):
        (risk,) = await _told(story, who, "F-4: Acme might leave")
        assert loop.RISK in risk
    (declined,) = await _told(story, "lena", "it is declined")
    assert declined == (
        "You asked for this on 11 March; it is declined\n"
        f"&gt; {loop.LETTERHEAD}\n"
        f"Why, for us only: {loop.REASON}\n"
        "This is about F-6. Omar Haddad said so. It opens again once five accounts ask."
    )
    await story.commands("ben", "#support", "/capture", "show F-5")
    assert f"no account yet\n{loop.KEY}\n" in (await story.slack.modal("ben")).text
    await story.puts_away("ben")


async def _it_ships(story: Story) -> None:
    await loop.ships(story)
    page = (await story.slack.modal("omar")).text
    assert "F-1 · two accounts asked · shipped" in page
    assert "gets one message" in page
    await loop.told(story)
    for who, why in WHO.items():
        (letter,) = await _told(story, who, "it shipped")
        assert letter == (
            f"{why}; it shipped today\n"
            f"&gt; {loop.WISH}\n"
            "Omar Haddad wrote a sentence you can send:\n"
            f"{loop.SHIPPED}\n"
            "This is about F-1."
        )
    assert headline(await loop.card(story, "F-1")) == "💡 F-1 · Idea has shipped"
    await story.commands("ben", "#support", "/capture", "show F-1")
    so_far = (await story.slack.modal("ben")).text.partition("*So far*\n")[2].split("\n")
    await story.puts_away("ben")
    assert so_far[0].endswith(": shipped · Omar Haddad")
    assert so_far[1].endswith(": planned for 26 Mar 2026 · Omar Haddad")
    card = (await story.slack.dms("sam"))[0]
    assert headline(card) == "💡 F-1 · Idea has shipped"
    assert "Who hears of it: Ben Adeyemi · Priya Nair · Ruth Castellanos · Sam Okafor" in card.words


async def _one_card_for_a_day(story: Story) -> None:
    await loop.day(story)
    card = await story.slack.channel("#support", as_="ben").last()
    assert headline(card) == "20 wait for triage about Billing"
    assert f"F-7 {loop.WAITING[0]}" in card.text
    assert "and 10 more" in card.text
    assert card.buttons == ["Triage…"]
    before = await story.heard("#support", "This one was of Monday 30 March.")
    assert headline(before) == "What waits for triage about Billing stands on a newer card"
    assert before.buttons == []


async def _each_message_can_be_read_alone(door: FrontDoor) -> None:
    """On a lock screen and by ear: what is on top says all that stands below, and begins with the same line."""
    people = [
        person["name"] for person in (await door.slack.state("maya"))["people"] if person["kind"] == "member"
    ]
    channels = [door.slack.channel(name, as_="maya") for name in ("#sales", "#product", "#support")]
    read = [await channel.messages() for channel in channels] + [await door.slack.dms(who) for who in people]
    ours = [one for messages in read for one in messages if _ours(one)]
    assert len(ours) > 20
    assert [one.text for one in ours if not same_headline(one)] == []
    assert [(one.text, missing) for one in ours if (missing := unsaid(one) - {"message"})] == []


def _ours(message: Message) -> bool:
    return bool(message.raw["bot"]) and message.user == "throughline"


async def _told(story: Story, who: str, words: str) -> list[str]:
    """What we wrote to somebody with these words in its first line, cards apart."""
    said = [one.text for one in await story.slack.dms(who) if _ours(one)]
    return [one for one in said if words in one.split("\n")[0] and " · " not in one.split("\n")[0]]
