"""The eight classes of financial disclosure (domain.md 3.3 [S:R1]) as data: which categories speak for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from publicity.categories.contents import ColumnKind
from publicity.categories.library import read_directory
from village_lists.library.fields import Fields
from village_lists.library.located import read_located
from village_lists.library.problems import LibraryProblem
from village_lists.markers import N_
from village_lists.periods import Cadence

FILE = Path(__file__).parent / "data" / "disclosure_classes.yaml"
NAMES = (
    N_("财务计划"),
    N_("各项收入"),
    N_("各项支出"),
    N_("各项资产"),
    N_("各类资源"),
    N_("债权债务"),
    N_("收益分配"),
    N_("其他"),
)
"""What the rule calls its classes; marked words, for they are shown in the reader's language."""
CADENCES = (Cadence.QUARTER, Cadence.YEAR)


class MoneySide(StrEnum):
    """Which side of the accounts speaks for a class too."""

    INCOME = "income"
    SPENDING = "spending"


@dataclass(frozen=True, kw_only=True)
class DisclosureClass:
    """One class: said when one of its categories (codes) is posted within a span of its cadence.

    It is asked of the bodies that post the first of them that is there. `accounts`: that side of the accounts says it
    too. `is_when_any`: only where there is such a thing.
    """

    key: str
    name: str
    cadence: Cadence
    categories: tuple[str, ...]
    accounts: MoneySide | None = None
    is_when_any: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanColumns:
    """Where the plan of a year stands: the category, its column of the side with the words for it, of the amount."""

    category: str
    side: str
    amount: str
    income: str
    spending: str


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """What the data file says; `problems` has every mistake with its line."""

    basis: str
    classes: tuple[DisclosureClass, ...]
    plan: PlanColumns
    problems: tuple[LibraryProblem, ...]


@cache
def read_disclosure(file: Path = FILE) -> Disclosure:
    """Read and check the classes: those of the rule, each category known to the directory and under one class alone."""
    problems: list[LibraryProblem] = []
    nothing = PlanColumns(category="", side="", amount="", income="", spending="")
    top = read_located(file, file=file.name, problems=problems)
    if top is None:
        return Disclosure(basis="", classes=(), plan=nothing, problems=tuple(problems))
    part = Fields(top, file=file.name, problems=problems)
    basis, classes = part.text("basis"), tuple(_classes(part))
    if tuple(one.name for one in classes) != NAMES:
        words = N_("应当是这几类，各写一次：%(names)s")
        part.tell(part.line_of("classes"), words, names="、".join(NAMES))
    inner = part.part("plan", required=True)
    plan = _plan(inner) if inner else nothing
    part.close()
    return Disclosure(basis=basis, classes=classes, plan=plan, problems=tuple(problems))


def _classes(part: Fields) -> Iterator[DisclosureClass]:
    known = {entry.code for entry in read_directory().entries}
    taken: set[str] = set()
    for row in part.parts("classes"):
        found = DisclosureClass(
            key=row.text("key"),
            name=row.text("name"),
            cadence=row.choice("cadence", Cadence),
            categories=row.texts("categories"),
            accounts=row.choice("accounts", MoneySide) if row.raw("accounts") else None,
            is_when_any=row.truth("when_any"),
        )
        row.close()
        if found.cadence not in CADENCES:
            row.tell(row.line, N_("「%(name)s」要写 quarter 或者 year"), name=found.name)
        for code in found.categories:
            if code not in known:
                row.tell(row.line, N_("公开目录里没有「%(code)s」"), code=code)
            if code in taken:
                row.tell(row.line, N_("「%(code)s」在两类里都写了，只能归一类"), code=code)
            taken.add(code)
        yield found


def _plan(part: Fields) -> PlanColumns:
    plan = PlanColumns(**{name: part.text(name) for name in PlanColumns.__dataclass_fields__})
    part.close()
    entry = next((one for one in read_directory().entries if one.code == plan.category), None)
    columns = {column.key: column for column in entry.content.columns} if entry else {}
    side, amount = columns.get(plan.side), columns.get(plan.amount)
    if side is None or not {plan.income, plan.spending} <= set(side.choices):
        part.tell(part.line, N_("「%(code)s」里没有写收入或支出的那一栏"), code=plan.category)
    if amount is None or amount.kind is not ColumnKind.MONEY:
        part.tell(part.line, N_("「%(code)s」里没有写金额的那一栏"), code=plan.category)
    return plan
