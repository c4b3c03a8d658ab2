"""Proof of reliability: real processes killed at every instant, and a checker that reads what is left."""
