"""What a team does with check-ins, decisions, launches, digests and links, at random."""

from dataclasses import replace
from datetime import time, timedelta

from storage.checkins import blockers, rounds
from storage.checkins import queries as checkins
from storage.checkins.blockers import NewBlocker
from storage.checkins.values import Party, RoundState, Settings, Waits
from storage.database import Tx
from storage.decisions import changes as decision_changes
from storage.decisions import drafts, dues, lists, naming, voices
from storage.decisions import queries as decisions
from storage.decisions.values import DecisionState, Details, Due, NewDecision, Reminder, Stance
from storage.digests import queries as digests
from storage.feedback import closing
from storage.feedback import queries as feedbacks
from storage.feedback.values import Shipment
from storage.functions import queries as functions
from storage.launches import changes as launch_changes
from storage.launches import dues as launch_dues
from storage.launches import items, regrouping
from storage.launches import lists as launch_lists
from storage.launches import queries as launches
from storage.launches.values import Asked, Gate, ItemState, LaunchState, Lead, NewItem, NewLaunch, Tier, Vote
from storage.recurrence import weekdays
from storage.roles import queries as roles
from storage.roles.values import Rule
from storage.schedules import claims, log
from storage.schedules import queries as schedules
from storage.schedules.values import OccurrenceState, Series
from storage.things import links
from storage.things.values import Letter, LinkState, Reference, Ripple
from storage.values import AtFirst, ChannelId, PersonKind
from storage.worktime import queries as worktimes
from storage.worktime.values import Away, WorkTime
from tests.storage.dice import PEOPLE, Dice


