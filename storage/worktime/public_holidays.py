"""Public holidays by country, from the pinned `holidays` package; nothing is known of what it does not list."""

from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.resources import files

_NAMES = {
    code: name
    for line in files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for code, name in [line.split("\t")]
}
_OF_ZONE = {
    row[2]: row[0]
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for row in [line.split("\t")]
}


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """The countries whose holidays are known: name by ISO code, in the order of their names."""
    from holidays.registry import EntityLoader  # noqa: PLC0415 - four megabytes, and nobody may be here yet

    known = EntityLoader.get_country_codes(include_aliases=False)
    named = {code: _NAMES[code] for code in known if code in _NAMES}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def load() -> None:
    """Take in the calendars of all 250 countries: a sixth of a second, better not at first use by the database's thread.

    Twenty megabytes, too; so not where there is nobody yet.
    """
    import_module("holidays.countries")


def country_of_zone(zone: str) -> str | None:
    """The country a time zone lies in; None where we know no holidays of it."""
    code = _OF_ZONE.get(zone)
    return code if code in countries() else None


@lru_cache(maxsize=512)
def holidays_of(country: str, year: int) -> frozenset[date]:
    """The days off of a country in a year."""
    if country not in countries():
        return frozenset()
    from holidays import country_holidays  # noqa: PLC0415 - as above

    return frozenset(country_holidays(country, years=year))
