"""What people see of product areas: the list, and the form of one. Pure."""

from collections.abc import Mapping, Sequence

from handlers.feedback import ids
from handlers.kit.blocks import Block, actions, context, input_select, input_text, section
from handlers.kit.elements import button, select
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import options
from handlers.kit.pickers import input_channel, input_channels, input_person
from handlers.kit.surfaces import View, modal
from storage.areas.values import Area, AreaId, Cards
from storage.values import ChannelId, PersonId

NAME_LIMIT = 60
SHOWN = 30
CHANNELS = 20
"""Channels one area is given at once."""
PROMISES = (1, 2, 3, 5, 10)
MEANWHILE = "While whoever looks after it is away."
SAID_HERE = "What is said in these channels is about it"
ELSEWHERE = "What is said in other channels is about the first one, unless somebody chooses another."
CARDS = (("One card for each new piece", Cards.EACH.value), ("One card a day for all", Cards.DAILY.value))
INVITE = (
    "I post there once I am in it: type /invite @Throughline there. It shows what everybody there may see."
)
NOTHING_KEPT: Mapping[AreaId, str] = {}
ALONE = "While there is only one area, its name is shown nowhere."


class AreaForm(Form):
    """Which area; none for a new one."""

    v: int = 1
    area: str = ""
    seen: int = 0
    """Its version when the form was opened; a form of long ago says none."""


def listed(
    areas: Sequence[Area],
    names: Mapping[PersonId, str],
    promise: int,
    kept: Mapping[AreaId, str] = NOTHING_KEPT,
    said: str = "",
    *,
    admin: bool,
) -> View:
    """All areas, who looks after them, by when they answer, and how that was kept; `said` is what was just done."""
    rows = [_row(one, names, kept.get(one.id, ""), admin=admin) for one in areas[:SHOWN]]
    hidden = [context(f"and {len(areas) - SHOWN} more")] if len(areas) > SHOWN else []
    empty = [section("There is no area yet. The first one is the whole product: say who looks after it.")]
    alone = [context(ALONE if len(areas) == 1 else ELSEWHERE)] if areas else []
    done = [context(escape(said))] if said else []
    blocks = [*done, *(rows or empty), *hidden, *alone, *_deeds(promise, admin=admin)]
    return modal("Product areas", blocks, close="Done")


def form(area: Area | None, channels: Sequence[ChannelId], about: Sequence[Block] = ()) -> View:
    """One area: its name, who looks after it, and which channels' feedback is about it.

    `about` is what counts under it, and what else can be done with it.
    """
    carried = AreaForm(area=area.id, seen=area.version) if area else AreaForm()
    name, owner, deputy, triage = (area.name, area.owner, area.deputy, area.triage) if area else (None,) * 4
    who = "Whoever captures something reads this name, and by when they answer."
    return modal(
        "Product area",
        [
            input_text("Name", ids.BLOCK_NAME, ids.BLOCK_NAME, initial=name, max_length=NAME_LIMIT),
            input_person("Who looks after it", ids.BLOCK_OWNER, initial=owner, optional=True, hint=who),
            input_person(
                "Deputy", ids.BLOCK_DEPUTY, initial=deputy, optional=True, hint=MEANWHILE
            ),
            input_channel("Triage channel", ids.BLOCK_TRIAGE, initial=triage, optional=True, hint=INVITE),
            input_select(
                "There I post", ids.BLOCK_CARDS, ids.BLOCK_CARDS, options(*CARDS),
                initial=(area.cards if area else Cards.EACH).value,
            ),
            input_channels(SAID_HERE, ids.BLOCK_CHANNELS, initial=channels[:CHANNELS], most=CHANNELS),
            *about,
        ],
        submit="Save",
        callback_id=ids.AREA_SAID,
        private_metadata=carried.model_dump_json(),
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------------------


def _row(area: Area, names: Mapping[PersonId, str], kept: str, *, admin: bool) -> Block:
    owner = escape(names.get(area.owner, "a colleague")) if area.owner else "nobody yet"
    deputy = f", deputy {escape(names.get(area.deputy, 'a colleague'))}" if area.deputy else ""
    change = button("Change", f"{ids.AREA}:{area.id}", area.id, accessibility_label=f"Change {area.name}")
    retired = " · retired" if area.retired else ""
    words = f"*{escape(area.name)}*{retired} · looked after by {owner}{deputy}"
    return section(f"{words}\n{escape(kept)}" if kept else words, change if admin else None)


def _deeds(promise: int, *, admin: bool) -> list[Block]:
    days = "1 working day" if promise == 1 else f"{promise} working days"
    said = context(f"Whoever looks after an area answers within {days}, counted as they work.")
    if not admin:
        return [said, context("Admins change this.")]
    choices = [
        ("Within 1 working day" if one == 1 else f"Within {one} working days", str(one)) for one in PROMISES
    ]
    initial = str(promise) if promise in PROMISES else None
    menu = select(ids.PROMISE, options(*choices), initial, "Answers within…")
    return [said, actions(button("Add an area", ids.AREA, "new", style="primary"), menu)]
