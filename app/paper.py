"""From a thing in the database to the bytes of a PDF: composed, rendered here, pressed in a child process."""

from datetime import date
from functools import cache
from pathlib import Path

from flask import current_app, render_template
from flask_babel import force_locale
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.words import BABEL_NAME
from publicity.bulletins.affairs import affairs_sheet
from publicity.bulletins.booklets import Part, booklet_of
from publicity.bulletins.compose import compose
from publicity.bulletins.matter_sheets import ChartPage, MatterSheet, SheetChart, chart_pages, matter_sheet
from publicity.bulletins.papers import A3, A4, Paper
from publicity.bulletins.posters import PosterPlan, plan
from publicity.bulletins.posting_queries import posting_sheet, withdrawn_sheet, withdrawn_version
from publicity.bulletins.postings import compose_sheet
from publicity.bulletins.press import Press
from publicity.bulletins.queries import finance_sheet, items_in, power_poster
from publicity.ledgers.queries import ledger_of
from publicity.records.models import Version
from village_lists.amounts import exact
from village_lists.flowcharts.chart import Chart, Form
from village_lists.flowcharts.chart import Paper as ChartPaper
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.layout import ChartTooLarge, lay_out, lay_out_sheets
from village_lists.periods import Span
from village_lists.places.models import Place
from village_lists.powers.bands import Band
from village_lists.powers.models import ListVersion, PowerItem, Procedure
from village_lists.powers.pages import bands_of
from village_lists.powers.queries import graph_of

PAPERS = {"A3": A3, "A4": A4}


@cache
def _press(static_root: Path) -> Press:
    return Press(static_root)


def _printed(template: str, **contents: object) -> bytes:
    """Return a template as a PDF: always in Chinese, whatever the screen speaks, for it hangs on the wall.

    Raise publicity.bulletins.press.NotPrinted where it cannot be made.
    """
    with force_locale(BABEL_NAME["zh"]):
        html = render_template(template, **contents)
    return _press(Path(str(current_app.static_folder))).pdf(html)


def finance_pdf(session: Session, *, version: Version, on: date, paper: Paper = A3) -> bytes:
    """Return the finance sheet of a version as a PDF."""
    sheet = finance_sheet(session, version=version, public_url=current_app.config["PUBLIC_URL"], on=on)
    return _printed("bulletins/finance_a3.html", sheet=compose(sheet, paper))


def posting_pdf(session: Session, *, version: Version, on: date, paper: Paper = A3) -> bytes:
    """Return the sheet of a posting's version as a PDF; NotFound where the version holds no posting."""
    sheet = posting_sheet(session, version=version, public_url=current_app.config["PUBLIC_URL"], on=on)
    return _printed("bulletins/sheet.html", plan=compose_sheet(sheet, paper))


def affairs_pdf(session: Session, *, village: Place, span: Span, on: date, paper: Paper = A3) -> bytes:
    """Return the combined sheet of the three affairs of a village for a span as a PDF."""
    sheet = affairs_sheet(session, village=village, span=span, public_url=current_app.config["PUBLIC_URL"], on=on)
    return _printed("bulletins/sheet.html", plan=compose_sheet(sheet, paper))


def sheet_pdf(session: Session, *, version: Version, on: date, paper: Paper = A3) -> bytes:
    """Return the sheet of any version as a PDF: accounts, a posting, or the tombstone of what was withdrawn."""
    if withdrawn_version(version) is not None:
        url = current_app.config["PUBLIC_URL"]
        sheet = withdrawn_sheet(session, version=version, public_url=url, on=on)
        return _printed("bulletins/sheet.html", plan=compose_sheet(sheet, paper))
    if ledger_of(session, version=version) is not None:
        return finance_pdf(session, version=version, on=on, paper=paper)
    return posting_pdf(session, version=version, on=on, paper=paper)


def poster_pdf(session: Session, *, place: Place, item: PowerItem, on: date, paper: Paper = A3) -> bytes:
    """Return the poster of a power item as a PDF, a page for each of its charts.

    `place` is the village, or the county or township for a version that is not adopted yet.
    """
    pages = _poster_pages(session, place, item, on, paper)
    return _printed("bulletins/poster.html", title=item.name, paper=paper.name, pages=pages)


def booklet_pdf(session: Session, *, place: Place, version: ListVersion, part: Part, on: date) -> bytes:
    """Return a part of a list as a booklet on A4."""
    items = items_in(session, version_id=version.id, codes=part.codes)
    pages = [page for item in items for page in _poster_pages(session, place, item, on, A4)]
    booklet = booklet_of(session, version=version, place=place, part=part)
    return _printed("bulletins/booklet.html", booklet=booklet, pages=pages)


