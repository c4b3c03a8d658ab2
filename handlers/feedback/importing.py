"""Taking in what was kept elsewhere: silently, for nobody asked us to tell anybody."""

from collections.abc import Mapping, Sequence

from handlers.feedback.account_sheets import Change, Said, change
from storage.accounts import queries as accounts
from storage.accounts.values import Account, AccountId
from storage.areas import queries as areas
from storage.areas.values import AreaId
from storage.audit import queries as audit
from storage.database import Tx
from storage.people import queries as people
from storage.values import PersonId, folded

ACCOUNTS_AT_ONCE = 100
MOST_PEOPLE = 50_000


def area_names(tx: Tx) -> dict[str, AreaId]:
    """The workspace's areas by their folded names; what counts under another one is that one."""
    return areas.names(tx)


def owners(tx: Tx) -> dict[str, list[PersonId]]:
    """Who can own an account, by folded name and by id; two of one name stand together."""
    found: dict[str, list[PersonId]] = {}
    for one in people.named(tx, "", MOST_PEOPLE):
        for name in {folded(one.name), folded(one.id)}:
            found.setdefault(name, []).append(one.id)
    return found


def changes(tx: Tx, said: Sequence[Said]) -> list[Change]:
    """What these rows would change."""
    there = accounts.by_names(tx, [one.name for one in said])
    return [made for one in said if (made := _change(there, one)) is not None]


def take_accounts(tx: Tx, said: Sequence[Said], by: PersonId) -> list[Change]:
    """Keep what these rows say; an account keeps the name it is known by. What was changed."""
    there = accounts.by_names(tx, [one.name for one in said])
    done = []
    for one in said:
        made = _change(there, one)
        if made is not None:
            known = there.get(folded(one.name)) or accounts.named(tx, one.name, public=True)
            accounts.change(tx, one.of(known))
            audit.note(tx, by, "feedback.account_said", known.id)
            done.append(made)
    return done


def _change(there: Mapping[str, Account], one: Said) -> Change | None:
    before = there.get(folded(one.name))
    return change(before, one.of(before or NOBODY))


NOBODY = Account(AccountId(""), "", public=True)
"""An account of which nothing is known."""
