"""Decides which month a part of a sheet is: by its title, else the sheet's name, else the dates; tells conflicts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from publicity.ledgers.dates import Known, Written
from publicity.ledgers.parts import Part, dates_written
from publicity.ledgers.problems import Notice, Problem, problem_at
from publicity.ledgers.titles import Told, body_in, told_by_sheet_name
from publicity.ledgers.wording import plain
from village_lists.exchange.grids import column_of, row_of
from village_lists.markers import N_


@dataclass
class Decision:
    """The month decided upon; `several` if the part runs over several months, told apart by the dates."""

    known: Known
    several: bool = False
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def decide(sheet: str, part: Part, file_name: str, only_part: bool) -> Decision:
    """Return year and month of a part, with the problems and notices that the decision brings."""
    by_name = told_by_sheet_name(sheet) if only_part else Told()
    file = Told()
    file.take(plain(file_name).rpartition(".")[0] or file_name)
    written = list(dates_written(part))
    decision = Decision(Known())
    month = _month(sheet, part, by_name, written, decision)
    if month is None:
        months = {one.month for one in written if one.month is not None}
        if len(months) == 1:
            month = months.pop()
            decision.notices.append(Notice(sheet, N_("标题没有写月份，按各行日期当作 %(month)s 月"), {"month": month}))
        elif len(months) > 1:
            decision.several = True
        elif len(file.months) == 1:
            month = next(iter(file.months))
    year = _year(sheet, part, by_name, file, written, decision)
    decision.known = Known(year, month)
    if year is None or (month is None and not decision.several):
        words = N_("第 %(row)s 行 %(column)s 列：看不出这张表是哪年哪月的账，请在标题写明，例如 2026年9月")
        decision.problems.append(_at(sheet, part, words))
    return decision


def joined(sheet: str, parts: Sequence[Part], file_name: str) -> list[Part]:
    """Return the parts of a sheet, those of one month joined: the same sheet and month is always one ledger.

    A repeated title may say less or more of the month than the first. Two bodies on one sheet stay apart.
    """
    kept: list[Part] = []
    for part in parts:
        earlier = next((one for one in kept if _belongs(sheet, part, one, file_name)), None)
        if earlier is None:
            kept.append(part)
            continue
        if not earlier.told.months and not decide(sheet, earlier, file_name, only_part=False).several:
            earlier.told = part.told
        earlier.join(part)
    return kept


def _belongs(sheet: str, part: Part, earlier: Part, file_name: str) -> bool:
    """Tell whether a part is of the month of an earlier one, or of one of the months that its dates run over."""
    bodies = {body_in(cell.text for cell in one.titles) for one in (part, earlier)} - {None}
    own, other = (decide(sheet, one, file_name, only_part=False) for one in (part, earlier))
    if len(bodies) > 1 or own.known.year != other.known.year:
        return False
    over = {one.month for one in dates_written(earlier)} if other.several else {other.known.month}
    return own.known.month in over or (own.several and other.several)


def _at(sheet: str, part: Part, words: str, **values: object) -> Problem:
    cell = part.told.where or (part.titles[0].address if part.titles else f"A{part.tables[0].header.top}")
    found = next((one.text.strip() for one in part.titles if one.address == cell), "")
    return problem_at(sheet, row_of(cell), column_of(cell), found, words, **values)


def _month(sheet: str, part: Part, by_name: Told, written: Sequence[Written], decision: Decision) -> int | None:
    titled, named = part.told.months, by_name.months
    if len(titled) == 1 and len(named) == 1 and titled != named:
        words = N_("第 %(row)s 行 %(column)s 列：标题写的是 %(title)s 月，工作表名写的是 %(name)s 月，请改成一致")
        title, name = next(iter(titled)), next(iter(named))
        decision.problems.append(_at(sheet, part, words, title=title, name=name))
        return _usual([title, name], written)
    if len(titled) == 1:
        return next(iter(titled))
    if len(named) == 1:
        return next(iter(named))
    if len(titled) > 1:
        return _usual(sorted(titled), written) if not _spreads(written) else None
    return None


def _spreads(written: Sequence[Written]) -> bool:
    return len({one.month for one in written if one.month is not None}) > 1


def _usual(months: Sequence[int], written: Sequence[Written]) -> int:
    """Return the one of some months that most dates lie in, the first if none do."""
    count = Counter(one.month for one in written)
    return max(months, key=lambda month: count[month])


def _year(
    sheet: str, part: Part, by_name: Told, file: Told, written: Sequence[Written], decision: Decision
) -> int | None:
    header = Told()
    for table in part.tables[:1]:
        header.take(table.header.text)
    dated = Counter(one.year for one in written if one.year is not None)
    for told in (part.told.years, by_name.years):
        if len(told) == 1:
            return next(iter(told))
        if len(told) > 1:
            return max(sorted(told), key=lambda year: dated[year])
    if len(header.years) == 1:
        return next(iter(header.years))
    if len(dated) == 1:
        year = next(iter(dated))
        decision.notices.append(Notice(sheet, N_("标题没有写年份，按各行日期当作 %(year)s 年"), {"year": year}))
        return year
    return next(iter(file.years)) if len(file.years) == 1 else None
