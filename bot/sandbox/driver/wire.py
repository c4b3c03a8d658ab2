"""The driver's HTTP: acts and looks, with refusals as exceptions a test can read."""

from io import BytesIO
from typing import Any

import aiohttp

Json = dict[str, Any]


class Impossible(Exception):
    """A person could not do that in a real Slack, or what a test looks for is not there."""


class Wire:
    """One connection to a sandbox."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def act(self, verb: str, body: Json) -> Json:
        """Do something as somebody."""
        return await self.post(f"/sandbox/act/{verb}", body)

    async def post(self, path: str, body: Json) -> Json:
        """Send JSON."""
        async with self._open().post(self._url + path, json=body) as answer:
            return await _checked(answer, f"POST {path}")

    async def upload(self, as_: str, name: str, content: bytes) -> Json:
        """Hand in a file."""
        query = {"as": as_, "name": name}
        path = "/sandbox/upload"
        async with self._open().post(self._url + path, params=query, data=BytesIO(content)) as answer:
            return await _checked(answer, f"POST {path}")

    async def delete(self, path: str) -> Json:
        """Clear something."""
        async with self._open().delete(self._url + path) as answer:
            return await _checked(answer, f"DELETE {path}")

    async def get(self, path: str, **query: str) -> Json:
        """Look at something."""
        async with self._open().get(self._url + path, params=query) as answer:
            return await _checked(answer, f"GET {path}")

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # Let go of a connection before the server does: it drops idle ones after five seconds.
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(keepalive_timeout=2))
        return self._session


async def _checked(answer: aiohttp.ClientResponse, what: str) -> Json:
    if answer.status >= 500 or answer.content_type != "application/json":
        text = (await answer.text())[:200]
        raise Impossible(f"{what} answered {answer.status}: {text}")
    body: Json = await answer.json()
    if answer.status >= 400:
        raise Impossible(body["error"])
    return body
