"""How far a step has come, or how it differs: told by sign, shape and word, on phone and paper, in every form."""

import re
from datetime import date

import pytest

from tests.village_lists.flowcharts.graphs import road_repair
from tests.village_lists.flowcharts.measures import runs_of
from village_lists.flowcharts.chart import Chart, Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.layout import lay_out
from village_lists.flowcharts.legend import LEGEND
from village_lists.flowcharts.looks import LOOKS
from village_lists.flowcharts.palette import LIGHT, PAPER, Palette
from village_lists.flowcharts.standings import STANDING_WORDS, Standing, StandingKind, standing_words
from village_lists.flowcharts.tell import say_chinese, tell

KINDS = StandingKind
MATTER = {
    "start": Standing(KINDS.DONE, "", date(2026, 9, 3)),
    "wuyi": Standing(KINDS.CURRENT),
    "vote": Standing(KINDS.WAITING),
}
COLOURS = re.compile(r"#[0-9a-f]{6}")


def _words(chart: Chart) -> str:
    return "".join(run.words for _, _, run in runs_of(chart))


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing(KINDS.DONE, "", date(2026, 9, 3)), "已办 9月3日"),
        (Standing(KINDS.DONE, "同意29人", "九月初"), "已办 九月初：同意29人"),
        (Standing(KINDS.CURRENT), "正在办"),
        (Standing(KINDS.CURRENT, "", date(2026, 11, 30)), "正在办，11月30日到期"),
        (Standing(KINDS.OVERDUE, "3 天"), "已超期 3 天"),
        (Standing(KINDS.OVERDUE, "3 天", date(2026, 9, 3)), "已超期 3 天，9月3日到期"),
        (Standing(KINDS.SKIPPED, "只有一家报价"), "跳过：只有一家报价"),
        (Standing(KINDS.WAITING), "待办"),
        (Standing(KINDS.ADDED), "新增"),
        (Standing(KINDS.REMOVED), "取消"),
        (Standing(KINDS.CHANGED, "由5天改为7天"), "有改动：由5天改为7天"),
    ],
)
def test_says_a_standing(standing: Standing, words: str) -> None:
    assert standing_words(standing, say_chinese) == words


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("kind", list(KINDS))
def test_a_standing_is_drawn_as_a_sign_and_a_word_and_told_to_screen_readers(kind: StandingKind, form: Form) -> None:
    chart = lay_out(road_repair(), form, standings={"notice": Standing(kind)})
    assert LOOKS[kind].mark in {run.mark for _, _, run in runs_of(chart)}
    assert _words(chart).count(STANDING_WORDS[kind]) == 2, "at the step and in the legend"
    assert f"3 发竞标公告（{STANDING_WORDS[kind]}；→ 第 4 步）" in draw(chart)
    told = {step.key: step.standing for step in tell(road_repair(), standings={"notice": Standing(kind)})}
    assert told["notice"] == STANDING_WORDS[kind]
    assert told["pay"] == ""


@pytest.mark.parametrize(("form", "palette"), [(Form.PHONE, LIGHT), (Form.PRINT, PAPER)])
def test_without_any_colour_every_standing_still_looks_different(form: Form, palette: Palette) -> None:
    """Where each ink is black and each ground white, no two standings give the same picture, words apart."""
    grounds = {palette.card: "#ffffff", palette.symbol_fill: "#999999", palette.shade: "#999999"}
    if form is Form.PRINT:
        grounds = {palette.card: "#ffffff", palette.shade: "#999999"}
    pictures = set()
    for kind in KINDS:
        svg = draw(lay_out(road_repair(), form, standings={"notice": Standing(kind)}))
        shapes = re.sub(r"<text.*?</text>|<desc.*?</desc>", "", svg)
        pictures.add(COLOURS.sub(lambda found: grounds.get(found[0], "#000000"), shapes))
    assert len(pictures) == len(KINDS)


def test_what_lies_behind_is_drawn_stronger_and_what_has_gone_is_dashed() -> None:
    walked = {
        (line.source, line.target)
        for line in lay_out(road_repair(), Form.PHONE, standings=MATTER).lines
        if line.is_walked
    }
    assert walked == {("start", "wuyi")}
    chart = lay_out(road_repair(), Form.PHONE, standings={"pay": Standing(KINDS.REMOVED)})
    assert {(line.source, line.target) for line in chart.lines if line.is_gone} == {("accept", "pay"), ("pay", "end")}
    assert {run.words for label in chart.labels for run in label.runs if run.is_struck} == {"结算付款"}
    assert "stroke-dasharray" in draw(chart)


def test_a_loop_back_is_never_drawn_as_walked() -> None:
    """That the decision and the step before it are done does not tell that anyone went back."""
    done = {key: Standing(KINDS.DONE) for key in ("start", "wuyi", "vote", "notice")}
    lines = lay_out(road_repair(), Form.PHONE, standings=done).lines
    assert not any(line.is_walked for line in lines if (line.source, line.target) == ("vote", "wuyi"))


def test_on_phones_the_current_step_stands_in_a_frame_and_silent_steps_do_not_look_done() -> None:
    chart = lay_out(road_repair(), Form.PHONE, standings=MATTER)
    assert [label.key for label in chart.labels if label.standing] == ["wuyi"]
    standings = {box.key: box.standing for box in chart.boxes}
    assert standings["pay"] is KINDS.WAITING
    compared = lay_out(road_repair(), Form.PHONE, standings={"pay": Standing(KINDS.ADDED)})
    assert {box.key: box.standing for box in compared.boxes}["vote"] is None


@pytest.mark.parametrize("form", list(Form))
def test_the_legend_names_each_kind_once_and_only_where_it_is_used(form: Form) -> None:
    chart = lay_out(road_repair(), form, standings=MATTER)
    (label,) = (label for label in chart.labels if label.key == LEGEND)
    assert [run.words for run in label.runs] == ["已办", "正在办", "待办"]
    assert [sample.standing for sample in chart.samples] == [KINDS.DONE, KINDS.CURRENT, KINDS.WAITING]
    assert all(box.area.bottom <= label.area.y for box in chart.boxes)
    plain = lay_out(road_repair(), form)
    assert plain.samples == ()
    assert LEGEND not in {label.key for label in plain.labels}


def test_no_standings_change_nothing() -> None:
    for form in Form:
        plain = lay_out(road_repair(), form)
        assert lay_out(road_repair(), form, standings={}) == plain
        assert lay_out(road_repair(), form, standings={"nobody": Standing(KINDS.DONE)}) == plain


def test_standings_can_be_translated() -> None:
    (first, *_) = tell(
        road_repair(), standings=MATTER, say=lambda words, values: {"已办": "done"}.get(words, words) % values
    )
    assert first.standing == "done 9月3日"
