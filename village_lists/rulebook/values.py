"""Values of rules: read from a form, checked by the catalog, told in words. Plain computing.

A value is what `RuleRow.value["value"]` keeps: a whole number (days, fen, …), a text (share, choice), a list of texts.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from village_lists.amounts import yuan
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.rulebook.catalog import WHOLE, RuleKey, Unit
from village_lists.rulebook.shares import Share

Value = int | str | list[str]
Told = tuple[str, Mapping[str, object]]
AMOUNT = re.compile(r"([0-9]{1,11})(?:\.([0-9]{1,6}))?(万?)元?")
DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:(?:至|到|~|—+|-)([0-9]{4}-[0-9]{2}-[0-9]{2}))?")
LONGEST_RANGE = 366
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，：－～", "0123456789.,:-~")
SENTENCES = {
    Unit.DAYS: N_("%(count)d 天"),
    Unit.WORKING_DAYS: N_("%(count)d 个工作日"),
    Unit.DAY_OF_MONTH: N_("%(count)d 日"),
    Unit.NUMBER: "%(count)d",
}
SPOKEN_SHARES = {
    "2/3": N_("三分之二以上"),
    ">1/2": N_("过半数"),
    "1/2": N_("半数以上"),
    "3/4": N_("四分之三以上"),
    "1/1": N_("全体"),
}


def read_value(entry: RuleKey, written: Sequence[str]) -> Value:
    """Return the value that a person wrote, one text for each control of the form; raise Refusal saying what is wrong.

    Amounts are written in yuan (10000, 1万) and kept in fen; days as 2026-10-01 or from one to another.
    """
    texts = [text.strip().translate(FULL_WIDTH) for text in written if text.strip()]
    if entry.unit in (Unit.ORDER, Unit.FIELDS):
        return texts
    if not texts:
        raise Refusal(N_("请填写「%(name)s」的新值"), name=entry.name)
    if entry.unit == Unit.DATES:
        return _dates(texts)
    if entry.unit == Unit.FRACTION:
        return str(Share.parse(texts[0]))
    if entry.unit == Unit.FEN:
        return _fen(texts[0])
    if entry.unit in WHOLE:
        return _whole(entry, texts[0])
    return texts[0]


def _whole(entry: RuleKey, text: str) -> int:
    found = re.fullmatch(r"([0-9]{1,6}) *(?:天|日|号|个|家|个工作日)?", text)
    if not found:
        raise Refusal(N_("「%(name)s」要填一个整数，「%(written)s」不是"), name=entry.name, written=text)
    return int(found[1])


def _fen(text: str) -> int:
    found = AMOUNT.fullmatch("".join(text.replace(",", "").split()))
    places = 6 if found and found[3] else 2
    if not found or len(found[2] or "") > places:
        raise Refusal(N_("「%(written)s」不是金额：请写元，例如 10000，或者写 1万"), written=text)
    return int(found[1] + (found[2] or "").ljust(places, "0"))


def _dates(texts: Sequence[str]) -> list[str]:
    found: set[str] = set()
    for written in re.split(r"[\s,，、;；]+", " ".join(texts)):
        span = DAYS.fullmatch(written)
        try:
            if not span:
                raise ValueError
            first = date.fromisoformat(span[1])
            last = date.fromisoformat(span[2]) if span[2] else first
        except ValueError as wrong:
            words = N_("「%(written)s」不是日子：请写 2026-10-01，或者 2026-10-01至2026-10-07，每行一个")
            raise Refusal(words, written=written) from wrong
        if not 0 <= (last - first).days < LONGEST_RANGE:
            raise Refusal(N_("「%(written)s」的起止不对，一次最多写一年"), written=written)
        if len(found) > LONGEST_RANGE:
            raise Refusal(N_("日子太多了，一年以内的就够"))
        found |= {(first + timedelta(days=day)).isoformat() for day in range((last - first).days + 1)}
    return sorted(found)


def problem_of(entry: RuleKey, value: object) -> Told | None:
    """Return what is wrong with a value by the catalog alone (kind, bounds, allowed words), or None."""
    if entry.unit in WHOLE:
        return _bounds_problem(entry, value)
    if entry.unit == Unit.FRACTION:
        return _share_problem(value)
    if entry.unit == Unit.DATES:
        return _dates_problem(value)
    words = value if isinstance(value, list | tuple) else [value]
    if isinstance(value, list | tuple) != (entry.unit in (Unit.ORDER, Unit.FIELDS)):
        return N_("「%(name)s」的写法不对"), {"name": entry.name}
    for word in words:
        if word not in entry.allowed:
            return N_("「%(name)s」里没有「%(found)s」这个选择"), {"name": entry.name, "found": str(word)}
    if len(set(words)) != len(words):
        return N_("「%(name)s」里有重复的"), {"name": entry.name}
    return _order_problem(entry, words) if entry.unit == Unit.ORDER else None


def _bounds_problem(entry: RuleKey, value: object) -> Told | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return N_("「%(name)s」要填一个整数，「%(written)s」不是"), {"name": entry.name, "written": str(value)}
    least, most = entry.least or 0, entry.most
    if value < least or (most is not None and value > most):
        shown = (lambda number: yuan(number)) if entry.unit == Unit.FEN else str
        if most is None:
            return N_("「%(name)s」不能少于 %(least)s"), {"name": entry.name, "least": shown(least)}
        values = {"name": entry.name, "least": shown(least), "most": shown(most)}
        return N_("「%(name)s」要在 %(least)s 到 %(most)s 之间"), values
    return None


def _share_problem(value: object) -> Told | None:
    try:
        Share.parse(str(value))
    except Refusal as refusal:
        return refusal.words, refusal.values
    return None


def _dates_problem(value: object) -> Told | None:
    try:
        if not isinstance(value, list | tuple):
            raise ValueError
        for day in value:
            date.fromisoformat(str(day))
    except ValueError:
        return N_("日子要写成 2026-10-01 的样子"), {}
    return None


def _order_problem(entry: RuleKey, words: Sequence[object]) -> Told | None:
    steps = [step_of(str(word)) for word in words]
    needed = {step_of(word) for word in entry.allowed} - {step_of(word) for word in entry.may_lack}
    if len(set(steps)) < len(steps) or not needed <= set(steps):
        return N_("「%(name)s」里每一步都要有，各排一次"), {"name": entry.name}
    if entry.first and words[0] != entry.first:
        return N_("「%(first)s」要排在最前面"), {"first": entry.allowed[entry.first]}
    return None


def step_of(word: str) -> str:
    """Return the step that a word of an order names, whoever takes it: approve of supervision.approve."""
    return word.rsplit(".", 1)[-1]


def is_less(entry: RuleKey, value: Value, other: Value) -> bool:
    """Say whether a value asks for less than another: fewer days, a smaller share, an earlier word of `allowed`."""
    if entry.unit == Unit.FRACTION:
        return Share.parse(str(value)).is_weaker_than(Share.parse(str(other)))
    if entry.unit == Unit.CHOICE:
        order = list(entry.allowed)
        return str(value) in order and str(other) in order and order.index(str(value)) < order.index(str(other))
    return isinstance(value, int) and isinstance(other, int) and value < other


def told(entry: RuleKey | None, value: object) -> Told:
    """Return a value as a person reads it: a marked sentence with its values; names of choices come from the data."""
    if entry is None or problem_of(entry, value) is not None:
        return "%(value)s", {"value": "、".join(value) if isinstance(value, list | tuple) else str(value)}
    if entry.unit == Unit.FEN and isinstance(value, int):
        return N_("%(amount)s 元"), {"amount": yuan(value)}
    if entry.unit == Unit.NUMBER and entry.allowed:
        return "%(value)s", {"value": entry.allowed.get(str(value), str(value))}
    if entry.unit in SENTENCES:
        return SENTENCES[entry.unit], {"count": value}
    if entry.unit == Unit.FRACTION:
        return _share_told(Share.parse(str(value)))
    return _words_told(entry, value if isinstance(value, list | tuple) else [value])


def _share_told(share: Share) -> Told:
    if str(share) in SPOKEN_SHARES:
        return SPOKEN_SHARES[str(share)], {}
    words = N_("超过 %(share)s") if share.is_strict else N_("%(share)s 以上")
    return words, {"share": share.figure}


def _words_told(entry: RuleKey, words: Sequence[object]) -> Told:
    if not words:
        return N_("没有"), {}
    if entry.unit == Unit.DATES:
        days = "、".join(_spans([str(day) for day in words]))
        return N_("%(count)d 天：%(days)s"), {"count": len(words), "days": days}
    between = " → " if entry.unit == Unit.ORDER else "、"
    return "%(value)s", {"value": between.join(entry.allowed[str(word)] for word in words)}


def _spans(days: Sequence[str]) -> list[str]:
    """Return days in order with those in a row drawn together: 2026-10-01至2026-10-07."""
    spans: list[list[date]] = []
    for day in sorted(date.fromisoformat(text) for text in days):
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    return [str(span[0]) if len(span) == 1 else f"{span[0]}至{span[-1]}" for span in spans]


def written(entry: RuleKey, value: object) -> list[str]:
    """Return the value as the form shows it, one text for each control: read_value gives it back."""
    if entry.unit == Unit.FEN and isinstance(value, int):
        return [yuan(value).replace(",", "")]
    if entry.unit == Unit.DATES and isinstance(value, list | tuple):
        return ["\n".join(_spans([str(day) for day in value]))]
    return [str(word) for word in value] if isinstance(value, list | tuple) else [str(value)]
