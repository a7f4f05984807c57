"""Numbers that belong to a person: identity card, bank card, mobile. Each rule says what it takes for granted.

Identity card: GB 11643 (18 places with a check figure; before 1999 15 places), from general knowledge.
Bank card: 13 to 19 figures, Luhn, the first figures of cards issued on the mainland.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple

from stdnum import luhn, numdb
from stdnum.cn import ric, uscc

from publicity.privacy.reading import LEAST, Figure, borders, digits, plain, runs, shape

PROVINCE_CODES = ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
PROVINCES = frozenset(str(code) for first, end in PROVINCE_CODES for code in range(first, end))
MOBILE = re.compile(r"1[3-9][0-9]{9}")
COUNTRY = re.compile(r"(?:00|0)?86|0")
CARD = re.compile(r"(?:62|4|5[1-5]|60|65|68|69|9[0458])[0-9]{14,17}|35[0-9]{14}|3[47][0-9]{13}|4[0-9]{12}")
AMOUNT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]+\.[0-9]{1,2}")
GROUPED = re.compile(r"[0-9],[0-9]{3}\.[0-9]")
# 15 300 2000 50 is a row of amounts; these are the ways in which people part a mobile.
# Beside those after three figures, which are all taken.
MOBILE_SHAPES = frozenset(
    {
        (11,),
        (7, 4),
        (4, 7),
        (4, 3, 4),
        (4, 4, 3),
        (1, 10),
        (2, 9),
        (1, 2, 8),
        (1, 2, 4, 4),
        (2, 1, 4, 4),
        (5, 6),
        (6, 5),
    }
)
PAPER = re.compile(
    r"(?:(?:合同|发票|凭证|单据|票据|收据|项目|工程|订单|流水|车架|发动机|水表|电表|气表|表|户|登记|许可|许可证|文件|档案|设备|条形|信用|税|票|单)"
    r"(?:代码|编号|号码|编码|条码|号|码)|合同|发票|凭证)[:\s为是第]*(?:NO|No|no)?[.\s:]*$"
)
PHONE = re.compile(r"(?:电话|手机|联系|号码|微信|话费|致电|拨打|tel|phone|mobile|wx|vx)[^0-9]{0,4}$", re.IGNORECASE)
TELECOM = re.compile(r"话费|电信|移动|联通|手机|宽带")
CARD_WORD = re.compile(r"(?:卡号|银行卡|储蓄卡|社保卡|一卡通|存折)[^0-9]{0,6}$")
IDENTITY_WORD = re.compile(r"(?:身份证|证件号|身份号)[^0-9]{0,6}$")
CODE_LETTERS = re.compile(r"([A-Z]{1,6})[-_]?$")
# Letters before a number that do not make it the number of a thing: of a call, of a picture's file name.
HARMLESS_LETTERS = frozenset(
    {
        *("TEL", "WX", "VX", "PHONE", "MOBILE", "QQ", "SJ", "NO", "ID", "YHK", "SFZ", "KH"),
        *("IMG", "DSC", "DSCN", "DSCF", "PIC", "VID", "MOV", "SCAN", "PHOTO", "IMAGE", "JPG", "PXL", "PDF", "DOC"),
    }
)
TABBED_SHAPES = frozenset({(3, 4, 4), (3, 8), (5, 6), (7, 4), (11,)})
WORDED = re.compile(r"[\u3400-\u9fff]")
DECIMAL = re.compile(r"(?<![0-9.])[0-9]{1,9}\.[0-9]{1,2}(?![0-9.])")
AMOUNT_BEFORE = re.compile(r"[0-9]\.[0-9]{1,2}[\s,、;]{1,2}$")
AMOUNT_AFTER = re.compile(r"[\s,、;]{1,2}[0-9]{1,9}\.[0-9]{1,2}(?![0-9.])")
CARD_FIRST = re.compile("6[0-9]|4|5[1-5]|9[0458]|3[457]")
RECENT_YEARS = 8


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was found: `identity`, `card` or `mobile`, its figures, and its stretch of the text."""

    kind: str
    figures: str
    start: int
    end: int


