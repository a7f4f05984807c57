"""The check of the library: what ships passes, each planted mistake is found in its file and line."""

from pathlib import Path
from shutil import copytree

import pytest

from village_lists.flowcharts.graph import NodeKind
from village_lists.library.check import check_library
from village_lists.library.contents import Library
from village_lists.library.load import read_library
from village_lists.powers.rules import has_way_back

SMALL = Path(__file__).parent / "small"


@pytest.fixture(scope="module")
def library() -> Library:
    """Return the library that ships, read once."""
    return read_library()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the small library, to plant mistakes in."""
    return Path(copytree(SMALL, tmp_path / "library"))


def told_in(folder: Path) -> list[str]:
    """Return what the check tells about a folder."""
    return [str(problem) for problem in check_library(folder)]


def test_what_ships_passes() -> None:
    """No mistake at all in the shipped library."""
    assert [str(problem) for problem in check_library()] == []


def test_the_small_library_passes() -> None:
    """The ground on which mistakes are planted has none itself."""
    assert told_in(SMALL) == []


def test_the_sample_has_thirty_six_items(library: Library) -> None:
    """Nineteen collective, seventeen service, numbered through."""
    (sample,) = [template for template in library.lists if template.slug == "sample-36"]
    codes = [item.code for item in sample.items]
    assert codes == [f"{'A' if number < 20 else 'B'}{number:02d}" for number in range(1, 37)]
    assert sample.marker == "示例，待当地确认"
    assert len(sample.prohibitions) >= 24
    assert sum(has_way_back(item.procedure.graph) for item in sample.items) >= 12


def test_each_item_of_the_sample_is_told_in_full(library: Library) -> None:
    """Five to fifteen boxes, and every step names its actor, its limit and what is kept."""
    (sample,) = [template for template in library.lists if template.slug == "sample-36"]
    for item in sample.items:
        nodes = item.procedure.graph.nodes
        assert 5 <= len(nodes) <= 15, item.code
        steps = [node for node in nodes if node.kind is NodeKind.STEP]
        assert all(step.actor and step.limit_days and step.evidence for step in steps), item.code
        assert item.postings, item.code
        assert item.bases or "待当地确认" in item.basis_note, item.code


def test_five_deliberations_post_for_fifteen_and_three_days(library: Library) -> None:
    """宁海: the plan hangs fifteen days, the decision three."""
    (wuyi,) = [procedure for procedure in library.procedures if procedure.slug == "wuyi"]
    posted = [node.posting.days for node in wuyi.graph.nodes if node.posting is not None]
    assert posted == [15, 3, None]


def test_large_works_embed_the_five_deliberations(library: Library) -> None:
    """A05 embeds the procedure, it does not copy it."""
    (sample,) = [template for template in library.lists if template.slug == "sample-36"]
    embedding = {item.code for item in sample.items for node in item.procedure.graph.nodes if node.embeds == "wuyi"}
    assert embedding == {"A01", "A05", "A11", "A12", "A13"}


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("short-list/01-spend.yaml", "      next: end\n", "", "01-spend.yaml:22：步骤「付款」没有去处"),
        ("short-list/01-spend.yaml", "next: pay", "next: paid", "01-spend.yaml:21：步骤「商议」的去处「paid」不存在"),
        ("short-list/01-spend.yaml", "next: pay", "next: end", "01-spend.yaml:22：从开始走不到步骤「付款」"),
        ("short-list/01-spend.yaml", "next: pay", "next: [pay, end]", "01-spend.yaml:21：步骤「商议」有几个去处"),
        ("short-list/01-spend.yaml", "next: pay", "next: start", "01-spend.yaml:20：开始「要花钱」前面不能再有步骤"),
        (
            "short-list/01-spend.yaml",
            "title: 办结",
            "title: 办结, next: pay",
            "01-spend.yaml:32：结束「办结」后面不能再有步骤",
        ),
        ("short-list/01-spend.yaml", "key: end, kind: end", "key: end, kind: start", "01-spend.yaml:18：流程没有结束"),
        ("short-list/01-spend.yaml", "key: pay", "key: talk", "01-spend.yaml:22：步骤编号「talk」用了不止一次"),
        (
            "short-list/01-spend.yaml",
            "embeds: talk",
            "embeds: chat",
            "01-spend.yaml:21：步骤「商议」用的既定流程「chat」不存在",
        ),
        ("short-list/01-spend.yaml", "embeds: talk, ", "", "01-spend.yaml:21：步骤「商议」没写用的是哪个既定流程"),
        ("short-list/01-spend.yaml", "      actor: 报账员\n", "", "01-spend.yaml:22：步骤「付款」没写由谁来做"),
        ("short-list/01-spend.yaml", "limit_days: 3", "limit_days: 0", "01-spend.yaml:22：步骤「付款」的时限不足一天"),
        ("short-list/01-spend.yaml", "      limit_days: 3\n", "", "01-spend.yaml:18：流程「花钱」没有一步写时限"),
        ("short-list/01-spend.yaml", "      evidence: [发票]\n", "", "01-spend.yaml:18：流程「花钱」没有一步要留材料"),
        ("short-list/01-spend.yaml", "      risk: 白条\n", "", "01-spend.yaml:18：流程「花钱」没有一步写风险点"),
        (
            "short-list/01-spend.yaml",
            "category: money",
            "category: gold",
            "01-spend.yaml:1：「花钱」的分类「gold」不存在",
        ),
        (
            "short-list/01-spend.yaml",
            "procedures: [talk]",
            "procedures: [chat]",
            "01-spend.yaml:1：「花钱」引用的流程「chat」不存在",
        ),
        (
            "short-list/01-spend.yaml",
            "- {source: L1, article",
            "- {source: L9, article",
            "01-spend.yaml:13：依据「L9」不在",
        ),
        (
            "short-list/01-spend.yaml",
            "处理, source: L1",
            "处理, source: N3",
            "01-spend.yaml:15：「N3」是报道，不能当作处罚的依据",
        ),
        (
            "short-list/02-stamp.yaml",
            "        补材料: verify\n",
            "",
            "02-stamp.yaml:29：判断「属实吗」至少要有两个出口",
        ),
        ("short-list/02-stamp.yaml", "补材料: verify", '"": verify', "02-stamp.yaml:29：判断「属实吗」有出口没写结果"),
        (
            "short-list/02-stamp.yaml",
            "补材料: verify",
            '"属实 ": verify',
            "02-stamp.yaml:29：判断「属实吗」有两个出口写了同样的结果",
        ),
        ("short-list/02-stamp.yaml", "code: Z02", "code: Z01", "02-stamp.yaml:1：「Z01」重复了"),
        (
            "short-list/02-stamp.yaml",
            "补材料: verify",
            "补材料: end",
            "list.yaml:1：至少 1 项要有能退回的判断，实有 0 项",
        ),
        ("short-list/list.yaml", "items: 2", "items: 3", "list.yaml:8：分类「全部」应有 3 项，实有 2 项"),
        ("short-list/list.yaml", "code: stamp", "code: money", "list.yaml:13：「money」重复了"),
        (
            "short-list/prohibitions.yaml",
            "items: [Z01]",
            "items: [Z01, Z07]",
            "prohibitions.yaml:1：「N01」挂的事项「Z07」不存在",
        ),
        (
            "short-list/prohibitions.yaml",
            "Z01.pay",
            "Z01.paid",
            "prohibitions.yaml:1：「N01」挂的步骤「Z01.paid」不存在",
        ),
        ("short-list/prohibitions.yaml", "Z01.pay", "Z02.verify", "prohibitions.yaml:1：「N01」挂了步骤「Z02.verify」"),
        ("sources.yaml", "id: L1", "id: N3", "sources.yaml:2：「N3」重复了"),
        ("rulebook.yaml", "2026-12-31", "2025-12-31", "rulebook.yaml:7：「review.order」的失效日期早于生效日期"),
        ("rulebook.yaml", "  sample: true\n", "", "rulebook.yaml:7：「review.order」没有依据，又没有标明是示例"),
        (
            "procedures/talk.yaml",
            "    kind: step\n",
            "    kind: predefined\n    embeds: talk\n",
            "talk.yaml:1：既定流程「商议」绕回来",
        ),
        ("procedures/talk.yaml", "days: 3", "days: 0", "talk.yaml:7：步骤「开会」的公示不足一天"),
    ],
)
def test_a_planted_mistake_is_found(folder: Path, file: str, old: str, new: str, told: str) -> None:
    """Each rule of the check fires, with file and line."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    assert any(told in problem for problem in told_in(folder)), told_in(folder)


