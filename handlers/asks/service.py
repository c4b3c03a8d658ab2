"""Queue asks and tellings, send what is due, settle what was answered. No feature sends a direct message."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from handlers.asks import rules, seeing, views
from handlers.kit import switches
from handlers.kit.surfaces import MessageContent
from storage.asks import queries as asks
from storage.asks.values import Ask, AskKind, AskState, NewAsk
from storage.database import Tx
from storage.outbox import boards, calls
from storage.values import PersonId
from storage.worktime import queries as worktimes

AMONG = 100
"""How many are looked at where some belong to a job that is off."""

LATELY = 20
"""How many of the last are looked at for what was queued today."""

Blocks = Sequence[Mapping[str, object]]


def ask(
    tx: Tx,
    person: PersonId,
    key: str,
    summary: str,
    blocks: Blocks,
    *,
    due: datetime | None = None,
    until: datetime | None = None,
    covered: bool = False,
    about: str | None = None,
) -> bool:
    """Ask somebody something on their next working morning; the same `key` is asked once, ever.

    Call `answered` when it is, `withdraw` when nobody needs to know any more; what was withdrawn before it was
    sent may be asked again.

    Args:
        tx: The transaction that causes it.
        person: Whom to ask.
        key: What it is about and for whom, such as `checkin:3:2026-03-04:U0SAM`; see `report`.
        summary: One plain sentence.
        blocks: The question and its buttons.
        due: When to ask, if not the next working morning: the first good moment from then on.
        until: When it is no longer worth asking; what could not be sent until then never is.
        covered: Whether somebody who covers for an absent person may be asked instead.
        about: The thing it is about (`L-4`); who may not see it when it is due is not asked.
    """
    moment = due or rules.ask_at(tx.now, worktimes.of(tx, person))
    plain = [dict(one) for one in blocks]
    return _queue(tx, NewAsk(key, person, AskKind.ASK, summary, plain, moment, person, until, covered, about))


def ask_now(tx: Tx, new: Sequence[NewAsk]) -> None:
    """Ask several people at once; each as by `ask`, but the moment is said, and not whether it was asked before."""
    tx.wake("clock")
    asks.add_some(tx, new)


def tell(
    tx: Tx,
    person: PersonId,
    key: str,
    summary: str,
    blocks: Blocks,
    *,
    until: datetime | None = None,
    first: bool = False,
    about: str | None = None,
) -> bool:
    """Tell somebody something: at once in their working hours, else when they next begin.

    `first`: it stands before what they are asked in the same message, because they need it to answer. `about`: the
    things its words name (`L-4 D-7`); who may see one of them no more by then is not told.
    """
    moment, kind = rules.tell_at(tx.now, worktimes.of(tx, person)), AskKind.NEWS if first else AskKind.TELL
    plain = [dict(one) for one in blocks]
    return _queue(tx, NewAsk(key, person, kind, summary, plain, moment, person, until, about=about))


def tell_back(tx: Tx, person: PersonId, key: str, summary: str, blocks: Blocks) -> bool:
    """Tell somebody what became of what they did themselves: at once, and not counted."""
    plain = [dict(one) for one in blocks]
    return _queue(tx, NewAsk(key, person, AskKind.BACK, summary, plain, tx.now, person))


def nudge(tx: Tx, key: str, until: datetime | None = None, blocks: Blocks | None = None) -> bool:
    """Remind of an ask that has arrived and is not answered; once per ask, and it counts as an ask.

    Args:
        tx: The transaction that causes it.
        key: The key of the ask.
        until: A reminder that cannot be sent by then never is.
        blocks: What stands in it; else what stood in the ask.
    """
    asked = asks.find(tx, key)
    if asked is None or asked.state is not AskState.SENT or asked.delivered_at is None:
        return False
    if asked.kind is not AskKind.ASK:
        return False
    again = views.reminder(asked.summary)
    return _queue(
        tx,
        NewAsk(
            f"{key}{asks.NUDGE}", asked.person, AskKind.NUDGE, again,
            asked.blocks if blocks is None else [dict(one) for one in blocks], tx.now, asked.recipient,
            until or asked.until, about=asked.about,
        ),
    )  # fmt: skip


def answered(tx: Tx, key: str, left: Blocks = ()) -> bool:
    """The question has its answer; `left` stays in its message, such as a button to change it."""
    return _settle(tx, key, AskState.ANSWERED, left)


def withdraw(tx: Tx, key: str, left: Blocks = ()) -> bool:
    """Nobody needs to know any more; what has not left for Slack yet never does."""
    return _settle(tx, key, AskState.WITHDRAWN, left)


def take_back(tx: Tx, key: str) -> bool:
    """The same for what is still waiting: what has been sent stands as it was said."""
    found = asks.find(tx, key)
    return found is not None and found.state is AskState.WAITING and withdraw(tx, key)


def arrived(tx: Tx, key: str) -> bool:
    """Whether it has reached whoever was asked."""
    found = asks.find(tx, key)
    return found is not None and found.delivered_at is not None


def reminded(tx: Tx, key: str) -> bool:
    """Whether its one reminder has reached them, too."""
    return arrived(tx, f"{key}{asks.NUDGE}")


def sent_before(tx: Tx, key: str, moment: datetime) -> bool:
    """Whether it went out before that."""
    found = asks.find(tx, key)
    return found is not None and found.sent_at is not None and found.sent_at < moment


def queued_since(tx: Tx, person: PersonId, prefix: str, moment: datetime) -> bool:
    """Whether something whose key begins so was queued for this person since then, and not taken back."""
    last = asks.last_of(tx, person, LATELY)
    return any(
        one.key.startswith(prefix) and one.created_at >= moment and one.state is not AskState.WITHDRAWN
        for one in last
    )


def waiting(tx: Tx, person: PersonId, prefix: str) -> list[str]:
    """The keys that begin so of what was queued for this person lately and has not left yet."""
    last = asks.last_of(tx, person, LATELY)
    return [one.key for one in last if one.key.startswith(prefix) and one.state is AskState.WAITING]


def withdraw_about(tx: Tx, key: str, reference: str) -> bool:
    """The same, if the ask of this key is about this thing."""
    found = asks.find(tx, key)
    return found is not None and reference in found.summary.split() and withdraw(tx, key)


def reword(tx: Tx, key: str, summary: str, blocks: Blocks) -> None:
    """More is known by now: say it better, as long as it has not been sent."""
    asks.reword(tx, key, summary, blocks)


def report(tx: Tx, prefix: str) -> list[Ask]:
    """What became of every ask and telling whose key begins so, for the owner of what was asked.

    `views.became` says each in plain words; `delivered_at` is when it really reached its recipient.
    """
    return asks.beginning(tx, prefix)


def recipient_of(tx: Tx, key: str) -> PersonId | None:
    """Who was asked: the person, or who covered for them; they may answer."""
    found = asks.find(tx, key)
    return None if found is None else found.recipient


def look_again(tx: Tx, person: PersonId) -> None:
    """This person's hours, budget or absence changed: what was held back from them is looked at again."""
    asks.release(tx, person)


