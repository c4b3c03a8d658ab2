"""The pages of the documentation that are made from what the features register: `make pages` writes them.

They are committed, so that they can be read without running anything; a test fails when one is stale.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot import scopes
from bot.courier.codes import MENDED_BY_INSTALLING, MENDED_IN_THE_CHANNEL
from bot.courier.documented import COMMON, METHODS, SEEN, Codes, Method
from handlers.kit.features import Event, Feature, Registry
from handlers.registry import registry
from storage.outbox.values import Verdict

MADE = "<!-- Made from the code by `make pages`; change it there. -->"


def commands(ours: Registry) -> str:
    """Every command with its subcommands, and every shortcut."""
    return _page(
        "Commands",
        "Every command also works as `/throughline capture …`, for a workspace where its own name is taken, and"
        " everything a command does, a button or a form does too: Home leads to all of it. In threads"
        " Slack has no commands: use the message's menu, or mention Throughline.",
        *(part for command in ours.commands.values() for part in _command(ours, command.name)),
        "## Shortcuts",
        _table(
            ("name", "where", "does", "who may"),
            (
                *(
                    (one.name, "a message's menu", one.summary, one.may.named)
                    for one in ours.message_shortcuts.values()
                ),
                *(
                    (one.name, "anywhere", one.summary, one.may.named)
                    for one in ours.global_shortcuts.values()
                ),
            ),
        ),
    )


def permissions(ours: Registry) -> str:
    """Everything a request can do, and who may."""
    return _page(
        "Who may do what",
        "*Full members* belong to the workspace. *Guests* were invited to some of its channels. *Outsiders* are in"
        " a shared channel but belong to another company. *Anybody* is all of them, and other apps. Nobody sees a"
        " thing that was made in a channel they are not in. Where only some people may change one thing (whoever"
        " captured it, its author), the feature checks that too, in the same transaction as the change.",
        *(part for feature in ours.features for part in _permissions(feature)),
    )


def needs(ours: Registry) -> str:
    """Every scope and event with its reasons."""
    return _page(
        "Scopes and events",
        "What the app asks Slack for, and why. `throughline manifest` asks for exactly these; `throughline doctor`"
        " says which of them the token lacks. Slack's own pages say what each method and event needs:"
        " [methods](https://docs.slack.dev/reference/methods), [events](https://docs.slack.dev/reference/events),"
        " [scopes](https://docs.slack.dev/reference/scopes).",
        "## Scopes",
        _table(
            ("scope", "why", "needed by"),
            ((f"`{one}`", "; ".join(why), _codes(scopes.used_for(one)) or "commands, shortcuts")
             for one, why in ours.scopes.items()),
        ),
        "## Events",
        _table(
            ("event", "so that people can", "scopes"),
            ((f"`{name}`", "; ".join(dict.fromkeys(why)), _codes(scopes.EVENTS[name]) or "none")
             for name, why in _events(ours)),
        ),
    )  # fmt: skip


def errors(ours: Registry) -> str:
    """Every error code of every method we call, with its class and what we do."""
    del ours
    return _page(
        "Slack's error codes, and what we do",
        "Each code that Slack's page of a method lists has one class; one that stands nowhere here is *unknown*."
        " A code in brackets stands on no page today: an earlier one listed it, or it was seen. A 429 is *later* and"
        " any other status than 200 *unknown*, whatever the answer says.",
        "## The classes",
        _table(("class", "means"), ((one.value, _MEANS[one]) for one in Verdict)),
        "## Every method",
        _code_table({**COMMON}, SEEN),
        *(part for name, method in METHODS.items() for part in _method(name, method)),
    )


_MEANS = {
    Verdict.DONE: "It is as we wanted it, so it counts as done.",
    Verdict.LATER: "Slack did nothing and asks for patience: tried again when it says so, without counting it.",
    Verdict.PLAINER: "Slack does not take this form of it: said once more as plain text.",
    Verdict.BLOCKED: "Kept until the cause is gone, then done. Whoever set Throughline up is told once.",
    Verdict.DEAD: "It cannot be done. What wanted it hears so; otherwise admins see it in Home and can try again.",
    Verdict.UNKNOWN: "Slack may have done it: a message is looked up before it is sent again, the rest is repeated.",
}


def _method(name: str, method: Method) -> Iterator[str]:
    yield f"## {name}"
    how = "Doing it twice is the same as once." if method.repeatable else "Never sent again without a look."
    how = "A direct answer: made once, and the person is told where there is a way." if method.direct else how
    yield f"[Slack's page](https://docs.slack.dev/reference/methods/{name}#errors). {how}"
    seen = {code: verdict for code, verdict in method.seen.items() if code not in method.listed}
    if method.codes:
        yield _code_table(method.listed, seen)


def _code_table(listed: Codes, seen: Codes) -> str:
    every = {f"`{code}`": (code, verdict) for code, verdict in sorted(listed.items())}
    every |= {f"(`{code}`)": (code, verdict) for code, verdict in sorted(seen.items())}
    return _table(
        ("code", "class", "goes on"),
        ((shown, verdict.value, _goes_on(code, verdict)) for shown, (code, verdict) in every.items()),
    )


def _goes_on(code: str, verdict: Verdict) -> str:
    if verdict is not Verdict.BLOCKED:
        return ""
    if code in MENDED_BY_INSTALLING:
        return "when the app was installed again"
    return "when the bot is in the channel again" if code in MENDED_IN_THE_CHANNEL else "tried once a day"


PAGES: dict[str, Callable[[Registry], str]] = {
    "commands.md": commands,
    "permissions.md": permissions,
    "scopes.md": needs,
    "slack-errors.md": errors,
}


def main(folder: Path) -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(registry()))


# ---------------------------------------------------------------------------------------------------------


def _command(ours: Registry, name: str) -> Iterator[str]:
    command = ours.commands[name]
    yield f"## /{command.typed}"
    yield f"{command.summary}. For {command.may.named}."
    rows = ((f"`/{command.typed}{' ' + one.words if one.words else ''}`", one.does) for one in command.usage)
    yield _table(("type", "and you get"), rows)


def _permissions(feature: Feature) -> Iterator[str]:
    rows = [
        *((f"use `/{one.typed}`", one.may.named, "command") for one in feature.commands),
        *(
            (f"use *{one.name}* on a message", one.may.named, f"`{one.id}`")
            for one in feature.message_shortcuts
        ),
        *((f"use *{one.name}* anywhere", one.may.named, f"`{one.id}`") for one in feature.global_shortcuts),
        *((one.does, one.may.named, f"`{one.id}`") for one in feature.buttons),
        *((one.does, one.may.named, f"`{one.id}`") for one in feature.submits),
        *((one.does, one.may.named, f"`{one.id}`") for one in feature.type_aheads),
        *((one.does, one.may.named, f"event `{one.on}`") for one in feature.events),
    ]
    if rows:
        yield f"## {feature.name}"
        yield _table(("may", "who", "by"), rows)


def _events(ours: Registry) -> Iterator[tuple[str, list[str]]]:
    names = {
        _subscribed(one): [other.does for other in all_] for all_ in ours.events.values() for one in all_
    }
    yield from sorted(names.items())


def _subscribed(event: Event) -> str:
    return event.subscription or event.on


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in names)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((f"# {title}", MADE, *parts)) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
