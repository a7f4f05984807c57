"""Which step has to be carried by which meeting: the words of its actor, read from data/meetings.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from publicity.matters.course import Plan
from publicity.matters.standings import embedded_in
from village_lists.flowcharts.graph import Node, NodeKind
from village_lists.places.models import BodyKind

FILE = Path(__file__).parent / "data" / "meetings.yaml"
EXITS = Path(__file__).parent / "data" / "exits.yaml"
VOTING = {NodeKind.STEP, NodeKind.DECISION}


@dataclass(frozen=True, kw_only=True)
class MeetingWords:
    """Words that name a meeting, and the deciding body of the rule book for each legal body."""

    words: tuple[str, ...]
    bodies: Mapping[BodyKind, str]


@cache
def read_meetings(file: Path = FILE) -> tuple[MeetingWords, ...]:
    """Return what the data file says, in its order; raise ValueError naming the row that cannot be understood."""
    rows = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    found = []
    for number, row in enumerate(rows, start=1):
        words = tuple(str(one) for one in row.get("words", ()))
        bodies = {kind: str(row.get(kind.value, row.get("body", ""))) for kind in BodyKind}
        if not words or not all(bodies.values()) or not row.keys() <= {"words", "body", *map(str, BodyKind)}:
            raise ValueError(f"{file.name}: 第 {number} 条写得不全或者有不认识的栏")
        found.append(MeetingWords(words=words, bodies=bodies))
    return tuple(found)


@cache
def read_exits(file: Path = EXITS) -> tuple[str, ...]:
    """Return with which words an exit begins that says a meeting carried it; raise ValueError for other shapes."""
    rows = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    if not isinstance(rows, list) or not all(isinstance(one, str) and one for one in rows):
        raise ValueError(f"{file.name}: 应当是一串结果的字样")
    return tuple(rows)


def carries(exit: str) -> bool:
    """Say whether an exit of a decision says that a meeting carried it (同意, 通过)."""
    return exit.startswith(read_exits())


def vote_body_of(node: Node, body_kind: BodyKind) -> str | None:
    """Return the deciding body of the rule book that has to carry a step, or None where nobody votes."""
    if node.kind not in VOTING:
        return None
    for row in read_meetings():
        if any(words in node.actor for words in row.words):
            return row.bodies[body_kind]
    return None


def voting_of(plan: Plan, body_kind: BodyKind) -> dict[str, str]:
    """Return by path the deciding body of each step of a plan that somebody has to carry."""
    found = {}
    for path, slug in embedded_in(plan).items():
        for node in plan.graphs[slug].nodes:
            body = vote_body_of(node, body_kind)
            if body is not None:
                found[f"{path}/{node.key}" if path else node.key] = body
    return found
