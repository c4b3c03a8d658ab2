"""`throughline run` as requirements/run.txt installs it: without what only the tests and the local Slack bring along.

Libraries take up what they find: SQLAlchemy a megabyte of greenlet, Starlette a reader of uploads.
"""

import sys

BROUGHT_ALONG = ("greenlet", "python_multipart", "multipart")

if __name__ == "__main__":
    for name in BROUGHT_ALONG:
        sys.modules[name] = None  # type: ignore[assignment]  # as if it were not installed
    from bot.cli import main

    sys.argv[1:] = ["run"]
    main()
