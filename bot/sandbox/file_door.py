"""The HTTP of files: their bytes come in for the app and for people, and go out to who may see them."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.acts.act import actor, sees
from bot.sandbox.errors import Refused, SlackError
from bot.sandbox.files import File, file_json
from bot.sandbox.hub import Hub


class FileDoor:
    """Where files are sent to and fetched from."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.routes = [
            Route("/upload/{token}", self.receive, methods=["POST"]),
            Route("/files/{id}/{name}", self.show),
            Route("/files/{id}/download/{name}", self.show),
            Route("/sandbox/upload", self.keep, methods=["POST"]),
        ]

    async def receive(self, request: Request) -> Response:
        """The app sends what it announced."""
        content = await request.body()
        try:
            self._hub.files.receive(request.path_params["token"], content)
        except SlackError as error:
            return PlainTextResponse(error.code, 400)
        return PlainTextResponse(f"OK - {len(content)}")

    async def keep(self, request: Request) -> Response:
        """A person chooses a file of theirs."""
        me = actor(self._hub, request.query_params.get("as", ""))
        now = int(self._hub.clock.now().timestamp())
        name = request.query_params.get("name", "")
        file = self._hub.files.keep(name, await request.body(), me.id, now)
        return JSONResponse(file_json(file, self._hub.base_url, self._hub.world.id))

    async def show(self, request: Request) -> Response:
        """A file, to the app with its token and to people who can see it."""
        file = self._hub.files.kept.get(request.path_params["id"])
        if file is None or file.content is None or not self._may_see(request, file):
            return PlainTextResponse("There is no such file for you.", 404)
        kind = file_json(file, self._hub.base_url, self._hub.world.id)["mimetype"]
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return Response(file.content, media_type=kind, headers=headers)

    def _may_see(self, request: Request, file: File) -> bool:
        if request.headers.get("authorization") == f"Bearer {self._hub.config.bot_token}":
            return "files:read" in self._hub.manifest.scopes
        try:
            me = actor(self._hub, request.query_params.get("as", ""))
        except Refused:
            return False
        channels = (self._hub.world.channels.get(ident) for ident in file.channels)
        return file.user == me.id or any(channel is not None and sees(me, channel) for channel in channels)
