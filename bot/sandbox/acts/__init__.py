"""What people can do, gathered by verb; the driver and the page both come through here."""

from bot.sandbox.acts import (
    channels,
    commands,
    home,
    interactions,
    lookups,
    membership,
    modals,
    moving,
    people,
    talk,
)
from bot.sandbox.acts.act import Act

_KINDS = (talk, membership, channels, people, commands, interactions, lookups, modals, home, moving)
ACTS: dict[str, Act] = {act.verb: act for kind in _KINDS for act in kind.ACTS}
