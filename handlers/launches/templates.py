"""What has to be ready for a launch of each tier, by function: pure data, and pure.

Days are working days before the launch. A launch takes its items and notices from here when it is made; what
changes here later changes no launch there is. A workspace knows by its title what it gave to another function.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.kit.functions import FUNCTIONS
from storage.launches.values import Tier
from storage.values import AtFirst, FunctionId


@dataclass(frozen=True, slots=True)
class Task:
    """Something a function has to have ready, so many working days before the launch."""

    function: FunctionId
    title: str
    t_minus: int


@dataclass(frozen=True, slots=True)
class Template:
    """A tier: what it is called, what it is for, its tasks, and the notice each function needs."""

    name: str
    meant_for: str
    tasks: tuple[Task, ...]
    notice: Mapping[FunctionId, int]

    @property
    def functions(self) -> tuple[FunctionId, ...]:
        """The functions that have something to do, in their order."""
        return FUNCTIONS.ordered(task.function for task in self.tasks)


_PRODUCT, _ENGINEERING, _DESIGN = AtFirst.PRODUCT, AtFirst.ENGINEERING, AtFirst.DESIGN
_MARKETING, _SALES, _SUCCESS = AtFirst.MARKETING, AtFirst.SALES, AtFirst.CUSTOMER_SUCCESS

TEMPLATES: Mapping[Tier, Template] = {
    Tier.BIG: Template(
        "Tier 1",
        "A new product or price: every function has a part",
        (
            Task(_PRODUCT, "Agree on who it is for and what it promises", 30),
            Task(_PRODUCT, "Agree on price and packaging", 25),
            Task(_DESIGN, "Hand over final designs", 25),
            Task(_MARKETING, "Write positioning and key messages", 20),
            Task(_ENGINEERING, "Finish the features", 15),
            Task(_DESIGN, "Make screenshots and pictures", 15),
            Task(_MARKETING, "Brief press and partners", 12),
            Task(_ENGINEERING, "Run a load and security test", 10),
            Task(_MARKETING, "Publish-ready landing page", 10),
            Task(_SALES, "Sales deck and answers to objections", 10),
            Task(_SUCCESS, "Write help articles", 10),
            Task(_PRODUCT, "Review what beta customers said", 8),
            Task(_SALES, "Train the sales team", 5),
            Task(_SUCCESS, "Train support", 5),
            Task(_MARKETING, "Draft announcement and social posts", 5),
            Task(_ENGINEERING, "Rehearse roll-out and roll-back", 3),
            Task(_SUCCESS, "Tell the customers who waited for it", 2),
            Task(_PRODUCT, "Write the release note", 2),
            Task(_ENGINEERING, "Dashboards and alerts in place", 2),
        ),
        {_PRODUCT: 10, _ENGINEERING: 10, _DESIGN: 15, _MARKETING: 15, _SALES: 10, _SUCCESS: 10},
    ),
    Tier.NORMAL: Template(
        "Tier 2",
        "A feature customers will notice and ask about",
        (
            Task(_PRODUCT, "Agree on who it is for and what it promises", 15),
            Task(_DESIGN, "Hand over final designs", 12),
            Task(_ENGINEERING, "Finish the feature", 8),
            Task(_MARKETING, "Draft announcement and in-app message", 7),
            Task(_SUCCESS, "Write a help article", 5),
            Task(_SALES, "One page on what to say to customers", 5),
            Task(_MARKETING, "Screenshots and changelog entry", 4),
            Task(_SALES, "Tell the sales team", 3),
            Task(_SUCCESS, "Brief support", 3),
            Task(_ENGINEERING, "Agree on roll-out and roll-back", 3),
            Task(_PRODUCT, "Write the release note", 2),
            Task(_ENGINEERING, "Dashboards and alerts in place", 1),
        ),
        {_PRODUCT: 5, _ENGINEERING: 5, _DESIGN: 8, _MARKETING: 10, _SALES: 5, _SUCCESS: 5},
    ),
    Tier.SMALL: Template(
        "Tier 3",
        "An improvement that needs a note and nothing more",
        (
            Task(_ENGINEERING, "Finish the change", 3),
            Task(_SUCCESS, "Brief support", 2),
            Task(_PRODUCT, "Write the release note", 1),
            Task(_ENGINEERING, "Agree on roll-back", 1),
        ),
        {_PRODUCT: 1, _ENGINEERING: 2, _SUCCESS: 2},
    ),
}


def here(tier: Tier) -> Template:
    """The tier as the workspace's functions have it: what one that is retired had ready is not needed."""
    template = TEMPLATES[tier]
    tasks, notice = [], dict[FunctionId, int]()
    for task in template.tasks:
        function = FUNCTIONS.has_ready(task.title, task.function)
        if function is not None:
            tasks.append(replace(task, function=function))
            notice[function] = max(notice.get(function, 0), template.notice[task.function])
    return replace(template, tasks=tuple(tasks), notice=notice)


def titles(function: FunctionId) -> tuple[str, ...]:
    """What a function has to have ready for new launches, over all tiers."""
    every = (task.title for tier in TEMPLATES for task in here(tier).tasks if task.function == function)
    return tuple(dict.fromkeys(every))
