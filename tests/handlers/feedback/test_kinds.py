"""Five kinds, five ends: questions are answered where they were asked, praise and risks reach those they are for."""

from dataclasses import replace

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message
from storage.accounts import queries as accounts
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback.values import FeedbackState
from storage.values import PersonId
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.decisions.acts import letter_to, monday
from tests.handlers.feedback.acts import wish
from tests.handlers.feedback.test_answers import looked_after


async def capture_as(
    slack: Slack, kind: str, words: str, as_: str, account: str | None = None, channel: str = "#general"
) -> str:
    """Somebody captures it as that kind; what the last page says."""
    await slack.command("/capture", words, as_=as_, channel=channel)
    await slack.submit(as_, kind=kind, **({"account": account} if account else {}))
    said = (await slack.modal(as_)).text
    await slack.close(as_)
    return said


async def ours(slack: Slack, as_: str, words: str) -> list[Message]:
    """What somebody was sent with these words in it."""
    return [one for one in await slack.dms(as_) if one.user == "throughline" and words in one.text]


async def looked_after_account(door: FrontDoor, name: str = "Acme") -> None:
    """Tomas looks after it, Ines leads him."""

    def said(tx: Tx) -> None:
        account = accounts.named(tx, name, public=True)
        accounts.change(tx, replace(account, owner=PersonId("U0TOMAS"), lead=PersonId("U0INES")))

    await do(door, said)


async def test_a_question_is_answered_where_it_was_asked(door: FrontDoor) -> None:
    """Whoever looks after it is asked; the answer stands in the thread, and whoever asked gets it to send on."""
    slack = door.slack
    await monday(slack)
    await looked_after(slack)
    await slack.invite("throughline", "#sales", "dana")
    asked = await wish(slack, "Can Acme pay in euro?")
    await slack.message_shortcut("Capture feedback", asked, as_="sam")
    await slack.submit("sam", kind="❔ Question")
    await slack.close("sam")
    await slack.advance("next morning", as_="omar")

    letter = await letter_to(slack, "omar", "F-1 is a question for you")
    await slack.click(letter, "Answer…", as_="omar")
    refused = await slack.submit("omar")
    assert refused.errors == {"sentence": "Please complete this required field."}
    refused = await slack.submit("omar", sentence=" ")
    assert refused.errors == {"sentence": "Write the answer; whoever asked gets it."}
    await slack.submit("omar", sentence="Yes, from December on.")
    assert "F-1 · answered" in (await slack.modal("omar")).text
    for as_ in ("sam", "dana"):
        await slack.advance("next morning", as_=as_)

    thread = await slack.channel("#sales", as_="dana").thread(asked)
    assert "Omar Haddad wrote: Yes, from December on." in thread[-1].text
    (sam,) = await ours(slack, "sam", "You asked for this on")
    assert "Yes, from December on." in sam.text
    (dana,) = await ours(slack, "dana", "You said this on")
    assert "it is answered" in dana.text
    assert (await slack.again(letter, "omar")).buttons == []


async def test_praise_reaches_those_who_built_it(door: FrontDoor) -> None:
    """Whose launch it names, else who looks after its area; it waits for nothing."""
    slack = door.slack
    await looked_after(slack)
    said = await capture_as(slack, "🌟 Praise", "We love the export", "sam")
    assert "F-1 · new; passed on to Omar Haddad" in said
    await slack.advance("next morning", as_="omar")

    (letter,) = await ours(slack, "omar", "F-1 is praise for what you look after")
    assert "We love the export" in letter.text
    await slack.command("/capture", "triage", as_="omar", channel="#general")
    assert "Nothing waits for triage" in (await slack.modal("omar")).text


async def test_a_churn_risk_goes_to_its_account_s_people_alone(door: FrontDoor) -> None:
    """At once, once each, in nobody's channel; they say what becomes of it."""
    slack = door.slack
    await monday(slack)
    await slack.invite("throughline", "#product", "omar")
    await looked_after(slack, triage="#product")
    await looked_after_account(door)
    said = await capture_as(slack, "⚠️ Churn risk", "They look at Globex", "sam", "Acme")
    assert "passed on to" in said
    assert "Tomás Vidal" in said
    for as_ in ("tomas", "ines"):
        await slack.advance("next morning", as_=as_)
        (letter,) = await ours(slack, as_, "F-1: Acme might leave")
        assert "They look at Globex" in letter.text
    posted = await slack.channel("#product", as_="omar").messages()
    assert [one for one in posted if "Globex" in one.text] == []
    assert await ours(slack, "omar", "might leave") == []

    await slack.click(
        (await ours(slack, "tomas", "F-1: Acme might leave"))[0], "What becomes of it…", as_="tomas"
    )
    await slack.submit("tomas", state="Triaged: I have it")
    found = await do(door, lambda tx: feedbacks.get(tx, 1))
    assert found is not None
    assert found.state is FeedbackState.TRIAGED


async def test_a_churn_risk_whose_account_follows_goes_then(door: FrontDoor) -> None:
    """Until then whoever looks after the area knows; said in private it stays there."""
    slack = door.slack
    await monday(slack)
    await looked_after(slack)
    await looked_after_account(door)
    await capture_as(slack, "⚠️ Churn risk", "They look at Globex", "sam")
    await slack.advance("next morning", as_="omar")
    assert "Nobody is known to look after its account" in (await ours(slack, "omar", "might leave"))[0].text
    await slack.command("/capture", "show F-1", as_="sam", channel="#general")
    await slack.click(await slack.modal("sam"), "Add account", as_="sam")
    await slack.submit("sam", account="Acme")
    await slack.close("sam")
    await capture_as(slack, "⚠️ Churn risk", "They hate the price", "maya", "Acme", "#pricing-private")
    await slack.advance("next morning", as_="tomas")

    assert len(await ours(slack, "tomas", "F-1: Acme might leave")) == 1
    assert await ours(slack, "tomas", "F-2") == []
