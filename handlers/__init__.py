"""Does it: one folder per feature, from what Slack says to what people read."""
