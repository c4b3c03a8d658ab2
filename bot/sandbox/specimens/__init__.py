"""One specimen of every block and element, shown in the page beside the app's own examples.

They show how the sandbox draws what Slack knows, whether the app uses it or not.
"""

from bot.sandbox.specimens.data import DATA
from bot.sandbox.specimens.fields import FIELDS
from bot.sandbox.specimens.frames import FRAMES
from bot.sandbox.specimens.words import WORDS

SPECIMENS = (*WORDS, *FRAMES, *DATA, *FIELDS)

__all__ = ["SPECIMENS"]
