"""Tokens of other programs that send us something."""
