"""The page `docs/quiet.md`: what the month was, how much each person was sent, and of what."""

from collections import Counter
from collections.abc import Sequence

from tests.simulation import verdicts, when
from tests.simulation.ledger import Ledger
from tests.simulation.verdicts import Loud

COMMAND = "python -m tests.simulation docs/quiet.md"


def page(ledger: Ledger) -> str:
    """The whole page."""
    return "\n".join([_intro(ledger), *_amount(ledger), *_kinds(ledger), *_rest(ledger), ""])


def _intro(ledger: Ledger) -> str:
    days = when.days(ledger.weeks)
    return f"""# How quiet it is

<!-- Made by `.venv/bin/{COMMAND}`; change what makes it and run that again. -->

A simulated month at Northwind, the company of the demo, with every job on: two daily check-ins and a weekly one,
digests in four channels, three launches of which two slip and ship, decisions with approvers, due dates and review
dates, feedback by emoji and by command, blockers, votes, people away, four time zones, Easter, and the change to
summer time. {len(when.LIVES_IN)} people live from {days[0]:%-d %B %Y} to {days[-1]:%-d %B %Y}, through the front door
of the real app. A draw decides who reads when, who answers, who leaves it, who captures and decides; it is seeded, so
that the month can be lived again.

A message counts where Throughline began it. What somebody gets because they have just done something themselves (the
card of what they captured, a confirmation) is an answer and stands apart. Days are working days where the person lives.
"""


def _amount(ledger: Ledger) -> list[str]:
    counts = list(verdicts.by_person_and_day(ledger).values())
    spread, names = Counter(counts), ("50", "75", "95", "99")
    marks = [f"p{one} {verdicts.percentile(counts, int(one))}" for one in names]
    shares = {number: spread[number] / len(counts) for number in range(max(counts) + 1)}
    rows = [
        f"| {number} | {spread[number]} | {share:.0%} | {'█' * round(40 * share)} |"
        for number, share in shares.items()
    ]
    found = f"**{' · '.join(marks)} · most {max(counts)}**, over {len(counts)} working days of people."
    return [
        "## Messages to one person on one working day",
        "",
        f"{found} At most {verdicts.MOST} are allowed at p95.",
        "",
        "| messages | days | share | |",
        "| ---: | ---: | ---: | :--- |",
        *rows,
        "",
    ]


def _kinds(ledger: Ledger) -> list[str]:
    found = verdicts.kinds(ledger)
    merged = Counter(len(one.told) for one in ledger.begun)
    several = sum(count for size, count in merged.items() if size > 1)
    return [
        "## What stood in them",
        "",
        f"{sum(found.values())} things in {len(ledger.begun)} messages: {several} messages said several things at once.",
        "",
        "| kind | things |",
        "| :--- | ---: |",
        *[
            f"| {name} | {count} |"
            for name, count in sorted(found.items(), key=lambda one: (-one[1], one[0]))
        ],
        "",
    ]


def _rest(ledger: Ledger) -> list[str]:
    answers = [one for one in ledger.direct if not one.begun]
    places, named = Counter(_place(one.key) for one in ledger.posted), verdicts.mentions(ledger)
    posted = ", ".join(f"{name} {count}" for name, count in sorted(places.items()))
    return [
        "## Beside them",
        "",
        f"- Answers to what somebody had just done, in their own messages: {len(answers)}.",
        f"- In channels: {posted}. These mentioned somebody {sum(named.values())} times.",
        f"- Told twice: {_none([*verdicts.told_twice(ledger), *verdicts.same_words(ledger)])}.",
        f"- On weekends, public holidays and days away: {_none([*verdicts.on_days_off(ledger)])}.",
        f"- While it was weekend everywhere, in channels, too: {_none([*verdicts.while_nothing_happens(ledger)])}.",
    ]


def _none(found: Sequence[Loud]) -> str:
    return str(len(found) or "nothing")


def _place(key: str) -> str:
    return PLACES.get(key.partition(":")[0], "others")


PLACES = {
    "checkin.summary": "summaries of check-ins",
    "checkin.reply": "answers below them",
    "digest": "digests",
    "board": "cards and boards",
    "decision.superseded": "notes where something was decided that holds no longer",
    "listening": "notes that emoji are captured",
}
