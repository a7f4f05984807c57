"""Tables as open data: JSON, and CSV that a spreadsheet opens without running anything."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from flask import Response

# Spreadsheets read the full-width signs too.
NUMBER = re.compile(r"-?\d{1,3}(,?\d{3})*(\.\d+)?")
DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠")
MARK = "\ufeff"


def neutral(cell: object) -> str:
    """Return a cell that no spreadsheet takes for a formula; true numbers, negative ones too, stay as they are."""
    text = "" if cell is None else str(cell)
    if NUMBER.fullmatch(text) or not text.lstrip(" \u3000\ufeff").startswith(DANGEROUS):
        return text
    return f"'{text}"


def json_answer(content: object) -> Response:
    """Return an answer with the content as JSON, Chinese readable."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return Response(text + "\n", mimetype="application/json")


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return an answer with a CSV that Excel and WPS read rightly: byte order mark, CRLF, neutral cells."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([neutral(cell) for cell in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    disposition = f'attachment; filename="{name}.csv"'
    content = (MARK + stream.getvalue()).encode()
    return Response(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})
