"""One clerk's habits, drawn once per workbook: form, shape, words of the columns, ways of writing dates and amounts."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.publicity.ledgers.generator_books import VOUCHER_STYLES
from tests.publicity.ledgers.generator_grid import Cell

FORMS = ("xlsx", "xlsx", "xlsx", "xls", "ods", "csv-utf8", "csv-bom", "csv-gb18030")
DATE_STYLES = (
    "9月3日",
    "9.3",
    "2026/9/3",
    "serial",
    "real",
    "two-columns",
    "2026-09-03",
    "2026年9月3日",
    "2026.9.3",
    "9.3-number",
)
WORDS = {
    "date": ("日期", "记账日期", "日 期", "时间", "发生日期", "业务日期"),
    "voucher": ("凭证号", "凭证字号", "凭证编号", "单据号", "票据号", "凭证号码", "凭证"),
    "summary": (
        "摘要",
        "摘  要",
        "用途",
        "事由",
        "项目",
        "内容",
        "项目内容",
        "摘要(用途)",
        "收支项目",
        "收支内容",
        "摘要（用途）",
    ),
    "payee": (
        "收款单位",
        "对方单位",
        "往来单位",
        "收(付)款人",
        "收款单位(人)",
        "收付款单位",
        "收款人",
        "对方户名",
        "收款单位/个人",
    ),
    "payer": ("交款人", "交款单位", "对方单位", "付款单位", "交款单位/个人", "往来单位"),
    "income": ("收入", "收入金额", "收入额", "收方", "收  入"),
    "spending": ("支出", "支出金额", "支出额", "付方", "支  出"),
    "amount": ("金额", "发生额", "金  额", "收支金额"),
    "direction": ("收支", "收/支", "收支类别", "收支方向"),
    "balance": ("余额", "结余", "结存"),
}
PAIRS = (("收入", "支出"), ("收入金额", "支出金额"), ("收入额", "支出额"), ("收方", "付方"), ("收  入", "支  出"))
EXTRAS = ("序号", "类别", "经手人", "审批人", "附件张数", "备注")
VILLAGES = ("上石村", "下田村", "竹岙村", "岭后村", "前塘村", "石塘村")
FULLWIDTH = str.maketrans("0123456789.,-()", "０１２３４５６７８９．，－（）")


@dataclass
class Habit:
    """Everything that stays the same on all sheets of one workbook."""

    form: str
    months: int
    shape: str  # columns, signed, direction or blocks
    wan: bool
    unit_place: str  # corner, header or none
    daybook: bool
    dates: str
    amounts: str  # number, formatted, text, comma, yen, wide-yen, full-width, suffix, own-unit or mixed
    negatives: str  # minus, unicode-minus, paren, wide-paren, red or red-minus
    nothing: str  # how the empty side is written: "", "0" or "-"
    vouchers: str
    two_series: bool
    restart: bool
    balance: bool
    payee: bool
    formulas: bool
    since_1904: bool
    two_line_header: bool
    header_row: int
    indent: int
    opening_place: str  # top, above, above-one-cell, bottom or grid
    closing_place: str  # bottom-row, above, above-one-cell, bottom, grid or total-balance
    totals: str  # one-row, two-rows, net or none
    cumulative: bool
    subtotals: bool
    page: int  # entries on a printed page, 0 for no paging
    page_title: bool
    capitals: bool
    blanks: bool
    hide_rows: bool
    hidden_sheet: bool
    empty_sheet: bool
    period_place: str  # title, subtitle or sheet
    sheet_names: str
    village: str
    label_column: str  # summary or first
    merged_labels: bool
    words: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)
    direction_words: tuple[str, str] = ("收入", "支出")
    gap: bool = True
    group_row: bool = True


def draw_habit(rng: Random) -> Habit:
    """Draw a clerk."""
    form = rng.choice(FORMS)
    is_csv = form.startswith("csv")
    shape = rng.choice(("columns", "columns", "columns", "signed", "direction", "blocks", "blocks"))
    daybook = shape == "columns" and rng.random() < 0.15
    balance = daybook or (shape in {"columns", "direction"} and rng.random() < 0.4)
    wan = rng.random() < 0.2
    negatives = ["minus", "unicode-minus", "paren", "wide-paren"] + ([] if is_csv else ["red", "red-minus"])
    totals = {
        "columns": ("one-row", "one-row", "two-rows", "none"),
        "signed": ("two-rows", "net", "none"),
        "direction": ("two-rows", "none"),
        "blocks": ("one-row", "one-row", "none"),
    }[shape]
    places = ["top", "top", "top", "above", "above-one-cell", "bottom", "grid"]
    opening = rng.choice(places)
    closing = opening if opening != "top" else rng.choice(("bottom-row", "bottom-row", "bottom-row", "above", "bottom"))
    if opening != "top" and rng.random() < 0.3:
        closing = "bottom-row"
    habit = Habit(
        form=form,
        months=1 if is_csv else rng.choice((1, 1, 2, 3)),
        shape=shape,
        wan=wan,
        unit_place=rng.choice(("corner", "header")) if wan else rng.choice(("corner", "corner", "header", "none")),
        daybook=daybook,
        dates=rng.choice(DATE_STYLES),
        amounts=rng.choice(
            (
                "number",
                "number",
                "number",
                "formatted",
                "text",
                "comma",
                "yen",
                "wide-yen",
                "full-width",
                "suffix",
                "own-unit",
                "mixed",
            )
        ),
        negatives=rng.choice(negatives),
        nothing=rng.choice(("", "", "", "", "0", "-")),
        vouchers=rng.choice(VOUCHER_STYLES),
        two_series=rng.random() < (0.8 if shape == "blocks" else 0.4),
        restart=rng.random() < 0.3,
        balance=balance,
        payee=rng.random() < 0.75,
        formulas=form in {"xlsx", "ods"} and rng.random() < 0.3,
        since_1904=form == "xlsx" and rng.random() < 0.06,
        two_line_header=shape != "blocks" and rng.random() < 0.25,
        header_row=rng.randint(3, 8),
        indent=rng.choice((0, 0, 0, 0, 1)),
        opening_place=opening,
        closing_place=closing,
        totals=rng.choice(totals),
        cumulative=rng.random() < 0.3,
        subtotals=shape != "direction" and rng.random() < 0.25,
        page=rng.choice((0, 0, 0, rng.randint(3, 6))),
        page_title=rng.random() < 0.5,
        capitals=rng.random() < 0.2,
        blanks=rng.random() < 0.3,
        hide_rows=not is_csv and rng.random() < 0.12,
        hidden_sheet=not is_csv and rng.random() < 0.15,
        empty_sheet=not is_csv and rng.random() < 0.15,
        period_place=rng.choice(("title", "title", "subtitle", "sheet")),
        sheet_names=rng.choice(("9月", "2026.9", "2026-09", "2026年9月", "九月份")),
        village=rng.choice(VILLAGES),
        label_column=rng.choice(("summary", "first")),
        merged_labels=rng.random() < 0.3,
        direction_words=rng.choice((("收入", "支出"), ("收", "支"))),
        gap=rng.random() < 0.6,
        group_row=rng.random() < 0.7,
    )
    _draw_words(rng, habit)
    _draw_order(rng, habit)
    return habit


def _draw_words(rng: Random, habit: Habit) -> None:
    words = {key: rng.choice(choices) for key, choices in WORDS.items()}
    words["income"], words["spending"] = rng.choice(PAIRS)
    if habit.daybook:
        words["income"], words["spending"] = rng.choice(
            (("借方", "贷方"), ("收入(借方)", "支出(贷方)"), ("借方金额", "贷方金额"))
        )
    if habit.shape == "blocks" and not habit.group_row:
        words["income"], words["spending"] = rng.choice(PAIRS[1:3])
    elif habit.shape == "blocks":
        words["income"] = words["spending"] = words["amount"]
    if habit.unit_place == "header":
        unit = ("万元" if habit.wan else "元").join(rng.choice((("(", ")"), ("（", "）"))))
        for key in ("income", "spending", "amount", "balance"):
            words[key] += unit
    habit.words = words
    if habit.two_line_header and habit.shape != "columns":
        habit.two_line_header = habit.dates == "two-columns"


def _draw_order(rng: Random, habit: Habit) -> None:
    middle = ["voucher", "summary"] + (["payee"] if habit.payee and rng.random() < 0.7 else [])
    rng.shuffle(middle)
    dates = ["month", "day"] if habit.dates == "two-columns" else ["date"]
    money = {
        "columns": ["income", "spending"],
        "signed": ["amount"],
        "direction": ["direction", "amount"],
        "blocks": ["amount"],
    }[habit.shape]
    if habit.balance:
        money.append("balance")
    order = dates + middle + money
    if habit.payee and "payee" not in order:
        order.append("payee")
    allowed = [word for word in EXTRAS if not (word == "类别" and habit.shape == "direction")]
    extras = [word for word in allowed if rng.random() < 0.2]
    if "序号" in extras:
        order.insert(0, "序号")
    order += [word for word in extras if word != "序号"]
    habit.order, habit.extras = order, extras


def date_cells(habit: Habit, day: date) -> dict[str, Cell]:
    """The cell or two cells that say a day: keys date, or month and day."""
    style = habit.dates
    if style == "two-columns":
        return {"month": Cell(day.month), "day": Cell(day.day)}
    return {"date": date_cell(style, day, habit.form)}


def date_cell(style: str, day: date, form: str) -> Cell:
    """One cell that says a day in a style."""
    y, m, d = day.year, day.month, day.day
    if style == "serial":
        return Cell((day - date(1899, 12, 30)).days)
    if style == "real":
        return Cell(day, number_format="yyyy/m/d")
    if style == "9.3-number" and d not in {1, 2, 3, 10, 20, 30} and not form.startswith("csv"):
        # 9.1 as a number could be the 1st or the 10th; such days are written as text.
        return Cell(float(f"{m}.{d}"))
    return Cell(
        {
            "9月3日": f"{m}月{d}日",
            "9.3": f"{m}.{d}",
            "9.3-number": f"{m}.{d}",
            "2026/9/3": f"{y}/{m}/{d}",
            "2026-09-03": f"{y}-{m:02d}-{d:02d}",
            "2026年9月3日": f"{y}年{m}月{d}日",
            "2026.9.3": f"{y}.{m}.{d}",
        }[style]
    )


def amount_cell(rng: Random, habit: Habit, fen: int, *, style: str = "") -> Cell:
    """One cell that says an amount in the unit of the sheet (or with its own unit as a suffix)."""
    style = style or habit.amounts
    if style == "mixed":
        style = rng.choice(("number", "text", "comma", "yen", "wide-yen", "full-width", "suffix"))
    negative, size = fen < 0, abs(fen)
    as_number = style in {"number", "formatted"}
    how = habit.negatives
    if as_number and (not negative or how in {"minus", "unicode-minus", "red", "red-minus"}):
        value = size / (1_000_000 if habit.wan else 100)
        red = negative and how.startswith("red")
        if negative and how != "red":
            value = -value
        whole = int(value) if value == int(value) else value
        return Cell(whole, red=red, number_format="#,##0.00####" if style == "formatted" else "")
    text = _figures(rng, habit, size, style)
    if not negative:
        return Cell(text)
    minus, wide = ("－", True) if style == "full-width" else ("-", False)
    if how == "red":
        return Cell(text, red=True)
    if how in {"paren", "wide-paren"}:
        left, right = ("（", "）") if how == "wide-paren" or wide else ("(", ")")
        return Cell(left + text + right)
    return Cell(("−" if how == "unicode-minus" else minus) + text, red=how == "red-minus")


def _figures(rng: Random, habit: Habit, size: int, style: str) -> str:
    wan = habit.wan
    if style == "own-unit":
        wan = rng.random() < 0.5
    yuan, cents = divmod(size, 1_000_000 if wan else 100)
    digits = f"{cents:0{6 if wan else 2}d}"
    if wan:
        digits = digits.rstrip("0").ljust(rng.choice((1, 2, 4)), "0")
    if not cents and rng.random() < 0.4:
        digits = ""
    grouped = style in {"comma", "yen", "wide-yen", "full-width"}
    text = (f"{yuan:,}" if grouped else str(yuan)) + ("." + digits if digits else "")
    if style == "full-width":
        return text.translate(FULLWIDTH)
    if style == "yen":
        return "¥" + text
    if style == "wide-yen":
        return "￥" + text
    if style in {"suffix", "own-unit"}:
        return text + ("万元" if wan else "元")
    return text
