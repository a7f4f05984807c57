"""The form of an entry of the negative list: its words, and what it is tied to."""

import re
from dataclasses import dataclass, field

from app.editing.fields import Form, Mistake, Reader
from village_lists.editions.contents import ProhibitionContent, StepTie
from village_lists.markers import N_
from village_lists.people.models import PostKind

SINGLE = {"code": 20, "words": 1000, "basis": 200, "consequence": 1000, "who": 120, "watched_by": 60}
NEEDED = {"code": N_("请写编号"), "words": N_("请写禁止什么")}
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}")
BY_HAND = "需人工判断"


@dataclass(frozen=True, kw_only=True)
class ProhibitionForm:
    """An entry as a form shows it; a tie is the code of an item, or code and step joined by a bar."""

    values: dict[str, str]
    ties: tuple[str, ...]
    posts: tuple[str, ...]
    is_sample: bool
    content: ProhibitionContent | None
    mistakes: dict[str, Mistake] = field(default_factory=dict)

    @property
    def tied_codes(self) -> frozenset[str]:
        """Return the codes of the items that the entry is tied to, as a whole or by a step."""
        return frozenset(tie.partition("|")[0] for tie in self.ties)


def tie_value(item_code: str, node_key: str = "") -> str:
    """Return how a select names an item, or a step of it."""
    return f"{item_code}|{node_key}" if node_key else item_code


def blank_prohibition() -> ProhibitionForm:
    """Return the form of an entry that is not there yet."""
    values = {**dict.fromkeys(SINGLE, ""), "watched_by": BY_HAND}
    return ProhibitionForm(values=values, ties=(), posts=(), is_sample=True, content=None)


def filled_prohibition(content: ProhibitionContent) -> ProhibitionForm:
    """Return the form of an entry as it is stored."""
    steps = [tie_value(tie.item_code, tie.node_key) for tie in content.steps]
    return ProhibitionForm(
        values={name: str(getattr(content, name)) for name in SINGLE},
        ties=(*content.items, *steps),
        posts=tuple(post.value for post in content.posts),
        is_sample=content.is_sample,
        content=content,
    )


def sent_prohibition(form: Form) -> ProhibitionForm:
    """Return what was sent, with its content unless something cannot be read."""
    reader = Reader(form)
    single = {name: reader.text(name, most=most, needed=NEEDED.get(name, "")) for name, most in SINGLE.items()}
    if single["code"] and not CODE.fullmatch(single["code"]):
        reader.tell("code", N_("编号只能用字母、数字、点和短横，最多 20 个"))
    ties = tuple(dict.fromkeys(tie for tie in form.getlist("tie") if tie))
    posts = tuple(post for post in PostKind if post.value in form.getlist("post"))
    content = ProhibitionContent(
        **single,
        is_sample="is_sample" in form,
        items=tuple(tie for tie in ties if "|" not in tie),
        steps=tuple(_step(tie) for tie in ties if "|" in tie),
        posts=posts,
    )
    return ProhibitionForm(
        values={name: form.get(name, "") for name in SINGLE},
        ties=ties,
        posts=tuple(post.value for post in posts),
        is_sample="is_sample" in form,
        content=None if reader.mistakes else content,
        mistakes=reader.mistakes,
    )


def _step(tie: str) -> StepTie:
    code, _, key = tie.partition("|")
    return StepTie(item_code=code, node_key=key)
