"""The door of the Web API: token, scope, pace and the fault plan around each method."""

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.api import METHODS
from bot.sandbox.api.method import Arguments, Method, need_scope
from bot.sandbox.connection import reset
from bot.sandbox.errors import SlackError
from bot.sandbox.faults import CallFault
from bot.sandbox.hub import CallMoment, Hub
from bot.sandbox.pace import too_many
from bot.sandbox.records import Called

Json = dict[str, Any]


class WebApi:
    """Answers POST and GET /api/<method>."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._count = 0

    async def endpoint(self, request: Request) -> Response:
        """One call, with whatever the fault plan has in store for it."""
        started = time.perf_counter()
        name = request.path_params["method"]
        arguments = await _arguments(request)
        token = _token(request, arguments)
        fault = self._hub.faults.for_call(name, arguments.values)
        await self._moment("before", name, arguments)
        with self._hub.busy():
            answer = self._answer_now(name, arguments, token, fault)
        await self._moment("after", name, arguments)
        self._inspect(name, arguments, answer, fault, started)
        if fault is None:
            assert answer is not None, "without a fault every call is answered"
            return self._response(answer)
        return await self._broken(request, fault)

    def _answer_now(
        self, name: str, arguments: Arguments, token: str, fault: CallFault | None
    ) -> Json | None:
        """Do it now, never, or in a moment."""
        if fault is not None and fault.when == "before":
            self._hub.history.append(
                Called(name, arguments.values, done=False, fault=fault.fault, answer=None)
            )
            return None
        if fault is not None and fault.when == "late":
            self._hub.spawn(self._late(name, arguments, token, fault))
            return None
        return self._do(name, arguments, token, fault)

    async def _late(self, name: str, arguments: Arguments, token: str, fault: CallFault) -> None:
        with self._hub.busy():
            await asyncio.sleep(fault.seconds)
            self._do(name, arguments, token, fault)

    def _do(self, name: str, arguments: Arguments, token: str, fault: CallFault | None) -> Json:
        try:
            method = self._allowed(name, arguments, token)
            answer = {"ok": True, **method.run(self._hub, arguments)}
        except SlackError as error:
            answer = error.answer()
        struck = fault.fault if fault else None
        self._hub.history.append(Called(name, arguments.values, done=True, fault=struck, answer=answer))
        return answer

    def _allowed(self, name: str, arguments: Arguments, token: str) -> Method:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        self._check_token(method, token)
        self._hub.bot_seen = True
        need_scope(self._hub, *method.scopes)
        self._hub.pace.spend(self._hub.modes, method.name, method.per_minute, arguments.text("channel"))
        return method

    def _check_token(self, method: Method, token: str) -> None:
        config = self._hub.config
        if not token and method.token != "any":  # noqa: S105 - a kind of token
            raise SlackError("not_authed")
        if token and token not in {config.bot_token, config.app_token}:
            raise SlackError("invalid_auth")
        wrong = config.app_token if method.token == "bot" else config.bot_token  # noqa: S105
        if method.token != "any" and token == wrong:  # noqa: S105
            raise SlackError("not_allowed_token_type")

    def _response(self, answer: Json) -> Response:
        headers = {"X-OAuth-Scopes": ",".join(sorted(self._hub.manifest.scopes)), "X-Slack-Req-Id": "sandbox"}
        if answer.get("error") == "ratelimited":
            return too_many(answer, headers)
        return JSONResponse(answer, 200, headers)

    async def _broken(self, request: Request, fault: CallFault) -> Response:
        match fault.fault:
            case "reset":
                reset(request)
                return Response(status_code=500)
            case "timeout":
                await _hang(request, fault.hold)
                reset(request)
                return Response(status_code=504)
            case "429":
                return too_many(SlackError("ratelimited", retry_after=fault.retry_after).answer())
            case "500" | "502" | "503":
                return Response("Slack is having a bad day.", int(fault.fault))
            case code:
                return JSONResponse({"ok": False, "error": code})

    async def _moment(self, when: Any, name: str, arguments: Arguments) -> None:
        if when == "before":
            self._count += 1
        if self._hub.on_call is not None:
            await self._hub.on_call(CallMoment(when, name, arguments.values, self._count))

    def _inspect(
        self, name: str, arguments: Arguments, answer: Json | None, fault: CallFault | None, started: float
    ) -> None:
        problem = f"fault plan: {fault.when} {fault.fault}" if fault else None
        if answer is not None and not answer["ok"]:
            problem = "; ".join([answer["error"], *answer.get("response_metadata", {}).get("messages", [])])
        self._hub.inspector.add(
            "from_bot", name, self._hub.clock.now(), status=200, ms=(time.perf_counter() - started) * 1000,
            request=arguments.values, response=answer, problem=problem,
        )  # fmt: skip
        self._hub.stream.tell("inspector")


async def _arguments(request: Request) -> Arguments:
    values: Json = dict(request.query_params)
    if request.method == "POST":
        if request.headers.get("content-type", "").startswith("application/json"):
            body = await request.body()
            values |= _json_object(body)
        else:
            values |= {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    return Arguments(values)


def _json_object(body: bytes) -> Json:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _token(request: Request, arguments: Arguments) -> str:
    """The token, taken out of the arguments so that no record keeps it."""
    given = str(arguments.values.pop("token", ""))
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else given


async def _hang(request: Request, seconds: float) -> None:
    """Say nothing until the app gives up, or for so long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await request.receive())["type"] != "http.disconnect":
                continue
