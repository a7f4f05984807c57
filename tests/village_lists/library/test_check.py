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
    assert sum(has_way_back(item.procedure.graph) for item in sample.items if item.procedure) >= 12


def test_each_item_of_the_sample_is_told_in_full(library: Library) -> None:
    """Five to fifteen boxes, and every step names its actor, its limit and what is kept."""
    (sample,) = [template for template in library.lists if template.slug == "sample-36"]
    for item in sample.items:
        assert item.procedure is not None, item.code
        nodes = item.procedure.graph.nodes
        assert 5 <= len(nodes) <= 15, item.code
        steps = [node for node in nodes if node.kind is NodeKind.STEP]
        assert all(step.actor and step.limit_days and step.evidence for step in steps), item.code
        assert any(node.posting for node in nodes), item.code
        assert item.bases or "待当地确认" in item.basis_note, item.code


def test_five_deliberations_post_for_fifteen_and_three_days(library: Library) -> None:
    """宁海: the plan hangs fifteen days, the decision three."""
    (wuyi,) = [procedure for procedure in library.procedures if procedure.slug == "wuyi"]
    posted = [node.posting.days for node in wuyi.graph.nodes if node.posting is not None]
    assert posted == [15, 3, None]


def test_large_works_embed_the_five_deliberations(library: Library) -> None:
    """A05 embeds the procedure, it does not copy it."""
    (sample,) = [template for template in library.lists if template.slug == "sample-36"]
    charts = {item.code: item.procedure.graph for item in sample.items if item.procedure}
    embedding = {code for code, chart in charts.items() for node in chart.nodes if node.embeds == "wuyi"}
    assert embedding == {"A01", "A05", "A11", "A12", "A13"}


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("short-list/01-spend.yaml", "      next: end\n", "", "01-spend.yaml:25：步骤「付款」没有去处"),
        ("short-list/01-spend.yaml", "next: pay", "next: paid", "01-spend.yaml:24：步骤「商议」的去处「paid」不存在"),
        ("short-list/01-spend.yaml", "next: pay", "next: end", "01-spend.yaml:25：从开始走不到步骤「付款」"),
        ("short-list/01-spend.yaml", "next: pay", "next: [pay, end]", "01-spend.yaml:24：步骤「商议」有几个去处"),
        ("short-list/01-spend.yaml", "next: pay", "next: start", "01-spend.yaml:23：开始「要花钱」前面不能再有步骤"),
        (
            "short-list/01-spend.yaml",
            "title: 办结",
            "title: 办结, next: pay",
            "01-spend.yaml:35：结束「办结」后面不能再有步骤",
        ),
        ("short-list/01-spend.yaml", "key: end, kind: end", "key: end, kind: start", "01-spend.yaml:21：流程没有结束"),
        ("short-list/01-spend.yaml", "key: pay", "key: talk", "01-spend.yaml:25：步骤编号「talk」用了不止一次"),
        (
            "short-list/01-spend.yaml",
            "embeds: talk",
            "embeds: chat",
            "01-spend.yaml:24：步骤「商议」用的既定流程「chat」不存在",
        ),
        ("short-list/01-spend.yaml", "embeds: talk, ", "", "01-spend.yaml:24：步骤「商议」没写用的是哪个既定流程"),
        ("short-list/01-spend.yaml", "      actor: 报账员\n", "", "01-spend.yaml:25：步骤「付款」没写由谁来做"),
        ("short-list/01-spend.yaml", "limit_days: 3", "limit_days: 0", "01-spend.yaml:25：步骤「付款」的时限不足一天"),
        ("short-list/01-spend.yaml", "      limit_days: 3\n", "", "01-spend.yaml:21：流程「花钱」没有一步写时限"),
        ("short-list/01-spend.yaml", "      evidence: [发票]\n", "", "01-spend.yaml:21：流程「花钱」没有一步要留材料"),
        ("short-list/01-spend.yaml", "      risk: 白条\n", "", "01-spend.yaml:21：流程「花钱」没有一步写风险点"),
        (
            "short-list/01-spend.yaml",
            "category: money",
            "category: gold",
            "01-spend.yaml:1：「花钱」的分类「gold」不存在",
        ),
        (
            "short-list/01-spend.yaml",
            "slug: talk",
            "slug: chat",
            "01-spend.yaml:19：「花钱」引用的流程「chat」不存在",
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
            "short-list/01-spend.yaml",
            "处理, source: L1",
            "处理",
            "01-spend.yaml:15：这条后果没有出处，请写 source，或者在 words 里注明「示例，待当地确认」",
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
            "list.yaml:1：至少 1 张流程图要有能退回的判断，实有 0 张",
        ),
        ("short-list/list.yaml", "items: 4", "items: 5", "list.yaml:10：分类「全部」应有 5 项，实有 4 项"),
        ("short-list/list.yaml", "code: stamp", "code: money", "list.yaml:15：「money」重复了"),
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
        (
            "short-list/01-spend.yaml",
            "  - {slug: talk}\n",
            "  - {slug: talk}\n  - {slug: talk}\n",
            "01-spend.yaml:20：「花钱」把流程「talk」用了两次",
        ),
        (
            "short-list/03-build.yaml",
            "kind: power",
            "kind: power\nprocedure: {title: 修路, nodes: []}",
            "03-build.yaml:1：「修路」有的流程图分金额，有的不分",
        ),
        (
            "short-list/03-build.yaml",
            "from: amounts.small.below",
            "from: amounts.small",
            "03-build.yaml:18：「amounts.small」不是 rulebook.yaml 里的金额（unit: fen），也不在清单的 thresholds 里",
        ),
        (
            "short-list/03-build.yaml",
            "from: amounts.small.below",
            "from: display.days",
            "03-build.yaml:18：「display.days」不是 rulebook.yaml 里的金额",
        ),
        (
            "short-list/03-build.yaml",
            ", from: amounts.small.below",
            ", from: amounts.small.below, below: amounts.small.below",
            "03-build.yaml:18：「修路」的「contract」这一档止于起点，一分钱也不管",
        ),
        (
            "short-list/03-build.yaml",
            ", from: amounts.small.below",
            ", below: amounts.small.below",
            "03-build.yaml:18：「修路」的「contract」这一档和前一档重叠",
        ),
        (
            "short-list/03-build.yaml",
            "from: amounts.small.below",
            "from: amounts.large.from",
            "03-build.yaml:18：「修路」的「contract」这一档和前一档之间空着一段金额",
        ),
        (
            "short-list/03-build.yaml",
            "below: amounts.small.below",
            "below: amounts.large.from",
            "03-build.yaml:18：「修路」的「contract」这一档和前一档重叠",
        ),
        (
            "short-list/03-build.yaml",
            "  - {slug: contract, from: amounts.small.below}\n",
            "",
            "03-build.yaml:17：「修路」的最后一档有上限，更大的金额没有流程图",
        ),
        (
            "short-list/03-build.yaml",
            "slug: mend, below",
            "slug: mend, from",
            "03-build.yaml:17：「修路」的「mend」这一档和前一档之间空着一段金额",
        ),
        (
            "short-list/03-build.yaml",
            "  - {slug: mend, below: amounts.small.below}\n",
            "",
            "mend.yaml:1：共用流程「小修」没有事项在用，请删去",
        ),
        (
            "short-list/procedures/contract.yaml",
            "embeds: crew",
            "embeds: talk",
            "crew.yaml:1：共用流程「施工队进场」没有",
        ),
        (
            "short-list/04-watch.yaml",
            "kind: responsibility",
            "kind: power",
            "04-watch.yaml:1：「值班」没有流程图，只有责任和协助政府的事项可以没有",
        ),
        (
            "short-list/04-watch.yaml",
            "kind: responsibility",
            "kind: service",
            "04-watch.yaml:1：「值班」没有流程图，只有责任和协助政府的事项可以没有",
        ),
        (
            "short-list/list.yaml",
            "suggested_fen: 1000000",
            "suggested_fen: 0",
            "list.yaml:8：金额「小修上限」应当大于零，单位是分",
        ),
        (
            "short-list/list.yaml",
            "categories:\n",
            "  - {key: amounts.idle, name: 闲着的, suggested_fen: 1}\ncategories:\n",
            "list.yaml:9：金额「闲着的」没有事项在用，请删去",
        ),
        (
            "short-list/list.yaml",
            "categories:\n",
            "  - {key: amounts.small.below, name: 又一个, suggested_fen: 1}\ncategories:\n",
            "list.yaml:9：「amounts.small.below」重复了",
        ),
        (
            "short-list/prohibitions.yaml",
            "  list_only: true\n",
            "",
            "prohibitions.yaml:10：「N02」没有挂事项、步骤或者岗位；只列在清单里的，请写 list_only: true",
        ),
        (
            "short-list/prohibitions.yaml",
            "list_only: true",
            "list_only: true\n  posts: [clerk]",
            "prohibitions.yaml:10：「N02」写了 list_only，又挂了事项、步骤或者岗位",
        ),
        (
            "short-list/procedures/crew.yaml",
            "slug: crew",
            "slug: talk",
            "crew.yaml:1：流程图的编号「talk」和 procedures/talk.yaml 的重复了",
        ),
        (
            "short-list/procedures/crew.yaml",
            "    kind: decision\n",
            "    kind: decision\n    embeds: contract\n",
            "crew.yaml:5：步骤「质量好吗」不是既定流程，不能嵌入别的流程",
        ),
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
    third = second.replace("Z02", "Z05").replace("盖章", "用印").replace("verify", "look")
    (folder / "short-list/05-copy.yaml").write_text(third, encoding="utf-8")
    told = told_in(folder)
    assert "short-list/05-copy.yaml:17：「用印」的流程图和「盖章」一模一样，只换了字" in told


