"""The form of a procedure: every step a group of fields, every arrow a row; read into a graph and filled from one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.editing import joins
from app.editing.fields import Form, Mistake, Reader
from village_lists.editions.contents import ProcedureContent
from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind, Posting
from village_lists.markers import N_

KEY = re.compile(r"[\w.:-]{1,40}")
WHERE = "村务公开栏"
MOST_STEPS = 200
BRANCHING = frozenset({NodeKind.DECISION, NodeKind.PARALLEL})


@dataclass(frozen=True, kw_only=True)
class ArrowRow:
    """An arrow as a form shows it: what the exit is called and where it leads."""

    label: str
    target: str


@dataclass(frozen=True, kw_only=True)
class StepForm:
    """A step as a form shows it: texts as they were typed; `name` is where its field names begin."""

    key: str
    kind: str
    values: dict[str, str]
    arrows: tuple[ArrowRow, ...]

    @property
    def is_branching(self) -> bool:
        """Say whether the step may have several exits."""
        return self.kind in {kind.value for kind in BRANCHING}

    @property
    def rows(self) -> tuple[ArrowRow, ...]:
        """Return the arrows with a spare row where one more may be written."""
        spare = self.is_branching or not self.arrows
        return (*self.arrows, ArrowRow(label="", target="")) if spare else self.arrows


@dataclass(frozen=True, kw_only=True)
class ProcedureForm:
    """A procedure as a form shows it; `mistakes` by field name; `content` None while there are mistakes."""

    title: str
    steps: tuple[StepForm, ...]
    content: ProcedureContent | None
    mistakes: dict[str, Mistake] = field(default_factory=dict)


FIELDS = (
    "title",
    "actor",
    "detail",
    "limit_days",
    "limit_kind",
    "evidence",
    "posting_what",
    "posting_where",
    "posting_when",
    "posting_days",
    "risk",
    "embeds",
)


def filled_procedure(content: ProcedureContent) -> ProcedureForm:
    """Return the form of a procedure as it is stored."""
    graph = content.graph
    steps = tuple(_filled_step(node, graph) for node in graph.nodes)
    return ProcedureForm(title=content.title, steps=steps, content=content)


def _filled_step(node: Node, graph: Graph) -> StepForm:
    posting = node.posting or Posting(what="", where="")
    values = {
        "title": node.title,
        "actor": node.actor,
        "detail": node.detail,
        "limit_days": "" if node.limit_days is None else str(node.limit_days),
        "limit_kind": node.limit_kind.value,
        "evidence": "\n".join(node.evidence),
        "posting_what": posting.what,
        "posting_where": posting.where,
        "posting_when": posting.when,
        "posting_days": "" if posting.days is None else str(posting.days),
        "risk": node.risk,
        "embeds": node.embeds,
    }
    arrows = tuple(ArrowRow(label=edge.label, target=edge.target) for edge in graph.edges if edge.source == node.key)
    return StepForm(key=node.key, kind=node.kind.value, values=values, arrows=arrows)


def sent_procedure(form: Form, *, slug: str) -> ProcedureForm:
    """Return what was sent, with its content unless something cannot be read; keys are those that the server gave."""
    reader = Reader(form)
    keys = [key for key in dict.fromkeys(form.getlist("key")) if KEY.fullmatch(key)][:MOST_STEPS]
    title = reader.text("title", most=120, needed=N_("请写流程的名称"))
    steps = tuple(_sent_step(form, key) for key in keys)
    nodes = tuple(_node(reader, step) for step in steps)
    edges = tuple(dict.fromkeys(edge for step in steps for edge in _edges(reader, step, frozenset(keys))))
    graph = Graph(title=title, nodes=nodes, edges=edges)
    content = None if reader.mistakes else ProcedureContent(slug=slug, title=title, graph=graph)
    return ProcedureForm(title=form.get("title", ""), steps=steps, content=content, mistakes=reader.mistakes)


def _sent_step(form: Form, key: str) -> StepForm:
    labels, targets = form.getlist(f"{key}.label"), form.getlist(f"{key}.to")
    labels += [""] * (len(targets) - len(labels))
    arrows = tuple(
        ArrowRow(label=label.strip(), target=target)
        for label, target in zip(labels, targets, strict=False)
        if label.strip() or target
    )
    values = {name: form.get(f"{key}.{name}", "") for name in FIELDS}
    return StepForm(key=key, kind=form.get(f"{key}.kind", ""), values=values, arrows=arrows)


def _node(reader: Reader, step: StepForm) -> Node:
    if step.kind not in set(NodeKind):
        reader.tell(f"{step.key}.kind", N_("请选择这一步是什么"))

    def text(name: str, most: int) -> str:
        return reader.checked(f"{step.key}.{name}", step.values[name], most=most)

    return Node(
        key=step.key,
        kind=NodeKind(step.kind) if step.kind in set(NodeKind) else NodeKind.STEP,
        title=text("title", 120),
        actor=text("actor", 120),
        detail=text("detail", 2000),
        limit_days=reader.days(f"{step.key}.limit_days", step.values["limit_days"]),
        limit_kind=DayKind.WORKING if step.values["limit_kind"] == DayKind.WORKING else DayKind.CALENDAR,
        evidence=reader.lines(f"{step.key}.evidence"),
        posting=_posting(reader, step),
        risk=text("risk", 2000),
        embeds=text("embeds", 60),
    )


def _posting(reader: Reader, step: StepForm) -> Posting | None:
    def text(name: str, most: int) -> str:
        return reader.checked(f"{step.key}.{name}", step.values[name], most=most)

    what, where, when = text("posting_what", 120), text("posting_where", 80), text("posting_when", 80)
    days = reader.days(f"{step.key}.posting_days", step.values["posting_days"])
    if what:
        return Posting(what=what, where=where or WHERE, days=days, when=when)
    if where or when or days is not None:
        reader.tell(f"{step.key}.posting_what", N_("请写公示什么；不公示的，后面几格也空着"))
    return None


def _edges(reader: Reader, step: StepForm, keys: frozenset[str]) -> list[Edge]:
    # Nothing follows an end: what a step led to before it became one is let go.
    if step.kind == NodeKind.END:
        return []
    found = []
    for row in step.arrows:
        label = reader.checked(f"{step.key}.to", row.label, most=40)
        if not row.target:
            reader.tell(f"{step.key}.to", N_("出口写了结果，没有选去处"))
        elif row.target not in keys:
            reader.tell(f"{step.key}.to", N_("选的去处已经不在流程里，请重选"))
        else:
            found.append(Edge(source=step.key, target=row.target, label=label))
    return found


@dataclass(frozen=True, kw_only=True)
class Done:
    """A graph after a button, and the step where the eye should rest (empty: the top)."""

    graph: Graph
    at: str


def pressed(graph: Graph, button: str, *, exit_label: Callable[[int], str]) -> Done:
    """Do what a button says, and put the arrows into the order of their steps, as they are stored; see `_pressed`."""
    done = _pressed(graph, button, exit_label)
    places = {node.key: place for place, node in enumerate(done.graph.nodes)}
    edges = sorted(done.graph.edges, key=lambda edge: places[edge.source])
    return Done(graph=replace(done.graph, edges=tuple(edges)), at=done.at)


def _pressed(graph: Graph, button: str, exit_label: Callable[[int], str]) -> Done:
    """Return the graph after a button: save, or add, up, down, delete, exit with the key of the step.

    An `add` may name the exit, counted from 0 (add:s3:1). Raise Refusal where it cannot be done.
    """
    deed, _, rest = button.partition(":")
    key, _, number = rest.partition(":")
    match deed:
        case "add":
            changed = joins.add_step(graph, key, exit_number=int(number) if number.isdigit() else 0)
            return Done(graph=changed, at=joins.fresh_key(graph))
        case "up":
            return Done(graph=joins.move_step(graph, key, by=-1), at=key)
        case "down":
            return Done(graph=joins.move_step(graph, key, by=1), at=key)
        case "exit":
            return Done(graph=joins.add_exit(graph, key, label=exit_label), at=key)
        case "delete":
            changed = joins.remove_step(graph, key)
            place = next((place for place, node in enumerate(graph.nodes) if node.key == key), 0)
            return Done(graph=changed, at=changed.nodes[max(0, place - 1)].key)
        case "save" if any(node.key == key for node in graph.nodes):
            return Done(graph=graph, at=key)
    return Done(graph=graph, at="")


def refused_embedding(form: ProcedureForm, keys: tuple[str, ...]) -> ProcedureForm:
    """Return the form with a mistake at the steps whose embedded procedure leads back to this one."""
    words = N_("这套程序里又用到了本流程，绕回来了，请另选")
    return ProcedureForm(
        title=form.title,
        steps=form.steps,
        content=None,
        mistakes={**form.mistakes, **{f"{key}.embeds": Mistake(words=words) for key in keys}},
    )
