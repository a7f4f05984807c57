"""Which procedures a workbook has, who uses them within which amounts, and whose every step is."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from village_lists.editions.contents import ItemContent, ProcedureContent, ProcedureUse, ThresholdContent
from village_lists.exchange.lists.book_steps import graph_by_exits, graph_by_hand, graph_of_cell
from village_lists.exchange.lists.directory import Directory
from village_lists.exchange.lists.findings import Findings
from village_lists.exchange.lists.tables import Entry, Line, Table
from village_lists.exchange.lists.wording import parts_of
from village_lists.flowcharts.graph import Graph
from village_lists.markers import N_


@dataclass
class _Draft:
    """A procedure while its rows are gathered."""

    title: str
    steps: list[Line] = field(default_factory=list)
    exits: list[Line] = field(default_factory=list)
    graph: Graph | None = None


class Procedures:
    """Gathers the procedures of a workbook from the sheets 流程, 事项流程, 步骤, 出口 and from the items' own cells."""

    def __init__(
        self,
        tables: Mapping[str, Table],
        items: Sequence[ItemContent],
        item_lines: Mapping[str, Line],
        thresholds: Sequence[ThresholdContent],
        findings: Findings,
    ) -> None:
        self.tables = tables
        self.findings = findings
        self.items: dict[str, ItemContent] = {}
        for item in items:
            # Of a code that comes twice, which is told, the first stays.
            self.items.setdefault(item.code, item)
        self.item_lines = item_lines
        self.of_items = Directory("事项", [(item.code, item.name) for item in items])
        self.of_procedures = Directory("流程", [])
        self.amounts = Directory("金额档", [(one.key, one.name) for one in thresholds])
        self.drafts: dict[str, _Draft] = {}
        self.uses: dict[str, list[ProcedureUse]] = defaultdict(list)

    def read(self) -> tuple[list[ItemContent], tuple[ProcedureContent, ...]]:
        """Return the items with their procedures, and the procedures."""
        self._read_sheet()
        self._read_uses()
        self._read_item_cells()
        self._read_steps()
        self._read_exits()
        self._read_steps_in_cells()
        for code, line in self.item_lines.items():
            self.findings.stands("item", code, "procedures", line.spot("steps" if "steps" in line.letters else "name"))
        items = [replace(item, procedures=tuple(self.uses[item.code])) for item in self.items.values()]
        return items, tuple(self._procedure(slug, draft) for slug, draft in self.drafts.items())

    def _lines(self, key: str) -> tuple[Line, ...]:
        return self.tables[key].lines if key in self.tables else ()

    def _begin(self, slug: str, title: str, line: Line) -> None:
        """Begin a procedure; remember where it stands."""
        self.drafts[slug] = _Draft(title=title)
        self.of_procedures.add(slug, title)
        for part in ("", "slug", "code", "title"):
            self.findings.stands("procedure", slug, part, line.spot("slug" if part in ("slug", "code") else "title"))

    def _use(self, item: str, line: Line, slug: str, *, role: str) -> None:
        """Enter that an item follows a procedure, within the amounts that the line names."""
        self.findings.stands("item", item, "procedures", line.spot(role))
        self.uses[item].append(
            ProcedureUse(
                slug=slug,
                from_key=self._amount(line.entry("from"), item),
                below_key=self._amount(line.entry("below"), item),
            )
        )

    def _amount(self, entry: Entry, item: str) -> str:
        """Return the key of an amount named by key or name; another key may be the rule book's own."""
        meant = self.amounts.meant(entry.text)
        if len(meant) == 1:
            return meant[0]
        if entry and re.search(r"^[\d０-９,，.]+\s*(?:万|元|万元)?$", entry.text):
            words = N_("金额「%(found)s」请先写进「金额档」表，这里写它的代码或者名称")
            self.findings.tell(entry.spot, words, found=entry.text, about=("item", item, "procedures"))
        return entry.text

    def _read_sheet(self) -> None:
        for number, line in enumerate(self._lines("procedures"), 1):
            slug = line.text("slug") or f"p{number}"
            if slug in self.drafts:
                about = ("procedure", slug, "code")
                words = N_("编号「%(found)s」用了不止一次")
                self.findings.tell(line.spot("slug"), words, found=slug, about=about)
                continue
            self._begin(slug, line.text("title"), line)
            for text in parts_of(line.text("item"), "、；;"):
                item = self.of_items.find(
                    replace(line.entry("item"), text=text), Entry(spot=line.spot()), self.findings
                )
                if item:
                    self._use(item, line, slug, role="item")

    def _read_uses(self) -> None:
        for line in self._lines("uses"):
            item = self.of_items.find(line.entry("item"), line.entry("item_name"), self.findings)
            slug = self.of_procedures.find(line.entry("procedure"), line.entry("procedure_title"), self.findings)
            if item and slug:
                self._use(item, line, slug, role="procedure")

    def _read_item_cells(self) -> None:
        for code, line in self.item_lines.items():
            entry = line.entry("procedures")
            for text in parts_of(entry.text, "、；;"):
                slug = self.of_procedures.find(replace(entry, text=text), Entry(spot=entry.spot), self.findings)
                if slug and slug not in {use.slug for use in self.uses[code]}:
                    self._use(code, line, slug, role="procedures")

    def _read_steps(self) -> None:
        """Give every step to the procedure that its row names, or to its item's, or to that of the row above."""
        above = ""
        for line in self._lines("steps"):
            slug = self._procedure_of(line, above)
            above = slug or above
            if not line.text("title") and not line.text("key"):
                self.findings.tell(line.spot("title"), N_("这一行没有写步骤名称"))
            elif slug:
                self.drafts[slug].steps.append(line)

    def _procedure_of(self, line: Line, above: str) -> str:
        named = line.entry("procedure") or line.entry("procedure_title")
        if named:
            if "procedures" not in self.tables and not self.of_procedures.meant(named.text):
                self._begin(self._free(f"p{len(self.drafts) + 1}"), named.text, line)
            slug = self.of_procedures.find(line.entry("procedure"), line.entry("procedure_title"), self.findings)
            if slug and line.text("item"):
                self._use_once(line, slug)
            return slug
        if line.text("item"):
            return self._procedure_of_item(line)
        if above:
            return above
        self.findings.tell(line.spot("procedure"), N_("没有写这一步属于哪个流程或者事项"))
        return ""

    def _use_once(self, line: Line, slug: str) -> None:
        item = self.of_items.find(line.entry("item"), Entry(spot=line.spot("item")), self.findings)
        if item and slug not in {use.slug for use in self.uses[item]}:
            self._use(item, line, slug, role="item")

    def _procedure_of_item(self, line: Line) -> str:
        """Return the only procedure of the item that a step names; an item without one gets one of its name."""
        item = self.of_items.find(line.entry("item"), Entry(spot=line.spot("item")), self.findings)
        if not item:
            return ""
        slugs = [use.slug for use in self.uses[item]]
        if len(slugs) > 1:
            words = N_("事项「%(found)s」有几张流程图，请写明这一步属于哪一张")
            self.findings.tell(line.spot("item"), words, found=line.text("item"))
        elif not slugs:
            slugs = [self._free(f"p-{item.lower()}")]
            self._begin(slugs[0], self.items[item].name or item, line)
            self._use(item, line, slugs[0], role="item")
        return slugs[0]

    def _free(self, slug: str) -> str:
        return slug if slug not in self.drafts else self._free(f"{slug}-2")

    def _read_exits(self) -> None:
        for line in self._lines("exits"):
            slug = self.of_procedures.find(line.entry("procedure"), line.entry("procedure_title"), self.findings)
            if slug:
                self.drafts[slug].exits.append(line)

    def _read_steps_in_cells(self) -> None:
        for code, line in self.item_lines.items():
            entry, item = line.entry("steps"), self.items[code]
            if not entry:
                continue
            if any(self.drafts[use.slug].steps for use in self.uses[code]):
                words = N_("「%(name)s」的步骤在「步骤」表里也写了，只能写一处")
                self.findings.tell(entry.spot, words, name=item.name)
                continue
            slug = self._free(f"p-{code.lower()}")
            self._begin(slug, item.name or code, line)
            for part in ("", "title"):
                self.findings.stands("procedure", slug, part, entry.spot)
            self._use(code, line, slug, role="steps")
            graph = graph_of_cell(item.name or code, slug, entry.text, item.body, entry.spot, self.findings)
            self.drafts[slug].graph = graph

    def _procedure(self, slug: str, draft: _Draft) -> ProcedureContent:
        return ProcedureContent(slug=slug, title=draft.title, graph=draft.graph or self._graph(slug, draft))

    def _graph(self, slug: str, draft: _Draft) -> Graph:
        table = self.tables.get("steps")
        if table is None or not draft.steps:
            edges = graph_by_exits(draft.title, slug, (), draft.exits, table, self.findings).edges if table else ()
            return Graph(title=draft.title, nodes=(), edges=edges)
        if "exits" in self.tables and (draft.exits or not table.has("next")):
            return graph_by_exits(draft.title, slug, draft.steps, draft.exits, table, self.findings)
        graph = graph_by_hand(draft.title, slug, draft.steps, table, self.findings)
        return replace(graph, nodes=tuple(replace(node, embeds=self._embedded(node.embeds)) for node in graph.nodes))

    def _embedded(self, text: str) -> str:
        meant = self.of_procedures.meant(text)
        return meant[0] if len(meant) == 1 else text
