"""Reads a clerk's workbook into ledgers, problems and notices (product.md 4.1). Nothing is saved, nothing guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from publicity.ledgers.columns import Header, find_headers, headers_by_mapping
from publicity.ledgers.dates import OPEN_DAY, Known
from publicity.ledgers.drafts import Draft, settle, split_by_month
from publicity.ledgers.lines import Claim, Line, Terms, loose_claims, read_tables
from publicity.ledgers.mapping import Mapping, SheetMapping
from publicity.ledgers.parsed import ParsedEntry, ParsedLedger, ParsedWorkbook
from publicity.ledgers.parts import Part, cut
from publicity.ledgers.periods import decide, joined
from publicity.ledgers.problems import Notice, Problem, in_yuan, problem_at
from publicity.ledgers.sums import Account, Cumulative, problems_of_sums
from publicity.ledgers.synonyms import DEFAULT_SYNONYMS, Synonyms, Words, words_of
from publicity.ledgers.titles import body_in, units_in, village_in
from publicity.ledgers.wording import plain
from village_lists.exchange.grids import Sheet, Workbook, column_of, row_of
from village_lists.markers import N_

BODY_NAMES = {"committee": N_("村民委员会"), "collective": N_("村集体经济组织")}


@dataclass(frozen=True)
class Expected:
    """For whom the clerk files: village name, body (committee or collective), period (2026-09); None is not checked."""

    village_name: str | None = None
    body: str | None = None
    period: str | None = None


def parse_workbook(
    workbook: Workbook,
    *,
    synonyms: Synonyms = DEFAULT_SYNONYMS,
    mapping: Mapping | None = None,
    expected: Expected | None = None,
    name: str = "",
) -> ParsedWorkbook:
    """Return every ledger of a workbook with all problems and notices; amounts in whole fen.

    `mapping` is what the clerk confirmed or what is remembered; sheets without one are understood by `synonyms`. `name`
    is the file's name, asked last for year and month.
    """
    reader = _WorkbookReader(words_of(synonyms), mapping or Mapping(), name)
    for words, values in workbook.notices:
        reader.notices.append(Notice("", words, values))
    for sheet in workbook.sheets:
        reader.read_sheet(sheet)
    reader.finish(workbook)
    parsed = reader.parsed(workbook)
    if expected is not None:
        conflicts = title_conflicts(parsed, expected.village_name, expected.body, expected.period)
        parsed = replace(parsed, problems=(*conflicts, *parsed.problems))
    return parsed


def title_conflicts(
    parsed: ParsedWorkbook, village_name: str | None, body: str | None, period: str | None
) -> list[Problem]:
    """Return a problem for every title that names another village, body or month than the one being filled.

    A workbook of several months conflicts by month only if none of its ledgers is of the month expected.
    """
    found: list[Problem] = []
    periods = {ledger.period for ledger in parsed.ledgers if ledger.period}
    for ledger in parsed.ledgers:
        where = (ledger.sheet, row_of(ledger.title_cell), column_of(ledger.title_cell), ledger.title)
        if village_name and ledger.village and not _same_village(ledger.village, village_name, ledger.title):
            words = N_("第 %(row)s 行 %(column)s 列：标题写的是“%(other)s”，您正在填的是“%(own)s”，请确认没有拿错文件")
            found.append(problem_at(*where, words, other=ledger.village, own=village_name))
        if body and ledger.body and ledger.body != body:
            words = N_("第 %(row)s 行 %(column)s 列：标题写的是%(other)s的账，您在填%(own)s的账，请确认没有拿错文件")
            found.append(problem_at(*where, words, other=BODY_NAMES[ledger.body], own=BODY_NAMES.get(body, body)))
        if period and ledger.period and period not in periods:
            words = N_("第 %(row)s 行 %(column)s 列：这张表是 %(other)s 的账，您在填 %(own)s 的账，请确认没有拿错文件")
            found.append(problem_at(*where, words, other=ledger.period, own=period))
    return found


def _same_village(told: str, own: str, title: str) -> bool:
    return told == own or own in plain(title) or told.endswith(own) or own.endswith(told)


class _WorkbookReader:
    """Collects what the sheets give; the months are held against one another at the end."""

    def __init__(self, words: Words, mapping: Mapping, name: str) -> None:
        self.words = words
        self.mapping = mapping
        self.name = name
        self.drafts: list[Draft] = []
        self.problems: list[Problem] = []
        self.notices: list[Notice] = []
        self.mappings: list[SheetMapping] = []
        self.without_table: list[Sheet] = []

    def read_sheet(self, sheet: Sheet) -> None:
        """Read one sheet; hidden ones are only mentioned."""
        if sheet.hidden:
            self.notices.append(Notice(sheet.name, N_("工作表“%(sheet)s”是隐藏的，没有读取"), {"sheet": sheet.name}))
            return
        if not sheet.rows:
            return
        headers = self._headers(sheet)
        if not headers:
            self.without_table.append(sheet)
            return
        parts = joined(sheet.name, cut(sheet, headers, self.words), self.name)
        for part in parts:
            self._read_part(sheet, part, only=len(parts) == 1)
        self._tell_unread(sheet, headers)

    def _headers(self, sheet: Sheet) -> list[Header]:
        own = self.mapping.of(sheet.name)
        others = tuple(one for one in self.mapping.sheets if one.signature and one not in own)
        if own or others:
            return headers_by_mapping(sheet, [*own, *others], self.words)
        return find_headers(sheet, self.words)

    def _read_part(self, sheet: Sheet, part: Part, *, only: bool) -> None:
        decision = decide(sheet.name, part, self.name, only)
        unit = self._unit(sheet, part)
        terms = Terms(sheet.name, decision.known, unit, self.words.rows)
        reading = read_tables(terms, part.tables)
        claims: list[Claim] = list(reading.claims)
        for told in loose_claims(iter(part.loose), terms):
            if isinstance(told, Problem):
                self.problems.append(told)
            else:
                claims.append(told)
        reading.claims = claims
        draft = self._draft(sheet, part, reading.lines, claims, decision.known)
        drafts = split_by_month(draft, reading) if decision.several else [draft]
        self.drafts.extend(drafts)
        self.problems.extend(decision.problems)
        # Where the sheet has no year at all, that is told once, not again for every day without a year.
        without_year = decision.known.year is None
        self.problems.extend(one for one in reading.problems if not (without_year and one.words == OPEN_DAY))
        self.notices.extend([*decision.notices, *reading.notices])
        if reading.hidden_rows:
            rows = "、".join(str(row) for row in sorted(set(reading.hidden_rows)))
            words = N_("第 %(rows)s 行是隐藏的行，照样读取并计入了")
            self.notices.append(Notice(sheet.name, words, {"rows": rows}))

    def _draft(self, sheet: Sheet, part: Part, lines: list[Line], claims: list[Claim], known: Known) -> Draft:
        texts = [cell for cell in part.titles if isinstance(cell.value, str)]
        named = next((cell for cell in texts if village_in(str(cell.value))), texts[0] if texts else None)
        header = part.tables[0].header
        at = (row_of(named.address), named.column) if named else (header.bottom, 1)
        money = next(column for column, role in header.blocks[0].columns if role in {"amount", "income", "spending"})
        period = f"{known.year}-{known.month:02d}" if known.year and known.month else None
        names = [str(cell.value) for cell in texts]
        body = body_in(names) or body_in([sheet.name]) or (body_in([self.name]) if not body_in(names) else None)
        return Draft(
            sheet.name,
            body,
            village_in(str(named.value)) if named else "",
            named.text.strip() if named else "",
            at,
            (header.bottom, money),
            period,
            lines,
            claims,
            has_vouchers=any(block.has("voucher", "voucher_number") for block in header.blocks),
        )

    def _unit(self, sheet: Sheet, part: Part) -> str:
        """Return the unit of money: what a title says, else the columns, else what the clerk confirmed before."""
        header = part.tables[0].header
        written = {unit: cell for cell in part.titles for unit in units_in(cell.text)}
        by_column = {unit for table in part.tables for _, unit in table.header.units}
        if len(written) > 1:
            cell = list(written.values())[-1]
            words = N_("第 %(row)s 行 %(column)s 列：标题里写了不同的金额单位，请只留一个，例如“单位：元”")
            self.problems.append(problem_at(sheet.name, row_of(cell.address), cell.column, cell.text.strip(), words))
        unit = next(iter(written), None)
        if unit is not None and by_column - {unit}:
            column, other = next(
                (column, one) for table in part.tables for column, one in table.header.units if one != unit
            )
            words = N_("第 %(row)s 行 %(column)s 列：列名写的单位是%(other)s，标题写的是%(unit)s，请改成一致")
            self.problems.append(problem_at(sheet.name, header.bottom, column, other, words, other=other, unit=unit))
        if unit is None and len(by_column) == 1:
            unit = next(iter(by_column))
        if unit is None:
            unit = next(
                (one.unit for one in self.mapping.sheets if one.unit and self._is_for(one, sheet, header)), None
            )
        if unit is None:
            self.notices.append(Notice(sheet.name, N_("表上没有写金额单位，按元读取")))
        for table in part.tables:
            self._keep_mapping(table.header.as_mapping(sheet.name, unit))
        return unit or "元"

    def _is_for(self, mapping: SheetMapping, sheet: Sheet, header: Header) -> bool:
        return mapping.signature == header.signature or (mapping.sheet, mapping.header_row) == (
            sheet.name,
            header.bottom,
        )

    def _keep_mapping(self, mapping: SheetMapping) -> None:
        if not any((one.sheet, one.signature) == (mapping.sheet, mapping.signature) for one in self.mappings):
            self.mappings.append(mapping)

    def _tell_unread(self, sheet: Sheet, headers: Sequence[Header]) -> None:
        for column, text in headers[0].unread:
            if any(
                cell.column == column and not cell.is_blank and row.number > headers[0].bottom
                for row in sheet.rows
                for cell in row.cells
            ):
                words = N_("“%(label)s”这一列没有读取")
                self.notices.append(Notice(sheet.name, words, {"label": text}))

    # --- at the end

    def finish(self, workbook: Workbook) -> None:
        """Hold the months of the file against one another and add everything up."""
        for sheet in self.without_table:
            self._tell_no_table(sheet)
        if not any(sheet.rows and not sheet.hidden for sheet in workbook.sheets):
            name = workbook.sheets[0].name if workbook.sheets else ""
            self.problems.append(problem_at(name, 1, 1, "", N_("文件里没有看得见的内容，请检查工作表是否为空或被隐藏")))
        for draft in self.drafts:
            settle(draft)
        for body in {draft.body for draft in self.drafts}:
            ordered = sorted(
                (draft for draft in self.drafts if draft.body == body), key=lambda draft: draft.period or "9999"
            )
            before: Draft | None = None
            for draft in ordered:
                _finish_month(draft, before)
                before = draft if draft.period else before

    def _tell_no_table(self, sheet: Sheet) -> None:
        if self.drafts:
            words = N_("工作表“%(sheet)s”里没有找到收支表，没有读取")
            self.notices.append(Notice(sheet.name, words, {"sheet": sheet.name}))
            return
        words = N_("工作表“%(sheet)s”里没有找到表头，请写明日期、凭证号、摘要、收入、支出等列名，或者自己指定每一列")
        self.problems.append(Problem(sheet.name, "A1", "", words, {"sheet": sheet.name}))

    def parsed(self, workbook: Workbook) -> ParsedWorkbook:
        """Return the result, problems in the order of the sheets and their cells."""
        order = {sheet.name: number for number, sheet in enumerate(workbook.sheets)}
        problems = [*self.problems, *(problem for draft in self.drafts for problem in draft.problems)]

        def by_place(one: Problem) -> tuple[int, int, int]:
            return order.get(one.sheet, 0), row_of(one.cell), column_of(one.cell)

        notices = [*self.notices, *(notice for draft in self.drafts for notice in draft.notices)]
        return ParsedWorkbook(
            tuple(_ledger(draft) for draft in self.drafts),
            tuple(sorted(_single(problems), key=by_place)),
            tuple(notices),
            Mapping(tuple(self.mappings)),
        )


def _single(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems without those told twice of the same cell in the same words."""
    seen: dict[tuple[str, str, str], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.sheet, problem.cell, problem.sentence), problem)
    return list(seen.values())


