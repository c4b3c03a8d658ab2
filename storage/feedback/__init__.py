"""Feedback: what somebody said, who wants it too, and in which channels an emoji captures it."""
