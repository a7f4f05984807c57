"""The steps of one procedure as a graph: with arrows from the sheet of exits, or as people write them by hand.

By hand a step goes on to the next row unless its cell says where to (同意→3；不同意→1); steps that say so are
decisions, and a start and an end are added where none is written.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from village_lists.exchange.lists.cells import choice_of, days_of, limit_of, listed
from village_lists.exchange.lists.columns import PLAN
from village_lists.exchange.lists.findings import Findings, Spot
from village_lists.exchange.lists.tables import Entry, Line, Table
from village_lists.exchange.lists.wording import lines_of, numbered_parts, spelled
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind, Posting
from village_lists.markers import N_

ARROW = r"(?:→|➔|➜|⇒|⟶|[-=—－]+[>＞])"
_WAY = re.compile(rf"(?P<label>.*?)\s*(?:{ARROW}|[:：])\s*(?P<target>.+)", re.DOTALL)
_STEP_NUMBER = re.compile(r"(?:第|步骤)?(\d+)步?")
_TURNS = re.compile(r"^(?:返回|回到|退回到|退回|转到|转入|进入|转|到)")
_ACTOR = re.compile(r"(?P<title>.+?)\s*[（(](?P<actor>[^（）()]+)[)）]", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Way:
    """Where a step goes: in what case (empty: always), and to what, as written."""

    label: str
    target: str


def node_of(line: Line, table: Table, key: str, kind: NodeKind, findings: Findings) -> Node:
    """Return the step of a line."""
    days, day_kind = limit_of(line, findings)
    return Node(
        key=key,
        kind=kind,
        title=line.text("title"),
        actor=line.text("actor"),
        detail=line.text("detail"),
        limit_days=days,
        limit_kind=day_kind,
        evidence=listed(line, table, "evidence", separators="、；;"),
        posting=_posting(line, table, findings),
        risk=line.text("risk"),
        embeds=line.text("embeds"),
    )


def kind_of(line: Line, findings: Findings) -> NodeKind | None:
    """Return the kind that a line says, or None."""
    value = choice_of(line.entry("kind"), "node_kinds", findings, otherwise="")
    return NodeKind(value) if value else None


def _posting(line: Line, table: Table, findings: Findings) -> Posting | None:
    """Return what a step demands to be posted, from columns of its own or from one cell (什么／在哪／几天)."""
    if line.entry("posting"):
        return _posting_of_cell(line.entry("posting"), findings)
    days = days_of(line.entry("posting_days"), findings)
    what, when = line.text("posting_what"), line.text("posting_when")
    if not what:
        if days is not None or when or line.text("posting_where"):
            findings.tell(line.spot("posting_what"), N_("写了公示的地方或者天数，却没有写公示什么"))
        return None
    if not table.has("posting_where"):
        return Posting(what=what, when=when, days=days)
    return Posting(what=what, where=line.text("posting_where"), when=when, days=days)


def _posting_of_cell(entry: Entry, findings: Findings) -> Posting | None:
    if entry.text in ("无", "否", "不公示", "/", "／", "—", "-"):
        return None
    parts = [part.strip() for part in re.split(r"[/／;；\n]", entry.text) if part.strip()]
    days = None
    if len(parts) > 1 and re.match(r"[\d〇零一二两三四五六七八九十０-９]+\s*个?\s*(?:日|天|工作日)", parts[-1]):
        days = days_of(replace(entry, text=parts.pop()), findings)
    if len(parts) > 2:
        words = N_("公示「%(found)s」看不懂，请写成「什么／在哪／几天」")
        findings.tell(entry.spot, words, found=entry.text)
    if len(parts) == 2:
        return Posting(what=parts[0], where=parts[1], days=days)
    return Posting(what=parts[0], days=days)


def graph_by_exits(
    title: str, slug: str, steps: Sequence[Line], exits: Sequence[Line], table: Table, findings: Findings
) -> Graph:
    """Return the graph whose arrows stand in the sheet of exits; what they name is checked with the content."""
    nodes = []
    for line in steps:
        kind = kind_of(line, findings) or (NodeKind.PREDEFINED if line.text("embeds") else NodeKind.STEP)
        key = line.text("key") if table.has("key") else line.text("title")
        findings.stands("procedure", slug, key, line.spot("title"))
        nodes.append(node_of(line, table, key, kind, findings))
    edges = [Edge(source=line.text("source"), target=line.text("target"), label=line.text("label")) for line in exits]
    _tell_lost_arrows(slug, nodes, exits, findings)
    return Graph(title=title, nodes=tuple(nodes), edges=tuple(edges))


def _tell_lost_arrows(slug: str, nodes: Sequence[Node], exits: Sequence[Line], findings: Findings) -> None:
    """Tell arrows from or to nowhere at their own cell; a draft may have them, what is published may not."""
    keys = {node.key for node in nodes}
    for line in exits:
        for role in ("source", "target"):
            if line.text(role) not in keys:
                about = ("procedure", slug, line.text("source") if line.text("source") in keys else "")
                words = N_("「%(found)s」不是这张流程图里的步骤编号") if line.text(role) else N_("没有写步骤编号")
                findings.tell(line.spot(role), words, found=line.text(role), about=about, hinders_import=False)


def graph_by_hand(title: str, slug: str, steps: Sequence[Line], table: Table, findings: Findings) -> Graph:
    """Return the graph of steps that stand one below the other, as this module's first words say."""
    return _ByHand(title, slug, steps, table, findings).graph()