def _follows(period: str, before: str) -> bool:
    year, month = (int(part) for part in before.split("-"))
    return period == (f"{year}-{month + 1:02d}" if month < 12 else f"{year + 1}-01")


def _finish_month(draft: Draft, before: Draft | None) -> None:
    """Check opening against the month before in the file, then all sums."""
    follows = before is not None and draft.period and before.period and _follows(draft.period, before.period)
    if before is not None and follows and before.closing_fen is not None:
        _carry_over(draft, before.closing_fen, before.account())
    elif before is not None and draft.period and draft.period == before.period:
        draft.note(N_("文件里有两张表都是 %(period)s 的账，请确认只公开其中一张"), period=draft.period)
    elif before is not None and draft.period and not follows:
        words = N_("文件里 %(before)s 之后直接是 %(period)s，中间的月份没有，结余没有接着核对")
        draft.note(words, before=before.period, period=draft.period)
    if draft.opening_fen is None:
        draft.say(draft.at, draft.title, N_("第 %(row)s 行起的这张表没有写上月结余，无法核对余额，请加一行“上月结余”"))
    if draft.closing_fen is None:
        draft.say(draft.at, draft.title, N_("第 %(row)s 行起的这张表没有写本月结余，无法核对余额，请加一行“本月结余”"))
    if not draft.has_vouchers:
        draft.note(N_("表上没有凭证号一列，重号和缺号没有核对"))
    if not draft.lines:
        draft.note(N_("这张表没有一笔收支"))
    draft.problems.extend(problems_of_sums(draft.account(), _cumulative(draft, before if follows else None)))


