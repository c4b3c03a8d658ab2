"""A Slack on loopback, as strict as Slack, for a newcomer's first minute, tests, load and chaos.

It imports nothing of the bot; the bot talks to it over HTTP like to the real one.
"""

from bot.sandbox.config import SandboxConfig, Workspace
from bot.sandbox.hub import CallMoment
from bot.sandbox.modes import Modes
from bot.sandbox.sandbox import RunningSandbox, Sandbox, running, serve

__all__ = [
    "CallMoment",
    "Modes",
    "RunningSandbox",
    "Sandbox",
    "SandboxConfig",
    "Workspace",
    "running",
    "serve",
]
