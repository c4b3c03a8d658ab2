"""Slack in: `/throughline settings`, `away` and `back`, their buttons and forms."""

from datetime import date

from handlers.kit import forms
from handlers.kit.help import usage_text
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    Note,
    OpenModal,
    Options,
    SubmitReply,
    Text,
    UpdateModal,
)
from handlers.kit.requests import ButtonRequest, CommandRequest, OptionsRequest, SubmitRequest, Who
from handlers.worktime import functions, ids, rules, service, views
from handlers.worktime.rules import Typed
from storage.calendar import known_zone, zones
from storage.database import Tx
from storage.people import queries as people
from storage.values import PersonId
from storage.worktime import queries as worktimes
from storage.worktime.public_holidays import countries
from storage.worktime.values import Away

SETTINGS_USAGE = (
    ("", "your function, zone, days, hours, quiet hours, holidays, budget, and when you are away"),
    ("@sam", "for admins: in which function Sam works"),
    ("functions", "for admins: which functions there are, and what they are called"),
    ("roles", "for admins: which roles decisions have, and what they are called"),
    ("help", "this list"),
)
AWAY_USAGE = (
    ("", "say it in a form, and who covers for you"),
    ("until friday", "you are away from today, Friday included"),
    ("3 march to 7 march cover @sam", "you are away on those days, and Sam covers"),
    ("@sam until friday", "for admins: Sam is away"),
    ("help", "this list"),
)
BACK_USAGE = (("", "you are back, and what waited for you comes"), ("help", "this list"))
NOT_HERE = "Choose somebody of this workspace."


def open_settings(tx: Tx, request: CommandRequest) -> CommandReply:
    """My settings."""
    other = rules.parse_person(request.text)
    if other is not None and other != request.who.person:
        return functions.open_of(tx, request.who, other)
    if request.text and other is None:
        return Text(usage_text("throughline settings", request.text, SETTINGS_USAGE))
    return OpenModal(views.settings(service.mine(tx, request.who.person)))


