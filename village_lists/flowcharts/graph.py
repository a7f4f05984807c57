"""The procedure as a graph: the one shape that data files, tables and drawings share."""

from dataclasses import dataclass
from enum import StrEnum


class NodeKind(StrEnum):
    """What a node is; the symbols follow GB/T 1526-1989 (ISO 5807:1985)."""

    START = "start"
    STEP = "step"
    DECISION = "decision"
    PREDEFINED = "predefined"
    PARALLEL = "parallel"
    END = "end"


class DayKind(StrEnum):
    """How the days of a time limit are counted."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True, kw_only=True)
class Posting:
    """A posting that a step demands: what, where, when, and for how many days (None: as the rule book says)."""

    what: str
    where: str = "村务公开栏"
    days: int | None = None
    when: str = ""


@dataclass(frozen=True, kw_only=True)
class Node:
    """One box of the chart. `embeds` is the slug of an embedded procedure (kind predefined only).

    `limit_days` with `limit_kind` is the time limit; `evidence` names the papers kept;
    `prohibitions` are the codes of prohibitions that belong to this very step.
    """

    key: str
    kind: NodeKind
    title: str
    actor: str = ""
    detail: str = ""
    limit_days: int | None = None
    limit_kind: DayKind = DayKind.CALENDAR
    evidence: tuple[str, ...] = ()
    posting: Posting | None = None
    risk: str = ""
    embeds: str = ""
    prohibitions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Edge:
    """An arrow; an exit of a decision carries its label (同意, 不同意)."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Graph:
    """A whole procedure: nodes in reading order, and the arrows between them.

    A PARALLEL node with several exits forks, one with several entries joins (并行方式).
    """

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
