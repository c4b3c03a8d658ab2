"""What a job is: a feature that admins switch on and off as one. Pure."""

from dataclasses import dataclass

KEPT = "job."
"""How the names of their settings begin."""


@dataclass(frozen=True, slots=True)
class Switch:
    """One job: what it is called, what it does and what to do first, each in one sentence of mrkdwn."""

    key: str
    title: str
    """In a sentence it can stand in small letters: "Switch on check-ins"."""
    does: str
    first: str
    asks: tuple[str, ...] = ()
    """How the keys of what it asks and tells people begin; none of it is sent while the job is off."""
    at_first: bool = False
    """Whether it is on before anybody has said so."""

    @property
    def named(self) -> str:
        """The title within a sentence."""
        return self.title[0].lower() + self.title[1:]

    @property
    def setting(self) -> str:
        """The setting that keeps it."""
        return f"{KEPT}{self.key}"
