"""Reading the library: what ships is whole, and every mistake of writing is told with its line."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from village_lists.flowcharts.graph import DayKind, Edge, NodeKind, Posting
from village_lists.library.contents import StepTie
from village_lists.library.load import read_library
from village_lists.library.problems import LibraryUnreadable
from village_lists.people.models import PostKind
from village_lists.places.models import Level
from village_lists.rulebook.catalog import Unit

SMALL = Path(__file__).parent / "small"


def problems_of(folder: Path) -> list[str]:
    """Return the sentences with which reading this folder is refused."""
    with pytest.raises(LibraryUnreadable) as refusal:
        read_library(folder)
    return [str(problem) for problem in refusal.value.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the small library, to plant mistakes in."""
    return Path(copytree(SMALL, tmp_path / "library"))


def plant(folder: Path, file: str, old: str, new: str) -> None:
    """Replace words that stand in the file exactly once."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def test_an_item_is_read_with_its_graph() -> None:
    """Steps, arrows, postings and ties arrive as written."""
    (template,) = read_library(SMALL).lists
    spend, stamp, _, _ = template.items
    assert spend.procedure is not None
    assert stamp.procedure is not None
    assert (spend.code, spend.slug, spend.name, spend.keywords) == ("Z01", "spend", "花钱", ("花钱",))
    pay = next(node for node in spend.procedure.graph.nodes if node.key == "pay")
    assert (pay.limit_days, pay.limit_kind, pay.evidence) == (3, DayKind.WORKING, ("发票",))
    assert pay.posting == Posting(what="支出", where="村务公开栏", when="次月", days=None)
    assert spend.postings == (Posting(what="全年支出", where="村务公开栏", when="次年一月", days=15),)
    assert spend.slugs == ("01-spend", "talk")
    assert [node.kind for node in stamp.procedure.graph.nodes][2] is NodeKind.DECISION
    assert Edge(source="proven", target="verify", label="补材料") in stamp.procedure.graph.edges
    assert stamp.basis_note == "依据待当地确认"
    assert stamp.spot.file == "short-list/02-stamp.yaml"


def test_records_are_equal_wherever_they_stand(folder: Path) -> None:
    """A blank line more moves every line and changes nothing that is said."""
    for path in folder.rglob("*.yaml"):
        path.write_text("\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_library(folder) == read_library(SMALL)


def test_the_cover_and_the_negative_list_are_read() -> None:
    """Level, tree and ties arrive as written."""
    (template,) = read_library(SMALL).lists
    assert template.level is Level.VILLAGE
    assert [child.code for child in template.categories[0].children] == ["money", "stamp"]
    entry, listed = template.prohibitions
    assert entry.steps == (StepTie(item_code="Z01", node_key="pay"),)
    assert entry.posts == (PostKind.CLERK,)
    assert entry.consequence is not None
    assert (entry.list_only, listed.list_only) == (False, True)
    assert (listed.items, listed.steps, listed.posts) == ((), (), ())
    assert [(one.key, one.name, one.suggested_fen) for one in template.thresholds] == [
        ("amounts.small.below", "小修上限", 1000000)
    ]


def test_items_share_charts_in_bands() -> None:
    """An item without a chart of its own names shared ones; a responsibility may have none at all."""
    (template,) = read_library(SMALL).lists
    _, _, build, watch = template.items
    assert build.procedure is None
    assert [(use.slug, use.from_key, use.below_key) for use in build.uses] == [
        ("mend", "", "amounts.small.below"),
        ("contract", "amounts.small.below", ""),
    ]
    assert [chart.slug for chart in template.procedures] == ["contract", "crew", "mend"]
    assert (watch.procedure, watch.uses) == (None, ())


def test_rule_rows_keep_numbers_and_orders_apart() -> None:
    """A number stays a number, an order a tuple, a day a date."""
    display, order, _ = read_library(SMALL).rules
    assert (display.value, display.unit, display.is_sample) == (15, Unit.DAYS, False)
    assert (order.value, order.is_sample) == (("clerk.submit", "supervision.approve"), True)
    assert (display.valid_from, order.valid_until) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("01-spend.yaml", "fee: 不收费", "free: 不收费", "01-spend.yaml:11：不认识「free」这一项"),
        ("01-spend.yaml", "fee: 不收费\n", "", "01-spend.yaml:1：缺少「fee」这一项"),
        ("01-spend.yaml", "fee: 不收费", "name: 不收费", "01-spend.yaml:11：「name」写了两次"),
        ("01-spend.yaml", "name: 花钱", "name: 36", "01-spend.yaml:2：「name」应当是文字"),
        ("01-spend.yaml", "keywords: [花钱]", "keywords: 花钱", "01-spend.yaml:7：「keywords」应当是列表，至少有一条"),
        ("01-spend.yaml", "keywords: [花钱]", "keywords: []", "01-spend.yaml:7：「keywords」应当是列表，至少有一条"),
        ("01-spend.yaml", "papers: [发票]", "papers: [3]", "01-spend.yaml:9：「papers」里的每一条应当是文字"),
        ("01-spend.yaml", "limit_days: 3", "limit_days: 三", "01-spend.yaml:29：「limit_days」应当是整数"),
        ("01-spend.yaml", "limit_days: 3", "limit_days: 0x", "01-spend.yaml:29：「limit_days」应当是整数"),
        ("01-spend.yaml", "kind: power", "kind: might", "01-spend.yaml:3：「kind」不能是「might」"),
        ("01-spend.yaml", "name: 花钱", "name: [花钱", "01-spend.yaml:3：这一行不合 YAML 的写法"),
        ("01-spend.yaml", "name: 花钱", "name: &a 花钱", "01-spend.yaml:2：不要用锚点和引用"),
        ("02-stamp.yaml", "basis_note: 依据待当地确认\n", "", "02-stamp.yaml:1：缺少「basis_note」这一项"),
        ("02-stamp.yaml", "属实: end", "属实: [end]", "02-stamp.yaml:34：出口「属实」后面应当写去哪一步"),
        ("02-stamp.yaml", "    - {key: end, kind: end, title: 办结}", "    - end", "这里应当是「名称: 内容」的一组"),
        ("03-build.yaml", "slug: mend, below", "slug: mend, under", "03-build.yaml:17：不认识「under」这一项"),
        ("03-build.yaml", "slug: mend, below", "below", "03-build.yaml:17：缺少「slug」这一项"),
        ("01-spend.yaml", "what: 全年支出, ", "", "01-spend.yaml:17：缺少「what」这一项"),
        ("list.yaml", "suggested_fen: 1000000", "suggested_fen: 一万", "list.yaml:8：「suggested_fen」应当是整数"),
        ("prohibitions.yaml", "list_only: true", "list_only: 是", "prohibitions.yaml:13：「list_only」应当是 true"),
        ("procedures/mend.yaml", "slug: mend", "slug: repair", "mend.yaml:1：「slug」应当和文件名一样，是「mend」"),
        ("prohibitions.yaml", "Z01.pay", "Z01", "prohibitions.yaml:6：步骤「Z01」应当写成「事项编码.步骤编号」"),
        ("prohibitions.yaml", "posts: [clerk]", "posts: [king]", "prohibitions.yaml:7：「posts」不能是「king」"),
    ],
)
def test_a_mistake_is_told_with_its_line(folder: Path, file: str, old: str, new: str, told: str) -> None:
    """Each kind of mistake is refused where it stands."""
    plant(folder, f"short-list/{file}", old, new)
    assert any(told in problem for problem in problems_of(folder))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2026-12-31", "明年", "rulebook.yaml:12：「valid_until」应当是日期"),
        ("sample: true", "sample: 是", "rulebook.yaml:13：「sample」应当是 true 或者 false"),
        ("value: 15", "value: {a: 1}", "rulebook.yaml:2：「value」应当是整数"),
    ],
)
def test_a_mistake_in_a_rule_row_is_told(folder: Path, old: str, new: str, told: str) -> None:
    """Rule rows are as strict as items."""
    plant(folder, "rulebook.yaml", old, new)
    assert any(told in problem for problem in problems_of(folder))


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    """Two files, three mistakes: one refusal tells them all."""
    plant(folder, "short-list/01-spend.yaml", "fee: 不收费", "free: 不收费")
    plant(folder, "short-list/02-stamp.yaml", "code: Z02", "code: 2")
    told = problems_of(folder)
    assert len(told) == 3
    assert {problem.partition(":")[0] for problem in told} == {
        "short-list/01-spend.yaml",
        "short-list/02-stamp.yaml",
    }


def test_a_file_that_is_not_text_is_told(folder: Path) -> None:
    """A workbook saved under the wrong name does not end in a stack trace."""
    (folder / "short-list/02-stamp.yaml").write_bytes(b"\xff\xfe\x00")
    assert problems_of(folder) == ["short-list/02-stamp.yaml:1：文件不是 UTF-8 编码的文字，读不出来"]


def test_a_missing_file_is_told(folder: Path) -> None:
    """A library without its rule book says which file is missing, without the machine's paths."""
    (folder / "rulebook.yaml").unlink()
    assert problems_of(folder) == ["rulebook.yaml:1：缺少这个文件，或者打不开"]


def test_a_file_that_would_be_passed_over_is_told(folder: Path) -> None:
    """An item under a name without a number would silently be missing from the list."""
    (folder / "short-list/02-stamp.yaml").rename(folder / "short-list/stamp.yaml")
    assert problems_of(folder) == ["short-list/stamp.yaml:1：这个文件不会被读到：事项的文件名应当像 03-homestead.yaml"]


def test_an_empty_file_and_a_wrong_slug_are_told(folder: Path) -> None:
    """An empty item and a shared procedure whose slug is not its file's name."""
    (folder / "short-list/02-stamp.yaml").write_text("", encoding="utf-8")
    plant(folder, "procedures/talk.yaml", "slug: talk", "slug: chat")
    told = problems_of(folder)
    assert "short-list/02-stamp.yaml:1：文件是空的" in told
    assert "procedures/talk.yaml:1：「slug」应当和文件名一样，是「talk」" in told


def test_a_missing_cover_leaves_no_list(folder: Path) -> None:
    """A folder without list.yaml is no list; a library without lists says so."""
    (folder / "short-list/list.yaml").unlink()
    assert problems_of(folder) == ["list.yaml:1：没有找到清单，每份清单的文件夹里要有 list.yaml"]
