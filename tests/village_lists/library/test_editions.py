"""A list of the library as a content: only what it uses comes along, strings as they are printed."""

from pathlib import Path
from shutil import copytree

import pytest

from village_lists.editions.contents import (
    BasisContent,
    CategoryContent,
    ListContent,
    PostingContent,
    ProcedureUse,
    StepTie,
    ThresholdContent,
)
from village_lists.editions.rules import content_problems
from village_lists.flowcharts.graph import NodeKind
from village_lists.library.actions import library_lists, template_content
from village_lists.library.editions import list_content
from village_lists.library.load import read_library
from village_lists.powers.models import ItemKind
from village_lists.powers.rules import has_way_back

SMALL = Path(__file__).parent / "small"


def small(folder: Path = SMALL) -> ListContent:
    """Return the content of the small list."""
    library = read_library(folder)
    return list_content(library, library.lists[0])


@pytest.fixture(scope="module")
def second() -> ListContent:
    """Return the second sample: six classes, fifty-two items."""
    return template_content("sample-52")


def test_cover_tree_and_amounts_come_along() -> None:
    """The tree is told in reading order, each node with the one above it."""
    content = small()
    assert (content.title, content.note, content.is_sample) == ("短清单（示例）", "只为测试", True)
    assert content.categories == (
        CategoryContent(code="all", name="全部"),
        CategoryContent(code="money", name="花钱", parent="all"),
        CategoryContent(code="stamp", name="盖章", parent="all"),
    )
    assert content.thresholds == (ThresholdContent(key="amounts.small.below", name="小修上限", suggested_fen=1000000),)


def test_an_item_names_its_own_chart_first() -> None:
    """Own chart by the file's name, then the shared ones with their bands; a responsibility may have none."""
    spend, stamp, build, watch = small().items
    assert spend.procedures == (ProcedureUse(slug="01-spend"), ProcedureUse(slug="talk"))
    assert stamp.procedures == (ProcedureUse(slug="02-stamp"),)
    assert build.procedures == (
        ProcedureUse(slug="mend", below_key="amounts.small.below"),
        ProcedureUse(slug="contract", from_key="amounts.small.below"),
    )
    assert watch.procedures == ()
    assert spend.postings == (PostingContent(what="全年支出", where="村务公开栏", when="次年一月", days=15),)


def test_bases_and_sanctions_are_printed_with_their_law() -> None:
    """Titles in place of ids; where no law is known the note says so."""
    spend, stamp, _, watch = small().items
    assert watch.accountability == ("缺勤不发补贴（示例，待当地确认）",)
    assert spend.bases == (BasisContent(law="中华人民共和国村民委员会组织法", article="第三十五条", words="公布"),)
    assert stamp.bases == (BasisContent(words="依据待当地确认"),)
    assert spend.accountability == ("按规定处理（《中华人民共和国村民委员会组织法》）",)


def test_prohibitions_keep_their_ties() -> None:
    """An item tied by a step is not tied again as a whole; one for the list alone is tied to nothing."""
    tied, listed = small().prohibitions
    assert (tied.items, tied.steps) == ((), (StepTie(item_code="Z01", node_key="pay"),))
    assert tied.basis == "《中华人民共和国村民委员会组织法》第十三条"
    assert tied.consequence == "责令改正（《中华人民共和国村民委员会组织法》）"
    assert (listed.items, listed.steps, listed.posts, listed.consequence) == ((), (), (), "")


def test_only_charts_in_use_come_along(tmp_path: Path) -> None:
    """Embedded ones come by way of those that embed them; what only another list uses stays behind."""
    assert [one.slug for one in small().procedures] == ["01-spend", "talk", "02-stamp", "mend", "contract", "crew"]
    folder = Path(copytree(SMALL, tmp_path / "library"))
    talk = (folder / "procedures/talk.yaml").read_text(encoding="utf-8").replace("slug: talk", "slug: chat")
    (folder / "procedures/chat.yaml").write_text(talk, encoding="utf-8")
    assert small(folder) == small()


