"""Tells a difference: short sentences that a villager understands, and the standing of each step on the two charts."""

from collections.abc import Iterable, Iterator, Mapping

from village_lists.editions.contents import ProcedureContent
from village_lists.editions.differences import (
    ChangeKind,
    Difference,
    FieldChange,
    ItemChange,
    ItemDifference,
    ProcedureChange,
    RecordChange,
    Sentence,
    StepChange,
    Subject,
    UseChange,
    WayChange,
)
from village_lists.editions.flows import compare_flows
from village_lists.editions.wording import Said, Told, in_a_row, said, told
from village_lists.flowcharts.graph import NodeKind
from village_lists.flowcharts.standings import Standing, StandingKind
from village_lists.flowcharts.tell import Say, say_chinese
from village_lists.markers import N_

SHORT = 40
"""Texts up to so many characters are set out in a sentence; longer ones stand in the table beside each other."""
FEW = 3
"""So many lines or items are named one by one; more are counted."""
Marks = Mapping[str, Standing]
ORDER_WORDS = {
    Subject.CATEGORY: N_("分类的先后顺序有调整"),
    Subject.ITEM: N_("事项的先后顺序有调整"),
    Subject.PROCEDURE: N_("流程的先后顺序有调整"),
    Subject.PROHIBITION: N_("负面清单的先后顺序有调整"),
    Subject.THRESHOLD: N_("金额的先后顺序有调整"),
}


def sentences(difference: Difference) -> tuple[Sentence, ...]:
    """Return every change as a sentence, from the cover to the amounts; a field has one sentence, a step too."""
    return tuple(_sentences(difference))


def _sentences(difference: Difference) -> Iterator[Sentence]:
    for one in difference.cover:
        yield from _each(Subject.COVER, "", ChangeKind.CHANGED, told(N_("清单")), field_sentences(one, told(one.name)))
    for change in difference.categories:
        yield from _of_record(change, told(N_("分类「%(name)s」"), name=change.name))
    for item in difference.items:
        yield from _of_record(item, _item_place(item), item_sentences(item))
    for procedure in difference.procedures:
        yield from _of_record(procedure, procedure_place(procedure, difference), procedure_sentences(procedure))
    for change in difference.prohibitions:
        yield from _of_record(change, told(N_("禁止事项 %(code)s"), code=change.code))
    for change in difference.thresholds:
        yield from _of_record(change, told(N_("金额「%(name)s」"), name=change.name))
    for subject in difference.reordered:
        yield from _each(subject, "", ChangeKind.CHANGED, told(N_("清单")), [told(ORDER_WORDS[subject])])


def _each(subject: Subject, code: str, kind: ChangeKind, where: Told, whats: Iterable[Told]) -> Iterator[Sentence]:
    for what in whats:
        yield Sentence(subject=subject, code=code, kind=kind, where=where, what=what)


def _of_record(change: RecordChange, where: Told, whats: Iterable[Told] | None = None) -> Iterator[Sentence]:
    yield from _each(
        change.subject, change.code, change.kind, where, record_sentences(change) if whats is None else whats
    )


ADDED_WORDS = {
    Subject.CATEGORY: N_("新增这一类"),
    Subject.ITEM: N_("新增这一项"),
    Subject.PROCEDURE: N_("新增流程「%(name)s」"),
    Subject.PROHIBITION: N_("新增「%(name)s」"),
    Subject.THRESHOLD: N_("新增，建议 %(amount)s"),
}
REMOVED_WORDS = {
    Subject.CATEGORY: N_("取消这一类"),
    Subject.ITEM: N_("取消这一项"),
    Subject.PROCEDURE: N_("取消流程「%(name)s」"),
    Subject.PROHIBITION: N_("取消「%(name)s」"),
    Subject.THRESHOLD: N_("取消，原来建议 %(amount)s"),
}


