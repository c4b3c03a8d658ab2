"""Check-ins: who is asked what and when, their rounds and answers, and the blockers these turn up."""