def test_a_copied_chart_is_found(folder: Path) -> None:
    """Other words in the same boxes and arrows are no procedure of their own."""
    second = (folder / "short-list/02-stamp.yaml").read_text(encoding="utf-8")
    third = second.replace("Z02", "Z03").replace("盖章", "用印").replace("verify", "look")
    (folder / "short-list/03-copy.yaml").write_text(third, encoding="utf-8")
    told = told_in(folder)
    assert "short-list/03-copy.yaml:17：「用印」的流程图和「盖章」一模一样，只换了字" in told


def test_a_source_that_nothing_cites_is_found(folder: Path) -> None:
    """A list of sources that grows by itself would look like more backing than there is."""
    with (folder / "sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write("- {id: L8, kind: law, title: 没用到的法}\n")
    assert "sources.yaml:3：出处「L8」没有被引用，请删去" in told_in(folder)


def test_mistakes_of_writing_and_of_sense_are_told_together(folder: Path) -> None:
    """The check does not stop at the first file it cannot read."""
    path = folder / "short-list/01-spend.yaml"
    text = path.read_text(encoding="utf-8").replace("fee: 不收费", "free: 不收费").replace("next: pay", "next: paid")
    path.write_text(text, encoding="utf-8")
    told = told_in(folder)
    assert any("不认识「free」" in problem for problem in told)
    assert any("去处「paid」不存在" in problem for problem in told)
