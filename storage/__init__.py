"""Keeps it: tables, queries and values, and the transaction they are used in."""
