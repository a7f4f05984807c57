"""What may be posted in a village: due things first, then the directory tree; and the form that begins one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import abort, request

from app import clock
from app.cadres.places import me
from app.database import session
from app.words import span as span_words
from publicity.categories.contents import Sheet
from publicity.categories.models import Affairs
from publicity.categories.queries import InForce, categories_for, category_in_force, taxonomy_for
from publicity.categories.taxonomies import heading_path
from publicity.postings.queries import open_version, records_for
from publicity.workflow.desk import Task, TaskKind, desk_of
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.periods import Cadence, PeriodUnreadable, Span
from village_lists.places.models import Body, Place

CHOICES = 6
"""So many periods are offered, the running one first."""


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A heading of the directory tree with its categories."""

    path: tuple[str, ...]
    affairs: Affairs
    categories: tuple[InForce, ...]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What may be posted: what is due, most urgent first, and the whole tree."""

    due: tuple[Task, ...]
    branches: tuple[Branch, ...]


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """The form that begins a posting, as it was asked for; `key` names a version that is in work already."""

    code: str
    name: str
    about: str
    bodies: tuple[Body, ...]
    body: str
    is_event: bool
    spans: tuple[tuple[str, str], ...]
    period: str
    title: str
    reason: str
    needs_reason: bool
    key: str = ""
    problem: str = ""

    def refused(self, problem: str) -> "Beginning":
        """Return the form again with why it was refused; a reason is asked for where that may have been it."""
        return replace(self, problem=problem)


def choices_of(place: Place) -> Choices:
    """Return what the clerk may post in the village."""
    on = clock.today()
    desk = desk_of(session(), village=place, person=me(), on=on)
    asked = (*desk.tasks, *desk.later)
    taxonomy = taxonomy_for(session(), place=place, on=on)
    branches: dict[tuple[str, ...], list[InForce]] = {}
    kinds = {body.kind for body in place.bodies}
    for one in categories_for(session(), place=place, on=on):
        if kinds & set(one.content.bodies):
            key = dict(one.content.headings).get(taxonomy, one.content.affairs.value)
            branches.setdefault(heading_path(taxonomy, key, one.content.affairs), []).append(one)
    return Choices(
        due=tuple(task for task in asked if task.kind in {TaskKind.POST, TaskKind.UPLOAD}),
        branches=tuple(
            Branch(path=path, affairs=ones[0].content.affairs, categories=tuple(ones))
            for path, ones in branches.items()
        ),
    )


def beginning_of(place: Place, code: str, asked: Mapping[str, str]) -> Beginning:
    """Return the form for a category; 404 for one that is not there or that nobody in the village owes."""
    found = category_in_force(session(), code=code, place=place, on=clock.today()) or abort(404)
    content = found.content
    bodies = tuple(body for body in place.bodies if body.kind in content.bodies)
    if not bodies or not content.is_active or content.sheet is Sheet.ACCOUNTS:
        abort(404)
    wanted = asked.get("body", "")
    body = next((one for one in bodies if one.kind.value == wanted), bodies[0] if len(bodies) == 1 else None)
    is_event = content.cadence is Cadence.EVENT
    spans = () if is_event else _spans(content.cadence, asked.get("period", ""))
    period = asked.get("period", "")[:40] or (str(clock.today()) if is_event else spans[1][0])
    key, is_closed = _standing(body, code, period) if body and not is_event else ("", False)
    return Beginning(
        code=code,
        name=content.name,
        about=content.about,
        bodies=bodies,
        body=body.kind.value if body else "",
        is_event=is_event,
        spans=spans,
        period=period,
        title=asked.get("title", ""),
        reason=asked.get("reason", ""),
        needs_reason=is_closed or "reason" in asked or (is_event and "title" in asked),
        key=key,
    )


def _spans(cadence: Cadence, asked: str) -> tuple[tuple[str, str], ...]:
    """Return the running period and those before it, and the one that was asked for, as (written, in words)."""
    spans = [Span.of(cadence, clock.today())]
    while len(spans) < CHOICES:
        spans.append(spans[-1].previous)
    try:
        wanted = Span.parse(asked)
    except PeriodUnreadable:
        wanted = spans[0]
    if wanted.cadence is cadence and wanted not in spans:
        spans.append(wanted)
    return tuple((str(span), span_words(span)) for span in spans)


def _standing(body: Body, code: str, period: str) -> tuple[str, bool]:
    """Return the key of a version in work for the period, and whether the record had one that is closed."""
    try:
        records = records_for(session(), body=body, code=code, span=Span.parse(period))
    except PeriodUnreadable:
        return "", False
    versions = [version for record in records if (version := open_version(record))]
    return (versions[0].key, False) if versions else ("", any(record.versions for record in records))


def sent_body(place: Place) -> Body:
    """Return the body that was chosen; raise Refusal for none."""
    wanted = request.form.get("body", "")
    body = next((one for one in place.bodies if one.kind.value == wanted), None)
    if body is None:
        raise Refusal(N_("请选择由哪个单位公开"))
    return body


def sent_span(place: Place, code: str) -> Span:
    """Return the period that was chosen, or the day that was typed; raise Refusal for what is none."""
    typed = request.form.get("period", "").strip()
    found = category_in_force(session(), code=code, place=place, on=clock.today())
    try:
        span = Span.parse(typed)
    except PeriodUnreadable:
        span = None
    if span is None or (found and span.cadence is not found.content.cadence):
        is_event = found is not None and found.content.cadence is Cadence.EVENT
        raise Refusal(N_("请写明日期，例如 2026-09-12") if is_event else N_("请选择是哪一期"))
    return span
