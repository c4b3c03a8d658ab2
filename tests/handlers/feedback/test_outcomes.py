"""What becomes of feedback reaches whoever it matters to, once and together; what was declined re-opens by itself."""

import asyncio
import threading
from dataclasses import replace
from datetime import date

import pytest

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message, Modal
from handlers.feedback import outcomes, rules
from handlers.feedback.answers import conditions
from storage.accounts import queries as accounts
from storage.database import Tx
from storage.feedback import closing as closings
from storage.feedback import queries as feedbacks
from storage.feedback import reopenings
from storage.feedback.values import FeedbackState, Kind, Reach, Reopening
from storage.things import queries as things
from storage.things.values import Letter, Reference
from storage.values import PersonId
from tests.front import HERE, FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.decisions.acts import monday
from tests.handlers.feedback.test_answers import capture, looked_after, say

TODAY = date(2026, 11, 30)
SENTENCE = "You can pay in euro from December on."
WHY = "The bank is ready by then."


@pytest.mark.parametrize(
    ("when", "reach", "true"),
    [
        (Reopening(accounts=3), Reach(2), None),
        (Reopening(accounts=3), Reach(4), Reopening(accounts=4)),
        (Reopening(value=500), Reach(9, value=499), None),
        (Reopening(value=500), Reach(1, value=500), Reopening(value=500)),
        (Reopening(on=date(2026, 12, 1)), Reach(9, value=9), None),
        (Reopening(on=TODAY), Reach(), Reopening(on=TODAY)),
        (Reopening(accounts=5, on=TODAY), Reach(1), Reopening(on=TODAY)),
    ],
)
def test_what_comes_true(when: Reopening, reach: Reach, true: Reopening | None) -> None:
    """Any one of the conditions is enough."""
    assert rules.came_true(when, reach, TODAY) == true


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (Reopening(accounts=1), "one account asks"),
        (Reopening(accounts=5, on=date(2027, 3, 3)), "five accounts ask or it is 3 Mar 2027"),
        (Reopening(4, TODAY, 200_000),
         "four accounts ask, they are worth 200,000 a year together or it is today"),
    ],
)  # fmt: skip
def test_conditions_read_aloud(when: Reopening, said: str) -> None:
    """As a sentence goes on."""
    assert conditions(when, TODAY) == said


@pytest.mark.parametrize("kind", Kind)
def test_only_ideas_are_planned(kind: Kind) -> None:
    """And only what somebody asks or meets ends answered; praise waits for nothing."""
    ends = rules.ENDS[kind]
    assert (FeedbackState.PLANNED in ends) is (kind is Kind.IDEA)
    assert (FeedbackState.ANSWERED in ends) is (kind not in (Kind.IDEA, Kind.PRAISE))
    assert (FeedbackState.SHIPPED in ends) is (kind in (Kind.IDEA, Kind.PROBLEM))


async def told(slack: Slack, as_: str, words: str) -> list[Message]:
    """What somebody was sent with these words in it, beside cards."""
    return [one for one in await slack.dms(as_) if one.user == "throughline" and words in one.text]


async def ask_too(slack: Slack, as_: str, account: str) -> None:
    """Somebody asks for F-1, too, for an account."""
    await slack.command("/capture", "invoices in euro", as_=as_, channel="#general")
    await slack.submit(as_, account=account, near="It is F-1: Invoices in euro")
    assert "F-1 was there already." in (await slack.modal(as_)).text
    await slack.close(as_)


async def asked(door: FrontDoor) -> None:
    """On a Monday: Sam captured F-1 for Acme, which is Tomas's; Ben asked for it, too; Omar looks after it."""
    slack = door.slack
    await monday(slack)
    await looked_after(slack)
    await capture(slack, "Invoices in euro", "sam", "Acme")
    await ask_too(slack, "ben", "Globex")

    def owned(tx: Tx) -> None:
        acme = accounts.by_name(tx, "Acme")
        assert acme is not None
        accounts.change(tx, replace(acme, owner=PersonId("U0TOMAS")))
        things.follow(tx, Reference(Letter.FEEDBACK, 1), PersonId("U0LENA"))

    await do(door, owned)


async def test_planned_is_told_to_whoever_it_matters_to(door: FrontDoor) -> None:
    """Supporters, followers and the account's owner read once what, why, and a sentence; who says it does not."""
    slack = door.slack
    await asked(door)
    page = await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence=SENTENCE, reason=WHY)
    assert "gets one message, in their own working hours." in page
    for _ in range(2):
        await slack.advance("next morning", as_="sam")

    for as_, said in (
        ("sam", "You asked for this for Acme on"),
        ("ben", "You wanted this, too, for Globex on"),
        ("tomas", "Acme, which is yours, asked for this on"),
        ("lena", "You follow this; it is planned for 11 March 2027"),
    ):
        (letter,) = await told(slack, as_, SENTENCE)
        assert said in letter.text
        assert "it is planned for 11 March 2027" in letter.text
        assert f"Why, for us only: {WHY}" in letter.text
        assert letter.buttons == ["Show F-1"]
        assert letter.notifies == []
    assert await told(slack, "omar", SENTENCE) == []
    assert set(await do(door, lambda tx: closings.told(tx, 1, 1))) == {
        PersonId(f"U0{one}") for one in ("SAM", "BEN", "TOMAS", "LENA")
    }


