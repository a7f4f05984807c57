"""All flowcharts of the sample list on one sheet, as a browser draws them."""

import io
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.journeys.stage import Server
from village_lists.flowcharts.chart import Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.layout import lay_out
from village_lists.powers.models import ListVersion
from village_lists.powers.queries import graph_of, item_by_code, items_of

COLUMNS = 9
SMALLER = 2
TILE = {Form.PHONE: (360, 1400), Form.PRINT: (560, 800)}


def charts(server: Server, form: Form) -> dict[str, str]:
    """Return the first flowchart of every item as SVG, by code and name."""
    with Session(server.app.extensions["engine"]) as session:
        version = session.scalars(select(ListVersion)).one()
        found = {}
        for line in items_of(session, version_id=version.id):
            item = item_by_code(session, version_id=version.id, code=line.code)
            assert item
            chart = lay_out(graph_of(item.procedures[0]), form)
            found[f"{line.code} {line.name}"] = draw(chart, title_id=f"chart-{line.code}")
        return found


def contact_sheet(browser: Browser, server: Server, form: Form, folder: Path) -> Image.Image:
    """Return one picture with every flowchart, nine beside each other; a long one is made smaller."""
    width, height = TILE[form]
    drawn = charts(server, form)
    page = browser.new_page(viewport={"width": width, "height": height})
    tiles = []
    for number, (name, svg) in enumerate(drawn.items()):
        file = folder / f"{number}.html"
        file.write_text(f"<!doctype html><meta charset=utf-8><h3>{escape(name)}</h3>{svg}", encoding="utf-8")
        page.goto(file.as_uri())
        with Image.open(io.BytesIO(page.screenshot(full_page=True))) as picture:
            tile = picture.convert("L" if form is Form.PRINT else "RGB")
        tile.thumbnail((width // SMALLER, height // SMALLER))
        tiles.append(tile)
    page.close()
    rows = -(-len(tiles) // COLUMNS)
    width, height = width // SMALLER, height // SMALLER
    sheet = Image.new("RGB", (COLUMNS * width, rows * height), "white")
    for place, tile in enumerate(tiles):
        sheet.paste(tile, (place % COLUMNS * width, place // COLUMNS * height))
    return sheet
