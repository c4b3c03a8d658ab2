"""A function that is merged counts under another one: who works in it, what is open, and what is over."""

import pytest

from handlers.launches import rules
from storage.functions.values import AT_FIRST
from storage.launches.values import Lead, Said, Vote
from storage.values import AtFirst, FunctionId, PersonId
from tests.front import FrontDoor
from tests.handlers.asks.acts import home_of
from tests.handlers.functions.acts import confirm, merge, open_one, preview_merge, rename
from tests.handlers.launches.acts import board, headlines, letter_to, make, monday
from tests.handlers.launches.test_gate import QUESTION, opened
from tests.handlers.launches.test_held_up import blocked
from tests.handlers.launches.test_rules import NOW

BEN, PRIYA, SAM = PersonId("U0BEN"), PersonId("U0PRIYA"), PersonId("U0SAM")
GO, CONDITIONS, HOLD, NO_GO = Vote.GO, Vote.CONDITIONS, Vote.HOLD, Vote.NO_GO
GONE, STAYS, OTHER = AtFirst.CUSTOMER_SUCCESS, AtFirst.MARKETING, AtFirst.SALES


@pytest.mark.parametrize(
    ("required", "said", "now", "moved"),
    [
        ((OTHER,), {}, (OTHER,), None),
        ((GONE, OTHER), {}, (STAYS, OTHER), None),
        ((GONE, OTHER), {GONE: HOLD}, (STAYS, OTHER), HOLD),
        ((GONE, STAYS), {GONE: GO}, (STAYS,), None),
        ((GONE, STAYS), {GONE: NO_GO}, (STAYS,), None),
        ((GONE, STAYS), {STAYS: GO}, (STAYS,), None),
        ((GONE, STAYS), {GONE: HOLD, STAYS: GO}, (STAYS,), HOLD),
        ((GONE, STAYS), {GONE: GO, STAYS: CONDITIONS}, (STAYS,), None),
    ],
)
def test_whose_vote_counts_after_a_merge(
    required: tuple[FunctionId, ...],
    said: dict[FunctionId, Vote],
    now: tuple[FunctionId, ...],
    moved: Vote | None,
) -> None:
    """The more careful one of both; a yes of the one is never taken for a yes of the other."""
    votes = {one: Said(one, PRIYA, vote, None, None, NOW) for one, vote in said.items()}
    left, along = rules.regrouped(required, votes, GONE, STAYS)
    assert set(left) == set(now)
    assert (None if along is None else along.vote) is moved


def test_nobody_waits_for_the_vote_of_what_is_retired() -> None:
    """Whatever it said."""
    votes = {GONE: Said(GONE, BEN, NO_GO, None, None, NOW)}
    assert rules.regrouped((GONE, OTHER), votes, GONE, None) == ((OTHER,), None)


@pytest.mark.parametrize(
    ("leads", "joined"),
    [
        ([], None),
        ([Lead(GONE, BEN, 5)], Lead(STAYS, BEN, 5)),
        ([Lead(GONE, BEN, 5), Lead(STAYS, PRIYA, 10)], Lead(STAYS, PRIYA, 10)),
        ([Lead(GONE, BEN, 15, told=True), Lead(STAYS, None, 10)], Lead(STAYS, BEN, 15, told=True)),
    ],
)
def test_who_sees_to_both_parts(leads: list[Lead], joined: Lead | None) -> None:
    """Whoever sees to the one that stays, else to the other; the longer notice holds."""
    assert rules.joined_lead(leads, STAYS) == joined


