"""Decisions: what was decided, by whom and why, who was heard, and what replaced it."""
