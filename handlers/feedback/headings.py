"""What areas and themes have in common: each is merged, split, retired and taken apart, after a look at what changes.

Whoever is named in a refusal changed it since the form was opened; then nothing is changed. Counts and lists hold
what this person may see; a merge, a new name or a retirement holds for all of it.
"""

from collections.abc import Sequence
from dataclasses import replace

from handlers.feedback import answering, cards, service, triaging
from handlers.feedback.heading_views import AT_ONCE, COUNTED, Heading, HeadingForm, Part, Which
from handlers.kit.requests import Who
from storage.areas import queries as areas
from storage.areas.values import Area, AreaId
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback import finding, themes, triage
from storage.feedback import queries as feedbacks
from storage.feedback.queries import NEWEST
from storage.feedback.values import Feedback, Filters, Theme, ThemeId
from storage.outbox import boards
from storage.people import queries as people
from storage.values import PersonId, PersonKind

REDRAWN = 25
"""Cards drawn again in one work."""
GONE = "It is not there any more."
NARROWER = (
    "Not everybody who reads this name may read that one: it was first written in a private channel. "
    "Choose one that everybody here knows."
)
ITSELF = "Choose another one than itself."
ONLY = "It is the only area in use, so it stays."
NOT_YOURS = "Whoever sorts feedback, and admins, change themes; admins change areas."
Refused = str


def may(tx: Tx, who: Who, which: Which) -> bool:
    """Whether this person changes what words there are."""
    if which is Which.AREA:
        return who.kind is PersonKind.MEMBER and who.admin
    return triaging.may_name(tx, who)


def find(tx: Tx, who: Who, which: Which, name: str) -> Heading | None:
    """The one of that id, or the one it counts under, as this person may see it."""
    if which is Which.AREA:
        area = areas.find(tx, AreaId(name))
        return None if area is None else _area(tx, who, area)
    theme = themes.see(tx, ThemeId(name), service.viewer(who))
    if theme is not None and theme.part_of is not None:
        theme = themes.see(tx, theme.part_of, service.viewer(who))
    return None if theme is None else of_theme(tx, who, theme)


def of_theme(tx: Tx, who: Who, theme: Theme) -> Heading:
    """A theme as this person may see it."""
    under = finding.under_theme(tx, service.viewer(who), theme.id, COUNTED + 1)
    area = None if theme.area is None else areas.find(tx, theme.area)
    name = None if area is None else area.name
    return Heading(Which.THEME, theme.id, theme.name, theme.version, under, theme.retired, theme.place, name)


def parts(tx: Tx, who: Who, one: Heading) -> list[Part]:
    """What counts under it."""
    if one.which is Which.AREA:
        return [Part(each.id, each.name) for each in areas.parts(tx, AreaId(one.id))]
    return [Part(each.id, each.name) for each in themes.parts(tx, ThemeId(one.id), service.viewer(who))]


def under(tx: Tx, who: Who, one: Heading, words: str | None = None) -> list[Feedback]:
    """The newest that this person may see of what stands under it, with these words."""
    found, _ = finding.find(tx, service.viewer(who), replace(_filters(one), words=words), AT_ONCE)
    return found


def rename(tx: Tx, who: Who, form: HeadingForm, name: str, area: AreaId | None) -> Refused | None:
    """A theme is called so from now on, and is part of that area."""
    theme = _held_theme(tx, who, form)
    if not isinstance(theme, Theme):
        return theme
    same = themes.called(tx, name, theme.place)
    if same is not None and same.id != theme.id:
        return taken(Which.THEME, same, theme.id)
    themes.change(tx, replace(theme, name=name, area=area, by=who.person))
    _changed(tx, who, form, "renamed")
    return None


def taken(which: Which, same: Area | Theme, of: str) -> Refused:
    """Why the one of that id cannot be called as another one is, and what to do instead."""
    if same.part_of == of:
        return f"{same.name} counts under it. Take it apart, then merge this one into it."
    article = "an" if which is Which.AREA else "a"
    return f"There is {article} {which} called {same.name} already. Merge this one into it instead."


