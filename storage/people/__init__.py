"""The people and channels of a workspace as far as Slack has told us, and who is in which channel."""