def test_both_samples_can_be_published() -> None:
    """What the editor's gate would say of them: nothing."""
    for slug, title, items in library_lists():
        content = template_content(slug)
        assert [str(problem) for problem in content_problems(content)] == []
        assert (content.title, len(content.items), content.is_sample) == (title, items, True)


def test_the_second_sample_has_its_own_shape(second: ListContent) -> None:
    """Six classes, three levels, 52 items, 27 charts, 58 prohibitions."""
    tops = [category.code for category in second.categories if not category.parent]
    assert (len(tops), len(second.items), len(second.procedures), len(second.prohibitions)) == (6, 52, 27, 58)
    parents = {category.code: category.parent for category in second.categories}
    assert any(parents.get(parents[category.parent]) == "" for category in second.categories if category.parent)
    assert {item.kind for item in second.items} == set(ItemKind)
    assert any(not item.procedures for item in second.items)


def test_items_and_charts_of_the_second_sample_are_many_to_many(second: ListContent) -> None:
    """Several items share a chart, some items have several; works have three by amount."""
    uses = [use.slug for item in second.items for use in item.procedures]
    assert sum(uses.count(slug) > 1 for slug in set(uses)) >= 8
    (works,) = [item for item in second.items if item.code == "GC01"]
    assert [(use.from_key, use.below_key) for use in works.procedures] == [
        ("", "amounts.works.micro.below"),
        ("amounts.works.micro.below", "amounts.works.small.below"),
        ("amounts.works.small.below", ""),
    ]
    embedding = {chart.slug for chart in second.procedures for node in chart.graph.nodes if node.embeds == "siyi"}
    assert embedding == {"expense-large", "investment", "disposal", "works-large"}


def test_charts_of_the_second_sample_are_dense(second: ListContent) -> None:
    """Ten to thirty boxes; loops, parallel parts, and one chart as long as a chart may be."""
    sizes = {chart.slug: len(chart.graph.nodes) for chart in second.procedures}
    assert min(sizes.values()) >= 10
    assert sizes["works-large"] == max(sizes.values()) == 30
    parallel = [
        chart for chart in second.procedures if any(node.kind is NodeKind.PARALLEL for node in chart.graph.nodes)
    ]
    assert len(parallel) >= 6
    assert sum(has_way_back(chart.graph) for chart in second.procedures) >= 10
    for chart in second.procedures:
        steps = [node for node in chart.graph.nodes if node.kind is NodeKind.STEP]
        assert all(step.actor and step.limit_days and step.evidence for step in steps), chart.slug


@pytest.mark.parametrize("slug", ["sample-36", "sample-52"])
def test_no_mark_both_forks_and_joins(slug: str) -> None:
    """A parallel mark waits for all that enters it: a way back into a fork would wait for ever."""
    for chart in template_content(slug).procedures:
        for node in chart.graph.nodes:
            if node.kind is NodeKind.PARALLEL:
                entries = sum(edge.target == node.key for edge in chart.graph.edges)
                exits = sum(edge.source == node.key for edge in chart.graph.edges)
                assert min(entries, exits) == 1, f"{chart.slug}.{node.key}"


@pytest.mark.parametrize("slug", ["sample-36", "sample-52"])
def test_the_ten_prohibitions_of_the_law_are_there(slug: str) -> None:
    """农村集体经济组织法 Art 35: ten acts, each an entry of its own and not a shared sentence."""
    entries = [
        one
        for one in template_content(slug).prohibitions
        if "《中华人民共和国农村集体经济组织法》第三十五条" in one.basis
    ]
    assert len(entries) == len({one.words for one in entries}) == 10
    told = "".join(one.words for one in entries)
    for act in ("侵占", "借钱", "担保", "地方政府", "非法集资", "低价", "普通合伙人", "佣金", "秘密", "损害集体利益"):
        assert act in told, act


def test_no_sentence_of_the_second_sample_is_used_twice(second: ListContent) -> None:
    """Each item says its own: sentence, sanction, and which words find it."""
    for told in (
        [item.sentence for item in second.items],
        [line for item in second.items for line in item.accountability],
        [item.keywords for item in second.items],
        [one.words for one in second.prohibitions],
    ):
        assert len(set(told)) == len(told)