class _Run(NamedTuple):
    """A stretch of figures with all that judging its numbers needs."""

    run: Sequence[Figure]
    figures: str
    borders: frozenset[int]
    legible: str
    is_about_calls: bool
    on: date

    def fits(self, end: int) -> bool:
        """Tell whether a number may end before this index."""
        return end in self.borders


def personal_numbers(text: str, *, on: date) -> Iterator[Number]:
    """Yield the numbers of persons in the text, none overlapping; where two rules agree the stricter one names it."""
    legible = plain(text)
    is_about_calls = bool(TELECOM.search(legible))
    for run in runs(text):
        if len(run) < LEAST:
            continue
        stretch = _Run(run, digits(run), borders(run), legible, is_about_calls, on)
        done = 0
        for index in sorted(stretch.borders):
            found = _number_at(stretch, index) if done <= index < len(run) else None
            if found:
                kind, begin, done = found
                yield _number(kind, run[begin:done])


def _number_at(stretch: _Run, index: int) -> tuple[str, int, int] | None:
    """Return kind, begin and end within the run of the number that begins at `index`, country code apart."""
    run, figures, legible = stretch.run, stretch.figures, stretch.legible
    before = legible[max(0, run[index].at - 16) : run[index].at]
    if figures[index : index + 2] in PROVINCES:
        for end in (index + 20, index + 18, index + 15):
            if stretch.fits(end) and _is_identity(run[index:end], before, stretch):
                return "identity", index, end
    if CARD_FIRST.match(figures, index) or CARD_WORD.search(before):
        for end in range(index + 19, index + 12, -1):
            if stretch.fits(end) and _is_card(run[index:end], before, legible):
                return "card", index, end
    for begin in _mobile_begins(figures, index):
        end = begin + 11
        if stretch.fits(end) and MOBILE.match(figures, begin) and _is_mobile(run[begin:end], before, stretch):
            return "mobile", begin, end
    return None


def _number(kind: str, part: Sequence[Figure]) -> Number:
    return Number(kind, digits(part), part[0].at, part[-1].at + 1)


def birth_date(figures: str) -> date | None:
    """Return the birth date inside an identity number of 18 or 15 places; None if it holds none."""
    written = figures[6:14] if len(figures) == 18 else "19" + figures[6:12]
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None


def _is_identity(part: Sequence[Figure], before: str, stretch: _Run) -> bool:
    figures = digits(part)
    if len(figures) == 20:
        # The number of a disability certificate: identity number, kind 1-7, grade 1-4.
        grade = figures[18] in "1234567" and figures[19] in "1234"
        is_told = "残" in before or _right_check(figures[:18])
        return grade and is_told and _is_identity(part[:18], "", stretch)
    if figures[:2] not in PROVINCES or "X" in figures[:-1]:
        return False
    labelled = bool(IDENTITY_WORD.search(before))
    born = birth_date(figures)
    if born is None or born.year < 1900 or born > stretch.on:
        return labelled and len(figures) == 18
    return labelled or (not _in_amounts(part, stretch.legible) and _is_unlabelled(figures, born, before, stretch.on))


def _is_unlabelled(figures: str, born: date, before: str, on: date) -> bool:
    """Tell an identity number that no word before it names, by its place, its birth date and its check figure."""
    is_paper = bool(PAPER.search(before))
    is_recent = born.year >= on.year - RECENT_YEARS
    if len(figures) == 15:
        return not is_paper and figures[-1] != "X" and _known_place(figures)
    if not _right_check(figures):
        # One figure mistyped is still a leak; without a label only a known place and an adult's date tell it apart.
        return not is_recent and not is_paper and _known_place(figures)
    # Contract numbers are often place + today's date + counter; one in eleven passes the check figure by chance.
    return not (is_paper and is_recent)


def _right_check(figures: str) -> bool:
    return ric.calc_check_digit(figures) == figures[-1]


def _known_place(figures: str) -> bool:
    return any(found for _, found in numdb.get("cn/loc").info(figures[:6]))


