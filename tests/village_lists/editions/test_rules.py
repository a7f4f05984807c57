"""What hinders publication: nothing in a sound list, and each planted fault is told where it is."""

from dataclasses import replace

import pytest

from tests.village_lists.editions.contents import LIMIT, chart, small_list
from village_lists.editions.contents import CategoryContent, ListContent, ProcedureUse, StepTie, ThresholdContent
from village_lists.editions.rules import content_problems, reference_problems


def with_item(content: ListContent, place: int = 0, **changes: object) -> ListContent:
    """Return the list with one item changed."""
    items = list(content.items)
    items[place] = replace(items[place], **changes)  # type: ignore[arg-type] # a test names the fields it changes
    return replace(content, items=tuple(items))


def with_chart(content: ListContent, embeds: str) -> ListContent:
    """Return the list with its first chart embedding another."""
    return replace(content, procedures=(chart("little", "简易程序", embeds=embeds), *content.procedures[1:]))


def with_prohibition(content: ListContent, **changes: object) -> ListContent:
    """Return the list with its first prohibition changed."""
    first = replace(content.prohibitions[0], **changes)  # type: ignore[arg-type]
    return replace(content, prohibitions=(first, *content.prohibitions[1:]))


def test_a_sound_list_has_none() -> None:
    assert content_problems(small_list()) == []
    assert reference_problems(small_list()) == []


SOUND = small_list()
FAULTS = [
    (replace(SOUND, title=" "), "cover", "", "title"),
    (replace(SOUND, items=(), prohibitions=()), "cover", "", ""),
    (replace(SOUND, categories=(*SOUND.categories, CategoryContent(code="a", name="又一个"))), "category", "a", "code"),
    (
        replace(
            SOUND,
            categories=(
                CategoryContent(code="a", name="转", parent="b"),
                CategoryContent(code="a1", name="工程"),
                CategoryContent(code="b", name="圈", parent="a"),
            ),
        ),
        "category",
        "a",
        "parent",
    ),
    (
        replace(SOUND, categories=(*SOUND.categories, CategoryContent(code="c", name="无主", parent="x"))),
        "category",
        "c",
        "parent",
    ),
    (with_item(SOUND, category="x"), "item", "A01", "category"),
    (with_item(SOUND, code="A02"), "item", "A02", "code"),
    (with_item(SOUND, 1, code="甲 1"), "item", "甲 1", "code"),
    (with_item(SOUND, 1, code="changes"), "item", "changes", "code"),
    (with_item(SOUND, 1, name=""), "item", "A02", "name"),
    (with_item(SOUND, 1, name="盖章"), "item", "A02", "name"),
    (with_item(SOUND, 1, sentence=""), "item", "A02", "sentence"),
    (with_item(SOUND, 1, procedures=()), "item", "A02", "procedures"),
    (with_item(SOUND, 1, procedures=(ProcedureUse(slug="none"),)), "item", "A02", "procedures"),
    (with_item(SOUND, 1, procedures=(ProcedureUse(slug="little"),) * 2), "item", "A02", "procedures"),
    (
        with_item(SOUND, 1, procedures=(ProcedureUse(slug="little", below_key="amounts.none"),)),
        "item",
        "A02",
        "procedures",
    ),
    (with_item(SOUND, 1, procedures=(ProcedureUse(slug="little", below_key=LIMIT),)), "item", "A02", "procedures"),
    (
        with_item(SOUND, 0, procedures=(ProcedureUse(slug="little", below_key=LIMIT), ProcedureUse(slug="large"))),
        "item",
        "A01",
        "procedures",
    ),
    (with_chart(SOUND, "none"), "procedure", "little", "plan"),
    (with_chart(SOUND, "little"), "procedure", "little", ""),
    (replace(SOUND, procedures=(*SOUND.procedures, chart("idle", "没人用"))), "procedure", "idle", ""),
    (with_prohibition(SOUND, items=("X9",)), "prohibition", "N1", "items"),
    (with_prohibition(SOUND, steps=(StepTie(item_code="A01", node_key="none"),)), "prohibition", "N1", "steps"),
    (with_prohibition(SOUND, words=" "), "prohibition", "N1", "words"),
    (with_prohibition(SOUND, watched_by=""), "prohibition", "N1", "watched_by"),
    (with_prohibition(SOUND, code="N2"), "prohibition", "N2", "code"),
    (replace(SOUND, thresholds=SOUND.thresholds * 2), "threshold", LIMIT, "code"),
]


@pytest.mark.parametrize(
    ("content", "subject", "code", "part"), FAULTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_fault_is_told_where_it_is(content: ListContent, subject: str, code: str, part: str) -> None:
    problems = content_problems(content)
    assert (subject, code, part) in {(one.subject, one.code, one.part) for one in problems}
    assert all("%(" not in str(problem) for problem in problems)


def test_a_key_of_the_rule_book_needs_no_threshold() -> None:
    content = replace(SOUND, thresholds=())
    assert content_problems(content)
    assert content_problems(content, known_keys=frozenset({LIMIT})) == []


@pytest.mark.parametrize("key", ["decision_body.members.present", "adaptation.own_items", "amounts", "amounts.大"])
def test_a_list_suggests_amounts_and_no_other_rule(key):
    former = small_list()
    amounts = (*former.thresholds, ThresholdContent(key=key, name="金额", suggested_fen=100))
    found = content_problems(replace(former, thresholds=amounts), known_keys=frozenset({LIMIT}))
    assert [(one.subject, one.code, one.part) for one in found] == [("threshold", key, "key")]


def test_a_band_is_cut_by_amounts_and_by_no_other_rule_that_the_book_knows():
    former = small_list()
    use = ProcedureUse(slug=former.items[0].procedures[0].slug, from_key="", below_key="display.days")
    items = (replace(former.items[0], procedures=(use,)), *former.items[1:])
    found = content_problems(replace(former, items=items), known_keys=frozenset({"display.days", LIMIT}))
    assert any("display.days" in str(one) for one in found)


@pytest.mark.parametrize("code", ["A01.json", "A01.CSV"])
def test_no_code_ends_as_addresses_end(code):
    former = small_list()
    items = (replace(former.items[-1], code=code), *former.items[:-1])
    found = content_problems(replace(former, items=items), known_keys=frozenset({LIMIT}))
    assert ("item", code, "code") in [(one.subject, one.code, one.part) for one in found]


@pytest.mark.parametrize("code", ['a"><b>', "a/b", "a b", "..", "a?b", "50%", "a&b", "a'b"])
def test_codes_that_stand_in_addresses_hold_nothing_that_breaks_them(code):
    former = small_list()
    chart_of_it = replace(former.procedures[0], slug=code)
    first = replace(former.prohibitions[0], code=code)
    content = replace(
        former,
        procedures=(chart_of_it, *former.procedures[1:]),
        prohibitions=(first, *former.prohibitions[1:]),
    )
    found = {(one.subject, one.code, one.part) for one in content_problems(content, known_keys=frozenset({LIMIT}))}
    assert {("procedure", code, "code"), ("prohibition", code, "code")} <= found
    assert all(str(one) for one in content_problems(content))