class _ByHand:
    """The graph while its rows are read."""

    def __init__(self, title: str, slug: str, steps: Sequence[Line], table: Table, findings: Findings) -> None:
        self.title = title
        self.slug = slug
        self.steps = steps
        self.findings = findings
        self.keys = _keys(steps)
        self.ways = [_ways(line.entry("next")) for line in steps]
        self.nodes = [
            node_of(line, table, key, self._kind(number), findings)
            for number, (line, key) in enumerate(zip(steps, self.keys, strict=True))
        ]
        for line, key in zip(steps, self.keys, strict=True):
            findings.stands("procedure", slug, key, line.spot("title"))
        self.edges: list[Edge] = []
        self.kinds = {node.key: node.kind for node in self.nodes}
        self.named: dict[str, list[str]] = {}
        for node in self.nodes:
            self.named.setdefault(spelled(node.title), []).append(node.key)
        self.end = next((node.key for node in self.nodes if node.kind is NodeKind.END), "")

    def graph(self) -> Graph:
        """Return the graph with a start and an end."""
        if not any(node.kind is NodeKind.START for node in self.nodes):
            start = self._free("start")
            self.edges.append(Edge(source=start, target=self.nodes[0].key))
            self.nodes.insert(0, Node(key=start, kind=NodeKind.START, title="开始"))
            self.findings.stands("procedure", self.slug, start, self.steps[0].spot("title"))
        for number, key in enumerate(self.keys):
            self._lead_on(number, key)
        return Graph(title=self.title, nodes=tuple(self.nodes), edges=tuple(self.edges))

    def _kind(self, number: int) -> NodeKind:
        line, ways = self.steps[number], self.ways[number]
        stated = kind_of(line, self.findings)
        if stated is not None:
            return stated
        title = spelled(line.text("title"))
        if number == 0 and title in ("开始", "起点"):
            return NodeKind.START
        if not ways and title in ("结束", "办结", "终点"):
            return NodeKind.END
        if any(way.label for way in ways):
            return NodeKind.DECISION
        return NodeKind.PREDEFINED if line.text("embeds") else NodeKind.STEP

    def _lead_on(self, number: int, key: str) -> None:
        """Draw the arrows out of a step."""
        line, ways = self.steps[number], self.ways[number]
        kind = self.kinds[key]
        if kind is NodeKind.END and not ways:
            return
        if not ways:
            self.edges.append(Edge(source=key, target=self._below(number)))
            return
        about = ("procedure", self.slug, key)
        entry = line.entry("next")
        if len(ways) > 1 and kind is not NodeKind.PARALLEL and not all(way.label for way in ways):
            words = N_("「%(found)s」有几个去处，却没有写各是什么情况，请写成「同意→3；不同意→1」")
            self.findings.tell(entry.spot, words, found=entry.text, about=about)
        if len(ways) == 1 and ways[0].label:
            words = N_("只写了「%(found)s」一种情况，别的情况去哪里没有写")
            self.findings.tell(entry.spot, words, found=entry.text, about=about)
        self.edges += [Edge(source=key, target=self._target(way, number), label=way.label) for way in ways]

    def _target(self, way: Way, number: int) -> str:
        """Return the key that is meant; what nobody knows is told, and the row below stands in for it."""
        written = unicodedata.normalize("NFKC", way.target).strip()
        for text in dict.fromkeys((way.target, written, _TURNS.sub("", written))):
            if text in self.kinds:
                return text
            numbered = _STEP_NUMBER.fullmatch(text)
            if numbered and numbered[1] in self.kinds:
                return numbered[1]
            named = self.named.get(spelled(text), [])
            if len(named) == 1:
                return named[0]
            if PLAN.value("node_kinds", text) == NodeKind.END.value:
                return self._the_end()
        spot = self.steps[number].spot("next")
        words = N_("「%(found)s」不是这张流程图里的步骤编号或者名称")
        self.findings.tell(spot, words, found=way.target, about=("procedure", self.slug, self.keys[number]))
        return self._below(number)

    def _below(self, number: int) -> str:
        return self.keys[number + 1] if number + 1 < len(self.keys) else self._the_end()

    def _the_end(self) -> str:
        if not self.end:
            self.end = self._free("end")
            self.nodes.append(Node(key=self.end, kind=NodeKind.END, title="办结"))
            self.findings.stands("procedure", self.slug, self.end, self.steps[-1].spot("title"))
        return self.end

    def _free(self, wanted: str) -> str:
        taken = {node.key for node in self.nodes}
        return wanted if wanted not in taken else f"{wanted}-{len(taken)}"


