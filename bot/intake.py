"""The HTTP intake: feedback and statuses from other programs, by a token of their workspace.

Everything it refuses it refuses with JSON: `error` is a name for programs, `say` a sentence for people.
docs/api.md tells how to use it.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from typing import Any, TypeVar

import structlog
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handlers.feedback import intake
from handlers.feedback.intake import Moved, Once, Refused, Sent
from handlers.feedback.rules import KEY_LIMIT
from storage.database import Busy, Database, NotCommitted, Tx
from storage.feedback.values import outside_key
from storage.tokens import queries as tokens
from storage.tokens.values import Token, workspace_of
from storage.values import PersonId, WorkspaceId
from storage.workspaces import queries as workspaces

LIMIT = 256 * 1024
"""Bytes of a body: the longest words there can be, each character written as \\uXXXX."""
PATIENCE = 5.0
"""Seconds a body may take to arrive."""
BURST, A_MINUTE = 60, 120
"""Requests of one token at once, and in a minute."""
MOST_TOKENS = 10_000

_ONCE = re.compile(r"[\x21-\x7e]{1,200}")
M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")
log = structlog.get_logger()


@dataclass(slots=True)
class Pace:
    """How many requests each token may still make now."""

    seconds: Callable[[], float]
    left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait(self, token: str) -> int:
        """Take one; else the seconds until there is one again."""
        now = self.seconds()
        had, at = self.left.get(token, (float(BURST), now))
        has = min(float(BURST), had + (now - at) * A_MINUTE / 60)
        if len(self.left) >= MOST_TOKENS and token not in self.left:
            self.left.clear()
        self.left[token] = (has - 1 if has >= 1 else has, now)
        return 0 if has >= 1 else ceil((1 - has) * 60 / A_MINUTE)


@dataclass(frozen=True, slots=True)
class Caller:
    """The program that calls, and who we are where it may do so."""

    workspace: WorkspaceId
    token: Token
    us: PersonId


class Intake:
    """The addresses under /api/."""

    def __init__(
        self, database: Database, seconds: Callable[[], float], refused: Callable[[str], None]
    ) -> None:
        self._database = database
        self._pace = Pace(seconds)
        self._refused = refused

    def routes(self) -> list[Route]:
        """What is answered, and that the rest is not there."""
        return [
            Route("/api/feedback", self._answering(self._post), methods=_ANY),
            Route("/api/feedback/{key:path}", self._answering(self._patch), methods=_ANY),
            Route("/api/{rest:path}", self._answering(self._nowhere), methods=_ANY),
        ]

    def _answering(self, answer: Callable[[Request], Any]) -> Callable[[Request], Any]:
        """What is refused is answered so, whatever it was."""

        async def answered(request: Request) -> Response:
            try:
                said: Response = await answer(request)
            except _Refused as refused:
                return self._refusal(refused, refused.headers)
            except Refused as refused:
                return self._refusal(refused)
            except (Busy, NotCommitted):
                words = "The database does not take it now; nothing was kept. Send it again."
                return self._refusal(Refused(503, "busy", words), {"Retry-After": "5"})
            return said

        return answered

    async def _post(self, request: Request) -> Response:
        _check_method(request, "POST")
        caller = await self._caller(request)
        once = _once(request)
        body = await _body(request)
        sent = read(Sent, body)
        said = None if once is None else Once(caller.token, once, body)
        work = _used(caller.token, partial(intake.receive, sent=sent, us=caller.us, once=said))
        answer = await self._database.transact(caller.workspace, work)
        log.info("feedback came in", action="api.feedback", workspace=caller.workspace, token=caller.token.id)
        return JSONResponse(answer, 201)

    async def _patch(self, request: Request) -> Response:
        _check_method(request, "PATCH")
        caller = await self._caller(request)
        key = outside_key(_key(request))
        moved = read(Moved, await _body(request))
        after: int | None = 0
        while after is not None:
            work = partial(intake.move, key=key, moved=moved, us=caller.us, after=after)
            after = await self._database.transact(caller.workspace, _used(caller.token, work))
        log.info("feedback was moved", action="api.status", workspace=caller.workspace, token=caller.token.id)
        return JSONResponse({"key": key, "status": moved.status})

    async def _nowhere(self, request: Request) -> Response:
        del request
        raise Refused(
            404, "not_found", "There is nothing here. POST /api/feedback, PATCH /api/feedback/PAY-12."
        )

    async def _caller(self, request: Request) -> Caller:
        """Who calls: nothing else is read before that is known."""
        given = request.headers.getlist("authorization")
        scheme, _, written = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        if scheme.casefold() != "bearer" or not written.strip():
            words = "Send your token: Authorization: Bearer tl_…"
            raise _Refused(401, "no_token", words, **_BEARER)
        workspace = workspace_of(written.strip())
        found = (
            None
            if workspace is None
            else await self._database.read(workspace, partial(_find, written.strip()))
        )
        if workspace is None or found is None:
            raise _Refused(401, "wrong_token", "This token opens nothing, or was revoked.", **_BEARER)
        token, us = found
        if wait := self._pace.wait(token.id):
            words = f"{A_MINUTE} requests a minute are taken; wait {wait} seconds."
            raise _Refused(429, "too_many", words, **{"Retry-After": str(wait)})
        return Caller(workspace, token, us)

    def _refusal(self, refused: Refused, headers: Mapping[str, str] | None = None) -> Response:
        self._refused(f"api_{refused.error}")
        said = {"error": refused.error, "say": str(refused)}
        if refused.field is not None:
            said["field"] = refused.field
        closing = {"Connection": "close"} if refused.status in _UNREAD else {}
        return JSONResponse(said, refused.status, {**closing, **(headers or {})})


def read(model: type[M], body: bytes) -> M:
    """What the body says, or Refused: the first thing that is wrong, never what was sent."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            raise Refused(400, "not_json", "The body is no JSON.") from None
        where = ".".join(str(part) for part in first["loc"]) or None
        raise Refused(422, "invalid", _plainly(first), where) from None


