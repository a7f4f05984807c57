"""The form of what a category says besides its columns: name, place in the directory, rules, who owes it, grounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from app.county.category_trees import Tree, directory_trees
from app.database import session
from app.editing.fields import Form, Mistake, Reader
from publicity.categories.contents import Basis, CategoryContent, Sheet
from publicity.categories.models import Affairs
from village_lists.editions.queries import lists_of
from village_lists.markers import N_
from village_lists.periods import Cadence
from village_lists.places.models import BodyKind, Place
from village_lists.powers.queries import items_of
from village_lists.rulebook.catalog import catalog

Choice = TypeVar("Choice", Affairs, Sheet, Cadence)
TICKS = ("may_be_nil", "is_owed", "hides_minors", "is_active")
RULES = {"due_rule": "due.", "review_rule": "review.order", "display_rule": "display.days"}
NOT_DUE = frozenset({"due.when_day_off"})
LAST_POSITION = 9999
USUAL_DUE = {
    Cadence.MONTH: "due.general.monthly.day",
    Cadence.QUARTER: "due.general.quarterly.day",
    Cadence.HALF_YEAR: "due.general.half_year.day",
    Cadence.YEAR: "due.general.yearly.day",
    Cadence.EVENT: "due.event.working_days",
}
PARTY_DUE = {Cadence.HALF_YEAR: "due.party.half_year.day", Cadence.QUARTER: "due.party.quarterly.day"}
PARTY_REVIEW = "review.order.party"


@dataclass(frozen=True, kw_only=True)
class CoverForm:
    """The form as it is stored or was sent; `content` None while there are mistakes."""

    form: Form
    content: CategoryContent | None
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)


def begun_category(form: Form, *, position: int) -> CoverForm:
    """Return what a new category says at first: what was asked, and for the rest what is usual for such a one."""
    reader = Reader(form)
    name = reader.text("name", most=80, needed=N_("请写类别的名称"))
    affairs = _chosen(reader, "affairs", Affairs, N_("请选择是党务、村务还是财务"))
    sheet = _chosen(reader, "sheet", Sheet, N_("请选择纸上的样子"))
    cadence = _chosen(reader, "cadence", Cadence, N_("请选择多久公开一次"))
    if affairs is None or sheet is None or cadence is None or reader.mistakes:
        return CoverForm(form=form, content=None, mistakes=reader.mistakes)
    known = set(catalog().keys)
    is_party = affairs is Affairs.PARTY
    due = (PARTY_DUE.get(cadence) if is_party else None) or USUAL_DUE[cadence]
    content = CategoryContent(
        name=name,
        affairs=affairs,
        sheet=sheet,
        cadence=cadence,
        headings=tuple((tree.key, tree.first(affairs)) for tree in directory_trees() if tree.first(affairs)),
        due_rule=due if due in known else "due.general.quarterly.day",
        review_rule=PARTY_REVIEW if is_party and PARTY_REVIEW in known else "review.order",
        is_owed=cadence is not Cadence.EVENT,
        may_be_nil=cadence is not Cadence.EVENT,
        position=position,
    )
    return CoverForm(form=form, content=content)


def filled_cover(content: CategoryContent) -> CoverForm:
    """Return the form of a content as it is stored."""
    form = Form(
        {
            **{name: str(getattr(content, name)) for name in ("name", "about", "note", "position", *RULES)},
            **{name: getattr(content, name).value for name in ("affairs", "sheet", "cadence")},
            **{f"heading-{tree}": heading for tree, heading in content.headings},
            **{name: "1" for name in TICKS if getattr(content, name)},
            "basis": "\n".join(one.words for one in content.basis if not one.is_sample),
            "sample_basis": "\n".join(one.words for one in content.basis if one.is_sample),
        }
    )
    form.setlist("body", [body.value for body in content.bodies])
    form.setlist("item", list(content.items))
    return CoverForm(form=form, content=content)


def sent_cover(form: Form, content: CategoryContent) -> CoverForm:
    """Return what was sent, written over the content."""
    reader = Reader(form)
    bodies = tuple(body for body in BodyKind if body.value in form.getlist("body"))
    if not bodies:
        reader.tell("body", N_("请至少选一个由谁公开"))
    changed = replace(
        content,
        name=reader.text("name", most=80, needed=N_("请写类别的名称")),
        about=reader.text("about", most=120),
        note=reader.text("note", most=4000),
        affairs=_chosen(reader, "affairs", Affairs, N_("请选择是党务、村务还是财务")) or content.affairs,
        sheet=_chosen(reader, "sheet", Sheet, N_("请选择纸上的样子")) or content.sheet,
        cadence=_chosen(reader, "cadence", Cadence, N_("请选择多久公开一次")) or content.cadence,
        headings=_headings(form, content),
        bodies=bodies,
        due_rule=_rule(reader, "due_rule", content),
        review_rule=_rule(reader, "review_rule", content),
        display_rule=_rule(reader, "display_rule", content),
        basis=(*_bases(reader, "basis", is_sample=False), *_bases(reader, "sample_basis", is_sample=True)),
        items=tuple(dict.fromkeys(code for code in form.getlist("item") if 0 < len(code) <= 20)),
        may_be_nil="may_be_nil" in form,
        is_owed="is_owed" in form,
        hides_minors="hides_minors" in form,
        is_active="is_active" in form,
        position=_position(reader),
    )
    return CoverForm(form=form, content=None if reader.mistakes else changed, mistakes=reader.mistakes)


def offered_rules(current: CategoryContent) -> dict[str, list[tuple[str, str]]]:
    """Return for each of the three rules the keys that may be chosen with their names, the present one among them."""
    return {name: _offered(beginning, getattr(current, name)) for name, beginning in RULES.items()}


def offered_items(county: Place) -> list[tuple[str, str]]:
    """Return code and name of every item of the lists that the county has published."""
    found: dict[str, str] = {}
    for line in lists_of(session(), places=[county]):
        if line.published:
            lines = items_of(session(), version_id=line.published.version.id)
            found |= {one.code: one.name for one in lines}
    return list(found.items())


def rule_name(key: str) -> str:
    """Return what the rule book calls a rule; a rule without a name stays as it is."""
    entry = catalog().entry(key)
    return entry.name if entry else key


def trees() -> Sequence[Tree]:
    """Return the directory trees in which a category has a place."""
    return directory_trees()


def _offered(beginning: str, current: str) -> list[tuple[str, str]]:
    keys = [key for key in catalog().keys if key.startswith(beginning) and key not in NOT_DUE]
    return [(key, rule_name(key)) for key in dict.fromkeys((*keys, current))]


def _rule(reader: Reader, name: str, content: CategoryContent) -> str:
    found = reader.form.get(name, "")
    if found not in {key for key, _ in _offered(RULES[name], getattr(content, name))}:
        reader.tell(name, N_("请从规则库里选一条规则"))
    return found


def _headings(form: Form, content: CategoryContent) -> tuple[tuple[str, str], ...]:
    """Return the headings that were chosen; those of trees that the form does not show stay."""
    shown = {tree.key for tree in directory_trees()}
    chosen = [(tree.key, form.get(f"heading-{tree.key}", "")) for tree in directory_trees()]
    kept = [pair for pair in content.headings if pair[0] not in shown]
    known = {tree.key: tree.keys for tree in directory_trees()}
    return (*(pair for pair in chosen if pair[1] in known[pair[0]]), *kept)


def _bases(reader: Reader, name: str, *, is_sample: bool) -> tuple[Basis, ...]:
    return tuple(Basis(words=line, is_sample=is_sample) for line in reader.lines(name, most=300))


def _position(reader: Reader) -> int:
    text = reader.form.get("position", "").strip() or "0"
    if not (text.isascii() and text.isdigit() and int(text[:8]) <= LAST_POSITION):
        reader.tell("position", N_("次序请写 0 到 9999 之间的整数"))
        return 0
    return int(text)


def _chosen(reader: Reader, name: str, kind: type[Choice], needed: str) -> Choice | None:
    found = reader.form.get(name, "")
    if found in tuple(kind):
        return kind(found)
    reader.tell(name, needed)
    return None