def _is_card(part: Sequence[Figure], before: str, legible: str) -> bool:
    figures = digits(part)
    if "X" in figures or _in_amounts(part, legible):
        return False
    if CARD_WORD.search(before) and len(figures) >= 15:
        return True
    if not CARD.fullmatch(figures) or not luhn.is_valid(figures) or PAPER.search(before):
        return False
    # Credit codes of bodies in villages begin with 1, 5 or 9; a card that begins with 62 can look like one by chance.
    if figures[0] in "159" and uscc.is_valid(figures):
        return False
    return not _is_coded(before) and (_is_worded(part) or _card_shape(shape(part), figures))


def _card_shape(lengths: tuple[int, ...], figures: str) -> bool:
    # No amount has nine figures in a row, so a longer group is a piece of a number.
    if len(lengths) == 1 or lengths[0] == 6 or max(lengths) <= 3 or max(lengths) >= 9:
        return True
    if set(lengths[:-1]) != {4} or lengths[-1] > 4:
        return False
    return _rounds(figures, lengths) < len(lengths) - 1


def _mobile_begins(figures: str, index: int) -> Iterator[int]:
    yield index
    country = COUNTRY.match(figures, index)
    if country:
        yield country.end()


def _is_mobile(part: Sequence[Figure], before: str, stretch: _Run) -> bool:
    start, end, legible = part[0].at, part[-1].at + 1, stretch.legible
    lengths = shape(part)
    if AMOUNT.fullmatch(legible[start:end]) or _in_amounts(part, legible):
        return False
    if PHONE.search(before):
        return True
    if _is_coded(before) or (PAPER.search(before) and not stretch.is_about_calls):
        return False
    if before.endswith("第") and legible[end : end + 1] == "号":
        return False
    if any("\t" in figure.gap for figure in part[1:]):
        # Cells of a pasted table side by side: only the two ways in which nearly everybody parts a mobile.
        return max(lengths) <= 1 or (lengths in TABBED_SHAPES and not _row_of_amounts(digits(part), lengths))
    usual = lengths[0] == 3 or lengths in MOBILE_SHAPES
    return max(lengths) <= 2 or (usual and (_is_worded(part) or not _row_of_amounts(digits(part), lengths)))


def _is_coded(before: str) -> bool:
    """Tell letters before a number that make it the number of a thing (SN, HT), not of a person, call or picture."""
    letters = CODE_LETTERS.search(before)
    return bool(letters and letters[1] not in HARMLESS_LETTERS)


def _is_worded(part: Sequence[Figure]) -> bool:
    """Tell whether words part the figures (1381234，后四位5678): nobody writes amounts like that."""
    return any(WORDED.search(figure.gap) for figure in part[1:])


def _in_amounts(part: Sequence[Figure], legible: str) -> bool:
    """Tell parted figures that are amounts side by side: a comma or a decimal point is cut, or stands among others."""
    gaps = {figure.gap for figure in part[1:]} - {""}
    start, end = part[0].at, part[-1].at + 1
    if not gaps:
        return False
    if _touches_amount(legible, start, end) or (
        AMOUNT_BEFORE.search(legible, max(0, start - 6), start) and AMOUNT_AFTER.match(legible, end)
    ):
        return True
    if gaps != {"."} and DECIMAL.search(legible, start, end):
        return True
    around = DECIMAL.finditer(legible, max(0, start - 14), end + 4)
    return any(each.start() < start < each.end() or each.start() < end < each.end() for each in around)


def _touches_amount(legible: str, start: int, end: int) -> bool:
    """Tell a stretch that cuts into an amount with commas, as 152.28 159,152 does in 159,152.28 159,152.28."""
    return bool(GROUPED.search(legible, max(0, start - 5), end + 5))


def _row_of_amounts(figures: str, lengths: Sequence[int]) -> bool:
    """Tell parted figures that rather are round amounts side by side, as 1500 1500 395."""
    rounds = _rounds(figures, lengths)
    return rounds >= 2 or (rounds == 1 and lengths[0] == 4)


def _rounds(figures: str, lengths: Sequence[int]) -> int:
    groups = [figures[start:end] for start, end in pairwise([0, *accumulate(lengths)])]
    return sum(len(group) in {3, 4} and group.endswith("00") and group[0] != "0" for group in groups)
