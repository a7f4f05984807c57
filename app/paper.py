"""From a thing in the database to the bytes of a PDF: composed, rendered here, pressed in a child process."""

from datetime import date
from functools import cache
from pathlib import Path

from flask import current_app, render_template
from flask_babel import force_locale
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.words import BABEL_NAME
from publicity.bulletins.compose import compose
from publicity.bulletins.papers import A3, A4, Paper
from publicity.bulletins.posters import plan
from publicity.bulletins.press import Press
from publicity.bulletins.queries import finance_sheet, power_poster
from publicity.records.models import Version
from village_lists.flowcharts.chart import Form
from village_lists.flowcharts.chart import Paper as ChartPaper
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.layout import lay_out
from village_lists.places.models import Place
from village_lists.powers.models import PowerItem
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


def poster_pdf(session: Session, *, village: Place, item: PowerItem, paper: Paper = A3) -> bytes:
    """Return the poster of a power item, with its first procedure as a flowchart, as a PDF."""
    poster = power_poster(session, village=village, item=item, public_url=current_app.config["PUBLIC_URL"])
    laid = plan(poster, paper)
    room = ChartPaper(
        width_mm=laid.chart_width_mm,
        height_mm=laid.chart_height_mm,
        smallest_pt=8 if paper is A4 else 11,
        comfortable_pt=laid.points,
        largest_pt=laid.points,
    )
    chart = draw(lay_out(graph_of(item.procedures[0]), Form.PRINT, paper=room))
    return _printed("bulletins/poster.html", plan=laid, chart=Markup(chart))  # noqa: S704 - our own SVG
