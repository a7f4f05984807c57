"""The chart told in words: for screen readers, for plain pages, and as the source of every word in the drawings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from village_lists.flowcharts.graph import DayKind, Graph, Node, NodeKind, Posting
from village_lists.flowcharts.order import in_reading_order
from village_lists.flowcharts.standings import Standing, StandingKind, standing_words
from village_lists.markers import N_

Say = Callable[[str, Mapping[str, object]], str]
"""Turns a marked sentence and the values of its gaps into what people read."""

KIND_WORDS = {
    NodeKind.START: N_("开始"),
    NodeKind.STEP: N_("步骤"),
    NodeKind.DECISION: N_("判断"),
    NodeKind.PREDEFINED: N_("既定程序"),
    NodeKind.PARALLEL: N_("同时进行"),
    NodeKind.END: N_("结束"),
}


def say_chinese(words: str, values: Mapping[str, object]) -> str:
    """Fill the gaps of a Chinese sentence; the way of saying when no translator is given."""
    return words % values if values else words


@dataclass(frozen=True, kw_only=True)
class Way:
    """Where it goes on from a step. `words` is the whole, as 「不同意 → 回到第 1 步」, `place` only where to."""

    label: str
    target: str
    place: str
    words: str
    is_back: bool
    is_next: bool


@dataclass(frozen=True, kw_only=True)
class TextStep:
    """One entry of the ordered list; every field is ready to be read, empty where there is nothing to say.

    `number` is None for start, end and parallel; `mark` is what stands in the symbol (4, 始, 终).
    `onward` joins all ways. `embedded` tells the embedded procedure, where its graph was given.
    `standing` says how far it has come (已办 9月3日) or how it differs (新增), where that was given.
    """

    key: str
    kind: NodeKind
    number: int | None
    mark: str
    kind_words: str
    title: str
    actor: str
    detail: str
    limit: str
    evidence: str
    posting: str
    risk: str
    prohibitions: tuple[str, ...]
    together: str
    ways: tuple[Way, ...]
    onward: str
    embeds: str = ""
    embedded: tuple["TextStep", ...] = ()
    standing: str = ""
    standing_kind: StandingKind | None = None


def numbers_of(graph: Graph) -> dict[str, int]:
    """Return step numbers by key, counted in reading order; start, end and parallel have none."""
    counted = (NodeKind.STEP, NodeKind.DECISION, NodeKind.PREDEFINED)
    return {node.key: number for number, node in enumerate((n for n in graph.nodes if n.kind in counted), start=1)}


def limit_words(node: Node, say: Say = say_chinese) -> str:
    """Say the time limit of a node, as 「5个工作日内」; empty if it has none."""
    if node.limit_days is None:
        return ""
    if node.limit_days == 0:
        return say(N_("当日"), {})
    if node.limit_kind is DayKind.WORKING:
        return say(N_("%(days)s个工作日内"), {"days": node.limit_days})
    return say(N_("%(days)s日内"), {"days": node.limit_days})


def posting_words(posting: Posting | None, say: Say = say_chinese) -> str:
    """Say what is posted, where and how long; empty for None."""
    if posting is None:
        return ""
    if posting.days is None:
        return say(N_("张榜：%(what)s（%(where)s）"), {"what": posting.what, "where": posting.where})
    return say(
        N_("张榜%(days)s天：%(what)s（%(where)s）"),
        {"what": posting.what, "where": posting.where, "days": posting.days},
    )


def tell(
    graph: Graph,
    *,
    say: Say = say_chinese,
    embedded: Mapping[str, Graph] | None = None,
    prohibitions: Mapping[str, str] | None = None,
    standings: Mapping[str, Standing] | None = None,
) -> list[TextStep]:
    """Tell a procedure as an ordered list in reading order.

    `embedded` gives the graphs of embedded procedures by slug: they are told inside their step, each only
    once on the way down. `prohibitions` gives the words of a prohibition by code; without, its code is named.
    `standings` gives the standing of steps by node key, for a running matter or a comparison.
    """
    graph = in_reading_order(graph)
    telling = _Telling(graph, say, dict(embedded or {}), dict(prohibitions or {}), dict(standings or {}))
    return [telling.step(index) for index in range(len(graph.nodes))]


class _Telling:
    """One telling of one graph: what all its steps need to know of each other."""

    def __init__(
        self,
        graph: Graph,
        say: Say,
        embedded: dict[str, Graph],
        prohibitions: dict[str, str],
        standings: dict[str, Standing],
    ) -> None:
        self.graph, self.say, self.embedded, self.prohibitions = graph, say, embedded, prohibitions
        self.standings = standings
        self.numbers = numbers_of(graph)
        self.order = {node.key: index for index, node in enumerate(graph.nodes)}
        self.exits: dict[str, list[tuple[str, str]]] = {node.key: [] for node in graph.nodes}
        self.entries = dict.fromkeys(self.order, 0)
        for edge in graph.edges:
            self.exits[edge.source].append((edge.target, edge.label))
            self.entries[edge.target] += 1
        self.branches: dict[str, str] = {}
        for node in graph.nodes:
            heads = self.exits[node.key]
            if node.kind is NodeKind.PARALLEL and len(heads) > 1:
                for place, (head, _) in enumerate(heads, start=1):
                    self.branches[head] = say(
                        N_("同时进行（%(count)s项之%(place)s）"), {"count": len(heads), "place": place}
                    )

    def title(self, node: Node) -> str:
        """The title; a nameless parallel bar says whether it forks or joins."""
        if node.title or node.kind is not NodeKind.PARALLEL:
            return node.title
        return self.say(N_("同时进行") if len(self.exits[node.key]) > 1 else N_("以上都完成后"), {})

    def step(self, index: int) -> TextStep:
        """Tell the node at this place of the reading order."""
        node, say = self.graph.nodes[index], self.say
        ways = tuple(self.way(index, target, label) for target, label in self.exits[node.key])
        inner = self.embedded.get(node.embeds) if node.embeds else None
        rest = {slug: graph for slug, graph in self.embedded.items() if slug != node.embeds}
        number = self.numbers.get(node.key)
        standing = self.standings.get(node.key)
        return TextStep(
            key=node.key,
            kind=node.kind,
            number=number,
            mark=self.mark(node, number),
            kind_words=say(KIND_WORDS[node.kind], {}),
            title=self.title(node),
            actor=node.actor,
            detail=node.detail,
            limit=limit_words(node, say),
            evidence=say(N_("材料：%(papers)s"), {"papers": say(N_("、"), {}).join(node.evidence)})
            if node.evidence
            else "",
            posting=posting_words(node.posting, say),
            risk=say(N_("廉政风险：%(risk)s"), {"risk": node.risk}) if node.risk else "",
            prohibitions=tuple(self.prohibition(code) for code in node.prohibitions),
            together=self.branches.get(node.key, ""),
            ways=ways,
            onward=say(N_("；"), {}).join(way.words for way in ways),
            embeds=node.embeds,
            embedded=tuple(tell(inner, say=say, embedded=rest, prohibitions=self.prohibitions)) if inner else (),
            standing=standing_words(standing, say) if standing else "",
            standing_kind=standing.kind if standing else None,
        )

    def mark(self, node: Node, number: int | None) -> str:
        """What stands in the symbol."""
        if number is not None:
            return str(number)
        return {
            NodeKind.START: self.say(N_("始"), {}),
            NodeKind.END: self.say(N_("终"), {}),
        }.get(node.kind, "")

    def prohibition(self, code: str) -> str:
        """The words of a prohibition, or its code."""
        return self.prohibitions.get(code) or self.say(N_("禁止事项 %(code)s"), {"code": code})

    def way(self, index: int, target: str, label: str) -> Way:
        """Tell one exit of the node at this place."""
        is_back = self.order[target] <= index
        place = self.place(target, is_back=is_back)
        words = (
            self.say(N_("%(label)s → %(place)s"), {"label": label, "place": place})
            if label
            else self.say(N_("→ %(place)s"), {"place": place})
        )
        return Way(
            label=label,
            target=target,
            place=place,
            words=words,
            is_back=is_back,
            is_next=self.order[target] == index + 1,
        )

    def place(self, key: str, *, is_back: bool) -> str:
        """Name a node as a place to go to: by number, or by title where it has none."""
        node, number = self.graph.nodes[self.order[key]], self.numbers.get(key)
        if number is not None:
            return self.say(N_("回到第 %(number)s 步") if is_back else N_("第 %(number)s 步"), {"number": number})
        if node.kind is NodeKind.END:
            ended = self.say(N_("结束"), {})
            if node.title in ("", ended):
                return ended
            return self.say(N_("结束：%(title)s"), {"title": node.title})
        name = {"title": self.title(node)}
        return self.say(N_("回到「%(title)s」") if is_back else N_("「%(title)s」"), name)