def record_sentences(change: RecordChange) -> Iterator[Told]:
    """Tell a change without its place: 新增, 取消, or field by field."""
    if change.kind is not ChangeKind.CHANGED:
        amount = change.field_named("suggested_fen")
        words = (ADDED_WORDS if change.kind is ChangeKind.ADDED else REMOVED_WORDS)[change.subject]
        yield told(words, name=change.name, amount=(*amount.before, *amount.after)[0] if amount else "")
        return
    # The slug of a chart is seen by nobody.
    if change.is_renumbered and change.subject is not Subject.PROCEDURE:
        yield told(N_("编号由 %(before)s 改为 %(after)s"), before=change.former_code, after=change.code)
    for one in change.fields:
        yield from field_sentences(one, told(one.name))


def item_sentences(change: ItemChange) -> Iterator[Told]:
    """Tell a change of an item, its procedures last; of one that came or went only that."""
    yield from record_sentences(change)
    if change.kind is not ChangeKind.CHANGED:
        return
    for use in change.uses:
        yield use_sentence(use)
    if change.are_uses_reordered:
        yield told(N_("流程的先后顺序有调整"))


def use_sentence(use: UseChange) -> Told:
    """Tell that an item follows another procedure, or within another amount band."""
    any_amount = told(N_("不论金额"))
    before, after = use.before or any_amount, use.after or any_amount
    if use.kind is ChangeKind.CHANGED:
        words = N_("流程「%(title)s」适用的金额由%(before)s改为%(after)s")
        return told(words, title=use.title, before=before, after=after)
    if use.kind is ChangeKind.ADDED and use.after:
        return told(N_("改按流程「%(title)s」办（金额%(band)s）"), title=use.title, band=after)
    words = N_("改按流程「%(title)s」办") if use.kind is ChangeKind.ADDED else N_("不再按流程「%(title)s」办")
    return told(words, title=use.title)


def field_sentences(change: FieldChange, name: Told) -> Iterator[Told]:
    """Tell how a field changed; `name` says which field of what."""
    if change.is_lines:
        yield _lines_sentence(change, name)
        return
    before, after = in_a_row(change.before), in_a_row(change.after)
    values = {"field": name, "before": before, "after": after}
    if not change.before:
        words = N_("%(field)s新写上「%(after)s」") if len(str(after)) <= SHORT else N_("新写上%(field)s")
    elif not change.after:
        words = N_("%(field)s不再写「%(before)s」") if len(str(before)) <= SHORT else N_("不再写%(field)s")
    elif max(len(str(before)), len(str(after))) <= SHORT:
        words = N_("%(field)s由「%(before)s」改为「%(after)s」")
    else:
        words = N_("%(field)s改了说法")
    yield Told(words, values)


def _lines_sentence(change: FieldChange, name: Told) -> Told:
    added, removed = change.added, change.removed
    values = {
        "field": name,
        "added": in_a_row(added),
        "removed": in_a_row(removed),
        "came": len(added),
        "went": len(removed),
    }
    if not added and not removed:
        return Told(N_("%(field)s的先后顺序有调整"), values)
    if max(len(added), len(removed)) > FEW or max(len(str(in_a_row(added))), len(str(in_a_row(removed)))) > SHORT:
        if added and removed:
            return Told(N_("%(field)s增加 %(came)s 条、减少 %(went)s 条"), values)
        return Told(N_("%(field)s增加 %(came)s 条") if added else N_("%(field)s减少 %(went)s 条"), values)
    if added and removed:
        return Told(N_("%(field)s增加「%(added)s」，减少「%(removed)s」"), values)
    return Told(N_("%(field)s增加「%(added)s」") if added else N_("%(field)s减少「%(removed)s」"), values)


def _item_place(change: ItemChange) -> Told:
    return told(N_("%(code)s %(name)s"), code=change.code, name=change.name)