def press_settings(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """My settings, from Home."""
    return OpenModal(views.settings(service.mine(tx, request.who.person)))


def press_away(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The form that says when I am away."""
    return OpenModal(views.away(service.mine(tx, request.who.person, admin=request.who.admin)))


def away(tx: Tx, request: CommandRequest) -> CommandReply:
    """`/throughline away until friday`; alone the form."""
    who, today = request.who, worktimes.of(tx, request.who.person).today(tx.now)
    if not request.text:
        return OpenModal(views.away(service.mine(tx, who.person, admin=who.admin)))
    said = rules.parse_away(request.text, today)
    if said is None:
        return Text(usage_text("throughline away", request.text, AWAY_USAGE))
    person = said.person or who.person
    errors = _errors(tx, who, person, said.first, said.last, said.cover, today)
    if errors:
        return Text(next(iter(errors.values())))
    return Text(_set_away(tx, who, person, Away(said.first, said.last, said.cover, who.person)))


def back(tx: Tx, request: CommandRequest) -> CommandReply:
    """`/throughline back`."""
    if request.text:
        return Text(usage_text("throughline back", request.text, BACK_USAGE))
    return Text(views.BACK if service.cancel_away(tx, request.who.person) else views.NOT_AWAY)


def press_back(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """I am back."""
    return Note(views.BACK if service.cancel_away(tx, request.who.person) else views.NOT_AWAY)


def away_given(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """The form that says when somebody is away."""
    who = request.who
    if forms.read(views.HoursForm, request.metadata) is None:
        return UpdateModal(views.TOO_OLD)
    person = request.person(ids.BLOCK_WHO) or who.person
    today = worktimes.of(tx, person).today(tx.now)
    first, last = request.day(ids.BLOCK_FIRST), request.day(ids.BLOCK_LAST)
    cover = request.person(ids.BLOCK_COVER)
    errors = _errors(tx, who, person, first, last, cover, today)
    if errors:
        return FieldErrors(errors)
    if first is None or last is None:
        return FieldErrors({ids.BLOCK_LAST: "Choose the first and the last day."})
    return UpdateModal(views.told(_set_away(tx, who, person, Away(first, last, cover, who.person))))


def settings_given(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """My settings, as I filled them in."""
    if forms.read(views.HoursForm, request.metadata) is None:
        return UpdateModal(views.TOO_OLD)
    me = request.who.person
    typed = _typed(request)
    today = worktimes.of(tx, me).today(tx.now)
    first, last = request.day(ids.BLOCK_FIRST), request.day(ids.BLOCK_LAST)
    cover = request.person(ids.BLOCK_COVER)
    errors = rules.worktime_errors(typed) | _errors(tx, request.who, me, first, last, cover, today)
    function = functions.chosen_in(tx, request, me)
    if isinstance(function, FieldErrors):
        errors |= function.errors
    if errors or isinstance(function, FieldErrors):
        return FieldErrors(errors)
    service.save(tx, me, rules.worktime_of(typed))
    if request.choice(ids.BLOCK_FUNCTION) is not None:
        functions.set_function(tx, request.who, me, function)
    _settle_away(tx, request.who, first, last, cover)
    return UpdateModal(views.saved(service.mine(tx, me)))


def offer_zones(tx: Tx, request: OptionsRequest) -> Options:
    """Time zones for what was typed."""
    known = people.person(tx, request.who.person)
    return Options(views.zone_options(request.value, zones(), "UTC" if known is None else known.zone))


def offer_countries(tx: Tx, request: OptionsRequest) -> Options:
    """Countries for what was typed."""
    del tx
    return Options(views.country_options(request.value, list(countries().items())))


# ---------------------------------------------------------------------------------------------------------


def _typed(request: SubmitRequest) -> Typed:
    zone, country = request.choice(ids.ZONE), request.choice(ids.COUNTRY)
    days = [int(day) for day in request.choices(ids.BLOCK_DAYS) if day in set("1234567")]
    return Typed(
        zone if zone is not None and known_zone(zone) else None,
        frozenset(days),
        request.time_of_day(ids.BLOCK_START),
        request.time_of_day(ids.BLOCK_END),
        request.time_of_day(ids.BLOCK_QUIET_START),
        request.time_of_day(ids.BLOCK_QUIET_END),
        country if country in countries() else None,
        _number(request.choice(ids.BLOCK_ASKS)),
        _number(request.choice(ids.BLOCK_TELLS)),
    )


def _number(chosen: str | None) -> int:
    given = int(chosen) if chosen is not None and chosen.isdecimal() else 3
    return min(max(given, 1), views.MOST_A_DAY)


def _errors(
    tx: Tx,
    who: Who,
    person: PersonId,
    first: date | None,
    last: date | None,
    cover: PersonId | None,
    today: date,
) -> dict[str, str]:
    errors = rules.away_errors(first, last, cover, person, today)
    if person != who.person and not who.admin:
        errors[ids.BLOCK_WHO] = views.NOT_ADMIN
    elif person != who.person and not service.can_cover(tx, person):
        errors[ids.BLOCK_WHO] = NOT_HERE
    if cover is not None and ids.BLOCK_COVER not in errors and not service.can_cover(tx, cover):
        errors[ids.BLOCK_COVER] = NOT_HERE
    return errors


def _set_away(tx: Tx, who: Who, person: PersonId, away: Away) -> str:
    service.set_away(tx, who, person, away)
    if person != who.person:
        return views.set_away(service.name_of(tx, person), away)
    cover = None if away.cover is None else service.name_of(tx, away.cover)
    return views.is_away(away, service.next_day(tx, person), cover)


def _settle_away(tx: Tx, who: Who, first: date | None, last: date | None, cover: PersonId | None) -> None:
    """The settings show one absence: changed, taken away or left as it is."""
    current = service.mine(tx, who.person).away
    if first is None or last is None:
        service.cancel_away(tx, who.person)
    elif current is None or (current.first, current.last, current.cover) != (first, last, cover):
        service.set_away(tx, who, who.person, Away(first, last, cover, who.person))