def merge(tx: Tx, who: Who, form: HeadingForm) -> Refused | None:
    """The one counts under the other, with what counts under it."""
    if form.id == form.into:
        return ITSELF
    held = _held_areas(tx, who, form) if form.which is Which.AREA else _held_themes(tx, who, form)
    if isinstance(held, Refused):
        return held
    one, into = held
    if isinstance(one, Area) and isinstance(into, Area):
        areas.change(tx, replace(one, part_of=into.id, by=who.person))
        areas.change(tx, replace(into, by=who.person))
        areas.adopt(tx, one.id, into.id)
        boards.touch_home(tx, one.owner, one.deputy, into.owner, into.deputy)
    elif isinstance(one, Theme) and isinstance(into, Theme):
        themes.change(tx, replace(one, part_of=into.id, by=who.person))
        themes.change(tx, replace(into, by=who.person))
        themes.adopt(tx, one.id, into.id)
    _changed(tx, who, form.model_copy(update={"id": form.into}), "merged")
    return None


def allowed_into(tx: Tx, who: Who, one: Heading, into: Heading) -> Refused | None:
    """Why the one cannot count under the other, before anybody looks at what it would change."""
    if one.id == into.id:
        return ITSELF
    if one.which is Which.THEME and into.place not in ("", one.place):
        return NARROWER
    return None if may(tx, who, one.which) else NOT_YOURS


def apart(tx: Tx, who: Who, which: Which, name: str) -> Heading | Refused:
    """What counted under another one stands for itself again; that other one."""
    if not may(tx, who, which):
        return NOT_YOURS
    whole = find(tx, who, which, name)
    if whole is None or whole.id == name:
        return GONE
    if which is Which.AREA:
        (area,) = areas.hold(tx, AreaId(name))
        areas.change(tx, replace(area, part_of=None, by=who.person))
        boards.touch_home(tx, area.owner, area.deputy)
    else:
        (theme,) = themes.hold(tx, ThemeId(name))
        themes.change(tx, replace(theme, part_of=None, by=who.person))
    for each in (name, whole.id):
        _changed(tx, who, HeadingForm(which=which, id=each, seen=0), "apart")
    return whole


def retire(tx: Tx, who: Who, form: HeadingForm, *, retired: bool) -> Refused | None:
    """Nobody is offered it any more, or again."""
    if form.which is Which.THEME:
        theme = _held_theme(tx, who, form)
        if not isinstance(theme, Theme):
            return theme
        themes.change(tx, replace(theme, retired=retired, by=who.person))
    else:
        area = _held_area(tx, who, form)
        if not isinstance(area, Area):
            return area
        others = [one for one in areas.every(tx) if one.id != area.id and not one.retired]
        if retired and not others:
            return ONLY
        areas.change(tx, replace(area, retired=retired, by=who.person))
    _changed(tx, who, form, "retired" if retired else "used again")
    return None


def split(tx: Tx, who: Who, form: HeadingForm, name: str) -> Heading | Refused:
    """These go to the one that is called so, or a new one; what is no longer under it, or unseen, stays."""
    one = find(tx, who, form.which, form.id)
    held = _held_theme(tx, who, form) if form.which is Which.THEME else _held_area(tx, who, form)
    if isinstance(held, Refused) or one is None:
        return held if isinstance(held, Refused) else GONE
    there = _under_it(tx, who, one, form.numbers)
    if isinstance(held, Theme):
        into = themes.named(tx, name, held.place, who.person)
        if into.id == held.id:
            return ITSELF
        if held.area is not None and into.area is None:
            themes.change(tx, replace(into, area=held.area, by=who.person))
        triage.move(tx, [item.number for item in there], into.id)
        gone_to: str = into.id
    else:
        area = areas.by_name(tx, name) or areas.add(tx, name)
        if area.id == held.id:
            return ITSELF
        for item in there:
            feedbacks.set_area(tx, item.number, area.id)
        boards.touch_home(tx, held.owner, held.deputy, area.owner, area.deputy)
        gone_to = area.id
    for each in (form.id, gone_to):
        _changed(tx, who, form.model_copy(update={"id": each}), "split")
    return find(tx, who, form.which, gone_to) or GONE


def as_seen(tx: Tx, who: Who, one: Area | Theme, seen: int) -> Refused | None:
    """Why it is not as it was when the form was opened."""
    if one.version == seen and one.part_of is None:
        return None
    by = "you" if one.by == who.person else "a colleague" if one.by is None else _name(tx, one.by)
    return f"{one.name} was changed meanwhile by {by}. Nothing of yours is done; look at it and do it again."


