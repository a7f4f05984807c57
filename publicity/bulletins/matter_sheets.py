"""The works sheet of a matter on paper: its live charts, and what is told of it in tables, with code, seals and days.

The charts are drawn elsewhere: `chart_pages` says how much room each page leaves them. Before, during and after the
works the sheet is a printout of the matter as it stands that day; names are covered as on the web.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from publicity.bulletins.measure import lines, width
from publicity.bulletins.papers import MM_PER_POINT, Paper
from publicity.bulletins.pieces import Fact, Facts, Foot, Grid, GridColumn, Piece, Prose, Sheet
from publicity.bulletins.posters import LINE_HEIGHT, TITLE_EMS
from publicity.bulletins.posting_queries import day_words, shortened
from publicity.bulletins.queries import hotline_of, place_words
from publicity.codes.qr import QrPath, outline
from publicity.ledgers.tied import MatterMoney
from publicity.matters.course import Course, Visit, VisitState
from publicity.matters.models import MatterState
from publicity.workflow.matter_pages import ContractLine, MatterPage, StandsAt, matter_page
from publicity.workflow.matter_standings import shown_standings
from publicity.workflow.matter_story import step_numbers
from village_lists.amounts import yuan
from village_lists.errors import NotFound
from village_lists.flowcharts.graph import Graph
from village_lists.flowcharts.standings import Standing
from village_lists.markers import N_
from village_lists.people.models import PostKind
from village_lists.people.queries import officials_of
from village_lists.places.models import Place

SEALS = "村务监督委员会"
SIGNERS = (
    (PostKind.CLERK, "制表（报账员）"),
    (PostKind.SUPERVISION_HEAD, "核对（监委会主任）"),
    (PostKind.SECRETARY, "负责人（村书记）"),
)
TO_FILL = "张贴日期：　　　　年　　月　　日　取下日期：　　　　年　　月　　日"
TO_FILL_SHORT = "张贴　　年　月　日，取下　　月　　日"
"""For whoever puts it up and takes it down, by hand: a matter is printed whenever it has got further."""
STATES = {MatterState.RUNNING: "正在办", MatterState.DONE: "办完了", MatterState.STOPPED: "停办了"}
VISIT_WORDS = {
    VisitState.ACTIVE: "正在办",
    VisitState.DONE: "已办",
    VisitState.SKIPPED: "跳过",
    VisitState.HANDED_OVER: "由后面的步骤来办",
    VisitState.STOPPED: "停办",
}
NO_FINDINGS = "到今天为止，登记的经过和清单要求的一样。"
TITLE_ROOM, UNDER_ROOM = 26.0, 41.0
"""What is wider (in ems) is cut at the head of a page with charts; the page with the tables has it whole."""


@dataclass(frozen=True, kw_only=True)
class SheetChart:
    """A procedure of the matter and how its steps stand, ready to be laid out; `heading` is empty for a sole one."""

    path: str
    heading: str
    graph: Graph
    standings: Mapping[str, Standing]


@dataclass(frozen=True, kw_only=True)
class MatterSheet:
    """All that a works sheet says: its charts with the head of their pages, and the sheet of tables behind them.

    `told` are the sentences between the head and the charts; `code` and `url` are empty where no code was given yet.
    """

    title: str
    under: str
    told: tuple[str, ...]
    charts: tuple[SheetChart, ...]
    beside: tuple[str, ...]
    code: str
    url: str
    sheet: Sheet


@dataclass(frozen=True, kw_only=True)
class ChartPage:
    """A page of charts laid out: type of `points` pt, its charts side by side, and the room of each in mm."""

    sheet: MatterSheet
    paper: Paper
    title: str
    points: int
    has_long_title: bool
    charts: tuple[SheetChart, ...]
    chart_width_mm: float
    chart_height_mm: float
    qr: QrPath | None


def matter_sheet(session: Session, *, village: Place, number: int, public_url: str, on: date) -> MatterSheet:
    """Return the works sheet of a matter as it stands on a day; raise NotFound where there is none so numbered."""
    page = matter_page(session, village=village, number=number, on=on)
    if page is None:
        raise NotFound(N_("本村没有编号为 %(number)d 的事项"), number=number)
    line, code = page.line, page.short_code or ""
    url = f"{public_url}/q/{code}" if code else ""
    place = place_words(session, village=village)
    hotline = hotline_of(session, village)
    body = line.body_name.removeprefix(village.name)
    call = f"　监督电话：{hotline}" if hotline else ""
    beside = (
        f"扫一扫看每一步的材料和每一笔钱{call}" if code else call.strip(),
        f"{page.version}第 {page.version_number} 版{'　示例，待当地确认' if page.is_sample else ''}",
        TO_FILL,
    )
    return MatterSheet(
        title=line.title,
        under=_cut(f"{place}{body}　{line.code}　{line.item_name}", UNDER_ROOM),
        told=tuple(_told(page, on)),
        charts=tuple(_charts(page.course, page, on)),
        beside=tuple(words for words in beside if words),
        code=code,
        url=url,
        sheet=Sheet(
            title=line.title,
            under=f"{place}{body}　{line.code}",
            short=shortened(line.title),
            affairs="村务公开",
            number=f"事项 {line.code}",
            pieces=tuple(_pieces(page)),
            foot=Foot(
                signers=_signers(session, village, on),
                made=f"打印日期：{day_words(on)}",
                displayed=TO_FILL_SHORT,
                hotline=hotline,
                board=village.board_address,
                code=code,
                url=url,
                scan="扫一扫看全文",
                seals=(SEALS, line.body_name),
            ),
        ),
    )


def _signers(session: Session, village: Place, on: date) -> tuple[tuple[str, str], ...]:
    held = officials_of(session, place=village, on=on)
    return tuple(
        (office, next((post.person.name for post in held if post.kind is kind), "")) for kind, office in SIGNERS
    )


def _told(page: MatterPage, on: date) -> Iterator[str]:
    """Yield where it stands and what it cost, each in one sentence."""
    line = page.line
    if line.state is MatterState.RUNNING:
        steps = "；".join(_stands(one) for one in line.now) or "卡住了，没有一步可以往下办"
        yield f"到{day_words(on)}：{steps}"
    elif line.closed_on is not None:
        yield f"{STATES[line.state]}，{day_words(line.closed_on)}"
    yield "　".join(f"{name} {amount}" for name, amount in _amounts(line.money, page.contracts))
    if line.findings:
        yield f"和清单不一样的地方 {len(line.findings)} 处，见后页"


def _stands(one: StandsAt) -> str:
    inside = f"「{one.inside[-1]}」里的" if one.inside else ""
    number = f"第 {one.number} 步" if one.number else ""
    due = f"，{day_words(one.due)}前要办完" if one.due else ""
    late = f"，已超过 {one.days_late} 天" if one.days_late else ""
    return f"正在办{inside}{number}「{one.title}」{due}{late}"


def _amounts(money: MatterMoney, contracts: tuple[ContractLine, ...]) -> Iterator[tuple[str, str]]:
    if money.budget_fen is not None:
        yield "预算", f"{yuan(money.budget_fen)} 元"
    if contracts or money.contracts_fen:
        yield "合同价", f"{yuan(money.contracts_fen)} 元"
    if money.changes_fen:
        yield "合同增减", f"{yuan(money.changes_fen)} 元"
    yield "已付", f"{yuan(money.paid_fen)} 元"
    if money.left_fen is not None:
        yield ("预算还剩" if money.left_fen >= 0 else "超出预算"), f"{yuan(abs(money.left_fen))} 元"
    if money.received_fen:
        yield "收到", f"{yuan(money.received_fen)} 元"


def _charts(course: Course, page: MatterPage, on: date) -> Iterator[SheetChart]:
    for path in sorted(course.embedded):
        graph = course.plan.graphs[course.embedded[path]]
        yield SheetChart(
            path=path,
            heading="" if len(course.embedded) == 1 else (f"其中的程序：{graph.title}" if path else graph.title),
            graph=graph,
            standings=shown_standings(course, path, on=on, cover=page.cover),
        )


def _pieces(page: MatterPage) -> Iterator[Piece]:
    yield Facts(facts=tuple(_facts(page)))
    found = tuple(f"{place}. {_said(one.words, one.values)}" for place, one in enumerate(page.findings, 1))
    yield Prose(
        paragraphs=found or (NO_FINDINGS,), heading=f"和清单不一样的地方（{len(found)} 处）" if found else "和清单比"
    )
    yield _steps(page)
    payments = [line for line in page.line.money.lines if not line.is_income]
    received = [line for line in page.line.money.lines if line.is_income]
    for heading, party, rows in (("付出去的钱", "收款人", payments), ("为这件事收到的钱", "付款人", received)):
        if rows:
            total = sum(row.fen for row in rows)
            yield Grid(
                heading=heading,
                columns=(
                    GridColumn(name="日期", is_tight=True),
                    GridColumn(name="凭证", is_tight=True),
                    GridColumn(name="用途"),
                    GridColumn(name=party),
                    GridColumn(name="金额", unit="元", is_figure=True),
                ),
                rows=tuple((day_words(one.day), one.voucher, one.summary, one.payee, yuan(one.fen)) for one in rows),
                totals=("", "", "", "", yuan(total)),
            )


def _facts(page: MatterPage) -> Iterator[Fact]:
    line = page.line
    yield Fact(name="编号", text=line.code)
    yield Fact(name="清单事项", text=f"{line.item_code} {line.item_name}")
    yield Fact(name="立项", text=day_words(line.opened_on))
    closed = day_words(line.closed_on) if line.closed_on else ""
    yield Fact(name="现在", text=STATES[line.state] + (f"，{closed}" if closed else ""), is_large=True)
    if page.funding:
        yield Fact(name="资金来源", text=page.funding)
    for one in page.contracts:
        total = f"，合同价 {yuan(one.total_fen)} 元" if one.total_fen is not None else ""
        yield Fact(name="合同", text=f"{one.title}，{one.party}{total}，已付 {yuan(one.paid_fen)} 元")
    for name, amount in _amounts(line.money, page.contracts):
        yield Fact(name=name, text=amount, is_large=name in {"预算", "已付"})


def _steps(page: MatterPage) -> Grid:
    numbers = step_numbers(page.course)
    return Grid(
        heading="一步步办到哪里",
        columns=(
            GridColumn(name="步骤"),
            GridColumn(name="走到", is_tight=True),
            GridColumn(name="期限", is_tight=True),
            GridColumn(name="办完", is_tight=True),
            GridColumn(name="结果和说明"),
        ),
        rows=tuple(
            (
                _step_name(visit, numbers.get(visit.path)),
                _short(visit.since),
                _short(visit.due),
                _short(visit.done_on),
                "；".join(_results(visit, page)),
            )
            for visit in page.course.visits
        ),
    )


def _step_name(visit: Visit, number: int | None) -> str:
    inner = "　" if "/" in visit.path else ""
    again = f"（第 {visit.round} 次）" if visit.round > 1 else ""
    return f"{inner}{number or ''} {visit.node.title}{again}"


def _short(day: date | None) -> str:
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def _results(visit: Visit, page: MatterPage) -> Iterator[str]:
    if visit.state is VisitState.SKIPPED:
        yield f"跳过，按「{visit.exit}」往下走" if visit.exit else "跳过"
        yield f"原因：{page.cover(visit.words)}"
    else:
        yield visit.exit or VISIT_WORDS[visit.state]
    for one in visit.meetings:
        yield f"{_short(one.on)} 应到 {one.due} 人，实到 {one.present} 人，同意 {one.in_favour} 人"
    for hung in visit.postings:
        down = f"，{_short(hung.taken_down_on)} 取下" if hung.taken_down_on else ""
        yield f"{_short(hung.posted_on)} 贴出{down}"
    deeds = {visit.sequence, *(one.sequence for one in visit.meetings), *(one.sequence for one in visit.postings)}
    papers = [paper.name for sequence, paper in page.papers if sequence in deeds]
    if papers:
        yield f"材料：{'、'.join(papers)}"


def _said(words: str, values: Mapping[str, object]) -> str:
    return words % {name: day_words(one) if isinstance(one, date) else one for name, one in values.items()}


def chart_pages(sheet: MatterSheet, paper: Paper, *, side_by_side: int = 1) -> tuple[ChartPage, ...]:
    """Return the pages of charts, `side_by_side` of them on each; the room is what the texts leave."""
    groups = [sheet.charts[start : start + side_by_side] for start in range(0, len(sheet.charts), side_by_side)]
    return tuple(_page(sheet, paper, charts) for charts in groups)


def _page(sheet: MatterSheet, paper: Paper, charts: tuple[SheetChart, ...]) -> ChartPage:
    points = paper.poster_sizes[0]
    em = points * MM_PER_POINT
    line = em * LINE_HEIGHT
    texts = sum(lines(words, paper.width / em) for words in sheet.told) * line
    heading = line * 1.15 + 2 if any(chart.heading for chart in charts) else 0.0
    gaps = 4 + 5.4 + 4
    return ChartPage(
        sheet=sheet,
        paper=paper,
        title=_cut(sheet.title, TITLE_ROOM),
        points=points,
        has_long_title=width(sheet.title) > TITLE_EMS[paper.name],
        charts=charts,
        chart_width_mm=(paper.width - 6 * (len(charts) - 1)) / len(charts),
        chart_height_mm=paper.height - paper.poster_head - paper.poster_foot - texts - heading - gaps,
        qr=outline(sheet.url) if sheet.url else None,
    )


def _cut(text: str, ems: float) -> str:
    if width(text) <= ems:
        return text
    kept = text
    while width(kept) > ems - 1:
        kept = kept[:-1]
    return f"{kept}…"
