"""The address of the message a decision was recorded from, fetched after the decision is safe."""

from handlers.decisions import cards
from storage.database import Tx
from storage.decisions import queries as decisions
from storage.outbox.values import Answer
from storage.things import queries as things


def linked(tx: Tx, answer: Answer) -> None:
    """Slack told us the message's address."""
    decision = decisions.get(tx, int(answer.about["number"]))
    permalink = str(answer.data.get("permalink", "")) if answer.ok else ""
    if decision is not None and permalink:
        things.link(tx, decision.reference, permalink)
        cards.draw(tx, decision)
