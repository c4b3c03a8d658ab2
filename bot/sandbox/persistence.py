"""Keeps the world in one JSON file between starts; open modals and ephemeral messages do not survive."""

import asyncio
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.sandbox.world import World

_WORLD = TypeAdapter(World)
_QUIET_SECONDS = 0.5


def load_world(path: Path | None) -> World | None:
    """The world of the last run, if there was one."""
    if path is None or not path.exists():
        return None
    try:
        return _WORLD.validate_json(path.read_bytes())
    except ValidationError as error:
        raise ValueError(f"{path} is not a state file of this sandbox; delete it to start afresh.") from error


def save_world(world: World, path: Path) -> None:
    """Replace the file in one step, so that a kill leaves the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(_WORLD.dump_json(world))
    fresh.replace(path)


class Keeper:
    """Saves half a second after the last change, and at the end."""

    def __init__(self, world: World, path: Path) -> None:
        self._world, self._path = world, path
        self._timer: asyncio.TimerHandle | None = None

    def changed(self) -> None:
        """Something happened: save soon, unless that is already planned."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_QUIET_SECONDS, self.save)

    def save(self) -> None:
        """Save now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        save_world(self._world, self._path)
