"""What people see when they look for feedback: the list with its search box, and the filters. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.feedback import answers, ids, views
from handlers.feedback.modals import account_input
from handlers.feedback.rules import MARKS, NAMES, WORDS_LIMIT
from handlers.kit import limits
from handlers.kit.blocks import Block, actions, context, input_select, input_text, section
from handlers.kit.elements import Element, button
from handlers.kit.forms import Form
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import option, options
from handlers.kit.pickers import input_found
from handlers.kit.surfaces import View, modal
from storage.accounts.values import AccountId
from storage.areas.values import Area, AreaId
from storage.feedback.values import KEPT, Feedback, FeedbackState, Filters, Kind, Theme, ThemeId
from storage.values import FunctionId

SHOWN = 20
PERIODS = {7: "The last week", 30: "The last 30 days", 90: "The last 90 days", 365: "The last year"}
NOTHING = "Nothing yet. Type `/capture` and what was said, or react 💡 or 🐞 where capturing is on."
NO_MORE = "There is no older one."
NO_FIT = "Nothing fits. Fewer words find more; a word's beginning is enough."
NO_FIT_FILTERED = "Nothing fits. Look at *all of it*, or change the filters."
FURTHER = "I looked at the newest ten thousand that have these words. *Older* looks further."


class FindForm(Form):
    """Which filters a list has; what is searched for stands in its own field."""

    v: Literal[1] = 1
    kind: Kind | None = None
    state: FeedbackState | None = None
    area: str | None = None
    account: str | None = None
    function: FunctionId | None = None
    days: int | None = None
    theme: str | None = None
    typed: bool = False
    """Whether the words came behind `/capture search`: they may have been meant as feedback that begins so."""

    def filters(self, words: str | None) -> Filters:
        """The same with the words somebody searches for."""
        area = None if self.area is None else AreaId(self.area)
        account = None if self.account is None else AccountId(self.account)
        theme = None if self.theme is None else ThemeId(self.theme)
        functions = () if self.function is None else tuple(FUNCTIONS.family(self.function))
        return Filters(words, self.kind, self.state, area, account, functions, self.days, theme)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what was found: how many want each, where the next begins, and whether an earlier was shown."""

    found: Sequence[Feedback]
    wanted_by: Mapping[int, int]
    older: int | None = None
    first: bool = True
    exports: bool = True
    """Whether this viewer may have it as a file."""


def listed(
    form: FindForm,
    words: str | None,
    page: Page,
    area: str | None,
    account: str | None,
    theme: str | None = None,
) -> View:
    """The newest that fit, with the box to search in; `area`, `account`, `theme` are the names of those filtered by."""
    filtered = _filtered(form, area, account, theme)
    blocks: list[Block] = [
        input_text(
            "Search",
            ids.BLOCK_SOUGHT,
            ids.BLOCK_SOUGHT,
            initial=words,
            optional=True,
            max_length=WORDS_LIMIT,
            placeholder="Words of what was said",
        ),
        context(escape(filtered or ("Newest first" if words else "All feedback you can see, newest first"))),
        *_rows(page, words, filtered),
        *_deeds(page, form, filtered, words),
    ]
    return modal(
        "Feedback",
        blocks,
        submit="Search",
        close="Done",
        callback_id=ids.FOUND,
        private_metadata=form.model_dump_json(exclude_none=True),
    )


def narrowing(
    form: FindForm,
    words: str | None,
    about: Sequence[Area],
    account: str | None,
    theme: Theme | None = None,
    *,
    themed: bool = True,
) -> View:
    """All filters at once; `themed` where whoever looks may look for themes."""
    return modal(
        "Filter feedback",
        filters(form, words, about, account, theme, themed=themed),
        submit="Show",
        close="Cancel",
        callback_id=ids.FILTERED,
    )


