"""Launches, their readiness items, the leads of their functions, dates and votes."""
