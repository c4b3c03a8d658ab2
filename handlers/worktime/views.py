"""What people read of their own working time: the forms, Home's lines, and what is said back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.asks import ids as asks_ids
from handlers.kit.blocks import Block, actions, context, divider, input_select, section
from handlers.kit.dates import say_day, say_time
from handlers.kit.elements import Element, button
from handlers.kit.forms import Form
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import Json, option, options
from handlers.kit.pickers import input_day, input_found, input_person, input_several, input_time
from handlers.kit.surfaces import View, modal
from handlers.worktime import function_views, ids, rules
from storage.recurrence import DAY_NAMES
from storage.values import FunctionId, PersonId
from storage.worktime.values import Availability, Away

MOST_A_DAY = 10


class HoursForm(Form):
    """Whose form it is."""

    v: Literal[1] = 1
    person: str


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything the form and Home show of one person."""

    person: PersonId
    there: Availability
    away: Away | None
    """Now or next."""
    is_away: bool
    cover_name: str | None
    slack_zone: str
    country: tuple[str, str] | None
    """Code and name of the country whose holidays are days off for them."""
    admin: bool = False
    function: FunctionId | None = None
    """What they work in, by their choice or by their title."""
    own_function: FunctionId | None = None
    """What they chose."""
    by_zone: bool = False
    """Whether the country follows their time zone, for they never set anything."""


def settings(mine: Mine) -> View:
    """My settings: when I work, when it is quiet, how much a day, when I am away and who covers."""
    mine_to_set = mine.there.worktime
    quiet = mine_to_set.quiet
    quiet_start, quiet_end = (None, None) if quiet is None else (quiet.start, quiet.end)
    blocks: list[Block] = [
        function_views.field("My function", mine.own_function),
        input_found("Time zone", ids.ZONE, initial=_zone_option(mine), placeholder="Type a city"),
        input_several("Days you work", ids.BLOCK_DAYS, _day_options(), initial=_chosen(mine_to_set.workdays)),
        input_time("Your day starts", ids.BLOCK_START, initial=mine_to_set.start),
        input_time("and ends", ids.BLOCK_END, initial=mine_to_set.end, hint=_HOURS_HINT),
        input_time("Quiet from", ids.BLOCK_QUIET_START, initial=quiet_start, optional=True),
        input_time("until", ids.BLOCK_QUIET_END, initial=quiet_end, optional=True, hint=_QUIET_HINT),
        input_found("Public holidays of", ids.COUNTRY, initial=_country_option(mine), optional=True,
                    placeholder="Type a country", hint=_BY_ZONE_HINT if mine.by_zone else _COUNTRY_HINT),
        _number("Questions a day, at most", ids.BLOCK_ASKS, mine_to_set.asks_a_day),
        _number("Notes a day, at most", ids.BLOCK_TELLS, mine_to_set.tells_a_day, hint=_BUDGET_HINT),
        divider(),
        *_away_inputs(mine),
    ]  # fmt: skip
    return _form("My settings", ids.SETTINGS, mine, blocks)


def away(mine: Mine) -> View:
    """When I am away, and who covers."""
    who = (
        [input_person("Who is away", ids.BLOCK_WHO, initial=mine.person, hint=_WHO_HINT)]
        if mine.admin
        else []
    )
    return _form("Away", ids.AWAY, mine, [*who, *_away_inputs(mine, optional=False)])


def saved(mine: Mine) -> View:
    """The last page: what holds from now on, in words."""
    return modal("Saved", [section(f"*Saved.* {described(mine)}"), *_away_lines(mine)], close="Done")


def told(words: str) -> View:
    """A page that only says something."""
    return modal("Throughline", [section(escape(words))], close="Close")


TOO_OLD = told("This form is older than I am, please open it again.")


def home(mine: Mine) -> list[Block]:
    """Home's part: what holds, and how to change it."""
    change = button("Change", ids.OPEN_SETTINGS, accessibility_label="Change my settings")
    gone: Element = button("I am back", ids.BACK) if mine.is_away else button("Away…", ids.OPEN_AWAY)
    small = [words for words in (_away_said(mine), "" if mine.function else _NO_FUNCTION) if words]
    others = (
        [
            button("Somebody's function…", ids.OPEN_FUNCTION),
            button("Functions…", ids.OPEN_NAMES),
            button("Roles…", ids.OPEN_ROLES, accessibility_label="Roles of decisions"),
        ]
        if mine.admin
        else []
    )
    return [
        section(described(mine)),
        *([context(*small)] if small else []),
        actions(change, gone, button("What I was sent, and why", asks_ids.WHY), *others),
    ]


def described(mine: Mine) -> str:
    """When somebody works and how much we send them, in one or two sentences of mrkdwn."""
    set_by_them = mine.there.worktime
    hours = f"{say_time(set_by_them.start)} to {say_time(set_by_them.end)}"
    where = "" if mine.function is None else f"in {FUNCTIONS[mine.function]}, "
    said = [f"You work {where}{_days(set_by_them.workdays)}, {hours}, {_zone_name(mine.there.zone)} time."]
    if set_by_them.quiet is not None:
        said.append(f"Quiet from {say_time(set_by_them.quiet.start)} to {say_time(set_by_them.quiet.end)}.")
    if set_by_them.country is not None and mine.country is not None:
        by_zone = ", by your time zone," if mine.by_zone else ""
        said.append(f"Public holidays of {escape(mine.country[1])}{by_zone} are days off.")
    said.append(
        f"At most {_count(set_by_them.asks_a_day, 'question')} and {set_by_them.tells_a_day} notes a day."
    )
    return " ".join(said)


