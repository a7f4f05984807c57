"""Lists thrown by dice: every field, every kind of tie and band, graphs of every shape, texts that programs mistake."""

import unicodedata

from hypothesis import strategies as st

from village_lists.editions.contents import (
    BasisContent,
    CategoryContent,
    ItemContent,
    ListContent,
    PostingContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
    StepTie,
    ThresholdContent,
)
from village_lists.exchange.lists.tables import FAULTS, reads_as_note
from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind, Posting
from village_lists.people.models import PostKind
from village_lists.powers.models import ItemKind

TRAPS = (
    "=1+1", "+86 139", "-5", "@SUM(A1)", "=HYPERLINK(\"x\")", "001", "1e5", "2026-01-02", "1-2", "3月1日", "5%", "TRUE",
    "true", "yes", "No", "null", "~", "０１２", "：，；「」", "a: b", "# 号", "- 一", "? 问", "*星", "&锚", "!标",
    "|", ">",    "'单'", '"双"', "{a}", "[b]", "%TAG", "_x0041_", "_x005F_", "<b>&amp;", "a\tb", "注：不是注",
    "合计", "说明：x", "1.甲 2.乙", "甲→乙", "5个工作日", "结束", "开始", "是", "否", "同意→3；不同意→1", "A01／2",
    "一行；两行、三行", "50,000.00", "…", "---", "...", "😀𠮷", "\\n", "C:\\x",
    "'", '"', "0x1F", "1_000", ".5", "+", "=", "@", "N", "y",
)  # fmt: skip
letters = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn"),
    exclude_characters="\ufeff\ufffe\uffff",
)


def _is_kept(text: str) -> bool:
    return text.strip() == text


# A workbook refuses what a spreadsheet takes for a failed formula (test_workbook.py).
words = st.one_of(
    st.sampled_from(TRAPS),
    st.text(letters, min_size=1, max_size=12).map(str.strip).filter(lambda text: text and text not in FAULTS),
)
maybe = st.one_of(st.just(""), words)
passages = st.one_of(
    maybe,
    st.lists(st.one_of(maybe, st.just("  缩进")), min_size=1, max_size=4).map("\n".join).map(str.strip),
)
listed = st.lists(words, max_size=3).map(tuple)
days = st.one_of(st.none(), st.integers(1, 400))
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,6}", fullmatch=True)
keys = st.one_of(codes, words.map(lambda text: text[:40].strip()).filter(bool))


def contents() -> st.SearchStrategy[ListContent]:
    """Return whole lists whose references hold; not all of them could be published."""
    return _contents()


@st.composite
def _contents(draw: st.DrawFn) -> ListContent:
    categories = _categories(draw)
    thresholds = tuple(
        ThresholdContent(key=key, name=draw(maybe), suggested_fen=draw(st.integers(0, 10**12)))
        for key in draw(st.lists(keys, unique=True, max_size=3))
    )
    # A chart without a title stands alone in its row, where 注：… is refused (test_workbook.py).
    slugs = draw(st.lists(keys.filter(lambda text: not reads_as_note(text)), unique=True, max_size=3))
    procedures = tuple(_procedure(draw, slug, slugs) for slug in slugs)
    item_codes = draw(st.lists(codes, unique=True, max_size=4)) if categories else []
    items = tuple(_item(draw, code, categories, slugs, thresholds) for code in item_codes)
    return ListContent(
        title=draw(maybe),
        note=draw(passages),
        is_sample=draw(st.booleans()),
        categories=categories,
        items=items,
        procedures=procedures,
        prohibitions=tuple(
            _prohibition(draw, code, item_codes) for code in draw(st.lists(codes, unique=True, max_size=3))
        ),
        thresholds=thresholds,
    )


def _categories(draw: st.DrawFn) -> tuple[CategoryContent, ...]:
    found: list[CategoryContent] = []
    for code in draw(st.lists(keys, unique=True, max_size=5)):
        parent = draw(st.sampled_from(["", *(one.code for one in found)]))
        found.append(CategoryContent(code=code, name=draw(words), parent=parent))
    return tuple(found)


def _item(
    draw: st.DrawFn,
    code: str,
    categories: tuple[CategoryContent, ...],
    slugs: list[str],
    thresholds: tuple[ThresholdContent, ...],
) -> ItemContent:
    bands = st.sampled_from(["", *(one.key for one in thresholds)])
    bases = st.builds(BasisContent, law=maybe, article=maybe, words=passages)
    return ItemContent(
        code=code,
        name=draw(maybe),
        kind=draw(st.sampled_from(ItemKind)),
        category=draw(st.sampled_from([one.code for one in categories])),
        standard_code=draw(maybe),
        body=draw(maybe),
        sentence=draw(passages),
        keywords=draw(listed),
        conditions=draw(listed),
        papers=draw(listed),
        time_limit=draw(maybe),
        fee=draw(maybe),
        accountability=draw(listed),
        bases=tuple(draw(st.lists(bases.filter(lambda one: one != BasisContent()), max_size=2))),
        postings=tuple(
            draw(st.lists(st.builds(PostingContent, what=words, where=maybe, when=maybe, days=days), max_size=2))
        ),
        procedures=tuple(
            ProcedureUse(slug=slug, from_key=draw(bands), below_key=draw(bands))
            for slug in (draw(st.lists(st.sampled_from(slugs), unique=True, max_size=3)) if slugs else [])
        ),
    )


def _procedure(draw: st.DrawFn, slug: str, slugs: list[str]) -> ProcedureContent:
    title = draw(maybe)
    node_keys = draw(st.lists(keys, unique=True, max_size=6))
    nodes = tuple(
        Node(
            key=key,
            kind=draw(st.sampled_from(NodeKind)),
            title=draw(maybe),
            actor=draw(maybe),
            detail=draw(passages),
            limit_days=draw(days),
            limit_kind=draw(st.sampled_from(DayKind)),
            evidence=draw(listed),
            posting=draw(
                st.one_of(st.none(), st.builds(Posting, what=words, where=maybe, when=maybe, days=days)),
            ),
            risk=draw(passages),
            embeds=draw(st.one_of(st.just(""), st.sampled_from(slugs), words)),
        )
        for key in node_keys
    )
    ends = st.sampled_from(node_keys) if node_keys else words
    wild = st.builds(Edge, source=ends, target=st.one_of(ends, ends, words), label=maybe)
    drawn = draw(st.lists(wild, unique=True, max_size=8))
    if draw(st.booleans()):
        drawn.sort(key=lambda edge: node_keys.index(edge.source) if edge.source in node_keys else 99)
    return ProcedureContent(slug=slug, title=title, graph=Graph(title=title, nodes=nodes, edges=tuple(drawn)))


def _prohibition(draw: st.DrawFn, code: str, item_codes: list[str]) -> ProhibitionContent:
    tied = st.sampled_from(item_codes) if item_codes else codes
    return ProhibitionContent(
        code=code,
        words=draw(passages),
        basis=draw(maybe),
        consequence=draw(passages),
        who=draw(maybe),
        watched_by=draw(st.one_of(st.just("需人工判断"), maybe)),
        is_sample=draw(st.booleans()),
        items=tuple(draw(st.lists(tied, unique=True, max_size=2))),
        steps=tuple(draw(st.lists(st.builds(StepTie, item_code=tied, node_key=keys), unique=True, max_size=2))),
        posts=tuple(draw(st.lists(st.sampled_from(PostKind), unique=True, max_size=3))),
    )


assert all(_is_kept(trap) and unicodedata.is_normalized("NFC", trap) for trap in TRAPS)