def test_a_copied_shared_chart_is_found(folder: Path) -> None:
    """A chart that items share is held against the items' own charts too."""
    mend = folder / "short-list/procedures/mend.yaml"
    talk = (folder / "procedures/talk.yaml").read_text(encoding="utf-8").replace("slug: talk", "slug: mend")
    mend.write_text(talk.replace("title: 商议", "title: 小修"), encoding="utf-8")
    assert "short-list/procedures/mend.yaml:1：「小修」的流程图和「商议」一模一样，只换了字" in told_in(folder)


def test_charts_that_embed_each_other_are_found(folder: Path) -> None:
    """A circle over two files would never end when it is drawn or walked."""
    crew = folder / "short-list/procedures/crew.yaml"
    again = "  - {key: again, kind: predefined, title: 重招, embeds: contract, next: end}\n"
    text = crew.read_text(encoding="utf-8").replace("差: stopped", "差: stopped, 重招: again")
    crew.write_text(text.replace("  - {key: stopped", again + "  - {key: stopped"), encoding="utf-8")
    told = told_in(folder)
    assert "short-list/procedures/crew.yaml:1：既定流程「施工队进场」绕回来嵌入了自己" in told
    assert "short-list/procedures/contract.yaml:1：既定流程「大修」绕回来嵌入了自己" in told


