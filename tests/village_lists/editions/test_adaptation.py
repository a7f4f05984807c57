"""What a village may make of a template, and what is left of it upon the next template."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.village_lists.editions.contents import small_list
from village_lists.editions.adaptation import (
    Allowance,
    Clash,
    adaptation_problems,
    carry_over,
    field_name,
    next_code,
    own_items_of,
    plain_chart,
    plain_lines,
)
from village_lists.editions.contents import ItemContent, ListContent, ProcedureUse, ProhibitionContent, StepTie
from village_lists.editions.rules import reference_problems
from village_lists.flowcharts.graph import DayKind, NodeKind
from village_lists.powers.models import ItemKind
from village_lists.powers.rules import graph_problems

EVERYTHING = Allowance(
    item_fields=frozenset({"body", "sentence", "papers"}),
    step_fields=frozenset({"actor", "detail", "limit_days"}),
    own_items=True,
    own_prohibitions=True,
)
NOTHING = Allowance()
OWN_ITEM = ItemContent(code="V-01", name="借会议室", kind=ItemKind.SERVICE, category="b", sentence="先登记。")
OWN_RULE = ProhibitionContent(code="V-N01", words="不准占用会议室", items=("B01",))


def with_item(content: ListContent, code: str, **fields: Any) -> ListContent:
    """Return the list with fields of one item changed."""
    return replace(
        content,
        items=tuple(replace(item, **fields) if item.code == code else item for item in content.items),
    )


def with_step(content: ListContent, slug: str, key: str, /, **fields: Any) -> ListContent:
    """Return the list with fields of one step changed."""
    return replace(
        content,
        procedures=tuple(
            replace(
                one,
                graph=replace(
                    one.graph,
                    nodes=tuple(replace(node, **fields) if node.key == key else node for node in one.graph.nodes),
                ),
            )
            if one.slug == slug
            else one
            for one in content.procedures
        ),
    )


def item(content: ListContent, code: str) -> ItemContent:
    """Return one item."""
    return next(one for one in content.items if one.code == code)


def step(content: ListContent, slug: str, key: str):
    """Return one step."""
    chart = next(one for one in content.procedures if one.slug == slug)
    return next(node for node in chart.graph.nodes if node.key == key)


TEMPLATE = small_list()
OWN = replace(TEMPLATE, items=(*TEMPLATE.items, OWN_ITEM), prohibitions=(*TEMPLATE.prohibitions, OWN_RULE))


def test_what_is_allowed_is_no_problem():
    adapted = with_item(OWN, "A01", body="村监会", papers=("方案", "照片"))
    adapted = with_step(adapted, "little", "plan", actor="报账员", limit_days=3, limit_kind=DayKind.CALENDAR)
    adapted = replace(adapted, title="上石村的清单", note="村里的说明")
    assert adaptation_problems(TEMPLATE, adapted, allowance=EVERYTHING) == []


@pytest.mark.parametrize(
    ("adapted", "subject", "words"),
    [
        (with_item(TEMPLATE, "A01", name="铺路"), "item", f"事项「修路」的这一栏不能改：{field_name('name')}"),
        (with_item(TEMPLATE, "A01", fee="收 10 元"), "item", f"这一栏不能改：{field_name('fee')}"),
        (with_item(TEMPLATE, "A01", procedures=()), "item", f"这一栏不能改：{field_name('procedures')}"),
        (
            with_step(TEMPLATE, "little", "plan", title="想一想"),
            "procedure",
            f"步骤「拟方案」的这一栏不能改：{field_name('title')}",
        ),
        (with_step(TEMPLATE, "large", "plan", actor="谁"), "procedure", f"这一栏不能改：{field_name('actor')}"),
        (with_step(TEMPLATE, "little", "end", detail="完"), "procedure", f"这一栏不能改：{field_name('detail')}"),
        (with_step(TEMPLATE, "little", "plan", key="other"), "procedure", "步骤、走向和名称要和模板一样"),
        (replace(TEMPLATE, items=TEMPLATE.items[1:]), "item", "模板里的事项「修路」不能去掉"),
        (replace(TEMPLATE, items=TEMPLATE.items[::-1]), "item", "事项的顺序要和模板一样"),
        (replace(TEMPLATE, procedures=TEMPLATE.procedures[1:]), "procedure", "模板里的流程「简易程序」不能去掉"),
        (replace(TEMPLATE, prohibitions=TEMPLATE.prohibitions[:2]), "prohibition", "模板里的负面清单不能改"),
        (replace(TEMPLATE, prohibitions=TEMPLATE.prohibitions[::-1]), "prohibition", "不能改"),
        (replace(TEMPLATE, categories=TEMPLATE.categories[:2]), "category", "分类要和模板一样"),
        (replace(TEMPLATE, thresholds=()), "threshold", "金额档要和模板一样"),
        (replace(TEMPLATE, is_sample=False), "cover", "要标明是示例"),
        (replace(TEMPLATE, items=(*TEMPLATE.items, replace(OWN_ITEM, code="C01"))), "item", "编号要以 V- 开头"),
        (replace(TEMPLATE, items=(OWN_ITEM, *TEMPLATE.items)), "item", "自己的排在后面"),
        (
            replace(TEMPLATE, prohibitions=(*TEMPLATE.prohibitions, replace(OWN_RULE, code="N9"))),
            "prohibition",
            "编号要以 V-N 开头",
        ),
        (
            replace(
                TEMPLATE,
                procedures=(*TEMPLATE.procedures, plain_chart(slug="mine", title="x", lines=("a",), actor="b")),
            ),
            "procedure",
            "村里不能自己加流程「x」",
        ),
    ],
)
def test_what_is_not_allowed_is_named(adapted, subject, words):
    problems = adaptation_problems(TEMPLATE, adapted, allowance=EVERYTHING)
    assert any(problem.subject == subject and words in str(problem) for problem in problems), problems


def test_where_the_rule_book_allows_nothing_nothing_is_allowed():
    assert adaptation_problems(TEMPLATE, TEMPLATE, allowance=NOTHING) == []
    problems = adaptation_problems(TEMPLATE, with_item(OWN, "A01", body="x"), allowance=NOTHING)
    assert [str(problem) for problem in problems] == [
        f"事项「修路」的这一栏不能改：{field_name('body')}",
        "村里不能自己加事项「借会议室」",
        "村里不能自己加禁止的事 V-N01",
    ]


def test_the_villages_words_go_over_to_the_new_template():
    adapted = with_step(with_item(OWN, "A01", body="村监会"), "little", "plan", actor="报账员")
    newer = with_item(with_item(TEMPLATE, "A01", sentence="先议。"), "B01", sentence="盖章当场登记。")
    carried = carry_over(TEMPLATE, adapted, newer, allowance=EVERYTHING)
    assert item(carried.content, "A01") == replace(item(TEMPLATE, "A01"), body="村监会", sentence="先议。")
    assert item(carried.content, "B01").sentence == "盖章当场登记。"
    assert step(carried.content, "little", "plan").actor == "报账员"
    assert own_items_of(newer, carried.content) == (OWN_ITEM,)
    assert carried.content.prohibitions[-1] == OWN_RULE
    assert carried.clashes == ()


def test_where_both_changed_the_same_the_villages_stays_and_is_named():
    adapted = with_step(with_item(TEMPLATE, "A01", body="村监会"), "little", "plan", limit_days=9)
    newer = with_step(with_item(TEMPLATE, "A01", body="两委"), "little", "plan", limit_days=7)
    carried = carry_over(TEMPLATE, adapted, newer, allowance=EVERYTHING)
    assert item(carried.content, "A01").body == "村监会"
    assert step(carried.content, "little", "plan").limit_days == 9
    assert carried.clashes == (
        Clash(subject="item", code="A01", part="", field="body"),
        Clash(subject="procedure", code="little", part="plan", field="limit_days"),
    )


def test_what_went_with_the_template_goes_and_ties_follow():
    rule = replace(OWN_RULE, items=("A01", "B01"), steps=(StepTie(item_code="B01", node_key="plan"),))
    adapted = replace(OWN, prohibitions=(*TEMPLATE.prohibitions, rule))
    kept = tuple(one for one in TEMPLATE.items if one.code != "A01")
    newer = replace(
        TEMPLATE,
        items=tuple(replace(one, category="a") for one in kept),
        categories=TEMPLATE.categories[:1],
        prohibitions=TEMPLATE.prohibitions[1:],
    )
    carried = carry_over(TEMPLATE, adapted, newer, allowance=EVERYTHING).content
    assert carried.items[-1] == replace(OWN_ITEM, category="a")
    assert carried.prohibitions[-1] == replace(rule, items=("B01",))


def test_a_chart_of_plain_lines_is_well_formed_and_gives_its_lines_back():
    chart = plain_chart(slug="v-v-01", title="借", lines=("报账员：登记", "还钥匙"), actor="村委会")
    assert graph_problems(chart.graph) == []
    assert [node.kind for node in chart.graph.nodes] == [NodeKind.START, NodeKind.STEP, NodeKind.STEP, NodeKind.END]
    assert plain_lines(chart) == ("报账员：登记", "村委会：还钥匙")


def test_own_codes_are_new():
    assert next_code(TEMPLATE) == "V-01"
    assert next_code(OWN) == "V-02"
    assert next_code(OWN, prefix="V-N") == "V-N02"


WORDS = st.sampled_from(["甲", "乙", "丙", ""])
LINES = st.lists(st.sampled_from(["纸", "笔"]), max_size=2).map(tuple)
FIELDS = ("body", "sentence", "fee", "name")
STEP_WORDS = ("actor", "detail", "title", "risk")


@st.composite
def edited(draw: st.DrawFn, base: ListContent = OWN) -> ListContent:
    """Return the list after a few changes of any kind, allowed or not, its references in order."""
    content = base
    for _ in range(draw(st.integers(0, 6))):
        code = draw(st.sampled_from([one.code for one in content.items] or [""]))
        slug = draw(st.sampled_from([one.slug for one in content.procedures] or [""]))
        kind = draw(st.sampled_from(["item", "papers", "step", "limit", "drop", "own", "rule", "chart", "cover"]))
        if kind == "item":
            content = with_item(content, code, **{draw(st.sampled_from(FIELDS)): draw(WORDS)})
        elif kind == "papers":
            content = with_item(content, code, papers=draw(LINES))
        elif kind == "step":
            key = draw(st.sampled_from(["plan", "vote", "start"]))
            content = with_step(content, slug, key, **{draw(st.sampled_from(STEP_WORDS)): draw(WORDS)})
        elif kind == "limit":
            days = {"limit_days": draw(st.integers(1, 9)), "limit_kind": draw(st.sampled_from(DayKind))}
            content = with_step(content, slug, "plan", **days)
        elif kind == "drop":
            content = replace(content, items=tuple(one for one in content.items if one.code != code))
        elif kind == "own" and content.categories:
            prefix = draw(st.sampled_from(["V-", "C"]))
            own = replace(OWN_ITEM, code=next_code(content, prefix=prefix), category=content.categories[-1].code)
            if draw(st.booleans()) and slug:
                own = replace(own, procedures=(ProcedureUse(slug=slug),))
            content = replace(content, items=(*content.items, own))
        elif kind == "rule":
            prefix = draw(st.sampled_from(["V-N", "N"]))
            rule = replace(OWN_RULE, code=next_code(content, prefix=prefix), items=(code,) if code else ())
            content = replace(content, prohibitions=(*content.prohibitions, rule))
        elif kind == "chart" and slug and slug != "decide":
            items = tuple(
                replace(one, procedures=tuple(use for use in one.procedures if use.slug != slug))
                for one in content.items
            )
            kept = tuple(one for one in content.procedures if one.slug != slug)
            content = replace(content, items=items, procedures=kept)
        elif kind == "cover":
            content = replace(content, title=draw(WORDS), note=draw(WORDS))
    return content


ALLOWANCES = st.builds(
    Allowance,
    item_fields=st.frozensets(st.sampled_from(["body", "sentence", "papers"])),
    step_fields=st.frozensets(st.sampled_from(["actor", "detail", "limit_days"])),
    own_items=st.booleans(),
    own_prohibitions=st.booleans(),
)


@given(old=edited(), adapted=edited(), newer=edited(), allowance=ALLOWANCES)
def test_whatever_is_carried_over_stays_within_the_new_template(old, adapted, newer, allowance):
    carried = carry_over(old, adapted, newer, allowance=allowance).content
    assert adaptation_problems(newer, carried, allowance=allowance) == []


@given(old=edited(), adapted=edited(), newer=edited(TEMPLATE), allowance=ALLOWANCES)
def test_what_is_carried_over_can_be_stored(old, adapted, newer, allowance):
    assert reference_problems(carry_over(old, adapted, newer, allowance=allowance).content) == reference_problems(newer)


@given(old=edited(TEMPLATE), newer=edited(TEMPLATE), allowance=ALLOWANCES)
def test_who_changed_nothing_gets_the_new_template(old, newer, allowance):
    carried = carry_over(old, old, newer, allowance=allowance)
    assert replace(carried.content, is_sample=newer.is_sample) == newer
    assert carried.clashes == ()


@given(adapted=edited(), other=edited(), allowance=ALLOWANCES)
def test_upon_the_same_template_nothing_that_is_allowed_is_lost(adapted, other, allowance):
    legal = carry_over(other, adapted, TEMPLATE, allowance=allowance).content
    carried = carry_over(TEMPLATE, legal, TEMPLATE, allowance=allowance)
    assert carried.content == legal
    assert carried.clashes == ()


@given(adapted=edited(TEMPLATE), newer=edited(TEMPLATE))
def test_every_allowed_field_that_the_village_changed_is_kept(adapted, newer):
    carried = carry_over(TEMPLATE, adapted, newer, allowance=EVERYTHING).content
    theirs = {one.code for one in newer.items}
    for own in adapted.items:
        before = next((one for one in TEMPLATE.items if one.code == own.code), None)
        if before is None or own.code not in theirs:
            continue
        for name in EVERYTHING.item_fields:
            expected = own if getattr(own, name) != getattr(before, name) else item(newer, own.code)
            assert getattr(item(carried, own.code), name) == getattr(expected, name)
