"""Every view of schedules at its usual and largest."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from handlers.asks.views import single
from handlers.kit.elements import button
from handlers.kit.examples import Example
from handlers.schedules import ids, views
from storage.schedules.values import Outage

_TITLE = "Daily check-in in #product"
_SHORT = Outage(datetime(2026, 3, 3, 7, 58, tzinfo=UTC), datetime(2026, 3, 3, 11, 10, tzinfo=UTC))
_LONG = Outage(datetime(2026, 3, 3, 7, 58, tzinfo=UTC), datetime(2026, 3, 6, 11, 10, tzinfo=UTC))
_NAMED = "<!channel> *Weekly* & <https://example.com|not a link> " * 4


def _missed(size: str, titles: Sequence[str], last: date, outage: Outage | None) -> Example:
    late = [
        views.Late(
            one, date(2026, 3, 3), last, "ask for", button("Ask now instead", f"{ids.RUN_NOW}:{at}", "s")
        )
        for at, one in enumerate(titles)
    ]
    letter = single(*views.missed(late, outage, "Europe/Stockholm"))
    return Example("schedules", "missed", size, "message", letter.payload)  # type: ignore[arg-type]  # one of the three sizes


EXAMPLES = (
    _missed("smallest", [_TITLE], date(2026, 3, 3), None),
    _missed("usual", [_TITLE], date(2026, 3, 3), _SHORT),
    _missed("largest", [_NAMED] * 25, date(2026, 3, 5), _LONG),
)
