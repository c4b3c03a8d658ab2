"""What a seeded month is made of: virtual time, one thread, and no network between Throughline and its Slack.

Everything of ours runs as it does anywhere: the guard, Bolt, the listeners, the transactions on a SQLite file, the
courier, the clock and the whole local Slack. Replaced is only what would make a run slow or another one each time:
the event loop's clock, the sockets, and the threads a SQLite file is used from.
"""
