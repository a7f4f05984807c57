"""Reads one amount as clerks write it into whole fen; what is not certainly an amount is refused, never guessed."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from publicity.ledgers.capitals import from_capitals
from publicity.ledgers.problems import Unreadable
from village_lists.exchange.grids import Cell, Value
from village_lists.markers import N_

YUAN_OF_UNIT = {"元": 1, "百元": 100, "千元": 1_000, "万元": 10_000}
MAXIMUM_FEN = 10**15
_BLANKS = frozenset(["", "-", "--", "---", "/", "\\", "无"])
_MINUS = str.maketrans("−–—－‐‑﹣", "-------")
_NUMBER = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+)?(\.\d*)?")
_CAPITALS = re.compile(r"[零壹贰叁肆伍陆柒捌玖][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*[元圆角分].*")
# A number saved by a spreadsheet carries 15 to 17 digits; what differs less than this from a whole fen is noise.
_NOISE_FEN = Decimal("0.0001")
_NOISE_SHARE = Decimal("1e-14")


def read_amount(cell: Cell | None, *, yuan: int = 1, red_is_negative: bool = False) -> int | None:
    """Return the amount of a cell in whole fen, None for a blank one or a mere dash; `yuan` is the sheet's unit.

    Raises `Unreadable` for words, dates, error values, half fen and formulas that were never worked out.
    """
    if cell is None or cell.is_blank:
        return None
    if cell.is_formula_without_value:
        raise Unreadable(
            N_(
                "第 %(row)s 行 %(column)s 列：这里的公式还没有算出结果，请在 Excel 或 WPS 中打开，"
                "重新计算并保存后再上传"
            )
        )
    if isinstance(cell.value, date):
        raise Unreadable(N_("第 %(row)s 行 %(column)s 列：“%(found)s”是日期，不是金额，请填写数字，例如 300.00"))
    if isinstance(cell.value, str):
        fen = fen_of_text(cell.value, yuan=yuan)
    else:
        fen = _whole_fen(Decimal(repr(cell.value)) if isinstance(cell.value, float) else Decimal(cell.value or 0), yuan)
    if fen is not None and red_is_negative and cell.is_red and fen > 0:
        return -fen
    return fen


def is_figure(value: Value) -> bool:
    """Tell whether a value is a number or reads as an amount, in whatever unit it may be."""
    if not isinstance(value, str):
        return isinstance(value, int | float | Decimal)
    written = _normalised(value)
    if written in _BLANKS:
        return False
    try:
        _number_and_unit(written, 1)
    except Unreadable:
        return False
    return True


def is_dash(text: str) -> bool:
    """Tell whether a text is blank or the dash that stands for nothing."""
    return _normalised(text) in _BLANKS


def _normalised(text: str) -> str:
    written = unicodedata.normalize("NFKC", text).translate(_MINUS).strip().lstrip("'").strip()
    written = re.sub(r"(?<=\d) (?=\d{3}(?:\D|$))", ",", written)
    return re.sub(r"\s+", "", written)


def fen_of_text(text: str, *, yuan: int = 1) -> int | None:
    """Return the whole fen of a written amount, None for blanks and dashes; raises `Unreadable`."""
    written = _normalised(text)
    if written in _BLANKS:
        return None
    if _CAPITALS.fullmatch(written):
        return _of_capitals(written)
    return _whole_fen(*_number_and_unit(written, yuan))


def _of_capitals(written: str) -> int:
    try:
        return from_capitals(written)
    except Unreadable as error:
        raise _no_amount() from error


def _no_amount() -> Unreadable:
    return Unreadable(N_("第 %(row)s 行 %(column)s 列：“%(found)s”不是金额，请填写数字，例如 300.00"))


def _number_and_unit(written: str, yuan: int) -> tuple[Decimal, int]:
    """Return the number (negative where signs or brackets say so) and the yuan of its unit."""
    bare = re.sub(r"人民币|RMB|CNY|¥|¥|\$(?!.)", "", written, flags=re.IGNORECASE)
    negative = 0
    bracketed = re.fullmatch(r"\((.+)\)(万?元?)", bare)
    if bracketed:
        bare = bracketed[1] + bracketed[2]
        negative += 1
    signed = re.fullmatch(r"([-+]?)(.*?)(万元|万|百元|千元|元整|元正|元|圆)?(-?)", bare)
    if signed is None:
        raise _no_amount()
    before, digits, unit, after = signed.groups()
    negative += (before == "-") + (after == "-")
    number = _NUMBER.fullmatch(digits)
    # Two signs of a negative at once, or a lone point, are no amount; .5 is.
    if number is None or digits in {"", "."} or negative > 1 or (before and after):
        raise _no_amount()
    if unit:
        yuan = {"万": 10_000, **YUAN_OF_UNIT}.get(unit, 1)
    value = Decimal(digits.replace(",", "").rstrip(".") or "0")
    return (-value if negative else value), yuan


def _whole_fen(number: Decimal, yuan: int) -> int:
    if not number.is_finite():
        raise _no_amount()
    exact = number * yuan * 100
    fen = exact.to_integral_value()
    if abs(fen) > MAXIMUM_FEN:
        raise Unreadable(N_("第 %(row)s 行 %(column)s 列：“%(found)s”金额太大，请检查是否多写了数字"))
    if abs(exact - fen) > max(_NOISE_FEN, abs(exact) * _NOISE_SHARE):
        raise Unreadable(N_("第 %(row)s 行 %(column)s 列：“%(found)s”不足一分，请填到分为止，例如 300.00"))
    return int(fen)