class Teamwork(Dice):
    """Each `do_` is something one workspace does."""

    def do_worktime(self, tx: Tx) -> object:
        worktimes.put(tx, self.who, WorkTime(zone=self.dice.choice(["Asia/Tokyo", "America/Lima", None])))
        first = self.day(tx)
        worktimes.set_away(tx, self.who, Away(first, first + timedelta(days=2), self.who, self.who))
        worktimes.back(tx, self.who, self.day(tx))
        return worktimes.of_many(tx, PEOPLE), worktimes.somebody(tx, self.who)

    def do_series(self, tx: Tx) -> object:
        key = f"series{self.number}"
        recurrence = weekdays(self.day(tx), time(self.dice.randrange(24)))
        schedules.put(
            tx, Series(key, "kind", self.mark, recurrence, {"of": self.mark}, self.who, per_person=True)
        )
        schedules.set_people(tx, key, [self.who])
        schedules.add_people(tx, key, [self.who])
        schedules.skip_next(tx, key)
        schedules.run_now(tx, key)
        for slot in claims.due_slots(tx, 1):
            found = [(person, OccurrenceState.WAITING, None) for person, _ in claims.unasked(tx, slot)()]
            claims.add(tx, slot, found)
            claims.move_on(tx, slot)
        due = claims.due(tx, 3)
        for one in due:
            claims.settle(tx, one, OccurrenceState.DONE)
        return due, log.of(tx, self.who, 5), schedules.find(tx, key), schedules.owned(tx, self.who, 5)

    def do_checkin(self, tx: Tx) -> object:
        recurrence = weekdays(self.day(tx), time(9))
        settings = Settings(self.mark, self.where, (self.mark, "?"), recurrence, time(13), "UTC")
        made = checkins.add(tx, settings, self.who, self.mark)
        checkins.save(tx, made, settings, self.who, self.mark)
        return checkins.of_channel(tx, self.where, self.viewer), checkins.of_person(tx, self.viewer, 5)

    def do_round(self, tx: Tx) -> object:
        found = rounds.open_round(
            tx, self.number, self.day(tx), [self.mark], tx.now + timedelta(hours=self.number - 6)
        )
        rounds.answer(tx, found, self.who, [self.mark], late=self.yes)
        rounds.remind(tx, [(found, self.who, tx.now)])
        rounds.take_reminder(tx, found.number, found.on, self.who)
        if (due := rounds.due(tx)) is not None and self.yes:
            rounds.close(tx, due, RoundState.SUMMED_UP)
        return rounds.answers(tx, found), rounds.last(tx, self.number, 3), rounds.reminders_due(tx, 5)

    def do_blocker(self, tx: Tx) -> object:
        party = Party(Waits.OUTSIDE, outside=self.mark)
        new = NewBlocker(self.number, self.day(tx), self.where, self.who, self.mark, party, self.who)
        made = blockers.add(tx, new, self.mark)
        blockers.change(tx, made, made, self.who, self.mark)
        return blockers.open_ones(tx, self.viewer, 5), blockers.waiting_on(tx, self.who, 5)

    def do_decision(self, tx: Tx) -> object:
        people = tuple(sorted({self.who, self.who}))
        details = Details(
            self.mark, self.who, self.mark, approver=self.who, contributors=people, informed=people
        )
        made = decisions.add(
            tx, NewDecision(details, DecisionState.PROPOSED, self.who, self.where), self.mark, self.audience
        )
        dues.plan(tx, made.number, [Due(Reminder.APPROVER, self.who, self.day(tx))])
        voices.say(tx, made, self.who, Stance.OBJECT, self.mark)
        drafts.keep(tx, self.number, self.who, 1, {"what": self.mark})
        return decisions.must(tx, made.number), voices.every(tx, made.number)

    def do_decide(self, tx: Tx) -> object:
        drafts.discard(tx, self.number, self.who)
        found = decisions.get(tx, self.number)
        if found is not None and found.state is DecisionState.PROPOSED:
            decision_changes.decide(tx, found, self.who, self.mark)
        viewer, today = self.viewer, self.day(tx)
        listed = [
            *lists.needing(tx, viewer, today, 5),
            *lists.waiting(tx, viewer, 5),
            *lists.search(tx, viewer, "", 5),
        ]
        return listed, lists.concerning(tx, viewer, 5), dues.due(tx, "UTC", today, 5), dues.zones(tx)

    def do_launch(self, tx: Tx) -> object:
        on, who = self.day(tx), self.who
        item = NewItem(self.mark, AtFirst.DESIGN, self.who, 3, on, on)
        leads = (Lead(AtFirst.DESIGN, self.who, 3),)
        new = NewLaunch(self.mark, on, Tier.NORMAL, who, self.where, leads, (item, item), on)
        made = launches.add(tx, new, self.audience)
        launch_changes.move(tx, made, on + timedelta(days=7), self.mark, who, on, tx.now)
        return (
            launches.must(tx, made.number),
            items.every(tx, made.number),
            launch_changes.moves(tx, made.number),
        )

    def do_roles(self, tx: Tx) -> object:
        known = {one.name: one for one in roles.hold(tx)}
        name = f"{self.mark} {self.dice.choice('abc')}"
        one = known.get(name) or roles.add(tx, name, Rule.CONTRIBUTOR, 5, self.who)
        roles.change(tx, replace(one, retired=self.yes, by=self.who))
        counted = [naming.count(tx, self.viewer, rule, [one.id, rule.first]) for rule in Rule]
        return [each.name for each in roles.every(tx)], counted

    def do_functions(self, tx: Tx) -> object:
        known = {one.name: one for one in functions.hold(tx)}
        name, viewer = f"{self.mark} {self.dice.choice('abc')}", self.viewer
        one = known.get(name) or functions.add(tx, name, 7, self.who, [self.mark])
        functions.change(tx, replace(one, retired=self.yes, by=self.who))
        functions.settle(tx, one.id, 9 if self.yes else None)
        found = launches.get(tx, self.number)
        if found is not None:
            leads = launches.leads(tx, found.number)
            regrouping.move_items(tx, found.number, AtFirst.DESIGN, AtFirst.SALES if self.yes else None)
            now = [replace(each, function=AtFirst.SALES) for each in leads[:1]]
            regrouping.replace_leads(tx, found.number, leads, now)
            regrouping.set_voters(tx, found, [AtFirst.SALES], Gate.OPEN, self.who)
        return (
            [each.name for each in functions.every(tx)],
            functions.unsettled(tx),
            regrouping.naming(tx, AtFirst.SALES, 99, 5),
            regrouping.open_parts(tx, viewer, [AtFirst.SALES, AtFirst.DESIGN]),
            blockers.count_of_function(tx, viewer, [one.id]),
        )

    def do_ready(self, tx: Tx) -> object:
        found, viewer, today = launches.get(tx, self.number), self.viewer, self.day(tx)
        if found is not None:
            launch_changes.vote(tx, found, AtFirst.DESIGN, self.who, Vote.HOLD, self.mark, None)
            for item in items.every(tx, found.number):
                items.set_state(tx, item, ItemState.BLOCKED, self.mark, self.who, today, Asked.SOON)
            if self.yes:
                launch_changes.end(tx, found, LaunchState.SHIPPED, self.who)
        said = {} if found is None else launch_changes.votes(tx, found)
        listed = launch_lists.upcoming(tx, viewer, today, 5), launch_lists.mine(tx, viewer, 5)
        return said, listed, launch_dues.items_in(tx, "UTC", today, 5), launch_dues.to_tell(tx)

    def do_link(self, tx: Tx) -> object:
        one, other = Reference(Letter.FEEDBACK, self.number), Reference(Letter.DECISION, self.number)
        links.type_(tx, one, other, self.who)
        links.settle(tx, one, other, self.dice.choice(list(LinkState)))
        links.keep(tx, Ripple(f"ripple{self.number}", one, self.mark, self.mark), "")
        waiting = links.waiting(tx)
        return (
            waiting,
            links.linked(tx, one, self.viewer),
            links.hearers(tx, other, "", 5),
            links.ends(tx, one),
        )

    def do_ship(self, tx: Tx) -> object:
        shipment, found = Shipment(self.number, self.who, tx.now), feedbacks.get(tx, self.number)
        closing.ship(tx, shipment)
        if found is not None:
            closing.close(tx, found, shipment, self.mark, self.who)
            for wish in closing.wishes(tx, self.who):
                closing.mark(tx, wish.news, self.who, self.key)
        return closing.find(tx, self.number), closing.wishes(tx, self.who), closing.untold(tx, 5)

    def do_digest(self, tx: Tx) -> object:
        digests.put(tx, self.where, tx.now)
        digests.forget(tx, ChannelId(self.where))
        digests.put(tx, self.where, tx.now)
        return digests.known_to(tx, self.who, PersonKind.MEMBER), digests.readers(tx, self.where)
