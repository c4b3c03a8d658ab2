"""A change runs one hop: owners and followers of what is linked for sure hear it once, merged, and nobody else."""

from handlers.links import ripples
from handlers.links.service import Change, ripple
from storage.asks import queries as asks
from storage.database import Tx
from storage.people import queries as people
from storage.people.values import Person
from storage.things import links
from storage.things import queries as things
from storage.things.values import Letter, Reference
from storage.values import Audience, PersonId, PersonKind
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.decisions.acts import headlines, letter_to, monday, name, record
from tests.handlers.links.acts import capture, joint, link

D1 = Reference(Letter.DECISION, 1)


async def supersede(door: FrontDoor, words: str = "Dollars first", old: str = "D-1") -> None:
    """Omar replaces a decision of his."""
    await door.slack.command("/decision", f"supersede {old}", as_="omar")
    await door.slack.submit("omar", what=words)
    await door.slack.close("omar")


async def linked_decision(door: FrontDoor) -> None:
    """On a Monday, Omar's D-1 is linked to Sam's F-1 and Ben's F-2; Ben wants F-1, too."""
    slack = door.slack
    await monday(slack)
    for as_, words in (("sam", "Acme wants invoices in euro"), ("ben", "Three tickets ask for euro")):
        await capture(slack, words, as_)
        await slack.close(as_)
    await record(slack)
    await slack.close("omar")
    await link(slack, "D-1", "F-1", "lena")
    await link(slack, "D-1", "F-2", "lena")


async def told(door: FrontDoor, as_: str) -> list[str]:
    """What somebody was told of D-1."""
    return [one for one in await headlines(door.slack, as_) if "D-1" in one]


async def test_superseding_tells_owners_of_linked_things(door: FrontDoor) -> None:
    """What happened, the new words, and why they hear it; once, however often the day begins."""
    await linked_decision(door)

    await supersede(door)
    for _ in range(2):
        await door.slack.advance("next morning", as_="sam")

    for as_ in ("sam", "ben"):
        assert await told(door, as_) == ["D-1 holds no longer: D-2 replaces it"]
    letter = await letter_to(door.slack, "sam", "holds no longer")
    assert "Dollars first" in letter.words
    assert (
        "You hear this because D-1 is linked to *F-1* Acme wants invoices in euro, which you captured."
        in letter.words
    )
    assert letter.notifies == []
    assert await told(door, "omar") == []
    assert await told(door, "lena") == []


async def test_what_replaces_it_is_linked_in_its_place(door: FrontDoor) -> None:
    """The next change of it is heard, too."""
    await linked_decision(door)
    await supersede(door)

    card = await joint(door.slack, "D-2", "sam")
    assert "*F-1* Acme wants invoices in euro" in card.text
    await supersede(door, "Both at once", "D-2")

    assert (await headlines(door.slack, "ben"))[-1] == "D-2 holds no longer: D-3 replaces it"


async def test_withdrawing_what_was_decided_tells_them_too(door: FrontDoor) -> None:
    """It does not hold, and nothing replaces it."""
    await linked_decision(door)

    await door.slack.click(await joint(door.slack, "D-1", "omar"), "Open D-1", as_="omar")
    await door.slack.click(await door.slack.modal("omar"), "Withdraw", as_="omar")

    assert (await headlines(door.slack, "ben"))[-1] == "Omar Haddad withdrew D-1"


async def test_several_linked_things_are_one_telling(door: FrontDoor) -> None:
    """Somebody who owns one and follows another hears once, with both reasons."""
    await linked_decision(door)
    await door.slack.click(await joint(door.slack, "F-1", "ben"), "Follow", as_="ben")
    await door.slack.close("ben")

    await supersede(door)

    assert await told(door, "ben") == ["D-1 holds no longer: D-2 replaces it"]
    letter = await letter_to(door.slack, "ben", "holds no longer")
    assert "*F-1* Acme wants invoices in euro, which you want too · *F-2*" in letter.words


async def test_who_is_informed_anyway_is_told_once(door: FrontDoor) -> None:
    """Sam is informed of the decision and owns what it is linked to: one telling."""
    await linked_decision(door)
    await door.slack.command("/decision", "show D-1", as_="omar")
    await name(door.slack, informed=["sam"])
    await door.slack.close("omar")

    await supersede(door)
    await door.slack.advance("next morning", as_="sam")

    letters = [one for one in await door.slack.dms("sam") if "holds no longer" in one.text]
    assert len(letters) == 1
    assert letters[0].text.count("holds no longer") == 1


async def test_whoever_follows_the_thing_itself_hears_it(door: FrontDoor) -> None:
    """No link is needed for that."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await slack.close("omar")
    await slack.click(await joint(slack, "D-1", "priya"), "Follow", as_="priya")

    await supersede(door)

    assert await told(door, "priya") == ["D-1 holds no longer: D-2 replaces it"]
    assert "You hear this because you follow D-1." in (await letter_to(slack, "priya", "holds")).words


async def test_who_left_the_channel_hears_nothing(door: FrontDoor) -> None:
    """A decision in a private channel, linked to what Sam owns: once out of it, he is not told."""
    slack = door.slack
    await monday(slack)
    await capture(slack)
    await slack.close("sam")
    await slack.invite("throughline", "#pricing-private", as_="omar")
    await record(slack, channel="#pricing-private")
    await slack.close("omar")
    await link(slack, "F-1", "D-1", "omar")
    await slack.leave("#pricing-private", "sam")

    await supersede(door)
    await slack.advance("next morning", as_="sam")

    assert await told(door, "sam") == []


async def test_many_are_told_a_few_at_a_time(door: FrontDoor) -> None:
    """Fifty followers of a linked thing: all hear it, each once, whoever was told before the rest waited."""
    crowd = [PersonId(f"U1CROWD{number:02}") for number in range(50)]
    assert len(crowd) > 2 * ripples.AT_ONCE
    change = Change("slip:L-1:2", "L-1 moved to 10 March", by=crowd[7])

    def make(tx: Tx) -> Reference:
        people.learn(tx, [Person(one, one, PersonKind.MEMBER) for one in crowd])
        launch, wish = (
            things.create(tx, letter, "t", "new", None, Audience.workspace())
            for letter in (Letter.LAUNCH, Letter.FEEDBACK)
        )
        links.choose(tx, launch, wish, crowd[0])
        for one in crowd:
            things.follow(tx, wish, one)
        return launch

    launch = await do(door, make)
    for _ in range(2):
        await do(door, lambda tx: ripple(tx, launch, change))

    said = await do(door, lambda tx: asks.beginning(tx, "ripple:slip:L-1:2:"))
    assert sorted(one.person for one in said) == sorted(set(crowd) - {crowd[7]})
    assert await do(door, links.waiting) is None
