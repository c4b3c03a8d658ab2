"""The one door out: claims outbox rows, calls Slack, records what became of it, keeps boards true."""
