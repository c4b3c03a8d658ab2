"""What Slack has delivered and we have committed, so that a second delivery gets the first one's answer."""
