"""Remember and find installations."""

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.values import PersonId, WorkspaceId
from storage.workspaces.tables import InstallationRow
from storage.workspaces.values import Installation, InstallationState

_ALL = select(
    InstallationRow.workspace, InstallationRow.bot_user, InstallationRow.bot_id, InstallationRow.state
).order_by(InstallationRow.workspace)
_ONE = _ALL.where(InstallationRow.workspace == OURS)
_added = insert(InstallationRow).values(workspace=OURS)
_ADD = _added.on_conflict_do_update(
    index_elements=["workspace"],
    set_={
        "bot_user": _added.excluded.bot_user,
        "bot_id": _added.excluded.bot_id,
        "state": _added.excluded.state,
    },
)
_NAME = insert(InstallationRow).values(workspace=OURS).on_conflict_do_nothing()
_REVOKE = (
    update(InstallationRow).where(InstallationRow.workspace == OURS).values(state=InstallationState.REVOKED)
)


def every(tx: Tx) -> list[Installation]:
    """All installations; only in a transaction across workspaces."""
    return [_installation(*row) for row in tx.all(_ALL)]


def find(tx: Tx) -> Installation | None:
    """The transaction's own workspace, if it is installed."""
    row = tx.first(_ONE)
    return None if row is None else _installation(*row)


def remember(tx: Tx, bot_user: PersonId | None, bot_id: str | None) -> None:
    """Slack told us who we are here: the installation is active."""
    tx.put(_ADD, bot_user=bot_user, bot_id=bot_id, state=InstallationState.ACTIVE, installed_at=tx.now)


def name(tx: Tx) -> bool:
    """A first signed request named the workspace; whether that was news."""
    return tx.run(_NAME, bot_user=None, bot_id=None, state=InstallationState.ACTIVE, installed_at=tx.now) == 1


def revoke(tx: Tx) -> None:
    """The token is gone or the app was removed: nothing is sent there any more."""
    tx.put(_REVOKE)


def _installation(workspace: str, bot_user: str | None, bot_id: str | None, state: str) -> Installation:
    return Installation(
        WorkspaceId(workspace),
        None if bot_user is None else PersonId(bot_user),
        bot_id,
        InstallationState(state),
    )
