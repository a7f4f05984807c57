"""The negative list of a workbook, with what each entry is tied to."""

import re
from collections.abc import Mapping, Sequence

from village_lists.editions.contents import ItemContent, ProcedureContent, ProhibitionContent, StepTie
from village_lists.exchange.lists.cells import listed, truth_of
from village_lists.exchange.lists.columns import PLAN
from village_lists.exchange.lists.directory import Directory
from village_lists.exchange.lists.findings import Findings
from village_lists.exchange.lists.rows import TIE
from village_lists.exchange.lists.tables import Line, Table
from village_lists.exchange.lists.wording import spelled
from village_lists.markers import N_
from village_lists.people.models import PostKind

WATCHED_BY = ProhibitionContent(code="", words="").watched_by
PARTS = ("code", "words", "basis", "consequence", "who", "watched_by", "items", "steps", "posts")


def read_prohibitions(
    tables: Mapping[str, Table],
    items: Sequence[ItemContent],
    procedures: Sequence[ProcedureContent],
    findings: Findings,
) -> tuple[ProhibitionContent, ...]:
    """Return the entries in order; a missing code is made up (N01)."""
    table = tables.get("prohibitions")
    if table is None:
        return ()
    known = Directory("事项", [(item.code, item.name) for item in items])
    steps = _steps(items, procedures)
    given = [line.text("code") for line in table.lines]
    found = []
    codes: set[str] = set()
    for line in table.lines:
        code = line.text("code") or _made_up({*given, *codes})
        if code in codes:
            about = ("prohibition", code, "code")
            findings.tell(line.spot("code"), N_("编号「%(found)s」用了不止一次"), found=code, about=about)
        codes.add(code)
        for part in PARTS:
            findings.stands("prohibition", code, part, line.spot(part))
        findings.stands("prohibition", code, "", line.spot("words"))
        found.append(_prohibition(line, table, code, known, steps, findings))
    return tuple(found)


def _made_up(taken: set[str]) -> str:
    number = 1
    while f"N{number:02d}" in taken:
        number += 1
    return f"N{number:02d}"


def _steps(items: Sequence[ItemContent], procedures: Sequence[ProcedureContent]) -> dict[str, dict[str, list[str]]]:
    """Return for each item the keys of its steps, by key and by title."""
    graphs = {one.slug: one.graph for one in procedures}
    found: dict[str, dict[str, list[str]]] = {}
    for item in items:
        names = found.setdefault(item.code, {})
        for use in item.procedures:
            for node in graphs[use.slug].nodes if use.slug in graphs else ():
                for name in dict.fromkeys((node.key, spelled(node.title))):
                    names.setdefault(name, []).append(node.key)
    return found


def _prohibition(
    line: Line,
    table: Table,
    code: str,
    known: Directory,
    steps: Mapping[str, Mapping[str, list[str]]],
    findings: Findings,
) -> ProhibitionContent:
    return ProhibitionContent(
        code=code,
        words=line.text("words"),
        basis=line.text("basis"),
        consequence=line.text("consequence"),
        who=line.text("who"),
        watched_by=line.text("watched_by") if table.has("watched_by") else WATCHED_BY,
        is_sample=truth_of(line.entry("is_sample"), findings),
        items=tuple(_item(text, known) for text in listed(line, table, "items", separators="、，,；;")),
        steps=tuple(
            tie
            for text in listed(line, table, "steps", separators="、，,；;")
            if (tie := _tie(text, line, table, known, steps, findings)) is not None
        ),
        posts=tuple(_posts(line, table, findings)),
    )


def _item(text: str, known: Directory) -> str:
    """Return the code of the item that is named; a name that nobody has stays, and the content's check tells it."""
    meant = known.meant(text)
    return meant[0] if len(meant) == 1 else text


def _tie(
    text: str,
    line: Line,
    table: Table,
    known: Directory,
    steps: Mapping[str, Mapping[str, list[str]]],
    findings: Findings,
) -> StepTie | None:
    """Return item and step of `A08／3`, `A08.3` or with names; tell what can be read in no way or in several."""
    item, sign, step = text.partition(TIE)
    if sign and (item in known.names or table.has_lines("steps")):
        return StepTie(item_code=item, node_key=step)
    found: set[tuple[str, str]] = set()
    for cut in re.finditer(r"[/／.:：\s　]+第?", text):
        for code in known.meant(text[: cut.start()]):
            named = text[cut.end() :].removesuffix("步")
            for name in (named, spelled(named), text[cut.end() :]):
                found |= {(code, key) for key in steps.get(code, {}).get(name, ())}
    if len(found) == 1:
        code, key = found.pop()
        return StepTie(item_code=code, node_key=key)
    words = N_("涉及步骤「%(found)s」看不懂，请写成「事项编号／步骤编号」")
    findings.tell(line.spot("steps"), words, found=text)
    return None


def _posts(line: Line, table: Table, findings: Findings) -> list[PostKind]:
    found = []
    for word in listed(line, table, "posts", separators="、，,；;"):
        value = PLAN.value("posts", word)
        if value:
            found.append(PostKind(value))
        else:
            words = N_("「%(found)s」不认识，可以写：%(allowed)s")
            findings.tell(line.spot("posts"), words, found=word, allowed="、".join(PLAN.words("posts")))
    return found