def procedure_place(change: ProcedureChange, difference: Difference) -> Told:
    """Name a procedure by the items that follow it, as a villager knows it."""
    codes = change.items
    if not codes:
        return told(N_("流程「%(title)s」"), title=change.name)
    if len(codes) == 1:
        item = told(N_("%(code)s %(name)s"), code=codes[0], name=difference.names.get(codes[0], ""))
        is_sole = change.code in difference.sole or change.kind is not ChangeKind.CHANGED
        return item if is_sole else told(N_("%(item)s 的流程「%(title)s」"), item=item, title=change.name)
    if len(codes) <= FEW:
        return told(N_("%(codes)s 的流程「%(title)s」"), codes=codes, title=change.name)
    words = N_("%(code)s 等 %(count)s 项的流程「%(title)s」")
    return told(words, code=codes[0], count=len(codes), title=change.name)


def procedure_sentences(change: ProcedureChange) -> Iterator[Told]:
    """Tell a change of a procedure step by step; of one that came or went only that."""
    yield from record_sentences(change)
    if change.kind is not ChangeKind.CHANGED:
        return
    for step in change.steps:
        yield from step_sentences(step)
    for way in change.ways:
        yield way_sentence(way)
    if change.are_exits_reordered:
        yield told(N_("出口的先后顺序有调整"))


def _step_place(step: StepChange) -> Told:
    if step.number is None:
        return told(N_("「%(title)s」"), title=step.title)
    return told(N_("第 %(number)s 步「%(title)s」"), number=step.number, title=step.title)


def step_sentences(step: StepChange) -> Iterator[Told]:
    """Tell a change of a step."""
    if step.kind is not ChangeKind.CHANGED:
        yield _step_came_or_went(step)
        return
    if step.is_moved and step.number != step.former_number:
        values = {"title": step.title, "before": step.former_number, "after": step.number}
        yield Told(N_("「%(title)s」由第 %(before)s 步移到第 %(after)s 步"), values)
    elif step.is_moved:
        yield told(N_("%(step)s换了位置"), step=_step_place(step))
    for one in step.fields:
        name = told(N_("%(step)s的%(field)s"), step=_step_place(step), field=told(one.name))
        yield from field_sentences(one, name)


def _step_came_or_went(step: StepChange) -> Told:
    is_added = step.kind is ChangeKind.ADDED
    number = step.number if is_added else step.former_number
    values = {"title": step.title, "number": number}
    if step.step_kind is NodeKind.END:
        return Told(N_("新增一种结果「%(title)s」") if is_added else N_("取消一种结果「%(title)s」"), values)
    if number is None:
        return Told(N_("新增「%(title)s」") if is_added else N_("取消「%(title)s」"), values)
    if is_added:
        return Told(N_("新增一步「%(title)s」（第 %(number)s 步）"), values)
    return Told(N_("取消一步「%(title)s」（原第 %(number)s 步）"), values)


def way_sentence(way: WayChange) -> Told:
    """Tell where it now goes on from a step."""
    before, after = in_a_row(way.before), in_a_row(way.after)
    values = {"step": way.place, "label": way.label_after, "before": before, "after": after}
    if way.label_before != way.label_after:
        return _relabelled(way)
    if way.label_after:
        if not way.before:
            return Told(N_("%(step)s新增出口「%(label)s」，去%(after)s"), values)
        if not way.after:
            return Told(N_("%(step)s取消出口「%(label)s」，原来去%(before)s"), values)
        return Told(N_("%(step)s「%(label)s」后改去%(after)s，原来去%(before)s"), values)
    if not way.before:
        return Told(N_("%(step)s之后还去%(after)s"), values)
    if not way.after:
        return Told(N_("%(step)s之后不再去%(before)s"), values)
    return Told(N_("%(step)s之后改去%(after)s，原来去%(before)s"), values)


def _relabelled(way: WayChange) -> Told:
    values = {"step": way.place, "before": way.label_before, "after": way.label_after, "target": in_a_row(way.after)}
    if way.label_before and way.label_after:
        return Told(N_("%(step)s的出口「%(before)s」改叫「%(after)s」"), values)
    if way.label_after:
        return Told(N_("%(step)s去%(target)s的出口写明「%(after)s」"), values)
    return Told(N_("%(step)s去%(target)s的出口不再写「%(before)s」"), values)


