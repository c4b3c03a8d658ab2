"""The two times."""

import time
from datetime import UTC, datetime, timedelta

from storage.database import Clock


def test_an_answer_that_had_to_wait_is_not_believed() -> None:
    """The server's word for the time reaches a busy process late: the quickest of a few is what counts."""
    clock, ahead = Clock(), timedelta(hours=1)
    waits = iter((0.5, 0.3, 0.0, 0.4, 0.2))

    def server() -> datetime:
        said = datetime.now(UTC) + ahead
        time.sleep(next(waits))
        return said

    clock.anchor(server)

    assert abs(clock.steady() - datetime.now(UTC) - ahead) < timedelta(seconds=0.1)
