"""What forms and buttons have in common: reading what a form carries, and answering wherever a button stands."""

import json
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from handlers.kit.blocks import section
from handlers.kit.mrkdwn import escape
from handlers.kit.replies import ButtonReply, Note, OpenModal, UpdateModal, View
from handlers.kit.requests import ButtonRequest, Filled
from handlers.kit.surfaces import modal

DIGITS = 9
"""More than any number of ours has; both databases keep so many."""


class Form(BaseModel):
    """What a modal carries of its own: a version `v`, ids and enumerated values.

    Its reader is made when the first of it comes back: a process that rests need not hold one of each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


F = TypeVar("F", bound=Form)


def read(form: type[F], metadata: str) -> F | None:
    """What a form carries, or None when it is older than this version of Throughline, or says no version."""
    try:
        said = json.loads(metadata, parse_int=_number, parse_float=_number)
        return form.model_validate(said) if "v" in said else None
    except (ValidationError, ValueError, TypeError, RecursionError):
        return None


def told(title: str, words: str) -> View:
    """A page that only says something."""
    return modal(title, [section(escape(words))], close="Close")


OLD_BUTTON = "This button is older than I am, please open what it is about again."
TOO_OLD = told("Please open it again", "This form is older than I am, please open it again.")


def in_modal(request: ButtonRequest) -> bool:
    """Whether the button stands in a modal."""
    return request.view is not None and request.view.get("type") == "modal"


def open_view(request: ButtonRequest, view: View) -> ButtonReply:
    """Show a view: in place of the modal the button stands in, or as one."""
    return UpdateModal(view) if in_modal(request) else OpenModal(view)


def say(request: ButtonRequest, words: str) -> ButtonReply:
    """Tell whoever pressed it something."""
    return UpdateModal(told("Throughline", words)) if in_modal(request) else Note(words)


def filled(request: ButtonRequest) -> Filled:
    """What stands in the form at the moment a button in it was pressed."""
    view = request.view or {}
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    metadata = str(view.get("private_metadata", ""))
    return Filled(str(view.get("callback_id", "")), metadata, values if isinstance(values, Mapping) else {})


def numbers(value: str) -> tuple[int, ...]:
    """The numbers a button carries, parted by `|`; 0 for what is none."""
    return tuple(_number(one) if one.isdecimal() and len(one) <= DIGITS else 0 for one in value.split("|"))


def _number(digits: str) -> int:
    if len(digits) > DIGITS:
        raise ValueError("no number of ours is so large")
    return int(digits)
