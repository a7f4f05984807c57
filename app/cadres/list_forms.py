"""Forms about the village's list: a resolution, and what a village writes in its own version."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from village_lists.editions.adapting_pages import ItemPage, StepForm, StepsPage
from village_lists.editions.contents import ItemContent, ProcedureContent, ProhibitionContent
from village_lists.errors import Refusal
from village_lists.flowcharts.graph import DayKind, Node, Posting
from village_lists.markers import N_
from village_lists.powers.models import ItemKind
from village_lists.powers.resolutions import Resolution

Form = MultiDict[str, str]
LIMITS = {
    "title": 120,
    "actor": 120,
    "body": 120,
    "name": 80,
    "time_limit": 200,
    "fee": 200,
    "what": 120,
    "where": 80,
    "when": 80,
}
LONGEST = 2000
MOST_LINES = 40
MOST_PEOPLE = 1_000_000
MOST_DAYS = 3650


class ResolutionForm(FlaskForm):  # type: ignore[misc] # flask-wtf ships no types
    """What a meeting decided upon a version."""

    decision_body = RadioField(_l("哪个会议通过的"), validators=[DataRequired(_l("请选择是哪个会议"))])
    meeting = StringField(
        _l("会议名称"), validators=[DataRequired(_l("请填写会议名称")), Length(max=60, message=_l("最多 60 个字"))]
    )
    held_on = DateField(_l("开会日期"), validators=[InputRequired(_l("请填写日期，例如 2026-11-18"))])
    due = IntegerField(
        _l("应到人数"), validators=[InputRequired(_l("请填写人数")), NumberRange(0, MOST_PEOPLE, _l("请填写人数"))]
    )
    present = IntegerField(
        _l("实到人数"), validators=[InputRequired(_l("请填写人数")), NumberRange(0, MOST_PEOPLE, _l("请填写人数"))]
    )
    in_favour = IntegerField(
        _l("同意人数"), validators=[InputRequired(_l("请填写人数")), NumberRange(0, MOST_PEOPLE, _l("请填写人数"))]
    )
    minutes = FileField(_l("会议记录"), validators=[FileRequired(_l("请选择会议记录的照片或者 PDF"))])

    def resolution(self) -> Resolution:
        """Return what was filled in."""
        return Resolution(
            decision_body=str(self.decision_body.data),
            meeting=str(self.meeting.data).strip(),
            held_on=self.held_on.data or date.min,
            due=self.due.data or 0,
            present=self.present.data or 0,
            in_favour=self.in_favour.data or 0,
        )


def item_from(form: Form, page: ItemPage) -> ItemContent:
    """Return the item of the template with the open fields as the form says; other fields are not read."""
    values: dict[str, Any] = {
        field.key: _lines(form, field.key) if field.is_lines else _text(form, field.key)
        for field in page.fields
        if field.is_open and field.key in form
    }
    return replace(page.item, **values)


def own_item_from(form: Form, former: ItemContent | None) -> tuple[ItemContent, tuple[str, ...]]:
    """Return an item of the village's own, and the plain lines of its chart."""
    values: dict[str, Any] = {
        "name": _text(form, "name"),
        "category": _text(form, "category"),
        "kind": _kind(form),
        **{key: _text(form, key) for key in ("body", "sentence", "time_limit", "fee")},
        **{key: _lines(form, key) for key in ("keywords", "papers")},
    }
    if not values["name"]:
        raise Refusal(N_("请填写事项名称"))
    item = replace(former, **values) if former else ItemContent(code="", **values)
    return item, _lines(form, "lines")


def prohibition_from(form: Form, code: str) -> ProhibitionContent:
    """Return a prohibition of the village's own; it belongs to the items that were ticked."""
    words = _text(form, "words")
    if not words:
        raise Refusal(N_("请写明禁止什么"))
    return ProhibitionContent(
        code=code,
        words=words,
        who=_text(form, "who", 120),
        consequence=_text(form, "consequence"),
        items=tuple(form.getlist("item")),
    )


def chart_from(form: Form, page: StepsPage) -> ProcedureContent:
    """Return the chart with the open fields of its steps as the form says: fields are named `field-key of the step`."""
    nodes = tuple(_node(form, step) for step in page.steps)
    return replace(page.chart, graph=replace(page.chart.graph, nodes=nodes))


def _node(form: Form, step: StepForm) -> Node:
    values = dict[str, Any]()
    key = step.node.key
    for name in step.fields:
        field = f"{name}-{key}"
        if name == "posting":
            values |= _posting(form, key)
        elif name == "evidence" and field in form:
            values[name] = _lines(form, field)
        elif name == "limit_days" and field in form:
            values |= {"limit_days": _days(form, field), "limit_kind": _day_kind(form, key)}
        elif field in form:
            values[name] = _text(form, field, LIMITS.get(name, LONGEST))
    return replace(step.node, **values)


def _posting(form: Form, key: str) -> Mapping[str, Posting | None]:
    if f"what-{key}" not in form:
        return {}
    what, where, when = (_text(form, f"{name}-{key}", LIMITS[name]) for name in ("what", "where", "when"))
    posting = Posting(what=what, where=where, when=when, days=_days(form, f"days-{key}"))
    return {"posting": posting if what else None}


def _day_kind(form: Form, key: str) -> DayKind:
    return DayKind.WORKING if form.get(f"limit_kind-{key}") == DayKind.WORKING else DayKind.CALENDAR


def _kind(form: Form) -> ItemKind:
    written = form.get("kind", "")
    if written not in set(ItemKind):
        raise Refusal(N_("请选择事项的性质"))
    return ItemKind(written)


def _text(form: Form, field: str, longest: int | None = None) -> str:
    text = form.get(field, "").replace("\r\n", "\n").strip()
    most = longest or LIMITS.get(field, LONGEST)
    if len(text) > most:
        raise Refusal(N_("有一栏太长，最多 %(most)d 个字"), most=most)
    return text


def _lines(form: Form, field: str) -> tuple[str, ...]:
    lines = tuple(line.strip() for line in _text(form, field).splitlines() if line.strip())
    if len(lines) > MOST_LINES:
        raise Refusal(N_("有一栏行数太多，最多 %(most)d 行"), most=MOST_LINES)
    if any(len(line) > LIMITS["actor"] for line in lines):
        raise Refusal(N_("有一行太长，最多 %(most)d 个字"), most=LIMITS["actor"])
    return lines


def _days(form: Form, field: str) -> int | None:
    text = form.get(field, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:9]) <= MOST_DAYS:
        raise Refusal(N_("天数「%(written)s」要填 1 到 %(most)d 的整数"), written=text[:20], most=MOST_DAYS)
    return int(text)
