"""Finding decisions again: list, search, show, export, help; and what is said when there is nothing."""

import pytest

from tests.front import FrontDoor
from tests.handlers.decisions.acts import name, record


async def several(door: FrontDoor, number: int) -> None:
    """So many decisions of Omar's."""
    for at in range(1, number + 1):
        await record(door.slack, f"Decision number {at}")
        await door.slack.close("omar")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("list", "Nothing yet that you can see. `/decision` records one in ten seconds."),
        ("search invoices", "No decision you can see has all of these words in it."),
        ("search", "Which words? Type `/decision search invoices euro`."),
        ("show", "Which one? Type `/decision show D-7`; `/decision list` shows them all."),
        ("show D-7", "I find no decision of that name that you can see."),
        ("show F-12", "F-12 is feedback: `/capture show F-12` shows it."),
        ("help", "*/decision*\n• `/decision` – record what was decided"),
    ],
)
async def test_what_is_said_when_there_is_nothing(door: FrontDoor, words: str, answer: str) -> None:
    """Every subcommand has an answer that says what to type."""
    direct = await door.slack.command("/decision", words, as_="omar")
    through = await door.slack.command("/throughline", f"decision {words}", as_="omar")

    assert (direct.text or "").startswith(answer)
    assert through.text == direct.text


async def test_the_list_turns_its_pages(door: FrontDoor) -> None:
    """Newest first, eight at a time; *Older* takes the page's place."""
    slack = door.slack
    await several(door, 9)
    await slack.command("/decision", "list", as_="lena")
    page = (await slack.ephemerals("lena", "#general"))[-1]
    assert "D-9* Decision number 9" in page.words
    assert "D-1*" not in page.words

    await slack.click(page, "Older", as_="lena")

    page = (await slack.ephemerals("lena", "#general"))[-1]
    assert "D-1* Decision number 1" in page.words
    assert "D-9" not in page.words
    await slack.click(page, "Show", as_="lena")
    assert (await slack.modal("lena")).title == "D-1"


async def test_search_finds_all_words_in_any_of_its_texts(door: FrontDoor) -> None:
    """Whatever the case and the script; signs people type stay signs."""
    slack = door.slack
    await record(slack, "We invoice ÖSTERREICH in euro, 100% of it")
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await slack.click(await slack.modal("omar"), "Say why", as_="omar")
    await slack.submit("omar", why="Most customers pay that way")
    await slack.submit("omar")
    await slack.close("omar")
    await record(slack, "We invoice Canada in dollars, 1000 of them")

    for words, found in {
        "invoice österreich": ["D-1"],
        "customers EURO": ["D-1"],
        "invoice": ["D-2", "D-1"],
        "100%": ["D-1"],
        "in_": [],
    }.items():
        said = (await slack.command("/decision", f"search {words}", as_="lena")).text or ""
        assert [one for one in ("D-2", "D-1") if one in said] == found, words


async def test_export_is_markdown_to_copy(door: FrontDoor) -> None:
    """Everything known of each decision; people's lines cannot pass for headings."""
    slack = door.slack
    await record(slack, "We invoice in euro first\n## D-9 · Not a heading")
    await name(slack, approver="ines", contributors=["tomas"], informed=["lena"])

    await slack.command("/decision", "export", as_="lena")

    page = await slack.modal("lena")
    assert "*1* decision you can see. Here: D-1, " in page.text
    assert "## D-1 · We invoice in euro first ## D-9 · Not a heading\n\n- State: proposed\n" in page.text
    assert "- Contributors: Tomás Vidal (not heard)\n- Informed: Lena Fischer" in page.text
    assert "> We invoice in euro first\n> ## D-9 · Not a heading" in page.text


async def test_a_long_export_comes_in_pages(door: FrontDoor) -> None:
    """As many whole decisions as fit, the count of all, and the older ones behind a button."""
    slack = door.slack
    for at in range(1, 4):
        await record(slack, f"Decision number {at} " + "with many words " * 90)
        await slack.close("omar")
    await slack.command("/decision", "export", as_="lena")
    page = await slack.modal("lena")
    assert "*3* decisions you can see. Here: D-3, " in page.text

    await slack.click(page, "Older", as_="lena")
    await slack.click(await slack.modal("lena"), "Older", as_="lena")

    page = await slack.modal("lena")
    assert "Here: D-1, " in page.text
    assert page.buttons == []


async def test_one_that_is_too_long_for_a_page_goes_on_on_the_next(door: FrontDoor) -> None:
    """All of it can be had, word by word and still quoted; then come the older ones."""
    slack = door.slack
    await record(slack, "An older one")
    await slack.close("omar")
    await record(slack, " ".join(f"word{at}" for at in range(350)))
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await slack.click(await slack.modal("omar"), "Say why", as_="omar")
    await slack.submit("omar", why=" ".join(f"because{at}" for at in range(250)))
    await slack.submit("omar")

    await slack.command("/decision", "export", as_="lena")

    pages = [await slack.modal("lena")]
    assert "*2* decisions you can see. Here: D-2, part 1 of 2, " in pages[0].text
    await slack.click(pages[0], "Go on", as_="lena")
    pages.append(await slack.modal("lena"))
    assert "Here: D-2, part 2 of 2, " in pages[1].text
    quoted = [line[2:] for page in pages for line in page.text.split("\n") if line.startswith("> ")]
    expected = [f"word{at}" for at in range(350)] + [f"because{at}" for at in range(250)]
    assert " ".join(quoted).split() == expected
    assert all(line.startswith(("> ", "### ")) for line in pages[1].text.split("\n")[1:-1] if line)

    await slack.click(pages[1], "Older", as_="lena")
    page = await slack.modal("lena")
    assert "Here: D-1, " in page.text
    assert page.buttons == []
