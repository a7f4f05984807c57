"""What a village has to post: what is there, what was late, what ought to be there and is not."""

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from app import clock
from app.access import Audience, open_to
from app.database import session
from app.duty_words import duty_content, heading_words, rule_name, why
from app.exports import csv_answer, json_answer
from app.matter_duties import line_content, postings_of_year
from app.residents.blueprint import residents
from app.residents.places import village_or_404
from publicity.duties.pages import DutiesPage, duties_page

FIRST_YEAR = 2010
NAMES = ("category_name", "affairs", "body", "period", "title", "due", "state", "published", "days_late")
FURTHER = ("extended_until", "extension_reason", "withdrawn", "record")


@residents.get("/v/<village:village>/duties")
@open_to(Audience.EVERYONE)
def list_duties(village: str) -> str:
    """Show what is due in a year, what was posted in time or late, and what is missing."""
    place = village_or_404(village)
    page = _page(village)
    return render_template(
        "residents/list_duties.html",
        village=place,
        page=page,
        matters=postings_of_year(place, year=page.year, on=clock.today()),
        today=clock.today(),
        year_before=page.year - 1 if page.year > FIRST_YEAR else None,
        year_after=page.year + 1 if page.year < clock.today().year else None,
        why=why,
        rule_name=rule_name,
        heading_words=heading_words,
    )


@residents.get("/v/<village:village>/duties.json")
@open_to(Audience.EVERYONE)
def list_duties_json(village: str) -> Response:
    """Give the duties of a year as JSON."""
    page = _page(village)
    tally = page.tally
    sums = {"due": tally.due, "met": tally.met, "late": tally.late, "missing": tally.missing, "coming": tally.coming}
    about = {"village": village, "year": page.year, **sums}
    return json_answer({**about, "duties": _contents(page), "matters": _matters(village, page)})


@residents.get("/v/<village:village>/duties.csv")
@open_to(Audience.EVERYONE)
def list_duties_csv(village: str) -> Response:
    """Give the duties of a year as CSV."""
    page = _page(village)
    header = [_("内容"), _("类别"), _("单位"), _("期间"), _("标题"), _("期限"), _("情况"), _("公开日期"), _("迟了几天")]
    header += [_("延期到"), _("延期理由"), _("撤下日期"), _("编号"), _("事项")]
    contents = [*_contents(page), *_matters(village, page)]
    rows = ([content.get(name) for name in (*NAMES, *FURTHER, "matter_code")] for content in contents)
    return csv_answer(f"{village}-duties-{page.year}", header, rows)


def _page(village: str) -> DutiesPage:
    on = clock.today()
    written = request.args.get("year", str(on.year))
    if not written.isascii() or not written.isdigit() or not FIRST_YEAR <= int(written[:5]) <= on.year:
        abort(404)
    return duties_page(session(), village=village_or_404(village), year=int(written), on=on)


def _contents(page: DutiesPage) -> list[dict[str, object]]:
    return [duty_content(line.duty) for group in page.groups for kind in group.kinds for line in kind.lines]


def _matters(village: str, page: DutiesPage) -> list[dict[str, object]]:
    lines = postings_of_year(village_or_404(village), year=page.year, on=clock.today())
    return [line_content(line) for line in lines]