def _keys(steps: Sequence[Line]) -> list[str]:
    """Return the keys as written in half width, or 1, 2, 3 where there are none."""
    given = [unicodedata.normalize("NFKC", line.text("key")) for line in steps]
    taken = set(given)
    keys: list[str] = []
    made = 0
    for key in given:
        made += 1
        while not key and str(made) in taken:
            made += 1
        keys.append(key or str(made))
    return keys


def _ways(entry: Entry) -> list[Way]:
    """Return where a cell leads: parts by ； or lines, each with or without a case before its arrow."""
    ways = []
    for part in re.split(r"[；;\n]", entry.text):
        found = _WAY.fullmatch(part.strip())
        if found:
            ways.append(Way(label=found["label"].strip(), target=found["target"].strip(" 。")))
        elif re.fullmatch(r"\d+(?:[、,，]\d+)+", part.strip()):
            ways += [Way(label="", target=target) for target in re.split("[、,，]", part.strip())]
        elif part.strip():
            ways.append(Way(label="", target=part.strip(" 。")))
    return ways


def graph_of_cell(title: str, slug: str, text: str, body: str, spot: Spot, findings: Findings) -> Graph:
    """Return the graph of steps in one cell: 1.提议（村党组织） 2.商议 3.决议, or with arrows or lines between them.

    Who does a step stands in brackets behind it, else it is the body that answers for the item.
    """
    parts = numbered_parts(text) or _cut(text)
    nodes = [Node(key="start", kind=NodeKind.START, title="开始")]
    for number, part in enumerate(parts, 1):
        found = _ACTOR.fullmatch(part)
        if not found and body:
            findings.notice(spot.sheet, N_("%(cell)s 格的步骤没有写谁来做的，按责任主体算"), cell=spot.cell)
        nodes.append(
            Node(
                key=str(number),
                kind=NodeKind.STEP,
                title=found["title"] if found else part,
                actor=found["actor"].strip() if found else body,
            )
        )
    nodes.append(Node(key="end", kind=NodeKind.END, title="办结"))
    for node in nodes:
        findings.stands("procedure", slug, node.key, spot)
    edges = [Edge(source=one.key, target=other.key) for one, other in pairwise(nodes)]
    return Graph(title=title, nodes=tuple(nodes), edges=tuple(edges))


def _cut(text: str) -> tuple[str, ...]:
    parts = re.split(ARROW, text)
    if len(parts) == 1:
        parts = [piece for line in lines_of(text) for piece in re.split("[；;]", line)]
    return tuple(" ".join(part.split()).strip(" 。") for part in parts if part.strip(" 。\n\t　"))