async def becoming(slack: Slack, as_: str = "omar") -> Modal:
    """Somebody opens the form that says what becomes of F-1."""
    await slack.command("/capture", "show F-1", as_=as_, channel="#general")
    await slack.click(await slack.modal(as_), "What becomes of it…", as_=as_)
    return await slack.modal(as_)


async def test_what_was_said_before_is_not_told_as_new(door: FrontDoor) -> None:
    """The sentence and the reason of how it stood stand beside fields that are empty, and go to nobody."""
    slack = door.slack
    await asked(door)
    await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence=SENTENCE, reason=WHY)
    form = await becoming(slack)
    assert form.inputs["What a customer may be told"] == SENTENCE
    assert "Said before" not in form.text

    await slack.fill("omar", state="Shipped")
    form = await slack.modal("omar")
    assert (form.inputs["What a customer may be told"], form.inputs["Why, for us only"]) == (None, None)
    assert f"Said before: “{SENTENCE}”" in form.text
    assert f"Said before: “{WHY}”" in form.text
    await slack.submit("omar", sentence="Pay in euro: it is there.")
    await slack.advance("next morning", as_="sam")

    (letter,) = await told(slack, "sam", "Pay in euro: it is there.")
    assert SENTENCE not in letter.text
    assert WHY not in letter.text


async def test_it_ships_with_nothing_more_to_say(door: FrontDoor) -> None:
    """Choosing and saving is enough, whatever was said when it was planned and in progress."""
    slack = door.slack
    await asked(door)
    await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence=SENTENCE, reason=WHY)
    await say(slack, "F-1", "omar", state="In progress")
    await say(slack, "F-1", "omar", state="Shipped")
    await slack.advance("next morning", as_="sam")

    (letter,) = await told(slack, "sam", "; it shipped ")
    assert SENTENCE not in letter.text
    assert WHY not in letter.text


async def test_each_outcome_has_its_own_fields(door: FrontDoor) -> None:
    """A day only where one can be said, when it re-opens only where it is declined, and what is needed is not optional."""
    slack = door.slack
    await asked(door)
    form = await becoming(slack)
    assert list(form.inputs) == ["It is", "For when", "What a customer may be told", "Why, for us only"]
    await slack.fill("omar", state="Shipped")
    form = await slack.modal("omar")
    assert list(form.inputs) == ["It is", "What a customer may be told", "Why, for us only"]
    await slack.fill("omar", state="Declined")
    form = await slack.modal("omar")
    assert "This day has come" in form.inputs
    assert "For when" not in form.inputs

    refused = await slack.submit("omar")
    assert list(refused.errors.values()) == ["Please complete this required field."]
    refused = await slack.submit("omar", reason="   ")
    assert list(refused.errors.values()) == ["Say why in a few words; it stays inside."]


async def test_nothing_typed_is_lost_by_choosing_another_outcome(door: FrontDoor) -> None:
    """Forth and back: what somebody typed stays, also in fields that were not shown meanwhile."""
    slack = door.slack
    await asked(door)
    await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence=SENTENCE, reason=WHY)
    await becoming(slack)
    await slack.fill("omar", day="2027-04-12", reason="The bank is late", state="Declined")
    await slack.fill("omar", again_accounts="7", again_on="2027-05-12", again_value="200,000")
    await slack.fill("omar", sentence="Not in euro.", state="Shipped")
    await slack.fill("omar", state="Declined")
    declined = (await slack.modal("omar")).inputs
    await slack.fill("omar", state="Planned")
    planned = (await slack.modal("omar")).inputs

    assert declined["So many accounts asked"] == "7"
    assert declined["This day has come"] == "2027-05-12"
    assert declined["They are worth so much a year together"] == "200000"
    assert planned["For when"] == "2027-04-12"
    for inputs in (declined, planned):
        assert inputs["What a customer may be told"] == "Not in euro."
        assert inputs["Why, for us only"] == "The bank is late"
    await slack.submit("omar")
    assert "planned for 12 Apr 2027" in (await slack.modal("omar")).text


