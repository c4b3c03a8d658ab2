"""Themes are the workspace's own words: renamed, merged, split and retired, after a look at what that changes."""

import asyncio
from functools import partial

from bot.sandbox.driver import Slack
from handlers.feedback import cards, headings, ids
from handlers.feedback.heading_views import HeadingForm, Which
from handlers.kit.requests import Who
from storage.database import Database, Tx
from storage.feedback import queries as feedbacks
from storage.feedback import themes, triage
from storage.feedback.values import Kind, NewFeedback, Source
from storage.outbox import boards
from storage.things.values import Viewer
from storage.values import Audience, PersonId, PersonKind
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.feedback.test_answers import capture, looked_after
from tests.handlers.feedback.test_finding import numbers
from tests.handlers.feedback.test_triage import in_channel
from tests.storage.works import A

MAYA = Who(A, PersonId("U0MAYA"), PersonKind.MEMBER, "UTC", admin=True)
OMAR, DANA = (Viewer(PersonId(one), PersonKind.MEMBER) for one in ("U0OMAR", "U0DANA"))


async def give(slack: Slack, theme: str, as_: str = "omar") -> None:
    """Somebody takes what waits longest, and says what it is about."""
    await slack.command("/capture", "triage", as_=as_, channel="#general")
    await slack.fill(as_, theme=theme)
    await slack.submit(as_)
    await slack.close(as_)


async def three(slack: Slack, *names: str, **more: str) -> None:
    """So many wishes of Sam's for Acme, each with its theme, where Omar sorts all of them."""
    await looked_after(slack, **more)
    for at, name in enumerate(names, start=1):
        await capture(slack, f"Wish number {at} of several", "sam", "Acme")
        await give(slack, name)


async def open_theme(slack: Slack, name: str, as_: str = "omar") -> str:
    """Somebody opens a theme's page by its name; what it says."""
    await slack.command("/capture", "themes", as_=as_, channel="#general")
    await slack.submit(as_, into_theme=name)
    return (await slack.modal(as_)).text


async def card(slack: Slack, number: int, as_: str = "omar") -> str:
    """What the card says."""
    await slack.command("/capture", f"show F-{number}", as_=as_, channel="#general")
    text = (await slack.modal(as_)).text
    await slack.close(as_)
    return text


async def test_a_new_name_is_read_everywhere_and_the_old_one_stays_beside_it(door: FrontDoor) -> None:
    """What it changes is said before; cards in its channel are drawn again by themselves."""
    slack = door.slack
    await slack.invite("throughline", "#product", "omar")
    await three(slack, "Billing", "Billing", triage="#product")
    assert "Two pieces of feedback that you can see, for one account, stand under it." in await open_theme(
        slack, "Billing"
    )
    await slack.click(await slack.modal("omar"), "Rename…", as_="omar")
    assert "Two pieces of feedback" in (await slack.modal("omar")).text
    await slack.submit("omar", name="Payments")
    assert "✓ It is called Payments now." in (await slack.modal("omar")).text
    await slack.close("omar")

    assert "Payments (Billing then)" in await card(slack, 1)
    await slack.advance("1 minute", as_="omar")
    assert "Payments (Billing then)" in (await in_channel(slack, "F-1"))[0].text


async def test_one_counts_under_the_other_until_they_are_taken_apart(door: FrontDoor) -> None:
    """Both are found by the one name; whoever types the old one gets the new one; and back."""
    slack = door.slack
    await three(slack, "Billing", "Payments", "Reports")
    await open_theme(slack, "Billing")
    await slack.click(await slack.modal("omar"), "Merge…", as_="omar")
    await slack.submit("omar", into_theme="Payments")
    preview = (await slack.modal("omar")).text
    assert "*Billing* counts under *Payments* from now on: one piece of feedback" in preview
    assert "One stands there already." in preview
    await slack.submit("omar")
    page = (await slack.modal("omar")).text
    assert "Two pieces of feedback that you can see, for one account, stand under it." in page
    assert "*Billing* counts under it" in page
    await slack.click(await slack.modal("omar"), "Show them", as_="omar")
    assert numbers((await slack.modal("omar")).text) == [2, 1]
    await slack.close("omar")

    await capture(slack, "Wish number 4 of several", "sam", "Acme")
    await give(slack, "Billing")
    assert "Payments (Billing then)" in await card(slack, 4)

    await open_theme(slack, "Payments")
    await slack.click(await slack.modal("omar"), "Take apart", as_="omar")
    assert "✓ They are taken apart." in (await slack.modal("omar")).text
    await slack.close("omar")
    assert "then)" not in await card(slack, 1)


