"""A month's accounts: a section for each body, and one body's month line by line."""

from flask import Response, abort, render_template
from flask_babel import gettext as _

from app import clock
from app.access import Audience, open_to
from app.database import session
from app.exports import csv_answer, json_answer
from app.residents.blueprint import residents
from app.residents.places import village_or_404
from app.residents.tables import accounts_content, completeness_content, figures_content, line_row
from publicity.attachments.queries import public_attachments_of
from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for
from publicity.duties.pages import month_states
from publicity.ledgers.figures import card_of
from publicity.ledgers.pages import AccountsPage, accounts_page, published_figures
from publicity.postings.plans import year_against_plan
from publicity.workflow.completeness import Completeness, completeness_of
from village_lists.periods import Cadence, Period, Span
from village_lists.places.models import Place

Page = str | tuple[str, int]


@residents.get("/v/<village:village>/accounts/<month:period>")
@open_to(Audience.EVERYONE)
def show_month(village: str, period: Period) -> str:
    """Show the month of each body, or since when it ought to have been posted; what its quarter said of money."""
    place = village_or_404(village)
    known = published_figures(session(), village=place, periods=(period, period.previous))
    cards = {kind: card_of(figures, known) for (kind, month), figures in known.items() if month == period}
    states = month_states(session(), village=place, period=period, on=clock.today())
    if not cards and not states:
        abort(404)
    return render_template(
        "residents/show_month.html",
        village=place,
        period=period,
        cards=cards,
        states=states,
        disclosure=_disclosure(place, period),
    )


@residents.get("/v/<village:village>/accounts/<month:period>.json")
@open_to(Audience.EVERYONE)
def show_month_json(village: str, period: Period) -> Response:
    """Give the figures of each body's month as JSON."""
    place = village_or_404(village)
    known = published_figures(session(), village=place, periods=(period,))
    if not known:
        abort(404)
    bodies = [figures_content(figures) for figures in known.values()]
    return json_answer(
        {
            "village": place.code,
            "village_name": place.name,
            "period": str(period),
            "bodies": bodies,
            "disclosure": [completeness_content(one) for one in _disclosure(place, period)],
        }
    )


@residents.get("/v/<village:village>/accounts/<month:period>/<body:body>")
@open_to(Audience.EVERYONE)
def show_ledger(village: str, period: Period, body: str) -> Page:
    """Show one body's month line by line; where it is not posted, say since when it ought to be."""
    place = village_or_404(village)
    page = accounts_page(session(), village=place, body_kind=body, period=period)
    if page is None:
        states = month_states(session(), village=place, period=period, on=clock.today())
        own = [state for state in states if state.body_kind == body]
        if not own:
            abort(404)
        nothing: dict[str, object] = {"cards": {}, "disclosure": ()}
        return render_template("residents/show_month.html", village=place, period=period, states=own, **nothing), 404
    code = code_for(session(), village=place, kind=TargetKind.RECORD, target=str(page.figures.record))
    photos = public_attachments_of(session(), version_ids=[page.version.id])[page.version.id]
    against = year_against_plan(session(), village=place, body_kind=body, period=period)
    return render_template(
        "residents/show_ledger.html",
        village=place,
        period=period,
        page=page,
        code=code,
        photos=photos,
        against=against,
    )


@residents.get("/v/<village:village>/accounts/<month:period>/<body:body>.json")
@open_to(Audience.EVERYONE)
def show_ledger_json(village: str, period: Period, body: str) -> Response:
    """Give one body's month as JSON, masked as the page is."""
    place, page = village_or_404(village), _page_or_404(village, period, body)
    against = year_against_plan(session(), village=place, body_kind=body, period=period)
    return json_answer(accounts_content(place, page, against))


@residents.get("/v/<village:village>/accounts/<month:period>/<body:body>.csv")
@open_to(Audience.EVERYONE)
def show_ledger_csv(village: str, period: Period, body: str) -> Response:
    """Give one body's month as CSV, masked as the page is."""
    page = _page_or_404(village, period, body)
    header = [
        _("日期"), _("凭证号"), _("用途"), _("对方"), _("收入（元）"), _("支出（元）"), _("事项编号"), _("事项"),
        _("哪件事（编号）"), _("哪件事"),
    ]  # fmt: skip
    return csv_answer(f"{village}-{period}-{body}", header, map(line_row, page.lines))


def _disclosure(village: Place, period: Period) -> list[Completeness]:
    """Return what each body said of the eight classes in the month's quarter."""
    span = Span.of(Cadence.QUARTER, period.first_day)
    return completeness_of(session(), villages=[village], span=span, on=clock.today())


def _page_or_404(village: str, period: Period, body: str) -> AccountsPage:
    page = accounts_page(session(), village=village_or_404(village), body_kind=body, period=period)
    if page is None:
        abort(404)
    return page
