"""Send one person what is due for them, in one message, and note why something was not sent.

Once the message has arrived it is a board, so that what is answered, undone or deleted does not stand there with
buttons that lead nowhere.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from handlers.asks import rules, seeing, views
from handlers.asks.rules import Plan
from handlers.kit import switches
from handlers.kit.features import Content
from handlers.kit.surfaces import MessageContent
from storage.asks import queries as asks
from storage.asks.values import Ask, AskState, Held
from storage.database import Tx, new_id
from storage.outbox import boards, letters
from storage.outbox.values import Answer, Call, Verdict
from storage.people import queries as people
from storage.people.values import Person
from storage.schedules import claims
from storage.values import ChannelId, Json, PersonId, PersonKind
from storage.worktime import queries as worktimes
from storage.worktime.values import Availability, Away

AT_ONCE = 128
"""People in one work: what they are sent is kept together."""
RENDERER = "asks.letter"
NOBODY_TO_ASK = frozenset({PersonKind.GONE, PersonKind.BOT, PersonKind.OUTSIDER})


def send_due(tx: Tx) -> bool:
    """Send some people what is due for them, merged; whether somebody else may have something due too.

    Somebody who has left or is a bot is sent nothing. While what recurs is just being run it may ask somebody
    something, too, which belongs into the same message; so nothing is sent before that is done.
    """
    if claims.under_way(tx):
        return False
    recipients = asks.due_here(tx, AT_ONCE)
    if not recipients:
        return False
    people.hold(tx, *recipients)  # a second worker must not spend the same budget
    due, known = asks.due_of(tx, recipients), people.people(tx, recipients)
    for gone in [one for one in due if one in known and known[one].kind in NOBODY_TO_ASK]:
        _give_up(tx, due.pop(gone))
    if due:
        _send_to(tx, _seen(tx, due, known), known)
    return True


def _send_to(tx: Tx, due: Mapping[PersonId, Sequence[Ask]], known: Mapping[PersonId, Person]) -> None:
    there, silenced = worktimes.of_many(tx, list(due), known), switches.silenced(tx)
    spent = asks.spent(tx, {one: there[one].midnight(tx.now) for one in due})
    going: dict[PersonId, Sequence[Ask]] = {}
    for recipient, theirs in due.items():
        cover = _cover_of(tx, there[recipient])
        may_cover = [one.key for one in theirs if cover is not None and _may_cover(tx, one, cover)]
        covering = None if cover is None else cover.id
        made = rules.plan(tx.now, theirs, there[recipient], spent[recipient], covering, may_cover, silenced)
        _carry_out(tx, recipient, made)
        if made.send:
            going[recipient] = made.send
    _send(tx, going, {one.id: one.dm for one in known.values() if one.dm is not None})


def delivered(tx: Tx, answer: Answer) -> None:
    """The message arrived and is kept true; or it could not in time, and is asked again at the next good moment."""
    keys = [str(key) for key in answer.about["keys"]]
    if answer.ok:
        asks.delivered(tx, keys)
        _keep_true(tx, answer)
        return
    if answer.verdict is Verdict.BLOCKED:
        return
    for key in keys:
        asked = asks.find(tx, key)
        if asked is None or asked.state is not AskState.SENT:
            continue
        if rules.worth_trying(asked.created_at, tx.now):
            asks.again(tx, key, rules.ask_at(tx.now, worktimes.of(tx, asked.recipient)))
        else:
            asks.settle(tx, key, AskState.LAPSED)


def letter(tx: Tx, subject: Mapping[str, Any]) -> Content | None:
    """The board of a message that arrived: what is open in it, then what is settled."""
    recipient = PersonId(str(subject["recipient"]))
    found = sorted(asks.of_letter(tx, recipient, str(subject["letter"])), key=rules.urgency)
    if not found:
        return None
    shown = views.merged(found, _absences(tx, recipient, found))
    return {"text": shown.text, "blocks": shown.blocks}


def _carry_out(tx: Tx, recipient: PersonId, made: Plan) -> None:
    """What becomes of all that is not sent."""
    for hold in made.hold:
        asks.hold(tx, hold.key, hold.until, hold.why, hold.note)
    for one, to in made.hand:
        asks.hand(tx, one.key, to)
        boards.touch_home(tx, one.person, to)
    for one in made.lapse:
        asks.settle(tx, one.key, AskState.LAPSED)
    if made.hold or made.lapse:
        boards.touch_home(tx, recipient)


def _send(tx: Tx, going: Mapping[PersonId, Sequence[Ask]], dms: Mapping[PersonId, ChannelId]) -> None:
    alike: dict[str, tuple[Ask, MessageContent]] = {}
    written: list[Call] = []
    sent: dict[str, str] = {}
    for recipient, due in going.items():
        letter, content = f"asks:{recipient}:{new_id()}", _content(tx, recipient, due, alike)
        keys: list[Json] = [one.key for one in due]
        written.append(
            letters.written(
                letter,
                recipient,
                content.text,
                content.blocks,
                last_moment=tx.now + rules.WORTH_SENDING,
                then="asks.delivered",
                about={"keys": keys, "letter": letter, "recipient": recipient},
            )
        )
        sent |= {one.key: letter for one in due}
    letters.send_some(tx, written, dms)
    asks.sent(tx, sent)
    boards.touch_home(tx, *going)


def _content(
    tx: Tx, recipient: PersonId, due: Sequence[Ask], alike: dict[str, tuple[Ask, MessageContent]]
) -> MessageContent:
    """What the message says; a whole team is asked the same, which is put into words once."""
    first = due[0]
    if len(due) > 1 or first.person != recipient:
        return views.merged(due, _absences(tx, recipient, due))
    like, content = alike.get(first.summary, (None, None))
    if like is None or content is None or like.blocks != first.blocks:
        content = views.merged(due)
        alike[first.summary] = first, content
    return content


def _keep_true(tx: Tx, answer: Answer) -> None:
    recipient, letter = PersonId(str(answer.about["recipient"])), str(answer.about["letter"])
    subject: dict[str, Json] = {"recipient": recipient, "letter": letter}
    channel, ts = ChannelId(str(answer.data["channel"])), str(answer.data["ts"])
    boards.adopt(tx, letter, RENDERER, subject, channel, ts, as_it_is=True)
    if any(one.state is not AskState.SENT for one in asks.of_letter(tx, recipient, letter)):
        boards.touch(tx, letter)


def _seen(
    tx: Tx, due: Mapping[PersonId, Sequence[Ask]], known: Collection[PersonId]
) -> dict[PersonId, list[Ask]]:
    """What is due, without what is about a thing they may see no more: that is not sent at all."""
    hidden = seeing.hidden_from(tx, due, known)
    for key in sorted(hidden):
        asks.settle(tx, key, AskState.WITHDRAWN)
    return {person: [one for one in theirs if one.key not in hidden] for person, theirs in due.items()}


def _give_up(tx: Tx, due: Sequence[Ask]) -> None:
    for one in due:
        asks.hold(tx, one.key, one.due_at, Held.GONE)
        asks.settle(tx, one.key, AskState.WITHDRAWN)


def _cover_of(tx: Tx, there: Availability) -> Person | None:
    """Who covers today for somebody away, if they are there themselves."""
    away = there.away_on(there.today(tx.now))
    if away is None or away.cover is None:
        return None
    cover, theirs = people.person(tx, away.cover), worktimes.of(tx, away.cover)
    absent = theirs.away_on(theirs.today(tx.now)) is not None
    return None if cover is None or absent or cover.kind in NOBODY_TO_ASK else cover


def _may_cover(tx: Tx, one: Ask, cover: Person) -> bool:
    if not one.covered or one.about is None:
        return one.covered
    return seeing.may_see(tx, one.about, cover)


def _absences(tx: Tx, recipient: PersonId, due: Sequence[Ask]) -> dict[PersonId, views.Absence]:
    """Who is away of those somebody is asked for instead, by what to call them and until when."""
    away: dict[PersonId, views.Absence] = {}
    for person in {one.person for one in due if one.person != recipient}:
        known, there = people.person(tx, person), worktimes.of(tx, person)
        since: Away | None = there.away_on(there.today(tx.now))
        name = known.name if known is not None and known.name else "A colleague"
        away[person] = views.Absence(name, None if since is None else since.last)
    return away
