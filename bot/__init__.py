"""Runs Throughline: settings, command line, HTTP, the guard, the courier, the clock and the local Slack."""
