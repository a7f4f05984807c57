"""What the sheet of a posting says, from the database: drafts, publication, correction, withdrawal; and all at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from publicity.bulletins.affairs import affairs_sheet
from publicity.bulletins.pieces import Facts, Figures, Grid, Piece, Prose, Sheet, Title
from publicity.bulletins.posting_queries import displayed_words, posting_sheet
from publicity.records.models import Version
from publicity.workflow.actions import approve, confirm, submit
from publicity.workflow.withdrawals import agree_withdrawal, ask_withdrawal
from tests.publicity.postings.scene import QUARTER, ROWS, Scene, set_scene
from tests.publicity.workflow.stage import NOW, seen
from village_lists.errors import NotFound
from village_lists.people.models import PostKind

URL = "https://mingbai.example.cn"
ON = NOW.date()


@pytest.fixture
def scene(session: Session) -> Scene:
    """Return the village with its categories."""
    return set_scene(session)


def published(scene: Scene, code: str = "relief", *, reason: str = "", **saved: object) -> Version:
    """Let a posting be published by the deeds of the workflow."""
    version = scene.save(scene.begin(code, reason=reason), **saved)  # type: ignore[arg-type] # handed through
    session, stage = scene.session, scene.stage
    submit(session, version=version, by=stage["clerk"], now=NOW, seen=seen(version))
    approve(session, version=version, by=stage["head"], now=NOW, seen=seen(version))
    confirm(session, version=version, by=stage["secretary"], now=NOW + timedelta(hours=1), seen=seen(version))
    return version


def sheet_of(scene: Scene, version: Version) -> Sheet:
    """Return its sheet of today."""
    return posting_sheet(scene.session, version=version, public_url=URL, on=ON)


def words_of(pieces: tuple[Piece, ...]) -> str:
    """Return every word of the pieces, one after the other."""
    found: list[str] = []
    for piece in pieces:
        if isinstance(piece, Grid):
            found += [piece.heading, piece.after, *(cell for row in piece.rows for cell in row), *(piece.totals or ())]
        elif isinstance(piece, Facts):
            found += [f"{fact.name}：{fact.text}" for fact in piece.facts]
        elif isinstance(piece, Prose):
            found += [piece.heading, *piece.paragraphs]
        elif isinstance(piece, Figures):
            found += [piece.heading, piece.after, *(part for pair in piece.figures for part in pair)]
        elif isinstance(piece, Title):
            found += [piece.words, piece.told]
    return "\n".join(found)


def test_a_draft_has_no_code_and_says_what_it_is(scene: Scene) -> None:
    sheet = sheet_of(scene, scene.save(scene.begin()))
    assert (sheet.foot.code, sheet.foot.url, sheet.mark) == ("", "", "样张，未公开")
    assert sheet.is_draft
    assert [name for _, name in sheet.foot.signers] == ["李国强", "王永根", "陈海涛"]


def test_paper_reads_its_columns_in_its_masks(scene: Scene) -> None:
    rows = [{**ROWS[0], "phone": "13900000001", "identity": "330299195001011230"}]
    words = words_of(sheet_of(scene, scene.save(scene.begin(), rows=rows)).pieces)
    assert "张阿德" in words
    assert "139****0001" in words
    assert "13900000001" not in words
    assert "330299195001011230" not in words


def test_what_is_published_has_a_code_dates_and_frozen_names(scene: Scene) -> None:
    version = published(scene)
    scene.stage["secretary"].name = "改了名"
    sheet = sheet_of(scene, version)
    assert sheet.foot.code
    assert sheet.foot.url == f"{URL}/q/{sheet.foot.code}"
    assert sheet.mark == ""
    assert sheet.foot.displayed.startswith("公开日期：从2026年10月5日到")
    assert sheet.foot.signers[-1] == ("签发（村书记）", "陈海涛")
    assert sheet.title == "困难群众救助公示"


def test_who_stands_in_is_told(scene: Scene) -> None:
    version = published(scene)
    event = next(one for one in version.events if one.post is PostKind.SECRETARY)
    with scene.session.no_autoflush:
        event.acts_as_substitute = True
        assert sheet_of(scene, version).foot.signers[-1] == ("签发（村书记）", "陈海涛（代签）")
        event.is_acting = True
        assert sheet_of(scene, version).foot.signers[-1] == ("签发（村书记）", "陈海涛（代行）")
        scene.session.expire(event)


def test_a_correction_says_why_and_the_former_that_it_is_none_any_more(scene: Scene) -> None:
    first = published(scene)
    second = published(scene, reason="金额多记一位数", rows=[{**ROWS[0], "amount": 7_200}])
    assert sheet_of(scene, first).mark == "已更正"
    sheet = sheet_of(scene, second)
    assert (sheet.mark, sheet.note) == ("更正", "第 2 版，2026年10月5日公开。更正原因：金额多记一位数。")


def test_what_was_withdrawn_leaves_a_tombstone_and_no_content(scene: Scene) -> None:
    first = published(scene)
    second = published(scene, reason="金额多记一位数")
    stage, session = scene.stage, scene.session
    ask_withdrawal(session, version=second, by=stage["clerk"], now=NOW, seen=seen(second), reason="泄露了住址")
    agree_withdrawal(session, version=second, by=stage["secretary"], now=NOW, seen=seen(second))
    for version in (first, second):
        sheet = sheet_of(scene, version)
        words = words_of(sheet.pieces)
        assert sheet.mark == "已撤下"
        assert "撤下原因：泄露了住址" in words
        assert "提出撤下：李国强（报账员）" in words
        assert "同意撤下：陈海涛（村书记）" in words
        assert "张阿德" not in words
        assert sheet.foot.code


def test_a_ledger_is_no_posting(scene: Scene) -> None:
    with pytest.raises(NotFound):
        sheet_of(scene, scene.stage.draft())


def test_the_three_affairs_tell_all_that_was_published_and_what_is_missing(scene: Scene) -> None:
    published(scene)
    scene.stage.published()
    sheet = affairs_sheet(
        scene.session, village=scene.stage.village, span=QUARTER, public_url=URL, on=date(2026, 11, 20)
    )
    words = words_of(sheet.pieces)
    assert [piece.words for piece in sheet.pieces if isinstance(piece, Title)] == [
        "一、党务公开",
        "二、村务公开",
        "三、财务公开",
        "应公开而没有公开",
    ]
    assert "张阿德" in words
    assert "14,150.00" in words
    assert "没有公开" in words
    assert sheet.foot.url == f"{URL}/v/{scene.stage.village.code}/records"


def test_a_long_table_stands_with_its_first_lines(scene: Scene) -> None:
    rows = [{**ROWS[0], "household": f"王{name}"} for name in "甲乙丙丁戊己庚辛壬癸"]
    version = published(scene, rows=rows)
    sheet = affairs_sheet(scene.session, village=scene.stage.village, span=QUARTER, public_url=URL, on=ON)
    (grid,) = (piece for piece in sheet.pieces if isinstance(piece, Grid) and piece.columns[0].name == "序号")
    assert len(grid.rows) == 5
    assert f"共 10 行，这里是前 5 行，全文见单张公开榜（第 {version.record.number} 号）" in grid.after
    assert grid.sum_name == "全部合计"


def test_another_quarter_is_another_sheet(scene: Scene) -> None:
    published(scene)
    sheet = affairs_sheet(scene.session, village=scene.stage.village, span=QUARTER.previous, public_url=URL, on=ON)
    assert "张阿德" not in words_of(sheet.pieces)


def test_days_over_new_year_name_both_years() -> None:
    assert displayed_words(date(2026, 12, 25), date(2027, 1, 9)) == "公开日期：从2026年12月25日到2027年1月9日"
    assert displayed_words(None, None) == ""
