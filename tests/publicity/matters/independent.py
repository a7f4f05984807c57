"""Replaying a matter anew, by another way than the program: every procedure is unfolded into one net of tokens first.

Shares nothing with publicity.matters but the shapes of graphs and deeds.
"""

from dataclasses import dataclass, field
from datetime import date

from village_lists.flowcharts.graph import Graph, Node

Arrow = tuple[str, str, str]
"""From, label, to: full paths."""


@dataclass
class Shown:
    """Something that hung: from which day, until which day, and how long it had to."""

    up: date
    days: int
    down: date | None = None


@dataclass
class Met:
    """A meeting: who had to come, who came, whether it carried."""

    needed: int
    present: int
    passes: bool
    body: str
    on: date


@dataclass
class Stay:
    """A stay at a step: since when, and how it ended."""

    path: str
    node: Node
    since: date
    ended: date | None = None
    how: str = "active"
    exit: str = ""
    shown: list[Shown] = field(default_factory=list)
    turn: int = 0
    meetings: list[Met] = field(default_factory=list)


class RefusedError(Exception):
    """The deed cannot be."""


class Net:
    """All procedures unfolded; tokens walk along arrows, rest at steps, wait at joins."""

    def __init__(self, graphs: dict[str, Graph], root: str, opened: date) -> None:
        """Unfold from the root and begin."""
        self._unfold_all(graphs, root)
        self.walking: list[tuple[Arrow, date]] = []
        self.stays: list[Stay] = []
        self.waiting: dict[str, dict[Arrow, date]] = {}
        self.open: dict[str, date] = {"": opened}
        self.days: dict[str, date] = {self.starts[""]: opened}
        self.state = "running"
        self.closed: date | None = None
        self.budget: int | None = None
        self.above_or_below: list[bool] = []
        self._leave_box(self.starts[""], opened, None)
        self._flow()

    def _unfold_all(self, graphs: dict[str, Graph], root: str) -> None:
        self.nodes: dict[str, Node] = {}
        self.arrows: list[Arrow] = []
        self.starts: dict[str, str] = {}
        self.inside: dict[str, str] = {}
        self._unfold(graphs, root, "", ())

    def _unfold(self, graphs: dict[str, Graph], slug: str, at: str, around: tuple[str, ...]) -> None:
        def full(key: str) -> str:
            return f"{at}/{key}" if at else key

        for node in graphs[slug].nodes:
            self.nodes[full(node.key)] = node
            self.inside[full(node.key)] = at
            if node.kind == "start":
                self.starts[at] = full(node.key)
            if node.kind == "predefined" and node.embeds in graphs and node.embeds not in (*around, slug):
                self._unfold(graphs, node.embeds, full(node.key), (*around, slug))
        self.arrows += [(full(edge.source), edge.label, full(edge.target)) for edge in graphs[slug].edges]

    def _leave_box(self, path: str, day: date, label: str | None) -> None:
        found = [arrow for arrow in self.arrows if arrow[0] == path and label in (None, arrow[1])]
        if not found:
            self.open[self.inside[path]] = day
        self.walking += [(arrow, day) for arrow in found]

    def resting(self) -> dict[str, Stay]:
        """Return where the matter stands."""
        return {stay.path: stay for stay in self.stays if stay.how == "active"}

    def _flow(self) -> None:
        while True:
            if self.walking:
                self._walk(*self.walking.pop(0))
            elif not (self._pass_joins() or self._close()):
                return

    def _walk(self, arrow: Arrow, day: date) -> None:
        path = arrow[2]
        kind = self.nodes[path].kind.value
        if kind == "end":
            self.days[path] = day
            self.open[self.inside[path]] = day
        elif kind == "parallel":
            self.waiting.setdefault(path, {})[arrow] = day
        elif kind == "predefined" and path in self.starts:
            if path not in self.open:
                self.open[path] = day
                self.days[self.starts[path]] = day
                self._leave_box(self.starts[path], day, None)
        elif path not in self.resting():
            self.stays.append(Stay(path, self.nodes[path], day))

    def _pass_joins(self) -> bool:
        for path, walked in list(self.waiting.items()):
            if all(arrow in walked for arrow in self.arrows if arrow[2] == path):
                del self.waiting[path]
                self.days[path] = max(walked.values())
                self._leave_box(path, max(walked.values()), None)
                return True
        return False

    def _close(self) -> bool:
        for path in sorted(self.open, key=lambda one: (one == "", -one.count("/"))):
            begin = f"{path}/" if path else ""
            held = [*self.resting(), *self.waiting, *(one for one in self.open if one != path)]
            if any(one.startswith(begin) for one in held):
                continue
            day = self.open.pop(path)
            if path:
                self.days[path] = day
                self._leave_box(path, day, None)
            else:
                self.state, self.closed = "done", day
            return True
        return False

    def end(self, path: str, how: str, day: date, label: str) -> None:
        """End the stay at a step: done, decided, skipped or handed over."""
        stay = self.resting().get(path) if self.state == "running" else None
        if stay is None:
            raise RefusedError(path)
        is_decision = stay.node.kind.value == "decision"
        known = {arrow[1] for arrow in self.arrows if arrow[0] == path}
        if how == "handed_over":
            if not self.inside[path]:
                raise RefusedError(path)
        elif is_decision and (how == "done" or label not in known):
            raise RefusedError(label)
        elif not is_decision and how == "decided":
            raise RefusedError(path)
        stay.ended, stay.how = day, "done" if how == "decided" else how
        stay.turn = 1 + max(one.turn for one in self.stays)
        stay.exit = label if is_decision and how != "handed_over" else ""
        if how == "handed_over":
            self.open[self.inside[path]] = day
        else:
            self._leave_box(path, day, label if is_decision else None)
        self._flow()

    def put_up(self, path: str, day: date, days: int) -> None:
        """Hang what the newest stay at a step shows."""
        mine = [stay for stay in self.stays if stay.path == path]
        if not mine or mine[-1].node.posting is None or any(one.down is None for stay in mine for one in stay.shown):
            raise RefusedError(path)
        mine[-1].shown.append(Shown(day, days))

    def take_down(self, path: str, day: date) -> None:
        """Take down what hangs for a step."""
        up = [one for stay in self.stays if stay.path == path for one in stay.shown if one.down is None]
        if not up or day < up[0].up:
            raise RefusedError(path)
        up[0].down = day

    def change_budget(self, budget: int | None, is_out: bool) -> None:
        """Say what it may cost from now on."""
        if self.state != "running":
            raise RefusedError("")
        self.budget = budget
        self.above_or_below.append(is_out)

    def move(self, graphs: dict[str, Graph], root: str) -> None:
        """Unfold another procedure; whoever rests or waits has to find its place there."""
        if self.state != "running":
            raise RefusedError("")
        before = self.nodes, self.arrows, self.starts, self.inside
        self._unfold_all(graphs, root)
        resting = self.resting()
        fits = all(path in self.starts for path in self.open)
        fits &= all(self._has_room(path, stay.node) and path not in self.starts for path, stay in resting.items())
        for path, walked in self.waiting.items():
            fits &= path in self.nodes and self.nodes[path].kind.value == "parallel"
            fits &= all(arrow in self.arrows for arrow in walked)
        if not fits:
            self.nodes, self.arrows, self.starts, self.inside = before
            raise RefusedError("")
        for path, stay in resting.items():
            stay.node = self.nodes[path]
        self._flow()

    def _has_room(self, path: str, node: Node) -> bool:
        return path in self.nodes and self.nodes[path].kind == node.kind

    def stop(self, day: date) -> None:
        """Stop everything."""
        if self.state != "running":
            raise RefusedError("")
        for stay in self.resting().values():
            stay.ended, stay.how = day, "stopped"
        self.open.clear()
        self.waiting.clear()
        self.state, self.closed = "stopped", day
