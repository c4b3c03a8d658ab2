"""The sandbox's HTTP: Slack's imitation, the acts of people, what pages read, and control."""

import json
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, select_autoescape
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.sandbox.acts import ACTS
from bot.sandbox.acts.act import Body, actor, seen_channel
from bot.sandbox.acts.moving import clock_json
from bot.sandbox.blocks import problems_of
from bot.sandbox.errors import Refused
from bot.sandbox.faults import Faults, Plan
from bot.sandbox.file_door import FileDoor
from bot.sandbox.hub import Hub
from bot.sandbox.looks import messages_json, state_json
from bot.sandbox.modes import Modes
from bot.sandbox.pushes import notified, push_of
from bot.sandbox.responses import respond
from bot.sandbox.socket_mode import Goodbye
from bot.sandbox.specimens import SPECIMENS
from bot.sandbox.web_api import WebApi
from bot.sandbox.world import Person

Json = dict[str, Any]
_HERE = Path(__file__).parent
_LONGEST_WAIT = 60.0


def build_app(hub: Hub) -> Starlette:
    """All of it as one Starlette app."""
    control = Control(hub)
    routes: list[BaseRoute] = [
        Route("/api/{method}", WebApi(hub).endpoint, methods=["GET", "POST"]),
        Route("/respond/{token}", control.respond, methods=["POST"]),
        *FileDoor(hub).routes,
        WebSocketRoute("/link/", hub.sockets.serve),
        Route("/sandbox/act/{verb}", control.act, methods=["POST"]),
        Route("/sandbox/state", control.state),
        Route("/sandbox/messages", control.messages),
        Route("/sandbox/push", control.push),
        Route("/sandbox/stream", control.stream),
        Route("/sandbox/inspector", control.inspector),
        Route("/sandbox/gallery", control.gallery),
        Route("/sandbox/clock", control.clock),
        Route("/sandbox/faults", control.set_faults, methods=["POST"]),
        Route("/sandbox/faults", control.clear_faults, methods=["DELETE"]),
        Route("/sandbox/sockets", control.sockets, methods=["POST"]),
        Route("/sandbox/modes", control.modes),
        Route("/sandbox/modes", control.set_modes, methods=["POST"]),
        Route("/healthz", control.health),
        Route("/", control.page),
    ]
    if (_HERE / "static").is_dir():
        routes.append(Mount("/static", StaticFiles(directory=_HERE / "static")))
    return Starlette(routes=routes, exception_handlers={Refused: _refused, ValidationError: _malformed})


class Dismissal(Body):
    """What Slack says to the app's Socket Mode connections."""

    reason: Goodbye | Literal["link_enabled"]


