"""Slack in: the switches in Home, in the window of all jobs, and in the answer that says that something is off."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit.blocks import section
from handlers.kit.jobs import Switch
from handlers.kit.replies import ButtonReply, Note, OpenModal, UpdateModal
from handlers.kit.requests import ButtonRequest, Who
from handlers.setup import service, views
from storage.database import Tx

UNKNOWN = "I do not know that job any more."


@dataclass(frozen=True, slots=True)
class Listeners:
    """Over the jobs there are."""

    every: Sequence[Switch]

    def switch_on(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """Switch a job on, and say what to do first."""
        wanted = self._named(request)
        if wanted is None:
            return Note(UNKNOWN)
        service.switch(tx, request.who, self.every, wanted, on=True)
        if request.view is None:
            words = views.said_on(wanted)
            return Note(words, [section(words)], replace=True)
        page = views.switched_on(wanted)
        return UpdateModal(page) if request.view.get("type") == "modal" else OpenModal(page)

    def switch_off(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """Switch a job off; Home, or the window, shows it."""
        wanted = self._named(request)
        if wanted is None:
            return Note(UNKNOWN)
        service.switch(tx, request.who, self.every, wanted, on=False)
        in_modal = request.view is not None and request.view.get("type") == "modal"
        return UpdateModal(views.every(service.jobs(tx, self.every))) if in_modal else None

    def all_jobs(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """Every job, with what it does."""
        del request
        return OpenModal(views.every(service.jobs(tx, self.every)))

    def not_now(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """Put the guide aside."""
        service.put_aside(tx, request.who)
        return None

    def guide(self, tx: Tx, who: Who) -> list[dict[str, object]]:
        """Home's first part, for admins."""
        return views.guide(service.jobs(tx, self.every)) if who.admin else []

    def afterwards(self, tx: Tx, who: Who) -> list[dict[str, object]]:
        """Home's last part, for admins."""
        return views.afterwards(service.jobs(tx, self.every)) if who.admin else []

    def _named(self, request: ButtonRequest) -> Switch | None:
        return next((one for one in self.every if one.key == request.value), None)
