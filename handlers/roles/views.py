"""What admins see of the roles of decisions: all of them, and one with what can be done with it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.kit.blocks import Block, actions, context, section
from handlers.kit.counting import counted
from handlers.kit.elements import Element, button
from handlers.kit.mrkdwn import escape
from handlers.kit.surfaces import View, modal
from handlers.launches.shown import together
from handlers.roles import ids, rules
from storage.roles.values import Role, Rule

NOT_ADMIN = "Only an admin can say which roles decisions have, and what they are called."
SEEN = "Counted are the decisions you can see that are proposed or in force."
RULES = {
    Rule.DRIVER: "Sees to the decision, changes it, and is told what comes of it.",
    Rule.APPROVER: "Decides it. With nobody named it is decided when it is saved.",
    Rule.CONTRIBUTOR: "Are asked once for their view.",
    Rule.INFORMED: "Are told once when it is decided, and once when it is replaced.",
}
"""What each role means, whatever it is called."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A role with how many people are named in it as far as somebody may see, and what counts under it."""

    role: Role
    decisions: int
    people: int
    parts: tuple[Role, ...] = ()

    @property
    def name(self) -> str:
        """What it is called, as it stands in a sentence."""
        return escape(self.role.name)


def every(those: Sequence[Role]) -> View:
    """All roles; what counts under another one stands with that."""
    wholes = [one for one in those if one.part_of is None]
    rows = [_row(one, [each.name for each in those if each.part_of == one.id]) for one in wholes]
    words = (
        "What people are named as in decisions. The names are yours; what each means stays as it says here."
    )
    return modal("Roles of decisions", [context(words), *rows], close="Done")


def one(looked: Looked, said: str = "") -> View:
    """One role, and what can be done with it."""
    role = looked.role
    small = [
        *(["It is retired: nobody new is named in it."] if role.retired else []),
        *([rules.ALONE] if role.rule.alone else []),
        *([] if rules.may_retire(role) else [rules.DRIVEN]),
    ]
    return modal(
        "Role",
        [
            *([context(said)] if said else []),
            section(f"*{looked.name}*\n{RULES[role.rule]}\n{stands(looked)}"),
            *[context(words) for words in small],
            *[_part(each) for each in looked.parts],
            actions(*_deeds(role)),
            actions(button("All roles", ids.ALL)),
            context(SEEN),
        ],
        close="Done",
    )


def stands(looked: Looked) -> str:
    """`4 decisions name 9 people in it.`."""
    if not looked.people:
        return "Nobody is named in it."
    decisions = counted(looked.decisions, "decision names", "decisions name")
    return f"{decisions} {counted(looked.people, 'person', 'people')} in it."


def named(looked: Looked) -> str:
    """`9 people in 4 decisions`."""
    decisions = counted(looked.decisions, "decision", "decisions")
    return f"{counted(looked.people, 'person', 'people')} in {decisions}"


# ---------------------------------------------------------------------------------------------------------


def _row(role: Role, parts: Sequence[str]) -> Block:
    retired = " · retired" if role.retired else ""
    verb = "counts" if len(parts) == 1 else "count"
    under = f"\n{escape(together(parts))} {verb} under it" if parts else ""
    show = button("Open", f"{ids.ONE}:{role.id}", role.id, accessibility_label=f"Open {role.name}")
    return section(f"*{escape(role.name)}*{retired}\n{RULES[role.rule]}{under}", show)


def _part(part: Role) -> Block:
    label = f"{part.name} stands for itself again"
    apart = button("Take apart", f"{ids.APART}:{part.id}", part.id, accessibility_label=label)
    return section(f"*{escape(part.name)}* counts under it", apart)


def _deeds(role: Role) -> Iterator[Element]:
    def press(words: str, action: str) -> Element:
        does = f"{words.strip('…')} {role.name}"
        return button(words, action, role.id, accessibility_label=does)

    yield press("Rename…", ids.NAME)
    if not role.rule.alone:
        yield press("Merge…", ids.MERGE)
    if role.retired:
        yield press("Use it again", ids.USE_AGAIN)
        return
    if not role.rule.alone:
        yield press("Split…", ids.SPLIT)
    if rules.may_retire(role):
        yield press("Retire…", ids.RETIRE)
