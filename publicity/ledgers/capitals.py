"""Amounts in capital numerals (大写) as vouchers carry them, and back.

Spelling after 支付结算办法 附一「正确填写票据和结算凭证的基本规定」 as
commonly practised: 整 after whole 元, 零 for a gap.
示例，待当地确认.
"""

import re

from publicity.ledgers.problems import Unreadable
from publicity.ledgers.wording import plain
from village_lists.markers import N_

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
MAXIMUM_FEN = 10**18 - 1
# Simple numerals and look-alikes that people write instead.
_SPELLINGS = str.maketrans(
    "〇○一二两三四五六七八九十百千萬億貳貮叄参叁陸圆圓〡", "零零壹贰贰叁肆伍陆柒捌玖拾佰仟万亿贰贰叁叁叁陆元元壹"
)


def in_capitals(fen: int) -> str:
    """Return whole fen in capitals: 6180290 -> 陆万壹仟捌佰零贰元玖角; negatives begin with 负."""
    if abs(fen) > MAXIMUM_FEN:
        raise Unreadable(N_("金额太大，不能写成大写"))
    if fen < 0:
        return "负" + in_capitals(-fen)
    yuan, cents = divmod(fen, 100)
    jiao, rest = divmod(cents, 10)
    words = _whole(yuan) + "元" if yuan else ""
    if not cents:
        return (words or "零元") + "整"
    if jiao:
        # A yuan amount that ends in 0 may be followed by 零 before 角; the shorter spelling is the usual one.
        words += _DIGITS[jiao] + "角"
    elif words:
        words += "零"
    return words + (_DIGITS[rest] + "分" if rest else "")


def _whole(number: int) -> str:
    """Return a positive whole number in capitals, four digits at a time."""
    words = ""
    gap = False
    for power in range(3, -1, -1):
        group = number // 10_000**power % 10_000
        if group == 0:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += _group(group) + ("亿" if power == 2 else _GROUPS[power] if power != 3 else "万")
        if power == 3 and number // 10_000**2 % 10_000 == 0:
            words += "亿"
        gap = False
    return words


def _group(number: int) -> str:
    """Return 1 to 9999 in capitals."""
    words = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and number % 10**place and not words.endswith("零"):
            words += "零"
    return words


def from_capitals(text: str) -> int:
    """Return the whole fen that capitals say; raises `Unreadable` when they say no amount.

    Read strictly: the text must be what a person may write for exactly this amount (零 and 整 may be left out).
    """
    written = plain(text).translate(_SPELLINGS).replace("正", "整")
    written = re.sub(r"^(人民币|合计|大写|\(大写\)|[:：¥])+", "", written)
    negative = written.startswith(("负", "减", "红字"))
    found = re.fullmatch(
        r"(?:负|减|红字)?(?:([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)元)?零?(?:([零壹贰叁肆伍陆柒捌玖])角)?零?(?:([零壹贰叁肆伍陆柒捌玖])分)?整?",
        written,
    )
    if found is None or not any(found.groups()):
        raise Unreadable(N_("“%(found)s”不是大写金额"), found=text)
    yuan, jiao, cents = found.groups()
    fen = _number(yuan or "零") * 100 + _DIGITS.index(jiao or "零") * 10 + _DIGITS.index(cents or "零")
    if _bare(in_capitals(fen)) != _bare(written.removeprefix("负").removeprefix("减").removeprefix("红字")):
        raise Unreadable(N_("“%(found)s”不是大写金额"), found=text)
    return -fen if negative else fen


def _bare(written: str) -> str:
    """Return capitals without the signs that people leave out or add: 零, 整, and 壹 before a leading 拾."""
    bare = written.replace("零角", "").replace("零分", "").replace("零", "").replace("整", "")
    bare = bare.removeprefix("元")
    return "壹" + bare if bare.startswith("拾") else bare


def _number(written: str) -> int:
    """Return the whole number of capitals without 元."""
    total = section = digit = 0
    for sign in written:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        elif sign in "拾佰仟":
            section += (digit or (1 if sign == "拾" else 0)) * 10 ** "拾佰仟".index(sign) * 10
            digit = 0
        elif sign == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        else:
            total = (total + section + digit) * 100_000_000
            section = digit = 0
    return total + section + digit
