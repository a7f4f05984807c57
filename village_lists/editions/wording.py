"""The words of a comparison: sentences within sentences, what fields are called, how their values are said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from village_lists.amounts import yuan
from village_lists.editions.contents import BasisContent, PostingContent
from village_lists.flowcharts.graph import DayKind, Node, Posting
from village_lists.flowcharts.tell import Say, say_chinese
from village_lists.markers import N_
from village_lists.people.models import PostKind
from village_lists.powers.models import ItemKind


@dataclass(frozen=True)
class Told:
    """A marked sentence and what fills its gaps; a gap may hold another `Told`, or a tuple of values set in a row."""

    words: str
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, say: Say = say_chinese) -> str:
        """Return the sentence as `say` says it, the inner ones first."""
        return say(self.words, {name: _filled(value, say) for name, value in self.values.items()})

    def __str__(self) -> str:
        """Return the Chinese sentence."""
        return self.said()


Said = str | Told
"""What a list says in its own words stays as it is; what we say about it is a `Told`."""


def told(words: str, /, **values: object) -> Told:
    """Return a marked sentence with its values."""
    return Told(words, values)


def said(what: Said, say: Say = say_chinese) -> str:
    """Return words as they are read."""
    return what.said(say) if isinstance(what, Told) else what


def in_a_row(parts: tuple[Said, ...]) -> Told:
    """Return words set in a row: 甲、乙、丙."""
    return Told("%(parts)s", {"parts": parts})


def _filled(value: object, say: Say) -> object:
    if isinstance(value, Told):
        return value.said(say)
    if isinstance(value, tuple):
        return say(N_("、"), {}).join(str(_filled(part, say)) for part in value)
    return value


FIELD_WORDS = {
    "title": N_("名称"),
    "note": N_("说明"),
    "is_sample": N_("示例标记"),
    "name": N_("名称"),
    "parent": N_("上一级"),
    "code": N_("编号"),
    "kind": N_("性质"),
    "category": N_("分类"),
    "standard_code": N_("标准编码"),
    "body": N_("责任方"),
    "sentence": N_("一句话"),
    "keywords": N_("常用说法"),
    "conditions": N_("办理条件"),
    "papers": N_("材料"),
    "time_limit": N_("办理时限"),
    "fee": N_("收费"),
    "accountability": N_("追责"),
    "bases": N_("依据"),
    "postings": N_("公开要求"),
    "procedures": N_("流程"),
    "actor": N_("经办人"),
    "detail": N_("做法"),
    "limit": N_("时限"),
    "evidence": N_("要留的材料"),
    "posting": N_("张榜"),
    "risk": N_("廉政风险"),
    "embeds": N_("引用的程序"),
    "words": N_("内容"),
    "basis": N_("依据"),
    "consequence": N_("后果"),
    "who": N_("约束的人"),
    "watched_by": N_("核查方式"),
    "items": N_("涉及的事项"),
    "steps": N_("涉及的步骤"),
    "posts": N_("涉及的岗位"),
    "suggested_fen": N_("建议金额"),
}
"""What a field is called; within one kind of record no two fields share a name."""

ITEM_KIND_WORDS = {
    ItemKind.POWER: N_("权力"),
    ItemKind.RESPONSIBILITY: N_("责任"),
    ItemKind.SERVICE: N_("服务"),
    ItemKind.ASSIST: N_("协助政府"),
}
POST_WORDS = {
    PostKind.CLERK: N_("报账员"),
    PostKind.SECRETARY: N_("村党组织书记"),
    PostKind.DIRECTOR: N_("村民委员会主任"),
    PostKind.SUPERVISION_HEAD: N_("村务监督委员会主任"),
    PostKind.SUPERVISION_MEMBER: N_("村务监督委员会成员"),
    PostKind.ORGANISER: N_("村党组织组织委员"),
    PostKind.TOWNSHIP_AUDITOR: N_("乡镇审计人员"),
    PostKind.COUNTY_STEWARD: N_("县级管理员"),
}


def lines_of(text: str) -> tuple[str, ...]:
    """Return a text as a field's value: one line, none where it is empty."""
    return (text,) if text else ()


def amount_words(fen: int) -> Told:
    """Say an amount of fen as 「50,000.00 元」."""
    return told(N_("%(yuan)s 元"), yuan=yuan(fen))


def basis_words(basis: BasisContent) -> str:
    """Say a basis as it is printed: law, article, then what it says."""
    law = f"《{basis.law.strip('《》')}》" if basis.law else ""
    return " ".join(part for part in (law + basis.article, basis.words) if part)


def item_posting_words(posting: PostingContent) -> Told:
    """Say what an item demands to be posted, as a row: what, where, when, how long."""
    parts: list[Said] = [part for part in (posting.what, posting.where, posting.when) if part]
    if posting.days is not None:
        parts.append(told(N_("不少于 %(days)s 天"), days=posting.days))
    return in_a_row(tuple(parts))


def step_posting_words(posting: Posting) -> Told:
    """Say what a step demands to be posted: what, where, how long, when."""
    parts: list[Said] = [part for part in (posting.what, posting.where, posting.when) if part]
    if posting.days is not None:
        parts.append(told(N_("%(days)s 天"), days=posting.days))
    return in_a_row(tuple(parts))


def limit_words(node: Node) -> Told | None:
    """Say the time limit of a step, as 「5个工作日内」; None if it has none."""
    if node.limit_days is None:
        return None
    if node.limit_days == 0:
        return told(N_("当日"))
    if node.limit_kind is DayKind.WORKING:
        return told(N_("%(days)s个工作日内"), days=node.limit_days)
    return told(N_("%(days)s日内"), days=node.limit_days)


def band_words(low: str, below: str) -> Said:
    """Say an amount band by the names of its ends; an empty end is open."""
    if low and below:
        return told(N_("「%(low)s」以上、不满「%(below)s」"), low=low, below=below)
    if low:
        return told(N_("「%(low)s」以上"), low=low)
    if below:
        return told(N_("不满「%(below)s」"), below=below)
    return told(N_("不论金额"))
