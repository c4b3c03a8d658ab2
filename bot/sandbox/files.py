"""Files people and the app share: announced, sent, then shown. Their bytes live as long as the sandbox runs."""

import mimetypes
import secrets
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from bot.sandbox.errors import Refused, SlackError

Json = dict[str, Any]
_MOST_BYTES = 10 * 1024 * 1024


@dataclass(slots=True)
class File:
    """A file: whose it is, what it holds, and in which channels it was shown."""

    id: str
    name: str
    user: str
    length: int
    created: int
    title: str = ""
    content: bytes | None = None
    channels: list[str] = field(default_factory=list)
    complete: bool = False


class Files:
    """All files of one sandbox, and the addresses that still wait for theirs."""

    def __init__(self) -> None:
        self.kept: dict[str, File] = {}
        self._uploads: dict[str, File] = {}

    def begin(self, name: str, length: int, user: str, now: int) -> tuple[File, str]:
        """Announce a file; returns it with the path below which its bytes are to be sent."""
        file = File(f"F0{secrets.token_hex(5).upper()}", PurePath(name).name, user, length, now)
        token = secrets.token_urlsafe(18)
        self.kept[file.id] = self._uploads[token] = file
        return file, f"/upload/{token}"

    def receive(self, token: str, content: bytes) -> File:
        """Take a file's bytes, once."""
        file = self._uploads.get(token)
        if file is None or len(content) != file.length:
            raise SlackError("upload_failed")
        file.content = self._uploads.pop(token).content = content
        return file

    def keep(self, name: str, content: bytes, user: str, now: int) -> File:
        """Take a file of a person's, whole."""
        if not name or not content:
            raise Refused("Choose a file that has a name and something in it.")
        if len(content) > _MOST_BYTES:
            raise Refused("A file may have ten megabytes.")
        file, path = self.begin(name, len(content), user, now)
        self.receive(path.rsplit("/", 1)[1], content).complete = True
        return file

    def find(self, ident: str) -> File:
        """A file that is there."""
        file = self.kept.get(ident)
        if file is None or file.content is None:
            raise SlackError("file_not_found")
        return file


def file_json(file: File, base_url: str, workspace: str) -> Json:
    """A file as Slack shows it in messages, inputs and files.info."""
    mimetype = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    kind = PurePath(file.name).suffix.removeprefix(".").lower() or "binary"
    address = f"{base_url}/files/{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": mimetype,
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": file.user,
        "user_team": workspace,
        "editable": False,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(one.startswith("C") for one in file.channels),
        "url_private": f"{address}/{file.name}",
        "url_private_download": f"{address}/download/{file.name}",
        "channels": [one for one in file.channels if one.startswith("C")],
        "groups": [one for one in file.channels if one.startswith("G")],
        "ims": [one for one in file.channels if one.startswith("D")],
    }