# ---------------------------------------------------------------------------------------------------------


class _Refused(Refused):
    """A refusal that says more in its headers."""

    def __init__(self, status: int, error: str, words: str, **headers: str) -> None:
        super().__init__(status, error, words)
        self.headers = headers


_ANY = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
_BEARER = {"WWW-Authenticate": "Bearer"}
_UNREAD = (401, 405, 408, 413, 415, 429)
"""Closing spares us the rest of a body that was not read to its end."""


def _check_method(request: Request, method: str) -> None:
    if request.method != method:
        raise _Refused(405, "wrong_method", f"Here only {method} is understood.", Allow=method)


def _used(token: Token, work: Callable[[Tx], T]) -> Callable[[Tx], T]:
    """The same, with when the token opened something last."""

    def done(tx: Tx) -> T:
        tokens.use(tx, token)
        return work(tx)

    return done


def _find(written: str, tx: Tx) -> tuple[Token, PersonId] | None:
    token, ours = tokens.valid(tx, written), workspaces.find(tx)
    if token is None or ours is None or ours.bot_user is None:
        return None
    return token, ours.bot_user


def _once(request: Request) -> str | None:
    given = request.headers.getlist("idempotency-key")
    if not given:
        return None
    if len(given) > 1 or not _ONCE.fullmatch(given[0]):
        raise Refused(
            422, "invalid", "An Idempotency-Key has 1 to 200 letters, digits or signs.", "Idempotency-Key"
        )
    return given[0]


def _key(request: Request) -> str:
    key: str = request.path_params["key"]
    if not key.strip() or not key.isprintable() or len(key) > KEY_LIMIT:
        raise Refused(422, "invalid", f"A key has 1 to {KEY_LIMIT} characters.", "key")
    return key


async def _body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != "application/json":
        raise Refused(415, "wrong_content_type", "Send JSON, with Content-Type: application/json.")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 12 or int(length) > LIMIT:
        raise _too_large()
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LIMIT:
                    raise _too_large()
    except TimeoutError:
        raise Refused(408, "slow_body", "The body took too long to arrive.") from None
    except ClientDisconnect:
        raise Refused(400, "broken_off", "The body broke off.") from None
    return bytes(body)


def _too_large() -> Refused:
    return Refused(413, "too_large", f"A body has at most {LIMIT // 1024} KiB.")


def _plainly(problem: Mapping[str, Any]) -> str:
    words = str(problem["msg"]).removeprefix("Value error, ")
    return {"missing": "It is missing.", "extra_forbidden": "There is no such field."}.get(
        problem["type"], words
    )
