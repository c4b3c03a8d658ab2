"""Recording a decision: one field, ten seconds, and its card where it was made."""

from tests.front import FrontDoor
from tests.handlers.decisions.acts import card_in, record


async def test_alone_it_opens_its_one_field(door: FrontDoor) -> None:
    """One input; Save leads to a last page with the reference and *More*."""
    slack = door.slack
    await slack.command("/decision", as_="omar")
    form = await slack.modal("omar")
    assert form.inputs == {"What was decided": None}

    await slack.submit("omar", what="We invoice in euro first")

    page = await slack.modal("omar")
    assert page.title == "Saved"
    assert "*D-1 is saved.*" in page.text
    assert "Decided by you. Its card is in #general. Everybody in this workspace can see it." in page.text
    assert page.buttons == ["More…", "Undo"]


async def test_its_card_stands_where_it_was_recorded(door: FrontDoor) -> None:
    """Posted once, with who decided it, and pinging nobody."""
    await record(door.slack)

    card = await card_in(door.slack)
    assert card.text.startswith("⚖️ D-1 · Decided\nWe invoice in euro first\nDecided by Omar Haddad on ")
    assert card.notifies == []
    assert card.buttons == ["Show", "Supersede…"]
