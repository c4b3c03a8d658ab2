"""A name that somebody writes links; the link can be undone, and nobody hears of it before it is confirmed."""

import pytest

from tests.front import FrontDoor
from tests.handlers.decisions.acts import card_in, headlines, monday, name, page, record, shown
from tests.handlers.feedback.acts import card_of, switch_on
from tests.handlers.links.acts import capture, joint


async def test_a_decision_that_names_feedback_is_linked_to_it(door: FrontDoor) -> None:
    """The form's last page says so, with Confirm and Undo; so does the feedback's own card."""
    slack = door.slack
    await capture(slack)
    await slack.close("sam")

    await record(slack, "We invoice in euro, as F-1 asks, and F-9 does not exist")

    page_ = await slack.modal("omar")
    assert "Linked to *F-1* Acme wants invoices in euro. Nobody is told of changes" in page_.text
    assert "F-9*" not in page_.text
    assert page_.buttons[-2:] == ["Confirm", "Undo link"]
    assert "Linked to *D-1* We invoice in euro" in (await joint(slack, "F-1", "sam")).text
    assert "linked to" not in (await card_in(slack)).text


async def test_confirming_makes_it_sure_for_everybody(door: FrontDoor) -> None:
    """The channel's card names it, the one card has it as the reason, and the question is gone."""
    slack = door.slack
    await capture(slack)
    await slack.close("sam")
    await record(slack, "We invoice in euro, as F-1 asks")

    await slack.click(await slack.modal("omar"), "Confirm", as_="omar")

    after = await slack.modal("omar")
    assert after.title == "D-1"
    assert "D-1 and F-1 are linked." in after.text
    assert "*Why does this exist?*\n*F-1* Acme wants invoices in euro" in after.text
    assert "Confirm" not in after.buttons
    assert "linked to F-1" in (await card_in(slack)).text


async def test_undone_is_undone_whoever_writes_it_again(door: FrontDoor) -> None:
    """Editing the words, which still name it, does not bring the link back; the picker would."""
    slack = door.slack
    await capture(slack)
    await slack.close("sam")
    await record(slack, "We invoice in euro, as F-1 asks")
    await slack.click(await slack.modal("omar"), "Undo link", as_="omar")
    assert "D-1 and F-1 are not linked." in (await slack.modal("omar")).text
    await slack.close("omar")

    await slack.command("/decision", "show D-1", as_="omar")
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await page(slack, "omar", "Say why", why="F-1 said so")
    await slack.submit("omar")

    assert "F-1*" not in (await slack.modal("omar")).text
    assert "F-1*" not in (await joint(slack, "D-1", "omar")).text


async def test_words_that_slack_tells_later_link_too(door: FrontDoor) -> None:
    """A message captured by emoji: its card asks its captor, and confirming it there draws it anew."""
    slack = door.slack
    await record(slack)
    await slack.close("omar")
    await switch_on(slack)
    message = await slack.message("#sales", "Acme cannot live with D-1", as_="dana")

    await slack.react(message, "bulb", as_="sam")

    card = await card_of(slack, "sam")
    assert "Linked, not confirmed yet: D-1 We invoice in euro first" in card.text
    await slack.click(card, "Confirm", as_="sam")
    assert "Linked: D-1 We invoice in euro first" in (await card_of(slack, "sam")).text
    assert "Confirm" not in (await card_of(slack, "sam")).buttons
    assert "linked to F-1" in (await card_in(slack)).text


async def test_a_name_they_may_not_see_is_only_a_word(door: FrontDoor) -> None:
    """What was captured in a private channel links for its members, and shows to them only."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="sam")
    await capture(slack, "A secret discount", channel="#pricing-private")
    await slack.close("sam")

    await record(slack, "F-1 changes nothing", as_="lena")
    assert "Confirm" not in (await slack.modal("lena")).buttons
    await slack.close("lena")
    await record(slack, "F-1 changes all", as_="omar")
    assert "A secret discount" in (await slack.modal("omar")).text
    await slack.click(await slack.modal("omar"), "Confirm", as_="omar")
    assert "F-1" in (await joint(slack, "D-2", "sam")).text

    for as_ in ("lena", "maya"):
        seen = "secret discount" in (await joint(slack, "D-2", as_)).text
        assert seen is (as_ == "maya")
        assert ("secret discount" in await shown(slack, 2, as_)) is seen
    assert "linked to F-1" not in (await card_in(slack)).text


async def test_only_who_may_undoes_what_is_sure(door: FrontDoor) -> None:
    """Whoever linked it, owns one end, or is an admin; the others find no such entry."""
    slack = door.slack
    await capture(slack)
    await slack.close("sam")
    await record(slack, "We invoice in euro, as F-1 asks")
    await slack.click(await slack.modal("omar"), "Confirm", as_="omar")

    with pytest.raises(Exception, match="no option"):
        await slack.click(await joint(slack, "D-1", "lena"), "links.row", as_="lena", choose="Undo the link")
    await slack.click(await joint(slack, "D-1", "sam"), "links.row", as_="sam", choose="Undo the link")

    assert "D-1 and F-1 are not linked." in (await slack.modal("sam")).text
    assert "linked to" not in (await card_in(slack)).text


async def test_nobody_hears_before_it_is_confirmed(door: FrontDoor) -> None:
    """Superseding what somebody's feedback is linked to by a name only: they are left alone."""
    slack = door.slack
    await monday(slack)
    await capture(slack)
    await slack.close("sam")
    await record(slack, "We invoice in euro, as F-1 asks")
    await slack.close("omar")

    await slack.command("/decision", "supersede D-1", as_="omar")
    await slack.submit("omar", what="Dollars first")
    await slack.advance("next morning", as_="sam")

    assert [one for one in await headlines(slack, "sam") if "D-1" in one] == []


async def test_naming_people_keeps_the_links(door: FrontDoor) -> None:
    """What is saved behind More reads the words anew and repeats nothing."""
    slack = door.slack
    await capture(slack)
    await slack.close("sam")
    await record(slack, "We invoice in euro, as F-1 asks")

    await name(slack, informed=["lena"])

    assert (await slack.modal("omar")).text.count("Linked to *F-1*") == 1
