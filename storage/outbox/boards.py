"""Boards: kept true. A service says `touch`; the courier renders, posts and updates.

Ten thousand touches render once per send, for a board wants rendering only while its `wanted` is ahead of
its `sent` and nothing of it is on its way.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import String, bindparam, case, false, func, null, select, true, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.outbox import calls
from storage.outbox.calls import enqueue, lane_of
from storage.outbox.letters import enqueue_direct
from storage.outbox.tables import BoardRow
from storage.outbox.values import TOO_LATE, Answer, Board, Call, Place, Verdict
from storage.values import ChannelId, Json, PersonId, WorkspaceId

_ADD = insert(BoardRow).values(
    workspace=OURS, ts=None, wanted=1, sent=0, stale=True, on_its_way=False, gone=False, digest=None
)
_adopted = insert(BoardRow).values(
    workspace=OURS,
    ts=bindparam("at_ts"),
    wanted=1,
    sent=0,
    stale=bindparam("to_draw"),
    on_its_way=False,
    gone=False,
    digest=None,
    pin=False,
)
_ADOPT = _adopted.on_conflict_do_nothing()
_PUT = _ADD.on_conflict_do_update(
    index_elements=["workspace", "key"],
    set_={
        "wanted": BoardRow.wanted + 1,
        "stale": true(),
        "gone": false(),
        "about": _ADD.excluded.about,
        # One that was gone is posted anew.
        "ts": case((BoardRow.gone == true(), null()), else_=BoardRow.ts),
        "digest": case((BoardRow.gone == true(), null()), else_=BoardRow.digest),
    },
)
_this = (BoardRow.workspace == OURS) & (BoardRow.key == bindparam("which"))
_touch = update(BoardRow).values(wanted=BoardRow.wanted + 1, stale=True)
_TOUCH = _touch.where(_this)
_TOUCH_ABOUT = _touch.where(BoardRow.workspace == OURS, BoardRow.about == bindparam("thing"))
_FIELDS = (
    BoardRow.workspace,
    BoardRow.key,
    BoardRow.renderer,
    BoardRow.subject,
    BoardRow.place,
    BoardRow.person,
    BoardRow.channel,
    BoardRow.ts,
    BoardRow.wanted,
    BoardRow.digest,
    BoardRow.pin,
)
_WANTING = (
    select(*_FIELDS)
    .where(BoardRow.stale == true(), BoardRow.on_its_way == false(), BoardRow.gone == false())
    .limit(bindparam("limit"))
)
_AT = select(BoardRow.channel, BoardRow.ts).where(_this)
_DEPART = (
    update(BoardRow)
    .where(
        _this,
        BoardRow.on_its_way == false(),
        BoardRow.gone == false(),
        BoardRow.sent < bindparam("version"),
    )
    .values(on_its_way=True, digest=bindparam("new_digest"))
)
_SAME = (
    update(BoardRow)
    .where(_this)
    .values(sent=bindparam("version"), stale=BoardRow.wanted > bindparam("version"))
)
_ARRIVED = (
    update(BoardRow)
    .where(_this)
    .values(
        on_its_way=False,
        sent=bindparam("version"),
        stale=BoardRow.wanted > bindparam("version"),
        ts=func.coalesce(bindparam("new_ts", type_=String), BoardRow.ts),
        channel=func.coalesce(bindparam("new_channel", type_=String), BoardRow.channel),
    )
)
_HOMES = (
    select(BoardRow.key)
    .where(BoardRow.workspace == OURS, BoardRow.place == Place.HOME, BoardRow.key > bindparam("after"))
    .order_by(BoardRow.key)
    .limit(bindparam("limit"))
)
_TOUCH_SOME = (
    update(BoardRow)
    .where(BoardRow.workspace == OURS, BoardRow.key.in_(bindparam("keys", expanding=True)))
    .values(wanted=BoardRow.wanted + 1, stale=True)
)
_RENUMBER = (
    update(BoardRow)
    .where(BoardRow.workspace == OURS, BoardRow.channel == bindparam("old"))
    .values(channel=bindparam("new"))
)
_UNPIN = update(BoardRow).where(_this).values(pin=False)
_STAY = update(BoardRow).where(_this).values(on_its_way=False, digest=None)
_LATE = _touch.where(_this).values(on_its_way=False, digest=None)
_FAILED = update(BoardRow).where(_this).values(on_its_way=False, stale=False, gone=True)


def put(
    tx: Tx, key: str, renderer: str, subject: dict[str, Json], *, to: PersonId, about: str | None = None
) -> None:
    """Keep a message true in our conversation with a person; posts it the first time.

    `about` is the thing it shows (`F-12`), for `touch_about`.
    """
    _put(tx, key, renderer, subject, Place.MESSAGE, to, None, about)


def put_in(
    tx: Tx,
    key: str,
    renderer: str,
    subject: dict[str, Json],
    channel: ChannelId,
    *,
    about: str | None = None,
    pin: bool = False,
) -> None:
    """Keep a message true in a channel; posts it the first time, and pins it there with `pin`.

    `about` is the thing it shows.
    """
    _put(tx, key, renderer, subject, Place.MESSAGE, None, channel, about, pin=pin)


def put_home(tx: Tx, person: PersonId, renderer: str) -> None:
    """Keep this person's Home true from now on."""
    _put(tx, home_key(person), renderer, {"person": person}, Place.HOME, person, None)


