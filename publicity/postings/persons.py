"""Reads what belongs to a person: names, telephone, identity and card numbers; tells who is under 14."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from stdnum import luhn
from stdnum.cn import ric

from publicity.categories.contents import Column, ColumnKind
from publicity.ledgers.amounts import is_dash
from publicity.postings.unreadable import CellUnreadable
from publicity.privacy.minors import GROWN
from publicity.privacy.names import HAN
from village_lists.markers import N_
from village_lists.people.rules import normal_identity, normal_phone

LONGEST_NAME = 60
LONGEST_PARTY = 200
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BETWEEN = re.compile(rf"(?<={HAN})\s+(?={HAN})")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0\d{2,3}-?)?[1-9]\d{6,7}(?:-\d{1,6})?|\d{3,6}|[48]00-?\d{3}-?\d{4}")
CENTURY_MARK = 15


def read_name(text: str) -> str | None:
    """Return a person's name without the blanks that only fill a column (李　明 is 李明); None for blanks."""
    name = _BETWEEN.sub("", " ".join(UNSEEN.sub("", _legible(text)).split()))
    if is_dash(name):
        return None
    if not re.search(r"[^\W\d_]", name):
        raise CellUnreadable(N_("「%(found)s」不是姓名，请填写姓名。"), found=text)
    if len(name) > LONGEST_NAME:
        raise CellUnreadable(N_("「%(found)s」太长，不像一个姓名，请一行只写一个人。"), found=text)
    return name


def read_party(text: str) -> str | None:
    """Return a payee, person or organisation, written as a name is; None for blanks."""
    name = _BETWEEN.sub("", " ".join(UNSEEN.sub("", _legible(text)).split()))
    if is_dash(name) and name != "无":
        return None
    if len(name) > LONGEST_PARTY:
        raise CellUnreadable(N_("「%(found)s」太长，请只写单位或个人的名称。"), found=text)
    return name


def _legible(text: str) -> str:
    return "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cs"})


def read_phone(text: str) -> str | None:
    """Return a mobile number in eleven figures or a landline with its hyphens; None for blanks."""
    if is_dash(text):
        return None
    number = normal_phone(unicodedata.normalize("NFKC", text).strip().lstrip("'"))
    if _MOBILE.fullmatch(number):
        return number
    written = re.sub(r"[\s()]+", "", re.sub(r"[)\-—–]+", "-", unicodedata.normalize("NFKC", text))).strip("-")
    if _LANDLINE.fullmatch(written):
        return written
    raise CellUnreadable(N_("「%(found)s」不是电话号码，请填写十一位手机号，或带区号的座机号。"), found=text)


def read_identity(text: str) -> str | None:
    """Return an identity number (GB 11643: 18 places with a check figure, or 15 old ones); None for blanks."""
    if is_dash(text):
        return None
    number = normal_identity(unicodedata.normalize("NFKC", text).strip().lstrip("'"))
    if born_of(number) is None:
        raise CellUnreadable(N_("「%(found)s」不是有效的身份证号码，请对照证件检查每一位。"), found=text)
    if len(number) == len("330299195803020019") and number[-1] != ric.calc_check_digit(number):
        raise CellUnreadable(N_("身份证号码「%(found)s」的最后一位对不上，请对照证件检查每一位。"), found=text)
    return number


def born_of(number: str) -> date | None:
    """Return the birth date in an identity number of 18 or 15 places, or None."""
    if re.fullmatch(r"[1-9]\d{16}[\dX]", number, re.ASCII):
        digits = number[6:14]
    elif re.fullmatch(rf"[1-9]\d{{{CENTURY_MARK - 1}}}", number, re.ASCII):
        digits = f"19{number[6:12]}"
    else:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def read_card(text: str) -> str | None:
    """Return a bank card number in bare figures (12 to 19, Luhn); None for blanks."""
    if is_dash(text):
        return None
    number = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).lstrip("'")
    if not re.fullmatch(r"\d{12,19}", number, re.ASCII) or not luhn.is_valid(number):
        raise CellUnreadable(N_("「%(found)s」不是有效的银行卡号，请对照卡面检查每一位。"), found=text)
    return number


def is_minor(columns: Sequence[Column], cells: Mapping[str, object], *, on: date) -> bool:
    """Say whether a BIRTH or IDENTITY cell of the row tells somebody under 14 on the day (个人信息保护法 Art 28)."""
    for column in columns:
        value = cells.get(column.key)
        if not isinstance(value, str):
            continue
        born = _born(column.kind, value)
        if born is not None and (on.year, on.month, on.day) < (born.year + GROWN, born.month, born.day):
            return True
    return False


def _born(kind: ColumnKind, value: str) -> date | None:
    if kind is ColumnKind.BIRTH:
        return date.fromisoformat(value)
    return born_of(value) if kind is ColumnKind.IDENTITY else None