async def test_looking_at_another_outcome_changes_nothing(door: FrontDoor) -> None:
    """Who comes back to how it stands finds all that was said of it, and it is kept on saving."""
    slack = door.slack
    await asked(door)
    await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence=SENTENCE, reason=WHY)
    await becoming(slack)
    for state in ("Declined", "Shipped", "Planned"):
        await slack.fill("omar", state=state)
    await slack.submit("omar")

    page = (await slack.modal("omar")).text
    assert "planned for 11 Mar 2027" in page
    assert SENTENCE in page
    assert "Nobody is sent a message." in page


async def test_nothing_is_told_from_the_fields_of_another_outcome(door: FrontDoor) -> None:
    """Where the form could not follow the choice in time, it is shown once more before anything is kept."""
    slack = door.slack
    await asked(door)
    await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence=SENTENCE, reason=WHY)
    await becoming(slack)
    await slack.faults([{"method": "views.update", "fault": "internal_error"}])
    await slack.fill("omar", state="Shipped")
    await slack.faults()
    assert (await slack.modal("omar")).inputs["What a customer may be told"] == SENTENCE

    await slack.submit("omar")
    form = await slack.modal("omar")
    assert "The fields below are those of what you chose now." in form.text
    assert form.inputs["What a customer may be told"] is None
    found = await do(door, lambda tx: feedbacks.get(tx, 1))
    assert found is not None
    assert found.state is FeedbackState.PLANNED
    await slack.submit("omar")
    assert "F-1 is saved." in (await slack.modal("omar")).text


async def test_it_ships_without_a_launch(door: FrontDoor) -> None:
    """Whoever looks after it says so on its card; that is told once, and nothing more is said of it."""
    slack = door.slack
    await asked(door)
    page = await say(slack, "F-1", "omar", state="Shipped", sentence=SENTENCE)
    assert "F-1 · two accounts asked · shipped" in page
    for _ in range(2):
        await slack.advance("next morning", as_="sam")

    for as_ in ("sam", "ben", "tomas", "lena"):
        (letter,) = await told(slack, as_, SENTENCE)
        assert "; it shipped " in letter.text
    await slack.command("/capture", "show F-1", as_="omar", channel="#general")
    card = await slack.modal("omar")
    assert "Who hears of it: Ben Adeyemi · Lena Fischer · Sam Okafor · Tomás Vidal" in card.text
    assert "What becomes of it…" not in card.buttons


async def test_another_sentence_tells_nobody_again(door: FrontDoor) -> None:
    """Only another state, or another day, is news."""
    slack = door.slack
    await asked(door)
    await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence=SENTENCE)
    await slack.advance("next morning", as_="sam")

    page = await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence="Another one.")
    assert "Nobody is sent a message." in page
    await slack.advance("next morning", as_="sam")
    assert await told(slack, "sam", "Another one.") == []
    await say(slack, "F-1", "omar", state="Planned", day="2027-04-11", sentence="Another one.")
    await slack.advance("next morning", as_="sam")

    assert len(await told(slack, "sam", "it is planned for 11 April 2027")) == 1


async def test_what_is_said_together_is_one_message(door: FrontDoor) -> None:
    """Two of Sam's wishes within some minutes; and what was taken back before it left is never told."""
    slack = door.slack
    await asked(door)
    await capture(slack, "Dark mode at night", "sam", "Acme")
    await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence=SENTENCE)
    await say(slack, "F-2", "omar", state="Declined", reason="We build no lamps")
    await say(slack, "F-1", "omar", state="Declined", reason="The bank says no", sentence="Not in euro.")
    await slack.advance("next morning", as_="sam")

    assert await told(slack, "sam", SENTENCE) == []
    (letter,) = await told(slack, "sam", "News of 2 things you asked for")
    assert "F-1 “Invoices in euro”: You asked for this for Acme on" in letter.text
    assert "Why, for us only: We build no lamps" in letter.text


async def test_what_waits_for_the_morning_and_holds_no_longer_is_never_told(door: FrontDoor) -> None:
    """Planned in Sam's night and shipped before his morning: he reads what shipped, beside what else was said."""
    slack = door.slack
    await asked(door)
    await capture(slack, "Dark mode at night", "sam", "Acme")
    await slack.advance("next morning", as_="sam")
    await slack.advance("10 hours", as_="sam")
    await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence=SENTENCE)
    await say(slack, "F-2", "omar", state="Declined", reason="We build no lamps")
    await slack.advance("1 hour", as_="sam")
    await say(slack, "F-1", "omar", state="Shipped", sentence="Pay in euro: it is there.", reason="")
    await slack.advance("next morning", as_="sam")

    assert await told(slack, "sam", SENTENCE) == []
    (letter,) = await told(slack, "sam", "News of 2 things you asked for")
    assert "Pay in euro: it is there." in letter.text
    assert "Why, for us only: We build no lamps" in letter.text
    await slack.advance("next morning", as_="sam")
    assert len(await told(slack, "sam", "Pay in euro: it is there.")) == 1
    assert PersonId("U0SAM") in await do(door, lambda tx: closings.told(tx, 1, 2))
    assert PersonId("U0SAM") not in await do(door, lambda tx: closings.told(tx, 1, 1))