def redraw(tx: Tx) -> bool:
    """The job: draw cards again that say an older name, some at a time; whether there may be more."""
    if (theme := themes.to_redraw(tx, REDRAWN)) is not None:
        _draw(tx, theme[1])
        themes.redraw(tx, theme[0], _rest(theme[1]))
        return True
    if (area := areas.to_redraw(tx)) is not None:
        found = feedbacks.about(tx, areas.family(tx, area[0]), area[1], REDRAWN)
        _draw(tx, found)
        areas.redraw(tx, area[0], _rest(found))
    return area is not None


# ---------------------------------------------------------------------------------------------------------


def _area(tx: Tx, who: Who, area: Area) -> Heading:
    count = finding.under_area(tx, service.viewer(who), area.id, COUNTED + 1)
    found = answering.keeper(tx, area)
    keeper = None if found is None else _name(tx, found[0])
    return Heading(Which.AREA, area.id, area.name, area.version, count, area.retired, keeper=keeper)


def _filters(one: Heading) -> Filters:
    return Filters(area=AreaId(one.id)) if one.which is Which.AREA else Filters(theme=ThemeId(one.id))


def _held_theme(tx: Tx, who: Who, form: HeadingForm) -> Theme | Refused:
    if not may(tx, who, form.which):
        return NOT_YOURS
    known = themes.see(tx, ThemeId(form.id), service.viewer(who))
    found = [] if known is None else themes.hold(tx, known.id)
    return as_seen(tx, who, found[0], form.seen) or found[0] if found else GONE


def _held_themes(tx: Tx, who: Who, form: HeadingForm) -> tuple[Theme, Theme] | Refused:
    if not may(tx, who, form.which):
        return NOT_YOURS
    viewer = service.viewer(who)
    if any(themes.see(tx, ThemeId(one), viewer) is None for one in (form.id, form.into)):
        return GONE
    one, into = themes.hold(tx, ThemeId(form.id), ThemeId(form.into))
    if not themes.reads_wider(into, one):
        return NARROWER
    return as_seen(tx, who, one, form.seen) or as_seen(tx, who, into, form.into_seen) or (one, into)


def _held_area(tx: Tx, who: Who, form: HeadingForm) -> Area | Refused:
    if not may(tx, who, form.which):
        return NOT_YOURS
    found = areas.hold(tx, AreaId(form.id))
    return as_seen(tx, who, found[0], form.seen) or found[0] if found else GONE


def _held_areas(tx: Tx, who: Who, form: HeadingForm) -> tuple[Area, Area] | Refused:
    if not may(tx, who, form.which):
        return NOT_YOURS
    found = areas.hold(tx, AreaId(form.id), AreaId(form.into))
    if len(found) < 2:
        return GONE
    one, into = found
    return as_seen(tx, who, one, form.seen) or as_seen(tx, who, into, form.into_seen) or (one, into)


def _under_it(tx: Tx, who: Who, one: Heading, numbers: Sequence[int]) -> list[Feedback]:
    """Those of these that this person may see and that stand under it still."""
    viewer = service.viewer(who)
    found = [item for number in numbers if (item := feedbacks.see_to_change(tx, number, viewer))]
    if one.which is Which.AREA:
        family = set(areas.family(tx, AreaId(one.id)))
        return [item for item in found if item.area in family]
    return [item for item in found if (its := themes.of(tx, item.number)) and its[0] == one.id]


def _changed(tx: Tx, who: Who, form: HeadingForm, how: str) -> None:
    """It is noted, and what shows it is drawn again."""
    if form.which is Which.AREA:
        areas.redraw(tx, AreaId(form.id), NEWEST)
    else:
        themes.redraw(tx, ThemeId(form.id), NEWEST)
    audit.note(tx, who.person, f"feedback.{form.which}_{how.replace(' ', '_')}", form.id)


def _draw(tx: Tx, numbers: Sequence[int]) -> None:
    for number in numbers:
        feedback = feedbacks.get(tx, number)
        if feedback is not None:
            cards.changed(tx, feedback)


def _rest(numbers: Sequence[int]) -> int | None:
    return numbers[-1] if len(numbers) == REDRAWN else None


def _name(tx: Tx, person: PersonId) -> str:
    known = people.person(tx, person)
    return known.name if known is not None and known.name else "a colleague"
