"""All flowcharts of a sample list on one sheet, as a browser draws them."""

import io
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from village_lists.flowcharts.chart import Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.layout import lay_out
from village_lists.library.actions import template_content

COLUMNS = 9
SMALLER = 2
TILE = {Form.PHONE: (360, 1400), Form.PRINT: (560, 800)}


def charts(slug: str, form: Form) -> dict[str, str]:
    """Return every flowchart of a sample list as SVG, by its title."""
    return {
        f"{number} {one.title}": draw(lay_out(one.graph, form), title_id=f"chart-{one.slug}")
        for number, one in enumerate(template_content(slug).procedures, start=1)
    }


def contact_sheet(browser: Browser, slug: str, form: Form, folder: Path) -> Image.Image:
    """Return one picture with every flowchart, nine beside each other; a long one is made smaller."""
    width, height = TILE[form]
    drawn = charts(slug, form)
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
