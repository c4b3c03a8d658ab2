"""Every view of schedules at its usual and largest."""

from datetime import UTC, date, datetime, time

from handlers.asks.views import single
from handlers.kit.elements import button
from handlers.kit.examples import Example
from handlers.schedules import ids, views
from storage.recurrence import weekdays
from storage.schedules.values import Outage, Series
from storage.values import PersonId

MAYA = PersonId("U0MAYA")
_SERIES = Series(
    "checkin:3", "checkins.ask", "Daily check-in in #product", weekdays(date(2026, 3, 2), time(9)), {}, MAYA,
    per_person=True,
)  # fmt: skip
_SHORT = Outage(datetime(2026, 3, 3, 7, 58, tzinfo=UTC), datetime(2026, 3, 3, 11, 10, tzinfo=UTC))
_LONG = Outage(datetime(2026, 3, 3, 7, 58, tzinfo=UTC), datetime(2026, 3, 6, 11, 10, tzinfo=UTC))
_NAMED = Series(
    "checkin:4", "checkins.ask", "<!channel> *Weekly* & <https://example.com|not a link> " * 4,
    _SERIES.recurrence, {}, MAYA, per_person=True,
)  # fmt: skip


def _missed(size: str, series: Series, last: date, outage: Outage | None) -> Example:
    span, again = (
        views.Span(date(2026, 3, 3), last, "Europe/Stockholm"),
        button("Ask now instead", ids.RUN_NOW, "s"),
    )
    letter = single(*views.missed(series, span, outage, "ask for", again))
    return Example("schedules", "missed", size, "message", letter.payload)  # type: ignore[arg-type]  # one of the three sizes


EXAMPLES = (
    _missed("smallest", _SERIES, date(2026, 3, 3), None),
    _missed("usual", _SERIES, date(2026, 3, 3), _SHORT),
    _missed("largest", _NAMED, date(2026, 3, 5), _LONG),
)
