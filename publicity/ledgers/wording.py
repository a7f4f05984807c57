"""Brings the words of a sheet into one spelling before they are compared: widths, blanks, Chinese numerals."""

import re
import unicodedata

DITTO = frozenset(["〃", "同上", "″", '"', "''", '""', "“", "”", "〞", "々", "＂", "同", "′′", "、、"])
_DIGITS = {
    "〇": "0",
    "零": "0",
    "○": "0",
    "一": "1",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
}
_NUMERAL = "[〇零○一二三四五六七八九十]"


def plain(text: str) -> str:
    """Return text in half width without any blanks: "摘　要（用途）" -> "摘要(用途)"."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def without_brackets(text: str) -> str:
    """Return text without what stands in round or square brackets."""
    return re.sub(r"[(\[【][^)\]】]*[)\]】]", "", text)


def is_ditto(text: str) -> bool:
    """Tell whether a cell says "as above"."""
    return text.strip() in DITTO


def with_digits(text: str) -> str:
    """Return plain text whose years, months and days in Chinese numerals are digits: 二〇二六年九月 -> 2026年9月."""
    text = re.sub(f"{_NUMERAL}{{4}}(?=年)", lambda found: "".join(_DIGITS.get(sign, "") for sign in found[0]), text)
    return re.sub(f"{_NUMERAL}{{1,3}}(?=[月日号])", lambda found: _small_number(found[0]), text)


def _small_number(written: str) -> str:
    """Return 1 to 99 in digits; leave what is no such number as it is."""
    if "十" not in written:
        return "".join(_DIGITS[sign] for sign in written)
    tens, _, ones = written.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return written
    return str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0")))