async def test_one_message_a_day(door: FrontDoor) -> None:
    """What becomes of the next one on the same day waits for the next morning."""
    slack = door.slack
    await asked(door)
    await capture(slack, "Dark mode at night", "sam", "Acme")
    await slack.advance("next morning", as_="sam")
    await say(slack, "F-1", "omar", state="Planned", sentence=SENTENCE)
    await slack.advance("1 hour", as_="sam")
    assert len(await told(slack, "sam", SENTENCE)) == 1
    await say(slack, "F-2", "omar", state="Planned", sentence="Dark from May on.")
    await slack.advance("1 hour", as_="sam")

    assert await told(slack, "sam", "Dark from May on.") == []
    await slack.advance("next morning", as_="sam")
    assert len(await told(slack, "sam", "Dark from May on.")) == 1


async def test_what_was_declined_reopens_once_enough_accounts_ask(door: FrontDoor) -> None:
    """By itself, when the third asks; whoever looks after it and whoever captured it hear why."""
    slack = door.slack
    await asked(door)
    await becoming(slack)
    refused = await slack.submit("omar", state="Declined", reason="Too few", again_accounts="2")
    assert list(refused.errors.values()) == ["So many asked already: 2. Say a larger number."]
    await slack.submit("omar", again_accounts="3")
    assert "declined; re-opens once three accounts ask" in (await slack.modal("omar")).text
    await slack.close("omar")

    await ask_too(slack, "ruth", "Initech")
    await slack.advance("next morning", as_="omar")

    (letter,) = await told(slack, "omar", "F-1 is open again: three accounts have asked")
    assert "It was declined because: Too few" in letter.text
    await slack.advance("next morning", as_="sam")
    (other,) = await told(slack, "sam", "F-1 is open again: three accounts have asked")
    assert "Too few" not in other.text
    found = await do(door, lambda tx: feedbacks.get(tx, 1))
    assert found is not None
    assert found.state is FeedbackState.NEW


async def test_what_was_declined_reopens_on_its_day_or_for_its_worth(door: FrontDoor) -> None:
    """The day has come; or somebody says that an account is worth more."""
    slack = door.slack
    await asked(door)
    await capture(slack, "Dark mode at night", "sam", "Acme")
    day = date.fromisoformat("2027-01-11")
    await say(slack, "F-1", "omar", state="Declined", reason="Too early", again_on=day.isoformat())
    await say(slack, "F-2", "omar", state="Declined", reason="Too small", again_value="200,000")

    await slack.command("/capture", "accounts", as_="maya", channel="#general")
    await slack.submit("maya", account="Acme")
    await slack.submit("maya", value="250000")
    await slack.close("maya")
    await slack.advance("next morning", as_="omar")
    assert len(await told(slack, "omar", "F-2 is open again: the accounts that asked are worth 250,000")) == 1
    assert await told(slack, "omar", "F-1 is open again") == []

    await slack.advance("8 weeks", as_="omar")
    await slack.advance("next morning", as_="omar")
    assert len(await told(slack, "omar", "F-1 is open again")) == 1


async def test_what_comes_true_while_it_is_looked_at_reopens_at_once(door: FrontDoor) -> None:
    """Somebody says what an account is worth while the job looks: it is not put off until the next day."""
    slack, database = door.slack, door.app.database
    await asked(door)
    await say(slack, "F-1", "omar", state="Declined", reason="Too small", again_value="200,000")
    acme = await do(door, lambda tx: accounts.by_name(tx, "Acme"))
    assert acme is not None
    said, go_on = threading.Event(), threading.Event()

    def worth_more(tx: Tx) -> None:
        accounts.change(tx, replace(acme, value=250_000))
        reopenings.hasten(tx, acme.id)
        assert reopenings.find(tx, 1) is not None  # now the database has been told
        said.set()
        go_on.wait(10)

    async with door.app.hands._busy:  # the clock's own jobs stand still
        await database.transact(HERE, lambda tx: reopenings.hasten(tx, acme.id))
        saying = asyncio.ensure_future(database.transact(HERE, worth_more))
        assert await asyncio.to_thread(said.wait, 10)
        looking = asyncio.ensure_future(database.transact(HERE, outcomes.look))
        await asyncio.sleep(0.3)
        go_on.set()
        await asyncio.gather(saying, looking)
    await door.app.settled()
    found = await do(door, lambda tx: feedbacks.get(tx, 1))
    assert found is not None
    assert found.state is FeedbackState.NEW