def adopt(
    tx: Tx,
    key: str,
    renderer: str,
    subject: dict[str, Json],
    channel: ChannelId,
    ts: str,
    *,
    as_it_is: bool = False,
    about: str | None = None,
) -> None:
    """Keep a message true that we posted before: an offer that becomes a receipt.

    With `as_it_is` it stays as it was posted until it is touched. `about` is the thing it shows.
    """
    tx.wake("courier")
    place = {"place": Place.MESSAGE, "person": None, "channel": channel, "at_ts": ts, "about": about}
    tx.put(_ADOPT, key=key, renderer=renderer, subject=subject, to_draw=not as_it_is, **place)


def touch(tx: Tx, key: str) -> None:
    """What the board shows has changed; nothing happens where there is no such board."""
    tx.wake("courier")
    tx.put(_TOUCH, which=key)


def touch_all(tx: Tx, keys: Iterable[str]) -> None:
    """What several boards show has changed."""
    if those := sorted(set(keys)):
        tx.wake("courier")
        tx.put(_TOUCH_SOME, keys=those)


def touch_about(tx: Tx, thing: str) -> None:
    """Something that every board of this thing shows has changed."""
    tx.wake("courier")
    tx.put(_TOUCH_ABOUT, thing=thing)


def unpin(tx: Tx, key: str) -> None:
    """The board stays where it is and need not be found at once any more."""
    place = at(tx, key)
    tx.put(_UNPIN, which=key)
    if place is not None:
        arguments: dict[str, Json] = {"channel": place[0], "timestamp": place[1]}
        enqueue(tx, Call(f"unpin:{key}:{place[1]}", "pins.remove", arguments))


def redraw(tx: Tx, key: str) -> None:
    """What the board says may not be said any more: take back what waits to be sent of it, and draw it anew."""
    if calls.withdraw_thread(tx, _thread(key)):
        tx.put(_STAY, which=key)
    touch(tx, key)


def home_key(person: PersonId) -> str:
    """The key of a person's Home."""
    return f"home:{person}"


def touch_home(tx: Tx, *people: PersonId | None) -> None:
    """What these people's Homes show has changed."""
    touch_all(tx, (home_key(one) for one in people if one is not None))


def touch_homes(tx: Tx, after: str, limit: int) -> str | None:
    """What everybody's Home shows has changed: the next ones after this key; the last key, or None for no more."""
    keys = [row.key for row in tx.all(_HOMES, after=after, limit=limit)]
    touch_all(tx, keys)
    return keys[-1] if len(keys) == limit else None


