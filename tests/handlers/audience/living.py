"""A drawn case, lived through the front door: people come, make, link, follow, leave, and change what they made."""

from dataclasses import replace
from typing import Any

from bot.sandbox.payloads import user_json
from tests.front import SECRET, FrontDoor
from tests.handlers.audience.drawn import (
    GENERAL,
    GUEST,
    KEEPER,
    LAUNCHES,
    LEAVER,
    MEMBERS,
    MOVING,
    OURS,
    PRICING,
    PRODUCT,
    SHARED,
    TALK,
    Case,
    Company,
    Known,
    Made,
)
from tests.handlers.digests.acts import digest, press
from tests.handlers.feedback.acts import tell
from tests.handlers.launches.acts import day
from tests.handlers.links.acts import joint, link
from tests.signed import submit_form

CHANNELS = {
    GENERAL: "C0GENERAL",
    LAUNCHES: "C0LAUNCH",
    PRICING: "G0PRICING",
    PRODUCT: "C0PRODUCT",
    SHARED: "C0ACME",
}
WAITS_ON = "checkins.waits_on"


class Life:
    """One case in one workspace."""

    def __init__(self, door: FrontDoor, case: Case) -> None:
        self.door, self.slack, self.case = door, door.slack, case
        self.world = door.sandbox.sandbox.world
        self.company = Company(case.before)
        self.known: list[Known] = []
        self.over: set[str] = set()
        """What has shipped and what is cleared, by its name."""
        self.drawn: list[Known] = []
        """Those of the case, in its order: apart from the check-ins blockers are reported in."""

    async def begin(self) -> None:
        """Everybody is where they are before, we are let in everywhere, and each channel of ours has a digest."""
        self.world.channels[CHANNELS[PRODUCT]].kind = "private"
        guest = self.world.people[ident(GUEST)]
        self.world.people[guest.id] = replace(guest, single_channel=False)
        for place in MOVING:
            there = sorted(self.company.members(place))
            self.world.channels[CHANNELS[place]].members = [ident(one) for one in there]
            await self.slack.invite("throughline", f"#{place}", as_=KEEPER)
        for place in OURS:
            offer = await digest(self.slack, as_=KEEPER, channel=f"#{place}")
            if "Start" in offer.buttons:  # none is offered where somebody is a guest
                await press(self.slack, offer, "Start", as_=KEEPER)

    async def make_everything(self) -> None:
        """What is drawn is made, then linked by whoever may see both, and followed by whoever may see it."""
        for made in self.case.made:
            self.drawn.append(await self.make(made))
        for first, second in self.case.links:
            one, other = self.drawn[first], self.drawn[second]
            able = [person for person in MEMBERS if self._sees(person, one) and self._sees(person, other)]
            if able:
                await link(self.slack, one.name, other.name, able[0])
        for person, which in self.case.follows:
            if self._sees(person, self.drawn[which]):
                await self._follow(person, self.drawn[which])

    async def make(self, one: Made) -> Known:
        """Somebody makes it, in words nobody else uses."""
        if one.letter == "B":
            await self.make(Made("C", one.place, KEEPER))
        canary = f"canary{len(self.known) + 1}x"
        number = 1 + sum(known.made.letter == one.letter for known in self.known)
        known = Known(f"{one.letter}-{number}", canary, one)
        await _MAKES[one.letter](self, one, known.words)
        self.known.append(known)
        return known

    async def move(self) -> None:
        """Somebody leaves the company, and the others come and go."""
        person = self.world.people[ident(LEAVER)]
        gone = self.world.people[person.id] = replace(person, kind="deactivated")
        await tell(self.door, type="user_change", user=user_json(self.world, gone))
        for place, one in sorted(self.case.before - self.case.after):
            if one != LEAVER:
                await self.slack.kick(ident(one), f"#{place}", as_=KEEPER)
        for place, one in sorted(self.case.after - self.case.before):
            if one != LEAVER:
                await self.slack.invite(ident(one), f"#{place}", as_=KEEPER)
        left = frozenset((place, one) for place, one in self.case.before if one == LEAVER)
        came = frozenset((place, one) for place, one in self.case.after if one != LEAVER)
        self.company = Company(left | came, frozenset({LEAVER}))

    async def change_everything(self) -> None:
        """Launches slip and ship, decisions are replaced, blockers cleared: each by its own people, still here."""
        for at, known in enumerate(self.drawn):
            if known.made.by != LEAVER:
                await self._change(known, ends=at in self.case.ends)

    async def say_everything(self) -> None:
        """Days go by, and each channel of ours gets its digest."""
        await self.slack.advance("15 minutes")
        for _ in range(2):
            await self.slack.advance("next morning", as_="sam")
            await self.slack.advance("4 hours")
        for place in OURS:
            await self.slack.command("/digest", "send", as_=KEEPER, channel=f"#{place}")

    async def close_all(self, as_: str) -> None:
        """Somebody closes whatever stands open."""
        while await self.slack.sees_modal(as_):
            await self.slack.close(as_)

    # Making

    async def capture(self, one: Made, words: str) -> None:
        if one.said_by is not None:
            message = await self.slack.message(f"#{one.place}", words, as_=one.said_by)
            await self.slack.message_shortcut("Capture feedback", message, as_=one.by)
        else:
            await self._type("/capture", words, one)
        await self._submit(one.by)

    async def decide(self, one: Made, words: str) -> None:
        await self._type("/decision", words, one)
        await self._submit(one.by, close=not (one.informed or one.approver))
        if one.informed or one.approver:
            await self.slack.click(await self.slack.modal(one.by), "More…", as_=one.by)
            await self.slack.click(await self.slack.modal(one.by), "Name people", as_=one.by)
            named: dict[str, Any] = {"informed": list(one.informed), "approver": one.approver}
            await self._submit(one.by, close=False, **named)
            await self._submit(one.by)

    async def launch(self, one: Made, words: str) -> None:
        await self._type("/launch", f'new "{words}"', one)
        await self._submit(one.by, day=day(self.door, 28))

    async def check_in(self, one: Made, words: str) -> None:
        await self._type("/checkin", "new", one)
        await self._submit(one.by, name=words)

    async def block(self, one: Made, words: str) -> None:
        host = self.known[-1].name
        await self._type("/checkin", f"run {host}", replace(one, by=KEEPER))
        await self._type("/checkin", f"answer {host}", one)
        waits: dict[str, Any] = {WAITS_ON: self.world.people[ident(one.named[0])].real_name}
        await self._submit(one.by, blocker=words, **waits)

    async def _type(self, command: str, text: str, one: Made) -> None:
        if one.place != TALK:
            await self.slack.command(command, text, as_=one.by, channel=f"#{one.place}")
            return
        typed = {"command": command, "text": text, "team_id": self.world.id, "user_id": ident(one.by)}
        where = {"channel_id": "D0OTHER", "channel_name": "directmessage", "response_url": ""}
        trigger = self.door.sandbox.sandbox.triggers.issue(ident(one.by))
        await submit_form(self.door.url, SECRET, {**typed, **where, "trigger_id": trigger})
        await self.door.app.settled()

    async def _submit(self, as_: str, *, close: bool = True, **values: Any) -> None:
        done = await self.slack.submit(as_, **values)
        assert done.errors == {}, done.errors
        if close:
            await self.close_all(as_)

    # Changing

    async def _follow(self, person: str, known: Known) -> None:
        card = await joint(self.slack, known.name, person, f"#{LAUNCHES}")
        if "Follow" in card.buttons:
            await self.slack.click(card, "Follow", as_=person)
        await self.close_all(person)

    async def _change(self, known: Known, *, ends: bool) -> None:
        by, name, words = known.made.by, known.name, known.words
        match known.made.letter, ends:
            case "D", True:
                await self._open("/decision", f"supersede {name}", by)
                await self._submit(by, what=f"{words} again")
                number = 1 + sum(one.made.letter == "D" for one in self.known)
                self.known.append(Known(f"D-{number}", known.canary, known.made))
            case "L", _:
                await self._open("/launch", f"move {name}", by)
                await self._submit(by, close=False, day=day(self.door, 35), reason=f"{words} is late")
                await self._submit(by)
                await self.slack.advance("15 minutes")
                if ends:
                    await self._open("/launch", f"show {name}", by)
                    await self.slack.click(await self.slack.modal(by), "Ship it", as_=by)
                    self.over.add(name)
            case "B", True:
                await self._open("/checkin", f"show {name}", by)
                await self.slack.click(await self.slack.modal(by), "Cleared…", as_=by)
                await self._submit(by, words=f"{words} is there")
                self.over.add(name)
        await self.close_all(by)

    async def _open(self, command: str, text: str, as_: str) -> None:
        await self.slack.command(command, text, as_=as_, channel=f"#{LAUNCHES}")

    def _sees(self, person: str, known: Known) -> bool:
        return self.company.can_see(known.made, person)


_MAKES = {"F": Life.capture, "D": Life.decide, "L": Life.launch, "C": Life.check_in, "B": Life.block}


def ident(handle: str) -> str:
    """Slack's id of somebody."""
    return f"U0{handle.upper()}"
