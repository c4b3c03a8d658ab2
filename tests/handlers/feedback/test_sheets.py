"""A sheet from anywhere: what its columns mean, what its rows say, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from handlers.feedback import columns
from handlers.feedback.columns import Unreadable
from handlers.feedback.sheets import NAMES, Column, Sheet, Unknown, missing
from storage.areas.values import AreaId
from storage.feedback.values import FeedbackState, Kind, outside_key
from storage.values import WorkspaceId

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
CANNY = ["Title", "Details", "Author Name", "Board", "Status", "Created", "Score", "Company", "URL"]
PRODUCTBOARD = ["id", "title", "text", "tags", "user_email", "company_name", "created_at", "state"]
ANY = ["Wish", "Kunde", "Datum"]


def recognise(heads: Sequence[str]) -> dict[Column, int]:
    return columns.recognise(NAMES, heads)


def mapped(plan: Mapping[Column, int], said: str) -> dict[Column, int]:
    return columns.mapped(Column, plan, ANY, said)


def sheet(*heads: str, day_first: bool | None = None) -> Sheet:
    return Sheet(
        recognise(heads), heads, {"payments": AreaId("pay")}, NOW, WorkspaceId("T1"), day_first=day_first
    )


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (CANNY, {"title": 0, "words": 1, "area": 3, "status": 4, "date": 5, "account": 7, "id": 8}),
        (PRODUCTBOARD, {"id": 0, "title": 1, "words": 2, "account": 5, "date": 6, "status": 7}),
        (["Feedback", "feedback"], {"words": 0}),
        (["Jira-Key", "What was said?", "CUSTOMER"], {"key": 0, "words": 1, "account": 2}),
        (ANY, {}),
        ([], {}),
    ],
)
def test_columns_are_known_by_their_names(heads: list[str], found: dict[str, int]) -> None:
    """Whoever exports from Canny or Productboard, or names columns as people do, has nothing to explain."""
    assert {column.value: at for column, at in recognise(heads).items()} == found


def test_what_is_not_known_can_be_said() -> None:
    """A column gets another meaning, or none; each column means one thing."""
    plan = mapped(mapped(recognise(ANY), "words=Wish"), "account = kunde")
    assert plan == {Column.WORDS: 0, Column.ACCOUNT: 1}
    assert mapped(plan, "date=Kunde") == {Column.WORDS: 0, Column.DATE: 1}
    assert mapped(plan, "account=") == {Column.WORDS: 0}
    assert missing(plan) is None
    assert "words=Details" in (missing(recognise(ANY)) or "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("words", "not of the form"),
        ("wishes=Wish", "not of the form"),
        ("words=Details", "There are: Wish, Kunde, Datum"),
    ],
)
def test_what_cannot_be_meant_is_explained(said: str, words: str) -> None:
    """The sentence names what there is."""
    with pytest.raises(ValueError, match=words):
        mapped({}, said)


def test_a_row_says_what_its_cells_say() -> None:
    """The title stands before the details, unless they begin with it; words stay as they were written."""
    of = sheet("Title", "Details", "Type", "Company", "Status", "Board", "Created", "Key")
    row = (
        "Excel",
        "We  need it\nfor auditors",
        "BUG",
        " Acme \n Inc",
        "In-Progress",
        "Payments",
        "2026-03-03",
        "pay-12",
    )
    one = of.read(row, Unknown())
    assert one.words == "Excel\n\nWe  need it\nfor auditors"
    assert (one.kind, one.state, one.account) == (Kind.PROBLEM, FeedbackState.IN_PROGRESS, "Acme Inc")
    assert (one.area, one.key, one.at) == ("pay", "PAY-12", datetime(2026, 3, 3, 12, tzinfo=UTC))
    assert of.read(("Excel", "excel export, please"), Unknown()).words == "excel export, please"
    assert of.read(("", "Is it fast?"), Unknown()).kind is Kind.QUESTION


def test_a_theme_is_taken_as_it_is_written() -> None:
    """Whatever the column is called; one that is too long is told."""
    of = sheet("Words", "Topic")
    assert of.read(("Dark mode", " Looks &\n feel "), Unknown()).theme == "Looks & feel"
    assert of.read(("Dark mode", ""), Unknown()).theme is None
    with pytest.raises(Unreadable, match="a theme has at most 60 characters; this has 61"):
        of.read(("Dark mode", "x" * 61), Unknown())


def test_what_we_have_no_word_for_is_counted() -> None:
    """It is taken in without, and whoever imports hears of it first."""
    of, unknown = sheet("Words", "Status", "Kind", "Area"), Unknown()
    for _ in range(2):
        one = of.read(("Dark mode", "Parked", "Rant", "Mobile"), unknown)
    assert (one.state, one.area) == (FeedbackState.NEW, None)
    assert (unknown.states, unknown.kinds, unknown.areas) == ({"Parked": 2}, {"Rant": 2}, {"Mobile": 2})


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026-03-03", "2026-03-03T12:00"),
        ("2026-03-03 08:30", "2026-03-03T08:30"),
        ("2026-03-03T08:30:00.000Z", "2026-03-03T08:30"),
        ("2026-03-03 08:30:00 UTC", "2026-03-03T08:30"),
        ("2026-03-03T08:30:00+02:00", "2026-03-03T06:30"),
        ("3.3.2026", "2026-03-03T12:00"),
        ("Mar 3, 2026", "2026-03-03T12:00"),
        ("3 March 2026", "2026-03-03T12:00"),
        ("31/3/2026", "2026-03-31T12:00"),
        ("3/31/2026", "2026-03-31T12:00"),
        ("4/4/2026", "2026-04-04T12:00"),
        ("2026-11-29T23:00:00Z", "2026-11-29T12:00"),
    ],
)
def test_dates_are_read_as_people_and_programs_write_them(said: str, at: str) -> None:
    """A day without an hour is that day almost everywhere; nothing was said later than now."""
    one = sheet("Words", "Date").read(("x", said), Unknown())
    assert one.at == datetime.fromisoformat(f"{at}:00+00:00")


def test_a_day_with_two_meanings_is_asked_for() -> None:
    """3/4 is in April or in March: nobody guesses."""
    with pytest.raises(Unreadable, match="two meanings"):
        sheet("Words", "Date").read(("x", "3/4/2026"), Unknown())
    for day_first, month in ((True, 4), (False, 3)):
        one = sheet("Words", "Date", day_first=day_first).read(("x", "3/4/2026"), Unknown())
        assert one.at is not None
        assert one.at.month == month


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "Acme"), "nothing was said"),
        (("x" * 40_001,), "at most 40,000 characters"),
        (("x", "A" * 81), "at most 80 characters; this has 81"),
        (("x", "Acme", "soon"), "no date I can read"),
        (("x", "Acme", "2026-02-30"), "no date I can read"),
        (("x", "Acme", "2027-01-01"), "still to come"),
        (("x", "Acme", "", "K" * 81), "a key has at most 80"),
        (("x", "Acme", "", "", "and", "more"), "6 cells under 4 headings"),
    ],
)
def test_a_row_that_cannot_be_taken_in_says_why(row: tuple[str, ...], words: str) -> None:
    """What is wrong, and what would be right."""
    with pytest.raises(Unreadable, match=words):
        sheet("Words", "Account", "Date", "Key").read(row, Unknown())


def test_the_same_row_is_the_same() -> None:
    """By its id where it has one, whatever else changed; else by what it says, for whom and when."""
    ours, theirs = sheet("ID", "Words", "Account"), sheet("URL", "Words")

    def of(one: Sheet, *row: str) -> str:
        return one.read(row, Unknown()).origin

    assert of(ours, "1", "Excel") == of(ours, "1", "Excel, please", "Acme") != of(ours, "2", "Excel")
    assert of(ours, "1", "Excel") != of(theirs, "1", "Excel")
    assert of(ours, "", "Excel", "ACME") == of(ours, "", "Excel", "Acme") != of(ours, "", "Excel", "BP")


@pytest.mark.parametrize(
    ("said", "key"),
    [(" pay-12 ", "PAY-12"), ("PAY-12", "PAY-12"), ("Org/repo#7", "Org/repo#7"), ("a  b", "a b")],
)
def test_a_key_is_kept_as_its_tracker_writes_it(said: str, key: str) -> None:
    """Small letters are no other issue; a repository's name keeps its own."""
    assert outside_key(said) == key