def _carry_over(draft: Draft, closing_fen: int, before: Account) -> None:
    """Take or check the opening; where the closing before is itself told as wrong, its right value may be carried."""
    right_fen = (before.opening_fen or 0) + before.income_fen - before.spending_fen
    if draft.opening_fen is None:
        draft.opening_fen = closing_fen
        draft.note(
            N_("表上没有写上月结余，照文件里上一个月的本月结余 %(amount)s 元接着算"), amount=in_yuan(closing_fen)
        )
    elif draft.opening_fen not in {closing_fen, right_fen}:
        words = N_(
            "第 %(row)s 行 %(column)s 列：上月结余写的是 %(written)s 元，上月表上结余是 %(due)s 元，接不上，请核对"
        )
        written = in_yuan(draft.opening_fen)
        draft.say(draft.opening_at, written, words, written=written, due=in_yuan(closing_fen))


def _cumulative(draft: Draft, before: Draft | None) -> Cumulative | None:
    """Return the year's sums so far as the month before states them; in January the year begins."""
    if draft.period and draft.period.endswith("-01"):
        return Cumulative(0, 0)
    if before is None:
        return None
    told = [claim for claim in before.claims if claim.kind == "cumulative" and claim.role != "balance"]
    sums = {claim.direction: claim.fen for claim in told}
    return Cumulative(sums.get("income"), sums.get("spending"))


def _ledger(draft: Draft) -> ParsedLedger:
    account = draft.account()
    return ParsedLedger(
        draft.sheet,
        draft.body,
        draft.period,
        draft.opening_fen,
        account.income_fen,
        account.spending_fen,
        draft.closing_fen,
        tuple(_entry(line) for line in draft.lines),
        draft.village,
        draft.title,
        problem_at(draft.sheet, *draft.at, "", "").cell,
    )


def _entry(line: Line) -> ParsedEntry:
    texts = line.texts
    return ParsedEntry(
        line.row,
        line.day,
        line.voucher,
        texts["summary"],
        line.income_fen,
        line.spending_fen,
        texts["payee"],
        texts["category"],
        texts["handler"],
        texts["note"],
        texts["bank"],
    )
