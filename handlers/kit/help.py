"""Help texts, made from what commands register, and what is said to a word that means nothing."""

from collections.abc import Iterable, Sequence

from handlers.kit.commands import HELP, nearest
from handlers.kit.mrkdwn import escape
from handlers.kit.words import readable


def help_text(command: str, usage: Iterable[tuple[str, str]]) -> str:
    """One line per way to use a command."""
    lines = [f"• `/{command}{' ' + words if words else ''}` – {does}" for words, does in usage]
    return "\n".join([f"*/{command}*", *lines])


def unknown_text(command: str, word: str, meant: str | None, usage: Iterable[tuple[str, str]]) -> str:
    """An answer to a word that means nothing here: what it may have meant, and what there is."""
    instead = f" Did you mean `/{command} {meant}`?" if meant else ""
    return f"I do not know “{escape(word)}”.{instead}\n{help_text(command, usage)}"


def usage_text(command: str, typed: str, usage: Sequence[tuple[str, str]]) -> str:
    """The help, and before it what somebody may have meant who typed something else than "help"."""
    word = readable(typed).partition(" ")[0]
    if word.casefold() in ("", HELP):
        return help_text(command, usage)
    known = [words.split()[0] for words, _ in usage if words[:1].isalpha()]
    return unknown_text(command, word, nearest(word, known), usage)
