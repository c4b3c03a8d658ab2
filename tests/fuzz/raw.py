"""Bytes on a socket, as anybody on the internet may send them, and the status that comes back."""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

PATIENCE = 10.0
ENOUGH = 1 << 16


class Hung(Exception):
    """Neither an answer nor the end of the connection."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request on its way: all bytes, and where they are parted."""

    pieces: tuple[bytes, ...]


def status_of(url: str, sent: Sent) -> int | None:
    """The status; None when the connection was ended without one, as is right for what is no HTTP."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port or 80), timeout=PATIENCE) as line:
        try:
            for piece in sent.pieces:
                line.sendall(piece)
            line.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # refused before its end: what was answered can still be read
        return _status(line)


def _status(line: socket.socket) -> int | None:
    answer = b""
    try:
        while b"\r\n" not in answer and len(answer) < ENOUGH and (more := line.recv(4096)):
            answer += more
    except TimeoutError:
        raise Hung from None
    except OSError:
        return None
    first = answer.partition(b"\r\n")[0].split(b" ")
    return int(first[1]) if len(first) > 1 and first[0].startswith(b"HTTP/") else None
