"""Help texts, made from what commands register."""

from collections.abc import Iterable


def help_text(command: str, usage: Iterable[tuple[str, str]]) -> str:
    """One line per way to use a command."""
    lines = [f"• `/{command}{' ' + words if words else ''}` – {does}" for words, does in usage]
    return "\n".join([f"*/{command}*", *lines])