def matter_pdf(session: Session, *, village: Place, number: int, on: date, paper: Paper = A3) -> bytes:
    """Return the works sheet of a matter as it stands on a day; NotFound where the village has none so numbered."""
    url = current_app.config["PUBLIC_URL"]
    sheet = matter_sheet(session, village=village, number=number, public_url=url, on=on)
    return _printed("bulletins/matter.html", pages=_matter_pages(sheet, paper), plan=compose_sheet(sheet.sheet, paper))


def _matter_pages(sheet: MatterSheet, paper: Paper) -> list[tuple[ChartPage, list[Markup]]]:
    """Return the charts side by side on one page of A3 where they fit, else each on a page or more of its own."""
    if paper is A3 and len(sheet.charts) == 2:
        (both,) = chart_pages(sheet, paper, side_by_side=2)
        try:
            return [(both, [_drawn(_laid(one, both), f"{place}") for place, one in enumerate(both.charts)])]
        except ChartTooLarge:
            pass
    return [
        (page, [_drawn(chart, f"{place}-{sheet_number}")])
        for place, page in enumerate(chart_pages(sheet, paper))
        for sheet_number, chart in enumerate(_laid_anyhow(page.charts[0], page))
    ]


def _room_in(page: ChartPage) -> ChartPaper:
    return ChartPaper(
        width_mm=page.chart_width_mm,
        height_mm=page.chart_height_mm,
        smallest_pt=8 if page.paper is A4 else 11,
        comfortable_pt=page.points,
        largest_pt=18 if page.paper is A3 else 12,
    )


def _laid(one: SheetChart, page: ChartPage) -> Chart:
    return lay_out(one.graph, Form.PRINT, paper=_room_in(page), standings=one.standings)


def _laid_anyhow(one: SheetChart, page: ChartPage) -> tuple[Chart, ...]:
    """Return the chart on one sheet, or, where even its titles do not fit, on as many as it needs."""
    try:
        return (_laid(one, page),)
    except ChartTooLarge:
        return lay_out_sheets(one.graph, paper=_room_in(page), standings=one.standings)


def _drawn(chart: Chart, name: str) -> Markup:
    return Markup(draw(chart, title_id=f"chart-{name}"))  # noqa: S704 - draw escapes every word


def _poster_pages(
    session: Session, place: Place, item: PowerItem, on: date, paper: Paper
) -> list[tuple[PosterPlan, Markup]]:
    """Return a page for each procedure of an item; an item without one has a page in words."""
    version = session.get_one(ListVersion, item.version_id)
    url = current_app.config["PUBLIC_URL"]
    if not item.uses:
        poster = power_poster(session, place=place, item=item, version=version, public_url=url)
        return [(plan(poster, paper), Markup())]
    bands = bands_of(session, item=item, place=place, on=on)
    pages = []
    for use in item.uses:
        way = _way(use.procedure, bands.get(use.procedure.slug), is_only=len(item.uses) == 1)
        poster = power_poster(session, place=place, item=item, version=version, public_url=url, way=way)
        laid = plan(poster, paper)
        pages += [(laid, drawing) for drawing in _charts(use.procedure, laid)]
    return pages


def _way(procedure: Procedure, band: Band | None, *, is_only: bool) -> str:
    """Return which amounts a chart is for and what it is called; nothing for the only chart of an item."""
    lower = exact(band.start.fen) if band and band.start and band.start.fen is not None else ""
    upper = exact(band.end.fen) if band and band.end and band.end.fen is not None else ""
    if lower and upper:
        return f"{lower}以上、不满{upper}：{procedure.title}"
    if lower or upper:
        return f"{lower}以上：{procedure.title}" if lower else f"不满{upper}：{procedure.title}"
    return "" if is_only else procedure.title


def _charts(procedure: Procedure, laid: PosterPlan) -> list[Markup]:
    """Return the chart on one sheet, or, where even its titles do not fit, on as many as it needs."""
    room = ChartPaper(
        width_mm=laid.chart_width_mm,
        height_mm=laid.chart_height_mm,
        smallest_pt=8 if laid.paper is A4 else 11,
        comfortable_pt=laid.points,
        largest_pt=laid.points,
    )
    graph = graph_of(procedure)
    charts: tuple[Chart, ...]
    try:
        charts = (lay_out(graph, Form.PRINT, paper=room),)
    except ChartTooLarge:
        charts = lay_out_sheets(graph, paper=room)
    return [
        Markup(draw(chart, title_id=f"chart-{procedure.id}-{place}"))  # noqa: S704 - our own SVG
        for place, chart in enumerate(charts)
    ]