class Control:
    """Endpoints of the page and the driver."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        loader = FileSystemLoader(_HERE / "templates")
        self._templates = Environment(loader=loader, autoescape=select_autoescape())

    async def act(self, request: Request) -> Response:
        """Somebody does something; a sentence with 4xx when they could not."""
        act = ACTS.get(request.path_params["verb"])
        if act is None:
            return JSONResponse({"error": "Nobody can do that here."}, 404)
        body = await _object(request)
        me = actor(self._hub, str(body.pop("as", "")))
        return JSONResponse(await act.run(self._hub, me, act.body.model_validate(body)))

    async def state(self, request: Request) -> Response:
        """The sandbox as one person sees it."""
        await self._hub.look_for_bot()
        return JSONResponse(state_json(self._hub, _viewer(self._hub, request)))

    async def messages(self, request: Request) -> Response:
        """A channel or thread as one person sees it."""
        me = _viewer(self._hub, request)
        try:
            channel = seen_channel(self._hub, me, request.query_params.get("channel", ""))
        except Refused as refusal:
            return JSONResponse({"error": str(refusal)}, 404)
        thread, only = request.query_params.get("thread"), request.query_params.get("ts")
        return JSONResponse(messages_json(self._hub, me, channel, thread, only))

    async def push(self, request: Request) -> Response:
        """How a message is notified, and to whom."""
        me = _viewer(self._hub, request)
        try:
            channel = seen_channel(self._hub, me, request.query_params.get("channel", ""))
        except Refused as refusal:
            return JSONResponse({"error": str(refusal)}, 404)
        message = channel.messages.get(request.query_params.get("ts", ""))
        if message is None:
            return JSONResponse({"error": "This message is gone."}, 404)
        people = sorted(notified(self._hub, channel, message))
        return JSONResponse({**push_of(self._hub, channel, message), "people": people})

    async def stream(self, request: Request) -> Response:
        """Server-sent events. A page that comes anew has forgotten its ephemeral messages."""
        me = _viewer(self._hub, request)
        if "last-event-id" not in request.headers:
            self._hub.forget_ephemerals(me.id)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            self._hub.stream.follow(me.id), headers=headers, media_type="text/event-stream"
        )

    async def inspector(self, request: Request) -> Response:
        """The exchanges with the app after a number."""
        after = request.query_params.get("after", "0")
        return JSONResponse({"entries": self._hub.inspector.after(int(after) if after.isdecimal() else 0)})

    async def gallery(self, _: Request) -> Response:
        """The examples handed in and the sandbox's own specimens, each validated."""
        examples = list(map(dict, self._hub.config.gallery))
        problems = {
            f"{example['feature']}/{example['name']}/{example['size']}": found
            for example in (*examples, *SPECIMENS)
            if (found := problems_of(example["surface"], example["payload"]))
        }
        return JSONResponse({"examples": examples, "specimens": SPECIMENS, "problems": problems})

    async def clock(self, request: Request) -> Response:
        """The civil time; with `after` it waits for a move."""
        after, wait = request.query_params.get("after"), request.query_params.get("wait", "25")
        if after is not None and after.isdecimal() and wait.replace(".", "", 1).isdecimal():
            self._hub.clock.followed = max(self._hub.clock.followed, int(after))
            await self._hub.clock.moved_since(int(after), min(float(wait), _LONGEST_WAIT))
        return JSONResponse(clock_json(self._hub))

    async def set_faults(self, request: Request) -> Response:
        """Replace the fault plan."""
        self._hub.faults = Faults(Plan.model_validate(await _object(request)))
        return JSONResponse({"ok": True})

    async def clear_faults(self, _: Request) -> Response:
        """No more faults."""
        self._hub.faults = Faults()
        return JSONResponse({"ok": True})

    async def modes(self, _: Request) -> Response:
        """Which kind of Slack this is just now."""
        return JSONResponse(self._hub.modes.model_dump())

    async def set_modes(self, request: Request) -> Response:
        """Switch some of the modes; the others stay."""
        wanted = self._hub.modes.model_dump() | await _object(request)
        self._hub.modes = Modes.model_validate(wanted)
        self._hub.stream.tell("state")
        return JSONResponse(self._hub.modes.model_dump())

    async def sockets(self, request: Request) -> Response:
        """Slack asks the app off its Socket Mode connections, or switches Socket Mode off and on again."""
        wanted = Dismissal.model_validate(await _object(request))
        if wanted.reason == "link_enabled":
            self._hub.sockets.enabled = True
        else:
            await self._hub.sockets.dismiss(wanted.reason)
        return JSONResponse({"ok": True})

    async def respond(self, request: Request) -> Response:
        """The app uses a response URL."""
        return await respond(self._hub, request)

    async def health(self, _: Request) -> Response:
        """It runs."""
        return PlainTextResponse("ok")

    async def page(self, _: Request) -> Response:
        """The page people work with."""
        if not (_HERE / "templates" / "index.html").exists():
            raise HTTPException(404, "The page is not part of this installation.")
        template = self._templates.get_template("index.html")
        return HTMLResponse(template.render(workspace=self._hub.world.name, app=self._hub.manifest.app_name))


async def _object(request: Request) -> Json:
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError:
        raise Refused("Send JSON.") from None
    if not isinstance(body, dict):
        raise Refused("Send a JSON object.")
    return body


def _viewer(hub: Hub, request: Request) -> Person:
    try:
        return actor(hub, request.query_params.get("as", ""))
    except Refused as refusal:
        raise HTTPException(404, str(refusal)) from None


async def _refused(_: Request, refusal: Exception) -> Response:
    return JSONResponse({"error": str(refusal)}, 400)


async def _malformed(_: Request, error: Exception) -> Response:
    assert isinstance(error, ValidationError)
    found = (f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors())
    return JSONResponse({"error": "; ".join(found)}, 422)
