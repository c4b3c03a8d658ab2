"""How much Slack takes, by the names of Slack's Block Kit reference; where sources differ, the stricter.

The builders beside this file cannot exceed these, `handlers/kit/problems.py` checks whole payloads by them.
"""

# Slack, text object
TEXT = 3000

# Slack, chat.update: a longer text is refused (chat.postMessage takes more)
MESSAGE_TEXT = 4000
# Slack, chat.postMessage
MESSAGE_BLOCKS = 50
# Not documented: Slack refuses some 12,000 characters over all blocks of a message (msg_blocks_too_long)
MESSAGE_WORDS = 10_000

# Ours: people's words on a card, so that a card with both still fits into a message
PLAIN_WORDS = 6000
QUOTE_WORDS = 3000
HEADLINE = 150

# Slack, modals and App Home
VIEW_BLOCKS = 100
VIEW_TITLE = 24
VIEW_BUTTON = 24
PRIVATE_METADATA = 3000

# Slack, every block and every interactive element
ID = 255

# Slack, header block · section block · context block · actions block
HEADER = 150
FIELDS = 10
FIELD = 2000
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25

# Slack, input block
LABEL = 2000
HINT = 2000

# Slack, button element
BUTTON = 75
BUTTON_VALUE = 2000
BUTTON_URL = 3000

# Slack gives none for rich text: as many as a message has blocks is plenty
RICH_ELEMENTS = 50

# Slack, data visualization block; six series where the sources differ
MESSAGE_CHARTS = 2
CHART_TITLE = 50
CHART_SERIES = 6
CHART_POINTS = 20
CHART_LABEL = 20
CHART_AXIS_LABEL = 50

# Slack, select menu element · overflow menu element · plain-text input element
SELECT_OPTIONS = 100
OVERFLOW_OPTIONS = 5
PLACEHOLDER = 150
INPUT = 3000

# Slack, option object · confirmation dialog object
OPTION = 75
OPTION_VALUE = 150
OPTION_DESCRIPTION = 75
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
