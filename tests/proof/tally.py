"""Counts what there should be once: what is lost, what is there too often, and which it is, in words."""


class Tally:
    """`once` for each thing that should be there; `words` says what was not right."""

    def __init__(self) -> None:
        self.lost = 0
        self.double = 0
        self.words: list[str] = []

    def once(self, what: str, found: int) -> None:
        """It should be there once."""
        self.wanted(what, found, 1)

    def wanted(self, what: str, found: int, wanted: int) -> None:
        """It should be there so many times."""
        self.lost += max(0, wanted - found)
        self.double += max(0, found - wanted)
        if found != wanted:
            self.words.append(f"{what}: {found} instead of {wanted}")
