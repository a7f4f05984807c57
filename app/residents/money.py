"""All money posted under an item of the list, year by year and line by line."""

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from app import clock
from app.access import Audience, open_to
from app.database import session
from app.exports import csv_answer, json_answer
from app.residents.blueprint import residents
from app.residents.item_tables import entry_row, money_content
from app.residents.lists import ShownList, former_item, list_or_404
from publicity.ledgers.items import LINES_ON_A_PAGE, by_month
from publicity.ledgers.pages import lines_under, money_under
from publicity.workflow.matter_pages import matter_lines
from village_lists.powers.queries import ItemLine, item_line


@residents.get("/v/<village:village>/powers/<item:code>/money")
@open_to(Audience.EVERYONE)
def show_item_money(village: str, code: str) -> str:
    """Show the sums of an item by year and in all, its matters, and its posted lines by month, a hundred on a page."""
    shown, item = _item_or_404(village, code)
    money = money_under(session(), village=shown.village, item_code=code)
    pages = max(1, -(-money.total.count // LINES_ON_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    lines = lines_under(
        session(),
        village=shown.village,
        item_code=code,
        item_name=item.name,
        skip=(page - 1) * LINES_ON_A_PAGE,
        limit=LINES_ON_A_PAGE,
    )
    return render_template(
        "residents/show_item_money.html",
        village=shown.village,
        item=item,
        money=money,
        matters=matter_lines(session(), village=shown.village, on=clock.today(), item_code=code),
        months=by_month(lines),
        page=page,
        pages=pages,
        newer=page - 1,
        older=page + 1 if page < pages else 0,
    )


@residents.get("/v/<village:village>/powers/<item:code>/money.json")
@open_to(Audience.EVERYONE)
def show_item_money_json(village: str, code: str) -> Response:
    """Give all money posted under an item as JSON, masked as the page is."""
    shown, item = _item_or_404(village, code)
    money = money_under(session(), village=shown.village, item_code=code)
    lines = lines_under(session(), village=shown.village, item_code=code, item_name=item.name)
    about = {"village": shown.village.code, "village_name": shown.village.name, "item": code, "item_name": item.name}
    matters = matter_lines(session(), village=shown.village, on=clock.today(), item_code=code)
    return json_answer({**about, **money_content(money, lines, matters)})


@residents.get("/v/<village:village>/powers/<item:code>/money.csv")
@open_to(Audience.EVERYONE)
def show_item_money_csv(village: str, code: str) -> Response:
    """Give every posted line of an item as CSV, masked as the page is."""
    shown, item = _item_or_404(village, code)
    lines = lines_under(session(), village=shown.village, item_code=code, item_name=item.name)
    header = [
        _("月份"), _("公开编号"), _("日期"), _("凭证号"), _("用途"), _("对方"), _("收入（元）"), _("支出（元）"),
        _("哪件事（编号）"), _("哪件事"),
    ]  # fmt: skip
    return csv_answer(f"{village}-{code}-money", header, map(entry_row, lines))


def _item_or_404(village: str, code: str) -> tuple[ShownList, ItemLine]:
    shown = list_or_404(village)
    item = item_line(session(), version_id=shown.version_id, code=code)
    if item is not None:
        return shown, item
    # The money stays public when the village goes over to a list without the item.
    former = former_item(shown, code) or abort(404)
    return shown, former.line
