"""Help texts, made from what commands register."""

from collections.abc import Iterable


def help_text(command: str, usage: Iterable[tuple[str, str]]) -> str:
    """One line per way to use a command."""
    lines = [f"• `/{command}{' ' + words if words else ''}` – {does}" for words, does in usage]
    return "\n".join([f"*/{command}*", *lines])


def unknown_text(command: str, word: str, nearest: str | None, usage: Iterable[tuple[str, str]]) -> str:
    """An answer to a word that means nothing here: what it may have meant, and what there is; `word` escaped."""
    meant = f" Did you mean `/{command} {nearest}`?" if nearest else ""
    return f"I do not know “{word}”.{meant}\n{help_text(command, usage)}"
