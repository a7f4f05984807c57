"""Matters that live by chance, written down twice: as deeds for the program, and in the net of tokens."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from publicity.matters.course import Course, Move, Plan
from publicity.matters.models import MatterDeed
from publicity.matters.replay import course_of
from publicity.matters.walking import OutOfOrder
from tests.publicity.matters import faults, independent
from tests.publicity.matters.independent import Met, Net
from tests.publicity.matters.procedures import later_plan
from village_lists.days import WorkingDays
from village_lists.places.models import BodyKind

OPENED = date(2027, 12, 20)


CALENDAR = WorkingDays(
    days_off=frozenset({date(2028, 1, 3), date(2028, 1, 26), date(2028, 1, 27), date(2028, 1, 28)}),
    make_up_days=frozenset({date(2028, 1, 29)}),
    known_years=frozenset({2027, 2028}),
)


FLOW = ("done", "decided", "skipped", "handed_over")


DEEDS = [*FLOW, *FLOW, "met", "posted", "posted", "taken_down", "stopped", "voided", "budgeted", "moved"]


WHOLE = ("stopped", "voided", "budgeted", "moved")


BAND = (100, 1000)


POSTING_DAYS = 3


@dataclass
class History:
    """A matter that lives by chance, written down twice: as deeds for the program, and in the net."""

    plan: Plan
    chance: Random
    today: date = OPENED
    moves: list[Move] = field(default_factory=list)
    refused: int = 0

    def net(self, moves: list[Move], until: date = date.max) -> Net:
        """Return the net after deeds that stand; where some happened too late, after those that can be without them."""
        net = Net(dict(self.plan.graphs), self.plan.root, OPENED)
        happened = [move for move in moves if move.happened_on <= until]
        for move in happened:
            with suppress(*[independent.RefusedError] * (len(happened) < len(moves))):
                self._apply(net, move)
        return net

    def standing(self) -> list[Move]:
        """Return the deeds without those that were taken back."""
        gone = {move.content["sequence"] for move in self.moves if move.deed == "voided"}
        return [move for move in self.moves if move.deed != "voided" and move.sequence not in gone]

    def still_told(self, on: date) -> list[tuple[str, str]]:
        """Return the steps of what was taken back and stays told on a day."""
        found: list[tuple[str, str]] = []
        stack: list[Move] = []
        for move in self.moves:
            if move.deed != "voided":
                stack.append(move)
                continue
            gone = stack.pop()
            if gone.happened_on <= on and self._tells(gone, stack):
                found.append((gone.step, "taken_back"))
        return found

    def _tells(self, gone: Move, before: list[Move]) -> bool:
        hung = [one for stay in self.net(before).stays if stay.path == gone.step for one in stay.shown if not one.down]
        return faults.still_told(
            gone.deed.value,
            passes=gone.content.get("passes", True),
            hung=hung[0] if hung else None,
            day=gone.happened_on,
            is_out=is_out(gone),
        )

    def _apply(self, net: Net, move: Move) -> None:
        deed = move.deed.value
        if deed in FLOW:
            net.end(move.step, deed, move.happened_on, move.exit)
        elif deed == "met":
            if move.step not in net.resting():
                raise independent.RefusedError(move.step)
            said = move.content
            met = Met(
                said["arithmetic"]["needed_present"],
                said["present"],
                said["passes"],
                said["decision_body"],
                move.happened_on,
            )
            net.resting()[move.step].meetings.append(met)
        elif deed == "posted":
            net.put_up(move.step, move.happened_on, move.content["days"])
        elif deed == "taken_down":
            net.take_down(move.step, move.happened_on)
        elif deed == "budgeted":
            net.change_budget(move.content["budget_fen"], is_out(move))
        elif deed == "moved" and move.plan:
            net.move(dict(move.plan.graphs), move.plan.root)
        else:
            net.stop(move.happened_on)

    def live(self) -> None:
        """Let one thing happen; what the net does not allow the program must refuse too."""
        self.today += timedelta(days=self.chance.choice([0, 1, 2, 5, 12]))
        move = self._any()
        if self._is_allowed(move):
            self.moves.append(move)
            return
        self.refused += 1
        try:
            self.course([*self.moves, move])
        except OutOfOrder:
            return
        raise AssertionError(f"not refused: {move}")

    def _is_allowed(self, move: Move) -> bool:
        if move.deed == "voided":
            standing = self.standing()
            return bool(standing) and standing[-1].sequence == move.content["sequence"]
        try:
            self.net([*self.standing(), move])
        except independent.RefusedError:
            return False
        return True

    def _any(self) -> Move:
        chance, net = self.chance, self.net(self.standing())
        here = list(net.resting()) or [stay.path for stay in net.stays] or ["n1"]
        step = chance.choice(here if chance.random() < 0.9 else list(net.nodes))
        deed = MatterDeed(chance.choices(DEEDS, weights=[6] * 8 + [3, 3, 3, 3, 0.3, 2, 1, 2])[0])
        hanging = [stay.path for stay in net.stays for one in stay.shown if one.down is None]
        if hanging and chance.random() < 0.15:
            deed = MatterDeed.TAKEN_DOWN
        demanding = [stay.path for stay in net.stays if stay.node.posting]
        if deed == "taken_down" and hanging:
            step = chance.choice(hanging)
        elif deed == "posted" and demanding:
            step = chance.choice(demanding)
        # A later procedure may no longer have a step of before.
        step = step if step in net.nodes else next(iter(net.nodes))
        is_decision = net.nodes[step].kind.value == "decision"
        if is_decision and deed == "done":
            deed = MatterDeed.DECIDED
        elif not is_decision and deed == "decided":
            deed = MatterDeed.DONE
        content: dict[str, Any] = {}
        if deed == "met":
            due, present = 30, chance.randint(10, 30)
            content = {
                "decision_body": chance.choice(["representatives", "representatives", "party"]),
                "meeting": "会议",
                "due": due,
                "present": present,
                "in_favour": present,
                "passes": present >= 20,
                "arithmetic": {"needed_present": 20},
            }
        elif deed == "posted":
            content = {"days": chance.choice([1, 3, 15])}
        elif deed == "voided":
            content = {"sequence": self.moves[-1].sequence if self.moves else 1}
        elif deed == "budgeted":
            budget, former = chance.choice([None, 50, 500, 5000]), chance.choice([None, 60, 600])
            band = {
                "from_fen": BAND[0],
                "below_fen": BAND[1],
                "procedure": "修路",
                "fitting": chance.choice(["", "别的"]),
            }
            content = {"budget_fen": budget, "former": former, "band": band if chance.random() < 0.8 else None}
        labels = [arrow[1] for arrow in net.arrows if arrow[0] == step]
        return Move(
            sequence=len(self.moves) + 1,
            deed=deed,
            happened_on=self.today - timedelta(days=chance.choice([0, 0, 0, 4])),
            step="" if deed in WHOLE else step,
            exit=chance.choice([*labels, *labels, "没有的结果"]) if is_decision else "",
            words="原因",
            content=content,
            plan=later_plan(self.plan, chance) if deed == "moved" else None,
        )

    def course(self, moves: list[Move], on: date | None = None) -> Course:
        """Return what the program says."""
        return course_of(
            self.plan,
            moves,
            opened_on=OPENED,
            on=on or self.today,
            calendar=CALENDAR,
            posting_days=POSTING_DAYS,
            body_kind=BodyKind.COMMITTEE,
            budget_fen=None,
        )


def is_out(move: Move) -> bool:
    """Say whether a change of the budget leaves the band that was written down with it."""
    said = move.content
    return faults.is_out_of_band(said.get("budget_fen"), said.get("former"), BAND if said.get("band") else None)
