"""The form of an item: filled from the item as it is stored, read into an item; what cannot be read is told."""

import re
from dataclasses import dataclass, field

from app.editing.fields import Form, Mistake, Reader
from village_lists.editions.contents import BasisContent, ItemContent, PostingContent, ProcedureUse
from village_lists.markers import N_
from village_lists.powers.models import ItemKind

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}")
BASIS = ("basis.law", "basis.article", "basis.words")
POSTING = ("posting.what", "posting.where", "posting.when", "posting.days")
USE = ("use.slug", "use.from", "use.below")
SPARE_ROWS = 3


@dataclass(frozen=True, kw_only=True)
class ItemForm:
    """An item as a form shows it: `values` by field name, rows as texts; `content` None while there are mistakes."""

    values: dict[str, str]
    bases: tuple[tuple[str, ...], ...]
    postings: tuple[tuple[str, ...], ...]
    uses: tuple[tuple[str, ...], ...]
    content: ItemContent | None
    mistakes: dict[str, Mistake] = field(default_factory=dict)

    @property
    def basis_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the bases with spare rows."""
        return (*self.bases, *[("",) * len(BASIS)] * SPARE_ROWS)

    @property
    def posting_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the postings with a spare row."""
        return (*self.postings, ("",) * len(POSTING))

    @property
    def use_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the procedures used with a spare row."""
        return (*self.uses, ("",) * len(USE))


SINGLE = {"code": 20, "name": 80, "standard_code": 40, "body": 120, "time_limit": 200, "fee": 200, "sentence": 500}
LINES = ("keywords", "conditions", "papers", "accountability")


def blank_item(category: str) -> ItemForm:
    """Return the form of an item that is not there yet."""
    values = {**dict.fromkeys((*SINGLE, *LINES), ""), "kind": ItemKind.POWER.value, "category": category}
    return ItemForm(values=values, bases=(), postings=(), uses=(), content=None)


def filled_item(content: ItemContent) -> ItemForm:
    """Return the form of an item as it is stored."""
    values = {name: str(getattr(content, name)) for name in SINGLE}
    values |= {name: "\n".join(getattr(content, name)) for name in LINES}
    values |= {"kind": content.kind.value, "category": content.category}
    return ItemForm(
        values=values,
        bases=tuple((one.law, one.article, one.words) for one in content.bases),
        postings=tuple((one.what, one.where, one.when, _number(one.days)) for one in content.postings),
        uses=tuple((one.slug, one.from_key, one.below_key) for one in content.procedures),
        content=content,
    )


def _number(days: int | None) -> str:
    return "" if days is None else str(days)


def sent_item(form: Form) -> ItemForm:
    """Return what was sent, with its content unless something cannot be read."""
    reader = Reader(form)
    bases, postings, uses = tuple(reader.rows(BASIS)), tuple(reader.rows(POSTING)), tuple(reader.rows(USE))
    content = _content(reader, bases, postings, uses)
    values = {name: form.get(name, "") for name in (*SINGLE, *LINES, "kind", "category")}
    return ItemForm(
        values=values,
        bases=bases,
        postings=postings,
        uses=uses,
        content=None if reader.mistakes else content,
        mistakes=reader.mistakes,
    )


def _content(
    reader: Reader,
    bases: tuple[tuple[str, ...], ...],
    postings: tuple[tuple[str, ...], ...],
    uses: tuple[tuple[str, ...], ...],
) -> ItemContent:
    needed = {"code": N_("请写事项编码"), "name": N_("请写事项名称")}
    single = {name: reader.text(name, most=most, needed=needed.get(name, "")) for name, most in SINGLE.items()}
    if single["code"] and not CODE.fullmatch(single["code"]):
        reader.tell("code", N_("编码只能用字母、数字、点和短横，最多 20 个"))
    kind = reader.form.get("kind", "")
    if kind not in set(ItemKind):
        reader.tell("kind", N_("请选择这是什么事项"))
    category = reader.form.get("category", "")
    if not category:
        reader.tell("category", N_("请选择分类"))
    return ItemContent(
        code=single["code"],
        name=single["name"],
        standard_code=single["standard_code"],
        body=single["body"],
        sentence=single["sentence"],
        time_limit=single["time_limit"],
        fee=single["fee"],
        keywords=reader.lines("keywords"),
        conditions=reader.lines("conditions"),
        papers=reader.lines("papers"),
        accountability=reader.lines("accountability"),
        kind=ItemKind(kind) if kind in set(ItemKind) else ItemKind.POWER,
        category=category,
        bases=tuple(_basis(reader, row) for row in bases),
        postings=tuple(_posting(reader, row) for row in postings),
        procedures=_uses(reader, uses),
    )


def _basis(reader: Reader, row: tuple[str, ...]) -> BasisContent:
    law, article, words = row
    return BasisContent(
        law=reader.checked("basis", law, most=120),
        article=reader.checked("basis", article, most=60),
        words=reader.checked("basis", words, most=2000),
    )


def _posting(reader: Reader, row: tuple[str, ...]) -> PostingContent:
    what, where, when, days = row
    return PostingContent(
        what=reader.checked("posting", what, most=120, needed=N_("请写公开什么")),
        where=reader.checked("posting", where, most=80),
        when=reader.checked("posting", when, most=80),
        days=reader.days("posting", days),
    )


def _uses(reader: Reader, rows: tuple[tuple[str, ...], ...]) -> tuple[ProcedureUse, ...]:
    if any(not slug for slug, _low, _below in rows):
        reader.tell("use", N_("选了金额档，没有选流程"))
    slugs = [slug for slug, _low, _below in rows]
    if len(set(slugs)) < len(slugs):
        reader.tell("use", N_("同一个流程选了两次"))
    return tuple(ProcedureUse(slug=slug, from_key=low, below_key=below) for slug, low, below in rows)
