"""One thing the doctor looked at, and how it is printed."""

import textwrap
from dataclasses import dataclass

from rich.markup import escape


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `step` says what to do when it is wrong."""

    what: str
    found: str
    step: str = ""

    @property
    def wrong(self) -> bool:
        """Whether something has to be done."""
        return bool(self.step)

    def line(self, width: int = 80) -> str:
        """As printed: nothing is longer than the terminal is wide, and what goes on is set in."""
        mark = "[red]✗[/]" if self.wrong else "[green]✓[/]"
        said = _wrapped(f"{self.what}: {self.found}", width, "  ")
        step = f"\n{_wrapped(self.step, width, '  → ')}" if self.step else ""
        return f"{mark} {said.lstrip()}{step}"


def _wrapped(words: str, width: int, begins: str) -> str:
    goes_on = " " * max(len(begins), 4)
    lines = textwrap.wrap(
        words, width, initial_indent=begins, subsequent_indent=goes_on, break_on_hyphens=False
    )
    return escape("\n".join(lines))
