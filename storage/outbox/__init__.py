"""Everything we ever say to Slack, as rows: letters said once, boards kept true, and questions to its API."""