def filters(
    form: FindForm,
    words: str | None,
    about: Sequence[Area],
    account: str | None,
    theme: Theme | None = None,
    *,
    themed: bool = True,
) -> list[Block]:
    """The fields of all filters; what is left empty is any."""
    areas = [(one.name, str(one.id)) for one in about[: limits.SELECT_OPTIONS]]
    kinds = [(f"{MARKS[one]} {NAMES[one]}", one.value) for one in Kind]
    states = [(_stands(one), one.value) for one in KEPT]
    functions = [(name, str(one)) for one, name in FUNCTIONS.items()]
    periods = [(name, str(days)) for days, name in PERIODS.items()]
    return [
        input_text(
            "Words", ids.BLOCK_SOUGHT, ids.BLOCK_SOUGHT, initial=words, optional=True, max_length=WORDS_LIMIT
        ),
        _choice("Status", ids.BLOCK_STATE, states, form.state),
        _choice("Kind", ids.BLOCK_KIND, kinds, form.kind),
        *([_choice("Area", ids.BLOCK_AREA, areas, form.area)] if areas else []),
        *([_theme(theme)] if themed else []),
        account_input(account, "Account"),
        _choice("Captured by", ids.BLOCK_FUNCTION, functions, form.function),
        _choice("Captured in", ids.BLOCK_PERIOD, periods, None if form.days is None else str(form.days)),
    ]


# ---------------------------------------------------------------------------------------------------------


def _choice(text: str, block: str, choices: Sequence[tuple[str, str]], initial: str | None) -> Block:
    known = initial if initial in {value for _, value in choices} else None
    return input_select(text, block, block, options(*choices), initial=known, optional=True)


def _theme(theme: Theme | None) -> Block:
    chosen = None if theme is None else option(theme.name, theme.id)
    return input_found(
        "Theme", ids.BLOCK_INTO_THEME, initial=chosen, optional=True, placeholder="Type its name", least=1
    )


def _filtered(form: FindForm, area: str | None, account: str | None, theme: str | None) -> str:
    said = [
        NAMES[form.kind] if form.kind else "",
        _stands(form.state) if form.state else "",
        area or "",
        theme or "",
        f"for {account}" if account else "",
        f"from {FUNCTIONS[form.function]}" if form.function else "",
        PERIODS.get(form.days, f"The last {form.days} days") if form.days else "",
    ]
    return " · ".join(one for one in said if one)


def _stands(state: FeedbackState) -> str:
    return answers.STANDS.get(state, state.value).replace("_", " ").capitalize()


def _rows(page: Page, words: str | None, filtered: str) -> list[Block]:
    if not page.found:
        return [section(_empty(page, words, filtered))]
    rows = [
        section(
            _row(one, page.wanted_by.get(one.number, 0)),
            button(
                "Show",
                f"{ids.SHOW}:{one.number}",
                str(one.number),
                accessibility_label=f"Show {one.reference}",
            ),
        )
        for one in page.found
    ]
    return [*rows, *([context(FURTHER)] if page.older is not None and len(page.found) < SHOWN else [])]


def _empty(page: Page, words: str | None, filtered: str) -> str:
    if page.older is not None:
        return FURTHER
    if not page.first:
        return NO_MORE
    if filtered:
        return NO_FIT_FILTERED
    return NO_FIT if words else NOTHING


def _row(feedback: Feedback, wanted_by: int) -> str:
    stands = answers.STANDS.get(feedback.state)
    wanted = f"{wanted_by} want it" if wanted_by > 1 else ""
    rest = " · ".join(one for one in (stands, wanted) if one)
    return f"{views.line(feedback)}\n{rest}" if rest else views.line(feedback)


def _deeds(page: Page, form: FindForm, filtered: str, words: str | None) -> list[Block]:
    """What can be done with the list; nothing where there is nothing at all."""
    if not page.found and page.first and page.older is None and not filtered and not words:
        return []
    export = [button("Export…", ids.EXPORT, accessibility_label="Export this list as a file")]
    return [actions(*_moves(page), *_changes(form, filtered, words), *(export if page.exports else []))]


def _moves(page: Page) -> list[Element]:
    older = [] if page.older is None else [button("Older", ids.OLDER, str(page.older))]
    return [*older, *([] if page.first else [button("Newest", f"{ids.OLDER}:newest")])]


def _changes(form: FindForm, filtered: str, words: str | None) -> list[Element]:
    everything = [button("All of it", f"{ids.FIND}:all")] if filtered or words else []
    meant = [button("Capture it instead", ids.CAPTURE_SOUGHT)] if form.typed and words else []
    return [button("Filter…", ids.FILTER), *everything, *meant]