async def test_a_retired_one_is_offered_no_more_and_stays_what_it_was(door: FrontDoor) -> None:
    """It is found and counted still, and whoever writes it again has it in use again."""
    slack = door.slack
    await three(slack, "Billing", "Payments")
    await open_theme(slack, "Billing")
    await slack.click(await slack.modal("omar"), "Retire…", as_="omar")
    assert "Nobody is offered *Billing* any more. One piece of feedback" in (await slack.modal("omar")).text
    await slack.submit("omar")
    assert "✓ It is retired." in (await slack.modal("omar")).text
    await slack.close("omar")

    offered = await do(door, lambda tx: themes.offered(tx, OMAR, "", 9))
    assert [one.name for one in offered] == ["Payments"]
    assert "Billing" in await card(slack, 1)
    page = await open_theme(slack, "Billing")
    assert "It is retired" in page
    await slack.click(await slack.modal("omar"), "Use it again", as_="omar")
    assert "It is retired" not in (await slack.modal("omar")).text
    await slack.close("omar")


async def test_some_go_to_another_one(door: FrontDoor) -> None:
    """By words of theirs or one by one; the preview names them, and each keeps its word of that day."""
    slack = door.slack
    await three(slack, "Payments", "Payments", "Payments")
    await open_theme(slack, "Payments")
    await slack.click(await slack.modal("omar"), "Split…", as_="omar")
    nothing = await slack.submit("omar", sought="nowhere")
    assert nothing.errors == {"sought": "Nothing under it says that."}
    await slack.submit("omar", sought="number 1", chosen=["F-3 Wish number 3 of several"])
    preview = (await slack.modal("omar")).text
    assert "Two of the three you can see leave *Payments*:" in preview
    assert "F-1 Wish number 1 of several" in preview
    assert "F-3 Wish number 3 of several" in preview
    await slack.submit("omar", name="Refunds")
    assert "✓ Split: this is Refunds now." in (await slack.modal("omar")).text
    await slack.close("omar")

    assert "Refunds (Payments then)" in await card(slack, 1)
    assert "then)" not in await card(slack, 2)


async def test_two_at_once(door: FrontDoor) -> None:
    """Who comes second is told by whom it was changed, and nothing of theirs is done."""
    slack = door.slack
    await three(slack, "Billing", "Payments")
    await open_theme(slack, "Billing", "maya")
    await slack.click(await slack.modal("maya"), "Merge…", as_="maya")
    await slack.submit("maya", into_theme="Payments")
    await open_theme(slack, "Payments")
    await slack.click(await slack.modal("omar"), "Rename…", as_="omar")
    await slack.submit("omar", name="Money")
    await slack.submit("maya")
    assert "Money was changed meanwhile by Omar Haddad." in (await slack.modal("maya")).text
    assert [one.name for one in await do(door, lambda tx: themes.every(tx, OMAR, 9))] == ["Billing", "Money"]


async def test_a_name_that_is_taken(door: FrontDoor) -> None:
    """It says what to do instead; a name in other letters is the same one."""
    slack = door.slack
    await three(slack, "Billing", "Payments")
    await open_theme(slack, "Billing")
    await slack.click(await slack.modal("omar"), "Rename…", as_="omar")
    refused = await slack.submit("omar", name="  PAYMENTS ")
    assert refused.errors == {
        "name": "There is a theme called Payments already. Merge this one into it instead."
    }
    await slack.submit("omar", name="BILLING")
    assert "✓ It is called BILLING now." in (await slack.modal("omar")).text


async def test_what_is_about_a_theme_of_an_area_is_about_that_area(door: FrontDoor) -> None:
    """Where nobody said more: its owner sorts it and is named."""
    slack = door.slack
    await three(slack, "Billing")
    await capture(slack, "Wish number 2 of several", "sam", "Acme")
    await looked_after(slack, "Money", owner="ruth")
    await open_theme(slack, "Billing")
    await slack.click(await slack.modal("omar"), "Rename…", as_="omar")
    await slack.submit("omar", name="Billing", area="Money")
    assert "about Money" in (await slack.modal("omar")).text
    await slack.close("omar")
    await slack.command("/capture", "triage", as_="omar", channel="#general")
    await slack.fill("omar", theme="Billing")
    await slack.click(await slack.modal("omar"), "Later", as_="omar")
    await slack.close("omar")
    assert "Ruth Castellanos looks after Money" in await card(slack, 2, "sam")