def renumber(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """A channel has another id: what stands in it is changed there from now on."""
    tx.put(_RENUMBER, old=old, new=new)


def at(tx: Tx, key: str) -> tuple[ChannelId, str] | None:
    """Where a board's message stands, once posted."""
    row = tx.first(_AT, which=key)
    return None if row is None or row.ts is None or row.channel is None else (ChannelId(row.channel), row.ts)


# -- for the courier --------------------------------------------------------------------------------------


def wanting(tx: Tx, limit: int) -> Sequence[Board]:
    """Boards to render now, over all workspaces."""
    return [_board(row) for row in tx.all(_WANTING, limit=limit)]


def depart(tx: Tx, board: Board, content: dict[str, Any], digest: str) -> None:
    """Send what was rendered; skip it when nothing differs from what is there (`""`: there is nothing to show)."""
    if digest == (board.digest or ""):
        tx.put(_SAME, which=board.key, version=board.wanted)
    elif tx.run(_DEPART, which=board.key, version=board.wanted, new_digest=digest):
        _enqueue(tx, board, content)


def arrived(tx: Tx, answer: Answer) -> None:
    """The `then` of every board's call."""
    key = str(answer.about["board"])
    if answer.verdict is Verdict.BLOCKED:
        return
    if answer.code == TOO_LATE:  # what it showed then nobody needs, but what holds now
        tx.put(_LATE, which=key)
        tx.wake("courier")
        return
    if not answer.ok:
        tx.put(_FAILED, which=key)
        return
    ts, channel = answer.data.get("ts"), answer.data.get("channel")
    tx.put(_ARRIVED, which=key, version=answer.about["version"], new_ts=ts, new_channel=channel)
    if answer.about.get("pin"):
        enqueue(tx, Call(f"pin:{key}:{ts}", "pins.add", {"channel": channel, "timestamp": ts}))
    tx.wake("courier")


def _put(
    tx: Tx,
    key: str,
    renderer: str,
    subject: dict[str, Json],
    place: Place,
    person: PersonId | None,
    channel: ChannelId | None,
    about: str | None = None,
    *,
    pin: bool = False,
) -> None:
    tx.wake("courier")
    where = {"place": place, "person": person, "channel": channel, "about": about, "pin": pin}
    tx.put(_PUT, key=key, renderer=renderer, subject=subject, **where)


def _enqueue(tx: Tx, board: Board, content: dict[str, Any]) -> None:
    about: dict[str, Json] = {"board": board.key, "version": board.wanted}
    key = f"board:{board.key}:{board.wanted}"
    order = _thread(board.key)
    if board.place is Place.HOME:
        arguments: dict[str, Json] = {"user_id": board.person, "view": content}
        enqueue(tx, Call(key, "views.publish", arguments, thread=order, then="outbox.board", about=about))
    elif board.ts is not None:
        arguments = {"channel": board.channel, "ts": board.ts, **content}
        enqueue(
            tx,
            Call(key, "chat.update", arguments, _plainer(arguments), None, order, None, None, _THEN, about),
        )
    elif board.person is not None:
        call = Call(
            key, "chat.postMessage", content, _plainer(content), None, order, board.person, None, _THEN, about
        )
        enqueue_direct(tx, call)
    elif board.channel is not None:
        arguments = {"channel": board.channel, **content}
        lane = lane_of(board.channel)
        about |= {"pin": True} if board.pin else {}
        enqueue(
            tx,
            Call(
                key, "chat.postMessage", arguments, _plainer(arguments), lane, order, None, None, _THEN, about
            ),
        )


_THEN = "outbox.board"


def _thread(key: str) -> str:
    return f"board:{key}"


def _plainer(arguments: dict[str, Json]) -> dict[str, Json]:
    # An empty list rather than no blocks: on an update the old ones have to go.
    return {**arguments, "blocks": []}


def _board(row: Any) -> Board:
    return Board(
        WorkspaceId(row.workspace),
        row.key,
        row.renderer,
        row.subject,
        Place(row.place),
        None if row.person is None else PersonId(row.person),
        None if row.channel is None else ChannelId(row.channel),
        row.ts,
        row.wanted,
        row.digest,
        row.pin,
    )