def is_away(away: Away, next_day: date, cover: str | None) -> str:
    """What somebody who set themselves away reads."""
    who = "Nobody covers: what I would ask you waits." if cover is None else f"{cover} covers for you."
    return f"You are away {_span(away)}. {who} I am quiet until {say_day(next_day)}. `/throughline back` ends it."


def set_away(name: str, away: Away) -> str:
    """What an admin who set somebody away reads."""
    return f"{name} is away {_span(away)} now, and knows that you said so."


def set_for_you(by: str, away: Away) -> tuple[str, list[Block]]:
    """What somebody reads whom an admin set away."""
    words = f"{HANDED} go to who covers for you, if somebody does. Everything else waits until you are back."
    undo = actions(button("I am back", ids.BACK), button("Change…", ids.OPEN_AWAY))
    return f"{by} noted that you are away {_span(away)}", [section(words), undo]


def you_cover(name: str, away: Away) -> tuple[str, list[Block]]:
    """What the one who covers reads."""
    words = (
        f"{HANDED} come to you meanwhile, as far as you may see them, and say so. "
        f"Votes, approvals and everything else wait for {name}."
    )
    return f"{name} is away {_span(away)}, and you cover", [section(escape(words))]


HANDED = "Questions about blockers and launch items"
"""What somebody else can see to, and so goes to who covers: what features ask with `covered`."""
BACK = "Welcome back. What waited for you comes now, a few at a time. `/throughline catchup` tells what happened."
NOT_AWAY = "You are not away. `/throughline away until friday` says that you are."
NOT_ADMIN = "Only an admin can say that somebody else is away."


def zone_options(typed: str, zones: Sequence[str], slack_zone: str) -> list[tuple[str, str]]:
    """What the time zone's field offers for what was typed."""
    own = (f"As in Slack ({_zone_name(slack_zone)})", ids.AS_IN_SLACK)
    wanted = typed.casefold().strip().replace(" ", "_")
    found = [zone for zone in zones if "/" in zone and wanted in zone.casefold()]
    starting = sorted(found, key=lambda zone: not zone.rpartition("/")[2].casefold().startswith(wanted))
    return [own, *((zone.replace("_", " "), zone) for zone in starting[:99])]


def country_options(typed: str, countries: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What the country's field offers for what was typed."""
    wanted = typed.casefold().strip()
    found = [
        (name, code) for code, name in countries if wanted in name.casefold() or wanted == code.casefold()
    ]
    return [("None", ids.NOWHERE), *found[:99]]


# ---------------------------------------------------------------------------------------------------------

_NO_FUNCTION = "I do not know which function you work in; *Change* says it."
_HOURS_HINT = "Outside these hours I am quiet. Questions come when your day starts."
_QUIET_HINT = "Nothing comes in between: lunch, or time to think. Leave both empty for none."
_COUNTRY_HINT = "Holidays are days off."
_BY_ZONE_HINT = "By your time zone; choose another country, or none. Holidays are days off."
_BUDGET_HINT = (
    "What is more waits for the next day; Home shows it at once. Answers to what you do come anyway."
)


def _form(title: str, callback_id: str, mine: Mine, blocks: Sequence[Block]) -> View:
    metadata = HoursForm(person=mine.person).model_dump_json()
    return modal(title, blocks, submit="Save", callback_id=callback_id, private_metadata=metadata)


def _away_inputs(mine: Mine, *, optional: bool = True) -> list[Block]:
    away = mine.away
    first, last, cover = (None, None, None) if away is None else (away.first, away.last, away.cover)
    return [
        input_day("Away from", ids.BLOCK_FIRST, initial=first, optional=optional),
        input_day("Last day away", ids.BLOCK_LAST, initial=last, optional=optional),
        input_person("Who covers", ids.BLOCK_COVER, initial=cover, optional=True, hint=_COVER_HINT),
    ]


_WHO_HINT = "You may say it for others, for you are an admin. They are told."
_COVER_HINT = "They are asked about blockers and launch items, and told that it is for you. The rest waits."


def _away_lines(mine: Mine) -> list[Block]:
    said = _away_said(mine)
    return [section(said)] if said else []


def _away_said(mine: Mine) -> str:
    if mine.away is None:
        return ""
    cover = "" if mine.cover_name is None else f"; {escape(mine.cover_name)} covers"
    return f"Away {_span(mine.away)}{cover}."


def _span(away: Away) -> str:
    return (
        f"on {say_day(away.first)}"
        if away.first == away.last
        else f"from {say_day(away.first)} to {say_day(away.last)}"
    )


def _zone_name(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _days(workdays: frozenset[int]) -> str:
    said = [
        DAY_NAMES[first - 1] if first == last else f"{DAY_NAMES[first - 1]} to {DAY_NAMES[last - 1]}"
        for first, last in rules.days_said(workdays)
    ]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _day_options() -> list[Json]:
    return options(*((name, str(number)) for number, name in enumerate(DAY_NAMES, start=1)))


def _chosen(workdays: frozenset[int]) -> list[str]:
    return [str(day) for day in sorted(workdays)]


def _zone_option(mine: Mine) -> Json:
    own = mine.there.worktime.zone
    if own is None:
        return option(f"As in Slack ({_zone_name(mine.slack_zone)})", ids.AS_IN_SLACK)
    return option(own.replace("_", " "), own)


def _country_option(mine: Mine) -> Json | None:
    return None if mine.country is None else option(mine.country[1], mine.country[0])


def _number(label: str, block: str, initial: int, hint: str | None = None) -> Block:
    choices = options(*((str(number), str(number)) for number in range(1, MOST_A_DAY + 1)))
    return input_select(label, block, block, choices, initial=str(initial), hint=hint)