def item_difference_sentences(found: ItemDifference, difference: Difference) -> Iterator[Told]:
    """Tell everything that is different for one item, without naming the item again."""
    if found.item is not None:
        yield from item_sentences(found.item)
    for procedure in found.procedures:
        is_whole = procedure.kind is not ChangeKind.CHANGED
        for words in procedure_sentences(procedure):
            if is_whole or procedure.code in difference.sole:
                yield words
            else:
                yield told(N_("流程「%(title)s」：%(words)s"), title=procedure.name, words=words)
    for prohibition in found.prohibitions:
        for words in record_sentences(prohibition):
            yield told(N_("禁止事项 %(code)s：%(words)s"), code=prohibition.code, words=words)


def standings_of(
    former: ProcedureContent | None,
    newer: ProcedureContent | None,
    *,
    titles: Mapping[str, str] | None = None,
    say: Say = say_chinese,
) -> tuple[Marks, Marks]:
    """Return the marks for the former chart and for the newer, by node key; None: there was or is no such procedure.

    On the former chart the steps that went are marked, on the newer those that came; what changed on both. `titles`
    names procedures by slug, `say` puts the words into the language of the page.
    """
    if former is None or newer is None:
        gone = {node.key: Standing(StandingKind.REMOVED) for node in former.graph.nodes} if former else {}
        come = {node.key: Standing(StandingKind.ADDED) for node in newer.graph.nodes} if newer else {}
        return gone, come
    flow = compare_flows(former.graph, newer.graph, former_titles=titles, newer_titles=titles)
    before: dict[str, Standing] = {}
    after: dict[str, Standing] = {}
    changed: dict[str, list[Said]] = {}
    back = {new: old for old, new in flow.keys.items()}
    for step in flow.steps:
        if step.kind is ChangeKind.REMOVED:
            before[step.former_key] = Standing(StandingKind.REMOVED)
        elif step.kind is ChangeKind.ADDED:
            after[step.key] = Standing(StandingKind.ADDED)
        else:
            changed.setdefault(step.key, []).extend(_step_marks(step))
    for way in flow.ways:
        changed.setdefault(way.key, []).append(way_mark(way))
    for key, marks in changed.items():
        words = say(N_("；"), {}).join(dict.fromkeys(said(mark, say) for mark in marks))
        after[key] = Standing(StandingKind.CHANGED, words)
        before[back[key]] = Standing(StandingKind.CHANGED, said(_names_of(key, flow.steps, flow.ways), say))
    return before, after


def _step_marks(step: StepChange) -> Iterator[Said]:
    """Say what changed at a step in the few words that a chart has room for."""
    if step.is_moved:
        yield told(N_("换了位置"))
    for one in step.fields:
        name = told(one.name)
        before, after = in_a_row(one.before), in_a_row(one.after)
        if not one.is_lines and one.before and one.after and len(f"{before}{after}") <= SHORT // 2:
            yield told(N_("%(field)s由%(before)s改为%(after)s"), field=name, before=before, after=after)
        else:
            yield told(N_("%(field)s改了"), field=name)


def way_mark(way: WayChange) -> Told:
    """Say where it goes on now in the few words that a chart has room for."""
    if way.label_before != way.label_after:
        return told(N_("出口改名"))
    if way.label_after and way.after:
        return told(N_("「%(label)s」后改去%(after)s"), label=way.label_after, after=in_a_row(way.after))
    if way.after:
        return told(N_("之后去%(after)s"), after=in_a_row(way.after))
    return told(N_("少了一个去处"))


def _names_of(key: str, steps: Iterable[StepChange], ways: Iterable[WayChange]) -> Told:
    """Name what later changed at a step: 时限、下一步."""
    names: list[Said] = []
    for step in steps:
        if step.kind is ChangeKind.CHANGED and step.key == key:
            names += [told(N_("位置"))] if step.is_moved else []
            names += [told(one.name) for one in step.fields]
    if any(way.key == key for way in ways):
        names.append(told(N_("下一步")))
    return in_a_row(tuple(names))
