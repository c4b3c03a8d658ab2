"""What a workspace's people do, drawn from recorded payloads: in its own ids, and often in the other's.

Both have the same numbers and times; people, channels and views have names of their own. Whatever somebody types
ends in a word only this workspace has.
"""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.registry import registry
from tests.fuzz.mutations import paths
from tests.fuzz.recording import Recorded

Json = dict[str, Any]
NORTH, SOUTH = "T0NORTHWIND", "T0SOUTHWIND"
WORDS = {NORTH: "northernword", SOUTH: "southernword"}
DIGIT = {NORTH: "0", SOUTH: "5"}
"""The second sign of every id: U0MAYA and U5MAYA."""
OTHER = {NORTH: SOUTH, SOUTH: NORTH}
PEOPLE = ("MAYA", "OMAR", "INES", "KENJI", "SAM", "DANA", "RUTH", "BEN", "GIL", "NORA")
CHANNELS = ("C{}GENERAL", "C{}SALES", "C{}LAUNCH", "G{}PRICING")
TYPED = (
    "", "help", "list", "items", "blockers", "new", "mine", "undo F-{n}", "show F-{n}", "show D-{n}", "show L-{n}",
    "L-{n}/1", "search word", "They want it blue {word}", "{word} {n}", "D-{n} {word}", "until friday", "<@{who}|x>",
    "move L-{n} in 3 weeks",
)  # fmt: skip
MOST = 9
"""Numbers of things people speak of."""
OFTEN, MAKING = 12, frozenset(
    {
        "feedback.capture", "feedback.save_typed", "feedback.listen", "reaction_added", "reaction_removed",
        "feedback.edited",
        "decisions.record", "decisions.page_kept", "decisions.saved", "decisions.objected", "launches.newed",
        "launches.move_and_tell",
        "launches.owners_named", "launches.gate_opened", "launches.voted", "launches.done", "launches.blocked",
        "links.linked",
        "checkins.settings", "checkins.start", "checkins.answered", "checkins.cleared", "digests.start", "worktime.away",
    }
)  # fmt: skip
"""What makes or changes something is done more often than the rest."""
_ID = re.compile(r"\b([UCGDV])0(?=[A-Z0-9]{2})")
_NUMBER = re.compile(r"(?<![\w.\-\"])\d{1,2}(?![\w.\-])")
_GONE = frozenset({"app_uninstalled", "tokens_revoked"})


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a workspace: its kind, and the payload as Slack would send it."""

    kind: str
    payload: Json


class Workspace:
    """Draws what happens in one workspace; the same for the same seed, whatever the other does."""

    def __init__(self, name: str, recorded: Sequence[Recorded], seed: int, urls: str) -> None:
        self.name, self.word = name, WORDS[name]
        self._dice = random.Random(f"{seed} {name}")
        self._texts = [
            (one.kind, json.dumps(one.payload))
            for one in recorded
            for _ in range(OFTEN if one.name in MAKING else 1)
            if one.name not in _GONE
        ]
        self._forms = [one.payload["view"]["private_metadata"] for one in recorded if one.kind == "submit"]
        self._commands = sorted(registry().commands)
        self._urls = urls
        self._count = 0

    def request(self) -> Request:
        """The next one."""
        self._count += 1
        kind, text = self._dice.choice(self._texts)
        swaps = self._dice.choice((0.0, 0.3, 1.0))
        payload: Json = json.loads(_ID.sub(lambda found: found[1] + self._sign(swaps), text))
        if kind == "command" or self._dice.random() < 0.1:
            return Request("command", self._command(swaps))
        self._speak(payload)
        self._aim(payload)
        self._home(payload)
        return Request(kind, payload)

    # -- its parts

    def _sign(self, swaps: float) -> str:
        return DIGIT[OTHER[self.name] if self._dice.random() < swaps else self.name]

    def _command(self, swaps: float) -> Json:
        name = self._dice.choice(self._commands)
        who, where = self._dice.choice(PEOPLE), self._dice.choice(CHANNELS).format(self._sign(swaps))
        text = self._dice.choice(TYPED).format(
            n=self._dice.randint(1, MOST),
            word=self.word,
            who=f"U{self._sign(swaps)}{self._dice.choice(PEOPLE)}",
        )
        return {
            "command": "/throughline",
            "text": f"{name} {text}",
            "team_id": self.name,
            "user_id": f"U{DIGIT[self.name]}{who}",
            "channel_id": where,
            "channel_name": "sales",
            "trigger_id": self._mark(),
            "response_url": f"{self._urls}respond",
        }

    def _speak(self, payload: Json) -> None:
        """Whatever is typed or said has their word in it."""
        for path in list(paths(payload)):
            holder = _at(payload, path[:-1])
            typed = path[-1] == "value" and "values" in path and holder.get("type") == "plain_text_input"
            if typed and holder["value"]:
                holder["value"] = f"{self.word} {self._dice.randint(1, MOST)}"
        if payload.get("type") == "block_suggestion":
            payload["value"] = self._dice.choice(("", "word", "F-1", self.word))
        for said in (payload.get("message"), payload.get("event")):
            if isinstance(said, dict) and "text" in said:
                said["text"] = f"They want it {self.word} {self._dice.randint(1, MOST)}"
                said.pop("blocks", None)

    def _aim(self, payload: Json) -> None:
        """It is about some thing, often about none; a form may hold what another one held."""
        for action in payload.get("actions", ()):
            if isinstance(action.get("value"), str):
                action["value"] = self._numbered(action["value"])
        view = payload.get("view")
        if isinstance(view, dict):
            held = view["private_metadata"] if self._dice.random() < 0.9 else self._dice.choice(self._forms)
            view["private_metadata"] = self._numbered(held)

    def _numbered(self, text: str) -> str:
        if self._dice.random() < 0.4:
            return text
        return _NUMBER.sub(lambda _: str(self._dice.choice((1, 1, 1, self._dice.randint(1, MOST)))), text)

    def _home(self, payload: Json) -> None:
        """Whatever it speaks of, it is this workspace's request, and no delivery before it."""
        for part in [payload, *payload.get("authorizations", ())]:
            if "team_id" in part:
                part["team_id"] = self.name
        if "team" in payload:
            payload["team"]["id"] = self.name
        if "response_url" in payload:
            payload["response_url"] = f"{self._urls}respond"
        for name in ("trigger_id", "event_id"):
            if name in payload:
                payload[name] = self._mark()
        if isinstance(payload.get("view"), dict):
            payload["view"]["hash"] = self._mark()
        user = payload.get("user")
        if isinstance(user, dict):
            user["id"] = f"U{DIGIT[self.name]}{self._dice.choice(PEOPLE)}"
            user["team_id"] = self._dice.choice((self.name, self.name, self.name, OTHER[self.name]))

    def _mark(self) -> str:
        """The same in both: a delivery's key is its workspace's own."""
        return f"1.{self._count}"


def _at(body: Any, path: Sequence[Any]) -> Any:
    for step in path:
        body = body[step]
    return body
