"""The speaking driver: people of the sandbox as Python objects, for tests and for seeding.

async with Slack(url) as slack:
    await slack.command("/capture", "Fjord wants SSO", as_="maya", channel="#sales")
    await slack.submit("maya", Account="Fjord Energy")
"""

from bot.sandbox.driver.conversation import Conversation
from bot.sandbox.driver.reading import Home, Message, Modal, Outcome
from bot.sandbox.driver.slack import Slack
from bot.sandbox.driver.wire import Impossible

__all__ = ["Conversation", "Home", "Impossible", "Message", "Modal", "Outcome", "Slack"]