def test_a_chart_for_all_lists_that_none_uses_is_found(folder: Path) -> None:
    """What no list uses would ship unread."""
    talk = (folder / "procedures/talk.yaml").read_text(encoding="utf-8").replace("slug: talk", "slug: chat")
    (folder / "procedures/chat.yaml").write_text(talk, encoding="utf-8")
    assert "procedures/chat.yaml:1：共用流程「商议」没有事项在用，请删去" in told_in(folder)


def test_the_rule_book_counts_before_the_suggestion_of_the_list(folder: Path) -> None:
    """Two keys of the same suggested amount join; a row of the rule book moves one of them and opens a gap."""
    build, cover = folder / "short-list/03-build.yaml", folder / "short-list/list.yaml"
    text = build.read_text(encoding="utf-8").replace("from: amounts.small.below", "from: amounts.small.from")
    build.write_text(text, encoding="utf-8")
    second = "  - {key: amounts.small.from, name: 大修起点, suggested_fen: 1000000}\ncategories:\n"
    cover.write_text(cover.read_text(encoding="utf-8").replace("categories:\n", second), encoding="utf-8")
    assert told_in(folder) == []
    with (folder / "rulebook.yaml").open("a", encoding="utf-8") as rules:
        rules.write("- {key: amounts.small.from, value: 2000000, unit: fen, level: county, ")
        rules.write("valid_from: 2026-01-01, sample: true}\n")
    assert told_in(folder) == ["short-list/03-build.yaml:18：「修路」的「contract」这一档和前一档之间空着一段金额"]


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
