"""Nobody knows what will come in: what Slack, people and strangers might send, drawn at random."""
