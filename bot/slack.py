"""Our line to Slack's Web API: one shared connection pool, a client per token, nothing retried by itself.

The SDK's default re-sends a message after a connection reset even when Slack had accepted it, so every
client here is made with no retry handlers: trying again is the outbox's business alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from storage.values import WorkspaceId

TIMEOUT = 10
"""Seconds an HTTP call may take; shorter than a courier's lease."""

BAD_GATEWAY = 502

FORM_ONLY = frozenset(
    {
        "chat.getPermalink",
        "conversations.history",
        "conversations.info",
        "conversations.members",
        "conversations.replies",
        "files.getUploadURLExternal",
        "users.conversations",
        "users.info",
        "users.list",
    }
)
"""Methods that read, or announce a file; Slack takes their arguments as a form only."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back over HTTP. `data` is empty where Slack did not send JSON."""

    status: int
    data: Mapping[str, Any]
    headers: Mapping[str, str]
    """By their names in small letters."""

    @property
    def retry_after(self) -> float | None:
        """Seconds Slack asks us to wait."""
        return _seconds(self.headers.get("retry-after"))

    @property
    def ok(self) -> bool:
        """Whether Slack says it did it."""
        return self.data.get("ok") is True

    @property
    def code(self) -> str:
        """Slack's error code, or the HTTP status where there is none."""
        return "" if self.ok else str(self.data.get("error") or f"http_{self.status}")


class SlackLine:
    """Calls Slack's Web API with the bot's token. Make and close it on the event loop."""

    def __init__(self, base_url: str, token: str, timeout: int = TIMEOUT) -> None:
        self.workspace: WorkspaceId | None = None
        """Whose token it is, once `auth.test` has said; nothing of another workspace is sent with it."""
        self._base_url = base_url
        self._timeout = timeout
        self.session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=timeout), connector=aiohttp.TCPConnector(limit=100)
        )
        self.client = _Client(
            token=token, base_url=base_url, timeout=timeout, session=self.session, retry_handlers=[]
        )

    async def call(self, method: str, arguments: Mapping[str, Any]) -> Response:
        """Make one call, once. Raises what the connection raises; what Slack says is in the response."""
        try:
            if method in FORM_ONLY:
                answer = await self.client.api_call(method, params=dict(arguments))
            else:
                answer = await self.client.api_call(method, json=dict(arguments))
        except SlackApiError as error:
            return _response(error.response)
        return _response(answer)

    async def upload(self, url: str, file: BinaryIO) -> int:
        """Send a file's bytes where Slack said; the HTTP status. Raises what the connection raises."""
        async with self.session.post(url, data=file) as answer:
            await answer.read()
            return answer.status

    def client_without_token(self) -> AsyncWebClient:
        """A client for Bolt to copy: it forgets a token it is given beside `authorize`."""
        return AsyncWebClient(
            base_url=self._base_url, timeout=self._timeout, session=self.session, retry_handlers=[]
        )

    async def close(self) -> None:
        """Close the connections."""
        await self.session.close()


class _Client(AsyncWebClient):
    """What stands between us and Slack may answer anything; the SDK stumbles over what is no JSON object.

    Such an answer is one without data: it neither did the call nor refused it.
    """

    @override
    async def _request(self, *, http_verb: str, api_url: str, req_args: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = await super()._request(http_verb=http_verb, api_url=api_url, req_args=req_args)
        except SlackApiError as error:  # here the SDK gives it the connection's own answer, for broken JSON
            return {"data": {}, "headers": error.response.headers, "status_code": error.response.status}
        except (ValueError, LookupError):  # bytes that are no text
            return {"data": {}, "headers": {}, "status_code": BAD_GATEWAY}
        return answer if isinstance(answer["data"], Mapping) else {**answer, "data": {}}


def _response(answer: Any) -> Response:
    headers = {str(name).lower(): str(value) for name, value in dict(answer.headers).items()}
    return Response(int(answer.status_code), answer.data, headers)


def _seconds(value: object) -> float | None:
    try:
        return max(0.0, float(str(value))) if value is not None else None
    except ValueError:
        return None
