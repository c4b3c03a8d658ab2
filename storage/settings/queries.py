"""Read and write a workspace's settings."""

from collections.abc import Callable, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.settings.tables import SettingRow
from storage.values import Json, PersonId

_ONE = select(SettingRow.value).where(SettingRow.workspace == OURS, SettingRow.name == bindparam("name"))
_SOME = select(SettingRow.name, SettingRow.value).where(
    SettingRow.workspace == OURS, SettingRow.name.in_(bindparam("names", expanding=True))
)
_BEGINNING = select(SettingRow.value).where(
    SettingRow.workspace == OURS, SettingRow.name.startswith(bindparam("prefix"), autoescape=False)
)
_SET_BY = (
    select(SettingRow.set_by)
    .where(
        SettingRow.workspace == OURS,
        SettingRow.name.startswith(bindparam("prefix"), autoescape=False),
        SettingRow.set_by.is_not(None),
    )
    .order_by(SettingRow.set_at.desc(), SettingRow.name)
)
_put = insert(SettingRow).values(workspace=OURS)
_PUT = _put.on_conflict_do_update(
    index_elements=["workspace", "name"],
    set_={key: _put.excluded[key] for key in ("value", "set_by", "set_at")},
)


def find(tx: Tx, name: str) -> dict[str, Json] | None:
    """The setting's value, or None where nobody set it."""
    return tx.scalar(_ONE, name=name)


def some(tx: Tx, names: Sequence[str]) -> Callable[[], dict[str, dict[str, Json]]]:
    """Ask now, and take later, the values of those of these settings that somebody set."""
    found = tx.ask(_SOME, names=list(names)) if names else list
    return lambda: {row.name: row.value for row in found()}


def beginning(tx: Tx, prefix: str) -> list[dict[str, Json]]:
    """The values of all settings whose names begin so."""
    return [row.value for row in tx.all(_BEGINNING, prefix=prefix)]


def set_by(tx: Tx, prefix: str) -> list[PersonId]:
    """Who set the settings whose names begin so, the last one first."""
    return [PersonId(row.set_by) for row in tx.all(_SET_BY, prefix=prefix) if row.set_by is not None]


def put(tx: Tx, name: str, value: dict[str, Json], by: PersonId | None) -> None:
    """Set it; `by` is None when Throughline itself did."""
    tx.put(_PUT, name=name, value=value, set_by=by, set_at=tx.now)
