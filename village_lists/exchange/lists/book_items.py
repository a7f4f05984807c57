"""The items of a workbook, with their bases and postings from sheets of their own or from their own cells."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from village_lists.editions.contents import BasisContent, ItemContent, PostingContent
from village_lists.exchange.lists.book_categories import Categories
from village_lists.exchange.lists.cells import choice_of, days_of, listed
from village_lists.exchange.lists.directory import Directory
from village_lists.exchange.lists.findings import Findings
from village_lists.exchange.lists.tables import Line, Table
from village_lists.exchange.lists.wording import parts_of
from village_lists.markers import N_
from village_lists.powers.models import ItemKind

_LAW = re.compile(
    r"《(?P<law>[^《》]+)》\s*(?P<article>第[^，。：:；]*条[^，。：:；]*)?[，。：:；]?\s*(?P<words>.*)", re.DOTALL
)
PARTS = (
    "code", "name", "kind", "category", "standard_code", "body", "sentence", "keywords", "conditions", "papers",
    "time_limit", "fee", "accountability", "bases", "postings",
)  # fmt: skip


def read_items(
    tables: Mapping[str, Table], categories: Categories, findings: Findings
) -> tuple[list[ItemContent], dict[str, Line]]:
    """Return the items without their procedures, in order, and each one's line by its code."""
    table = tables.get("items")
    if table is None:
        return [], {}
    placed = [(line, categories.of(line)) for line in table.lines]
    codes = _codes(placed, categories, findings)
    items = [_item(line, table, code, category, findings) for (line, category), code in zip(placed, codes, strict=True)]
    lines: dict[str, Line] = {}
    for code, (line, _) in zip(codes, placed, strict=True):
        lines.setdefault(code, line)
        for part in PARTS:
            role = "class1" if part == "category" and "category" not in line.letters else part
            findings.stands("item", code, part, line.spot(role))
        findings.stands("item", code, "", line.spot("name"))
    return _with_sheets(items, tables, findings), lines


def _codes(placed: list[tuple[Line, str]], categories: Categories, findings: Findings) -> list[str]:
    """Return the codes; a missing one is made up of its top class (A, B, …) and a number within it (A01)."""
    given = {line.text("code") for line, _ in placed}
    known: set[str] = set()
    tops = _tops(categories)
    order = {top: number for number, top in enumerate(dict.fromkeys(tops.values()))}
    counts: dict[str, int] = defaultdict(int)
    codes: list[str] = []
    made = 0
    for line, category in placed:
        code = line.text("code")
        if code and code in known:
            about = ("item", code, "code")
            findings.tell(line.spot("code"), N_("编号「%(found)s」用了不止一次"), found=code, about=about)
        top = tops.get(category, "")
        letter = _letter(order[top]) if top in order else "X"
        counts[letter] += 1
        if not code:
            made += 1
            while (code := f"{letter}{counts[letter]:02d}") in given or code in known:
                counts[letter] += 1
        codes.append(code)
        known.add(code)
    if made:
        words = N_("有 %(count)s 个事项没有编号，已按分类和先后编好")
        findings.notice(placed[0][0].sheet, words, count=made)
    return codes


def _tops(categories: Categories) -> dict[str, str]:
    """Return the top category above each category, by code."""
    parents = {one.code: one.parent for one in categories.all()}
    tops: dict[str, str] = {}
    for code in parents:
        here, seen = code, set[str]()
        while parents.get(here) and here not in seen:
            seen.add(here)
            here = parents[here]
        tops[code] = here
    return tops


def _letter(index: int) -> str:
    return chr(65 + index) if index < 26 else f"Z{index}"


def _item(line: Line, table: Table, code: str, category: str, findings: Findings) -> ItemContent:
    if not line.text("name"):
        findings.tell(line.spot("name"), N_("这一行没有写事项名称"), about=("item", code, "name"), hinders_import=False)
    if not category:
        # The reader of categories told why; the check need not say it again.
        findings.hush(("item", code, "category"))
    return ItemContent(
        code=code,
        name=line.text("name"),
        kind=ItemKind(choice_of(line.entry("kind"), "kinds", findings, otherwise=ItemKind.POWER.value)),
        category=category,
        standard_code=line.text("standard_code"),
        body=line.text("body"),
        sentence=line.text("sentence"),
        keywords=listed(line, table, "keywords", separators="、，,；; 　"),
        conditions=listed(line, table, "conditions", separators="；;"),
        papers=listed(line, table, "papers", separators="、；;"),
        time_limit=line.text("time_limit"),
        fee=line.text("fee"),
        accountability=listed(line, table, "accountability", separators="；;"),
        bases=tuple(_cited(text) for text in parts_of(line.text("bases"), "；;")),
        postings=tuple(PostingContent(what=text) for text in parts_of(line.text("postings"), "、；;")),
    )


def _cited(text: str) -> BasisContent:
    """Return a basis as a clerk cites it: 《law》 article, words; without a law the words alone."""
    found = _LAW.fullmatch(text)
    if not found:
        return BasisContent(words=text)
    return BasisContent(
        law=found["law"].strip(), article=(found["article"] or "").strip(), words=found["words"].strip()
    )


def _with_sheets(items: list[ItemContent], tables: Mapping[str, Table], findings: Findings) -> list[ItemContent]:
    """Add what the sheets of bases and postings say to the items they name."""
    directory = Directory("事项", [(item.code, item.name) for item in items])
    bases: dict[str, list[BasisContent]] = defaultdict(list)
    postings: dict[str, list[PostingContent]] = defaultdict(list)
    for line in _lines(tables, "bases"):
        code = directory.find(line.entry("item"), line.entry("item_name"), findings)
        basis = BasisContent(law=line.text("law"), article=line.text("article"), words=line.text("words"))
        if basis == BasisContent():
            findings.tell(line.spot("law"), N_("这一行没有写依据的内容"))
        bases[code].append(basis)
        findings.stands("item", code, "bases", line.spot("law"))
    for line in _lines(tables, "postings"):
        code = directory.find(line.entry("item"), line.entry("item_name"), findings)
        if not line.text("what"):
            findings.tell(line.spot("what"), N_("没有写要公示什么"))
        days = days_of(line.entry("days"), findings)
        posting = PostingContent(what=line.text("what"), where=line.text("where"), when=line.text("when"), days=days)
        postings[code].append(posting)
    return [
        replace(item, bases=(*item.bases, *bases[item.code]), postings=(*item.postings, *postings[item.code]))
        for item in items
    ]


def _lines(tables: Mapping[str, Table], key: str) -> tuple[Line, ...]:
    return tables[key].lines if key in tables else ()
