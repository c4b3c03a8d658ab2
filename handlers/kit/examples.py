"""What an example is: one view at one size, checked against the limits, kept as text, shown in the gallery."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Example:
    """`payload` is a message (`text`, `blocks`), a modal or a Home view."""

    feature: str
    name: str
    size: Literal["smallest", "usual", "largest"]
    surface: Literal["message", "modal", "home"]
    payload: Mapping[str, Any]

    def as_json(self) -> dict[str, object]:
        """For the sandbox's gallery."""
        return {
            "feature": self.feature,
            "name": self.name,
            "size": self.size,
            "surface": self.surface,
            "payload": dict(self.payload),
        }
