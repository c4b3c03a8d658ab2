"""What people and the database are left with, without what differs from run to run: ids, times, versions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.driver.reading import names_of
from bot.sandbox.hub import Hub
from bot.sandbox.words import words_of
from bot.sandbox.world import Message
from tests.proof.stores import Store

Line = tuple[object, ...]
Picture = dict[str, list[Line]]

_KEPT: Mapping[str, Sequence[str]] = {
    "feedback": ("number", "kind", "state", "words", "words_state", "account", "source", "channel", "author",
                 "captured_by", "touched"),
    "feedback_supporters": ("number", "person"),
    "accounts": ("name", "folded", "public", "owner", "state"),
    "feedback_asked": ("number", "person", "words"),
    "feedback_standings": ("number", "turn", "state", "planned_for", "sentence", "reason", "by"),
    "feedback_reopenings": ("number", "accounts", "on", "value", "by"),
    "feedback_triage": ("number", "taken_by", "in_time", "later", "theme", "impact", "confidence", "effort"),
    "feedback_listening": ("channel", "state", "by"),
    "things": ("number", "title", "state", "owner"),
    "feedback_closings": ("number", "launch", "sentence", "by"),
    "feedback_told": ("number", "person", "turn"),
    "checkins": ("number", "channel", "owner", "version"),
    "checkin_rounds": ("number", "on_date", "state", "moved"),
    "checkin_answers": ("number", "on_date", "person", "version", "late"),
    "checkin_reminders": ("number", "on_date", "person"),
    "blockers": ("number", "checkin", "blocked", "waits", "asked", "state", "version"),
    "decisions": ("number", "state", "driver", "channel", "review_on", "replaces", "replaced_by", "version"),
    "decision_dues": ("number", "kind", "person", "due_on"),
    "launches": ("number", "on", "state", "owner", "told_on", "shown_on", "version"),
    "launch_items": ("launch", "number", "owner", "due_on", "state", "ask_on", "asked", "version"),
    "launch_leads": ("launch", "function", "person", "told"),
    "launch_moves": ("launch", "number", "before", "after", "reason", "undone"),
    "links": ("letter", "number", "other_letter", "other_number", "how", "state"),
    "ripples": ("key", "number", "after"),
    "series": ("kind", "title", "owner", "state", "missed_from", "missed_until"),
    "occurrences": ("local_date", "recipient", "state", "why"),
    "asks": ("key", "person", "recipient", "kind", "state", "held"),
    "audit": ("actor", "verb", "thing", "details"),
    "boards": ("key", "place", "person", "gone", "stale", "on_its_way"),
    "people": ("id", "name", "kind", "zone", "dm"),
    "channels": ("id", "name", "kind", "shared", "archived", "ours"),
    "channel_members": ("channel", "person"),
    "installations": ("bot_user", "state"),
}  # fmt: skip
"""What has to be the same whatever happened on the way."""
_LINK = re.compile(r"\n<[^|>]+\|the message>")
"""A receipt shows it where it was known by then; whoever had to press twice sees it, others do not."""
_MOMENT = re.compile(r"<!date\^\d+")
"""The clock goes on from run to run."""
_MADE_UP = re.compile(r"\b[0-9a-f]{22}\b")
"""What `new_id` makes: another one in each run. How many there are is counted all the same."""
_LOOK = "users.info"
"""Somebody may have to be looked at whom the list of all people has not brought yet."""


def take(store: Store, hub: Hub) -> Picture:
    """The picture now; everybody is calm."""
    tables = store.tables(*_KEPT, "outbox")
    kept = {name: sorted((tuple(_plain(row[one]) for one in columns) for row in tables[name]), key=repr)
            for name, columns in _KEPT.items()}  # fmt: skip
    sent = {
        (row["key"].partition(":")[0], row["method"], row["state"])
        for row in tables["outbox"]
        if row["method"] != _LOOK
    }
    return {
        **kept,
        "outbox": sorted(sent),
        "said": sorted(_said(hub), key=repr),
        "reacted": sorted(_reacted(hub), key=repr),
        "homes": sorted((user, _words(view.body["blocks"])) for user, view in hub.world.homes.items()),
        "modals": sorted(_modals(hub), key=repr),
    }


def differences(expected: Picture, found: Picture) -> list[str]:
    """What is missing and what is too much, one line each."""
    lines = []
    for part, wanted in expected.items():
        missing, more = _minus(wanted, found[part]), _minus(found[part], wanted)
        lines += [f"{part}: missing {line}" for line in missing] + [
            f"{part}: unexpected {line}" for line in more
        ]
    return lines


def _plain(value: object) -> object:
    return _MADE_UP.sub("#", value) if isinstance(value, str) else value


def _minus(these: Sequence[Line], those: Sequence[Line]) -> list[Line]:
    left = list(those)
    missing = []
    for line in these:
        if line in left:
            left.remove(line)
        else:
            missing.append(line)
    return missing


def _said(hub: Hub) -> Iterator[Line]:
    """Everything the bot says, as people read it."""
    for message in _messages(hub):
        if message.user == hub.world.bot:
            blocks = message.blocks or []
            words = _LINK.sub("", _words(blocks))
            yield message.channel, message.is_reply, message.text, words, tuple(names_of(blocks))


def _reacted(hub: Hub) -> Iterator[Line]:
    for message in _messages(hub):
        for reaction in message.reactions:
            yield message.channel, message.text, reaction.name, tuple(sorted(reaction.users))


def _modals(hub: Hub) -> Iterator[Line]:
    for user, stack in hub.stacks.items():
        for view in stack:
            yield user, view.body["title"]["text"], _words(view.body["blocks"])


def _words(blocks: list[dict[str, Any]]) -> str:
    return _MOMENT.sub("<!date", words_of(blocks))


def _messages(hub: Hub) -> Iterator[Message]:
    for channel in hub.world.channels.values():
        yield from channel.messages.values()
