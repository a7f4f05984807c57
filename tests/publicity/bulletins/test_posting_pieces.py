"""From a posting as paper reads it to the pieces of its sheet."""

from dataclasses import replace

from publicity.bulletins.pieces import Facts, Grid, Prose
from publicity.bulletins.posting_pieces import grid_of, heading_of, pieces_of, spoken_day
from tests.publicity.bulletins.tables import (
    RECEPTION,
    RESOLUTION,
    ROSTER,
    WORDS,
    WORKS,
    WORKS_HEAD,
    assets,
    roster,
    table,
)


def test_a_roster_is_numbered_and_may_stand_in_blocks() -> None:
    grid = grid_of(roster(3))
    assert [column.name for column in grid.columns] == ["序号", "户主", "保障人数", "月金额", "联系电话"]
    assert [row[0] for row in grid.rows] == ["1", "2", "3"]
    assert grid.totals == ("", "", "6", "603.00", "")
    assert grid.blocks == 4
    assert grid_of(assets(2)).blocks == 1


def test_a_form_that_counts_its_rows_is_not_numbered_again() -> None:
    said = roster(3)
    form = replace(said, columns=(said.columns[0], replace(said.columns[1], name="行次"), *said.columns[2:]))
    grid = grid_of(form)
    assert [column.name for column in grid.columns] == ["户主", "行次", "月金额", "联系电话"]
    assert grid.rows == tuple(row.cells for row in said.rows)


def test_works_are_grouped_by_their_stages() -> None:
    pieces = pieces_of(table(WORKS, head=WORKS_HEAD))
    groups = {piece.heading: [fact.name for fact in piece.facts] for piece in pieces if isinstance(piece, Facts)}
    assert list(groups) == ["事前", "事中", "事后"]
    assert groups["事后"] == ["验收日期", "审定价"]
    large = {fact.text for piece in pieces if isinstance(piece, Facts) for fact in piece.facts if fact.is_large}
    assert "155,180.00 元" in large
    assert "2026年9月26日" in large


def test_what_has_not_come_yet_is_left_out() -> None:
    before = {key: value for key, value in WORKS_HEAD.items() if key.startswith("before")}
    pieces = pieces_of(table(WORKS, head=before))
    assert [piece.heading for piece in pieces if isinstance(piece, Facts)] == ["事前"]


def test_a_notice_is_set_as_text_under_its_own_title() -> None:
    shown = table(RESOLUTION, head={"words": WORDS}, title="关于机耕路维修的决议")
    (prose,) = pieces_of(shown)
    assert isinstance(prose, Prose)
    assert len(prose.paragraphs) == 3
    assert heading_of(shown) == "关于机耕路维修的决议"


def test_other_sheets_are_headed_by_what_is_made_public() -> None:
    assert heading_of(roster(1)) == "最低生活保障对象公开"


def test_nothing_happened_is_said_large() -> None:
    (prose,) = pieces_of(table(RECEPTION, is_nil=True, note="本季度没有公务接待。"))
    assert isinstance(prose, Prose)
    assert prose.is_middle
    assert prose.paragraphs == ("本期没有发生", "本季度没有公务接待。")


def test_a_posting_without_anything_says_so() -> None:
    (prose,) = pieces_of(table(ROSTER))
    assert isinstance(prose, Prose)
    assert "没有内容" in prose.paragraphs[0]


def test_a_table_of_a_notice_has_a_heading() -> None:
    assert not any(isinstance(piece, Grid) and piece.heading for piece in pieces_of(roster(2)))


def test_days_are_written_out() -> None:
    assert [spoken_day(text) for text in ("2026-09-02", "2026-09", "9月2日")] == ["2026年9月2日", "2026年9月", "9月2日"]