async def test_a_name_of_a_private_channel_stays_there(door: FrontDoor) -> None:
    """It is offered, listed and counted to its members only, and nothing everybody sees comes to be called so."""
    slack = door.slack
    await looked_after(slack, owner="maya")
    await slack.invite("throughline", "#pricing-private", "maya")
    await capture(slack, "A wish everybody may read", "sam", "Acme")
    await give(slack, "Payments", "maya")
    await capture(slack, "Lower the prices", "maya", channel="#pricing-private")
    await give(slack, "Project Zebra", "maya")
    assert "Only the members of the private channel" in await open_theme(slack, "Project Zebra", "maya")
    await slack.close("maya")

    await slack.command("/capture", "themes", as_="dana", channel="#general")
    assert "Zebra" not in (await slack.modal("dana")).text
    await slack.close("dana")
    assert [one.name for one in await do(door, lambda tx: themes.offered(tx, DANA, "z", 9))] == []

    await open_theme(slack, "Payments", "maya")
    await slack.click(await slack.modal("maya"), "Merge…", as_="maya")
    refused = await slack.submit("maya", into_theme="Project Zebra")
    assert "Not everybody who reads this name may read that one" in str(refused.errors)
    await slack.close("maya")
    await open_theme(slack, "Project Zebra", "maya")
    await slack.click(await slack.modal("maya"), "Merge…", as_="maya")
    await slack.submit("maya", into_theme="Payments")
    await slack.submit("maya")
    assert "Two pieces of feedback" in (await slack.modal("maya")).text
    await slack.close("maya")
    page = await open_theme(slack, "Payments", "dana")
    assert "One piece of feedback" in page
    assert "Zebra" not in page


async def test_who_sorts_nothing_changes_nothing(door: FrontDoor) -> None:
    """They see what there is and what stands under it, and read who changes it."""
    slack = door.slack
    await three(slack, "Billing")
    await open_theme(slack, "Billing", "ben")
    assert "Rename…" not in (await slack.modal("ben")).buttons
    await slack.close("ben")
    outcome = await slack.command("/capture", "themes", as_="gil", channel="#launches")
    assert "This is for full members" in str(outcome.text)


async def test_only_one_of_two_merges_at_the_same_moment_is_made(database: Database) -> None:
    """Each into the other: one is done, the other is refused with a name, and nothing counts under itself."""
    made = await database.transact(
        A, lambda tx: [themes.named(tx, one, "", MAYA.person) for one in ("Billing", "Payments")]
    )
    forms = [
        HeadingForm(which=Which.THEME, id=one.id, seen=one.version, into=other.id, into_seen=other.version)
        for one, other in (made, made[::-1])
    ]

    def merge(tx: Tx, form: HeadingForm) -> str | None:
        return headings.merge(tx, MAYA, form)

    said = await asyncio.gather(*(database.transact(A, partial(merge, form=form)) for form in forms))
    assert sorted(one is None for one in said) == [False, True]
    assert "was changed meanwhile by you" in next(one for one in said if one is not None)
    assert len(await database.transact(A, lambda tx: themes.every(tx, OMAR, 9))) == 1


async def test_two_write_the_same_new_theme_at_the_same_moment(database: Database) -> None:
    """It is one theme."""
    both = await asyncio.gather(
        *(database.transact(A, lambda tx: themes.named(tx, "Billing", "", MAYA.person)) for _ in range(2))
    )
    assert both[0].id == both[1].id


async def test_all_that_shows_a_name_is_drawn_again_some_at_a_time(database: Database) -> None:
    """However much it is; each work goes on where the one before ended."""

    def fill(tx: Tx) -> None:
        theme = themes.named(tx, "Billing", "", MAYA.person)
        for _ in range(60):
            new = NewFeedback(Kind.IDEA, Source.COMMAND, MAYA.person, "A wish")
            made = feedbacks.add(tx, new, "A wish", Audience.workspace())
            triage.name_theme(tx, made.number, theme.id, "Billing")
            boards.put(tx, cards.card_key(made.number, MAYA.person), ids.CARD, {}, to=MAYA.person)
        headings.rename(tx, MAYA, HeadingForm(which=Which.THEME, id=theme.id, seen=1), "Payments", None)

    await database.transact(A, fill)
    left = [await database.transact(A, headings.redraw) for _ in range(4)]
    assert left == [True, True, True, False]