def open_blocks(tx: Tx, person: PersonId) -> MessageContent:
    """What waits for this person's answer, with its buttons; empty when nothing does."""
    return views.waiting(heard(tx, person, lambda limit: asks.open_of(tx, person, limit)))


def open_of(tx: Tx, person: PersonId) -> list[Ask]:
    """What this person has been asked and has not answered, or would have been asked but for a reason."""
    return heard(tx, person, lambda _: asks.open_of(tx, person, AMONG), AMONG)


def open_about(tx: Tx, person: PersonId) -> frozenset[str]:
    """The things (`D-7`) this person has an open question about: Home need not list them a second time."""
    return frozenset(one.about for one in open_of(tx, person) if one.about is not None)


def untold(tx: Tx, person: PersonId) -> list[Ask]:
    """What this person would have been told by now but for a reason."""
    return heard(tx, person, lambda limit: asks.untold_of(tx, person, limit))


def heard(tx: Tx, person: PersonId, find: Callable[[int], list[Ask]], most: int = rules.MOST) -> list[Ask]:
    """What is found, without what belongs to a job that is off or is about what they may see no more."""
    silenced = switches.silenced(tx)
    found = find(AMONG if silenced else most)
    hidden = seeing.hidden(tx, person, found)
    return [one for one in found if one.key not in hidden and not one.key.startswith(silenced)][:most]


def resume(tx: Tx) -> None:
    """A job was switched on again: what was held back for that is looked at now."""
    asks.resume(tx)


def _queue(tx: Tx, new: NewAsk) -> bool:
    tx.wake("clock")
    return asks.add(tx, new)


def _settle(tx: Tx, key: str, state: AskState, left: Blocks = ()) -> bool:
    found = asks.find(tx, key)
    if found is None or not asks.settle(tx, key, state, left):
        return False
    for one in (found, asks.find(tx, f"{key}{asks.NUDGE}")):
        if one is not None and one.letter is not None:
            _leave(tx, one.recipient, one.letter)
    boards.touch_home(tx, found.person, found.recipient)
    return True


def _leave(tx: Tx, recipient: PersonId, letter: str) -> None:
    """A letter that waits for Slack is taken back, and what else stood in it sent anew; one there is redrawn."""
    if calls.withdraw(tx, letter):
        asks.out_of_letter(tx, recipient, letter)
    else:
        boards.touch(tx, letter)