async def test_what_is_open_goes_along(door: FrontDoor) -> None:
    """Said before it is done: people, items with whoever sees to them, and what new launches need."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=28, as_="omar")
    await slack.close("omar")
    await slack.advance("15 minutes")
    assert "*Customer Success* · Ben Adeyemi · 0 of 2" in (await board(slack)).words

    said = await preview_merge(slack, "Customer Success", "Marketing")
    assert "• 2 people\n• 2 open items in 1 planned launch\n" in said
    assert "• what it has ready for new launches" in said
    assert "• what is over, and reads *Marketing (Customer Success then)*" in said
    assert "Customer Success" in (await board(slack)).words
    done = await confirm(slack)

    assert "✓ They are merged." in done
    assert "*Marketing*\n3 people work in it. It has 4 open items in 1 planned launch." in done
    assert "*Customer Success* counts under it" in done
    stands = (await board(slack)).words
    assert "*Marketing* · Priya Nair · 0 of 4" in stands
    assert "Customer Success" not in stands
    assert "You work in Marketing" in await home_of(door, "ben")
    await slack.command("/launch", "items", as_="ben", channel="#launches")
    assert "Write a help article" in (await slack.modal("ben")).text
    await slack.close("ben")
    told = await letter_to(slack, "omar", "Customer Success counts under Marketing now")
    assert told.text.startswith("Customer Success counts under Marketing now, also for L-1 Invoices in euro")
    assert "Its 2 open items stand under Marketing, with whoever sees to them." in told.words

    await make(door, ahead=28, as_="omar")
    inputs = (await slack.modal("omar")).inputs
    assert "Marketing" in inputs
    assert "Customer Success" not in inputs


async def test_an_open_vote_is_the_one_of_both(door: FrontDoor) -> None:
    """Who has voted for the one that is gone is not asked any more; who has not voted for the one that stays is."""
    slack = door.slack
    await opened(door)
    ask = await letter_to(slack, "ben", QUESTION)

    said = await preview_merge(slack, "Customer Success", "Marketing")
    assert "and 1 open vote in 1 planned launch" in said
    assert "what Marketing has not said is still asked for" in said
    await confirm(slack)

    assert "0 of 1 voted; waiting for Marketing" in (await board(slack)).words
    assert "No longer needed" in (await slack.again(ask, "ben")).words
    await slack.click(await letter_to(slack, "priya", QUESTION), "Go", as_="priya")
    assert "🟢 *Go* · D-1" in (await board(slack)).words


async def test_the_last_vote_that_was_waited_for_closes_it(door: FrontDoor) -> None:
    """Where the one that stays has voted already, nobody else has to."""
    slack = door.slack
    await opened(door)
    await slack.click(await letter_to(slack, "priya", QUESTION), "Hold…", as_="priya")
    await slack.submit("priya", reason="No pictures yet")
    await slack.close("priya")

    await merge(slack, "Customer Success", "Marketing")

    assert "🟠 *Hold* · D-1" in (await board(slack)).words


async def test_a_form_that_was_open_meanwhile(door: FrontDoor) -> None:
    """Who votes for what has just been merged reads who votes for both."""
    slack = door.slack
    await opened(door)
    await slack.click(await letter_to(slack, "ben", QUESTION), "Hold…", as_="ben")
    await merge(slack, "Customer Success", "Marketing")
    await slack.submit("ben", reason="Support is not trained")
    assert "Priya Nair votes for Marketing on L-1." in (await slack.modal("ben")).text


async def test_what_is_over_keeps_the_name_of_its_day(door: FrontDoor) -> None:
    """A vote, the decision it came to and a launch that has shipped say what a function was called then."""
    slack = door.slack
    await opened(door)
    for voter in ("priya", "ben"):
        await slack.click(await letter_to(slack, voter, QUESTION), "Go", as_=voter)
    await slack.command("/launch", "show L-1", as_="maya", channel="#launches")
    await slack.click(await slack.modal("maya"), "Ship it", as_="maya")
    await slack.close("maya")
    await slack.advance("1 day")
    await rename(slack, "Customer Success", "Customer Care")
    await slack.close("maya")

    await slack.command("/launch", "show L-1", as_="lena", channel="#launches")
    assert "*Customer Care (Customer Success then)* · Ben Adeyemi" in (await slack.modal("lena")).text
    await slack.close("lena")
    await merge(slack, "Customer Care", "Marketing")

    await slack.command("/launch", "show L-1", as_="lena", channel="#launches")
    shipped = (await slack.modal("lena")).text
    assert "*Marketing (Customer Success then)* · Ben Adeyemi" in shipped
    assert "*Marketing* · Priya Nair" in shipped
    await slack.close("lena")
    await slack.command("/decision", "show D-1", as_="lena", channel="#launches")
    assert "for Marketing and Marketing (Customer Success then)" in (await slack.modal("lena")).text


async def test_a_blocker_waits_on_the_one_that_stays(door: FrontDoor) -> None:
    """Whoever was asked is asked still."""
    slack = door.slack
    await blocked(door)
    said = await preview_merge(slack, "Engineering", "Product")
    assert "• 1 blocker that waits on it" in said
    await confirm(slack)
    await slack.command("/checkin", "blockers", as_="maya", channel="#launches")
    assert "waits on *Product*" in (await slack.ephemerals("maya", "#launches"))[-1].words
    await slack.click(await letter_to(slack, "ines", "can you clear B-1?"), "Cleared…", as_="ines")
    await slack.submit("ines", words="It is up on staging")
    assert "B-1" in "".join(await headlines(slack, "priya"))


async def test_taken_apart_each_has_its_own_again(door: FrontDoor) -> None:
    """Who works in it, and what new launches need; its name was its own all the time."""
    slack = door.slack
    await monday(slack)
    await merge(slack, "Customer Success", "Marketing")
    assert "You work in Marketing" in await home_of(door, "ben")
    await open_one(slack, "Marketing")
    assert (await rename(slack, "Marketing", "Customer Success")).errors == {
        "name": "Customer Success counts under it. Take it apart, then merge this one into it."
    }
    await slack.close("maya")
    await open_one(slack, "Marketing")
    await slack.click(await slack.modal("maya"), "Take apart", as_="maya")
    assert "✓ They are taken apart." in (await slack.modal("maya")).text
    await slack.close("maya")
    assert "You work in Customer Success" in await home_of(door, "ben")
    await make(door, ahead=28)
    assert "Customer Success" in (await slack.modal("maya")).inputs


async def test_what_was_merged_goes_along_when_that_is_merged(door: FrontDoor) -> None:
    """Nothing counts under what counts under another one."""
    slack = door.slack
    await merge(slack, "Customer Success", "Marketing")
    await merge(slack, "Marketing", "Sales")
    await open_one(slack, "Sales")
    text = (await slack.modal("maya")).text
    assert "5 people work in it." in text
    assert "*Customer Success* counts under it" in text
    assert "*Marketing* counts under it" in text
    assert "You work in Sales" in await home_of(door, "ben")


def test_every_first_one_has_a_place_of_its_own() -> None:
    """So that lists have an order."""
    assert [one.place for one in AT_FIRST] == list(range(1, len(AT_FIRST) + 1))
