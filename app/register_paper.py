"""What is printed of the registers: stickers."""

from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path

from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy.orm import Session

from app.words import BABEL_NAME
from publicity.bulletins.press import Press
from publicity.bulletins.stickers import sticker_sheets
from village_lists.places.models import Place


@cache
def _press(static_root: Path) -> Press:
    return Press(static_root)


def stickers_pdf(session: Session, *, village: Place, on: date, numbers: Collection[int] | None = None) -> bytes:
    """Return the stickers of what has a code as A4 sheets, b"" where nothing has; always in Chinese.

    Raise publicity.bulletins.press.NotPrinted where it cannot be made.
    """
    url = current_app.config["PUBLIC_URL"]
    sheets = sticker_sheets(session, village=village, on=on, public_url=url, numbers=numbers)
    if not sheets.pages:
        return b""
    with force_locale(BABEL_NAME["zh"]):
        html = render_template("bulletins/stickers.html", sheets=sheets)
    return _press(Path(str(current_app.static_folder))).pdf(html)
