"""Boards: those that want it are rendered in a fresh read; equal content is not sent."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import structlog

from handlers.kit.features import Content, Registry
from handlers.kit.listening import where
from storage.database import Busy, Database, NotCommitted, Tx
from storage.outbox import boards
from storage.outbox.values import Board

log = structlog.get_logger()


class Drawing:
    """Draws boards, at most `batch` at a time."""

    def __init__(self, database: Database, registry: Registry, batch: int) -> None:
        self._database = database
        self._registry = registry
        self._batch = batch

    async def draw(self) -> bool:
        """Render some of those that want it; whether there were any."""
        wanting = await self._database.read_everywhere(lambda tx: boards.wanting(tx, self._batch))
        for board in wanting:
            await self._render(board)
        return bool(wanting)

    async def _render(self, board: Board) -> None:
        with structlog.contextvars.bound_contextvars(workspace=board.workspace, request=f"board:{board.key}"):
            try:
                content = await self._database.read(board.workspace, lambda tx: self._content(tx, board))
            except (Busy, NotCommitted):
                return
            except Exception as error:  # noqa: BLE001 - one board that cannot be drawn must not stop the others
                log.error("cannot render", action="courier.render", renderer=board.renderer, **where(error))
                content = None
            await self._database.transact(
                board.workspace, lambda tx: boards.depart(tx, board, content or {}, digest(content, board))
            )

    def _content(self, tx: Tx, board: Board) -> Content | None:
        return self._registry.renderers[board.renderer](tx, board.subject)


def digest(content: Mapping[str, Any] | None, board: Board) -> str:
    """What tells two renderings apart; nothing to show counts as what is there already."""
    if content is None:
        return board.digest or ""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]
