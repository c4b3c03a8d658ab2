"""How a launch ends: it ships, it is called off, or it is taken back before anybody knew of it."""

from collections.abc import Callable
from functools import partial

from handlers.asks import service as asks
from handlers.checkins import blocking
from handlers.feedback import closing
from handlers.kit import forms
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from handlers.launches import cards, ids, letters, listing, modals, rules, service, votes
from handlers.launches.modals import LaunchForm
from handlers.links import service as links
from handlers.links.service import Change
from storage.audit import queries as audit
from storage.checkins.values import BlockerState
from storage.database import Tx
from storage.launches import changes, items
from storage.launches import queries as launches
from storage.launches.values import Launch, LaunchState
from storage.outbox import boards
from storage.values import PersonId

CHANGED = "It was changed meanwhile. Open it again to see how it stands now."
BLOCKERS = {
    LaunchState.SHIPPED: BlockerState.CLEARED,
    LaunchState.CANCELLED: BlockerState.WITHDRAWN,
    LaunchState.WITHDRAWN: BlockerState.WITHDRAWN,
}
"""What becomes of what held up its items."""
TOO_LATE = "People have been told of {name} already. Cancel it instead, and they hear why."


def ship(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It is out: everybody with a part in it is told once."""
    launch = _theirs(tx, request)
    if not isinstance(launch, Launch):
        return launch
    if not _end(tx, launch, LaunchState.SHIPPED, request.who):
        return forms.say(request, CHANGED)
    shown = cards.shown(tx, launches.must(tx, launch.number), request.who)
    told = partial(letters.shipped, shown, request.who.person)
    _tell(tx, launch, request.who, told, "shipped")
    return forms.open_view(request, modals.card(shown))


def ask_why(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It is to be called off: ask why."""
    launch = _theirs(tx, request)
    if not isinstance(launch, Launch):
        return launch
    return forms.open_view(request, modals.cancel(cards.shown(tx, launch, request.who)))


def cancelled(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """It is called off, and everybody with a part in it hears why."""
    form, why = forms.read(LaunchForm, request.metadata), request.text(ids.BLOCK_REASON)
    launch = None if form is None else cards.see(tx, form.number, request.who)
    if form is None or launch is None:
        return UpdateModal(forms.TOO_OLD if form is None else forms.told("Not there", listing.GONE))
    if why is None:
        return FieldErrors({ids.BLOCK_REASON: "Say why; everybody who worked for it will ask."})
    if not rules.may_change(launch, request.who.person, admin=request.who.admin):
        return UpdateModal(forms.told("Not cancelled", listing.whose(tx, launch)))
    if not _end(tx, launch, LaunchState.CANCELLED, request.who):
        return UpdateModal(forms.told("Not cancelled", CHANGED))
    links.read(tx, launch.reference, why, request.who)
    shown = cards.shown(tx, launches.must(tx, launch.number), request.who)
    told = partial(letters.cancelled, shown, request.who.person, why)
    _tell(tx, launch, request.who, told, "cancelled", why)
    return UpdateModal(modals.card(shown))


def undo(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It was made by mistake: taken back while nobody knows of it."""
    launch = _theirs(tx, request)
    if not isinstance(launch, Launch):
        return launch
    if launch.tell_at is None or launch.tell_at <= tx.now:
        return forms.say(request, TOO_LATE.format(name=launch.reference))
    if not _end(tx, launch, LaunchState.WITHDRAWN, request.who):
        return forms.say(request, CHANGED)
    return forms.say(request, f"{launch.reference} is taken back. Nobody was told of it.")


# ---------------------------------------------------------------------------------------------------------


def _theirs(tx: Tx, request: ButtonRequest) -> Launch | ButtonReply:
    launch = cards.see(tx, forms.numbers(request.value)[0], request.who)
    if launch is None:
        return forms.say(request, listing.GONE)
    if not rules.may_change(launch, request.who.person, admin=request.who.admin):
        return forms.say(request, listing.whose(tx, launch))
    return launch


def _end(tx: Tx, launch: Launch, state: LaunchState, who: Who) -> bool:
    if not changes.end(tx, launch, state, who.person):
        return False
    for one in items.every(tx, launch.number):
        for key in rules.item_keys(one):
            asks.withdraw(tx, key)
        blocking.end(tx, one.name, BLOCKERS[state], who.person)
    asks.withdraw(tx, rules.unowned_key(launch))
    votes.withdraw(tx, launch, launches.leads(tx, launch.number))
    items.leave_in_peace(tx, launch.number)
    audit.note(tx, who.person, f"launch.{state}", str(launch.reference))
    cards.draw(tx, launch, who.person)
    boards.unpin(tx, cards.board_key(launch.number))
    return True


def _tell(
    tx: Tx, launch: Launch, who: Who, told: Callable[[PersonId], letters.Told], what: str, why: str = ""
) -> None:
    """Those with a part in it, then, one hop away, the people of what is linked to it."""
    known = cards.concerned(tx, launch) - {who.person}
    for person in sorted(known):
        key = f"launch.{what}:{launch.number}:{person}"
        service.tell(tx, launch, person, key, told(person))
    change = Change(f"{what}:{launch.reference}", told(launch.owner).summary, why, by=who.person, known=known)
    if what == "shipped":
        closing.shipped(tx, launch.reference, launch.owner, change)
    else:
        links.ripple(tx, launch.reference, change)
