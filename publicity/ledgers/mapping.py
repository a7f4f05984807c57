"""How the columns of each sheet are understood: found by the reader, confirmed or changed by the clerk, remembered.

A remembered mapping finds its sheet again by name and row, or in another month's file by the `signature` of its header.
"""

from collections.abc import Iterable
from collections.abc import Mapping as Document
from dataclasses import dataclass
from typing import Any

from publicity.ledgers.problems import Unreadable
from village_lists.exchange.grids import column_of, letter_of
from village_lists.markers import N_

# What a column can be, and its name for the clerk's screen.
ROLES = {
    "date": N_("日期"),
    "month": N_("月"),
    "day": N_("日"),
    "voucher": N_("凭证号"),
    "voucher_word": N_("凭证字"),
    "voucher_number": N_("凭证号数"),
    "summary": N_("摘要"),
    "income": N_("收入金额"),
    "spending": N_("支出金额"),
    "amount": N_("金额"),
    "balance": N_("余额"),
    "direction": N_("收支方向"),
    "payee": N_("对方单位或个人"),
    "category": N_("类别"),
    "handler": N_("经手人"),
    "note": N_("备注"),
    "bank": N_("银行账号"),
    "ignored": N_("不读取"),
}
AMOUNT_ROLES = frozenset(["income", "spending", "amount", "balance"])
DIRECTIONS = frozenset(["", "income", "spending"])


@dataclass(frozen=True)
class BlockMapping:
    """One table of one or several side by side: (column from 1, role) pairs; `direction` if it holds one side only."""

    columns: tuple[tuple[int, str], ...]
    direction: str = ""

    def column(self, role: str) -> int | None:
        """Return the column of a role, None if there is none."""
        return next((column for column, found in self.columns if found == role), None)

    def has(self, *roles: str) -> bool:
        """Tell whether one of the roles has a column."""
        return any(found in roles for _, found in self.columns)


@dataclass(frozen=True)
class SheetMapping:
    """The header of one sheet: rows `header_top` to `header_row`, its blocks, the unit of money (元, 万元) or None."""

    sheet: str
    header_row: int
    header_top: int
    signature: str
    blocks: tuple[BlockMapping, ...]
    unit: str | None = None


@dataclass(frozen=True)
class Mapping:
    """The mappings of a workbook, one for every header that differs from those above it."""

    sheets: tuple[SheetMapping, ...] = ()

    def of(self, sheet: str) -> tuple[SheetMapping, ...]:
        """Return the mappings meant for a sheet of this name."""
        return tuple(one for one in self.sheets if one.sheet == sheet)

    def as_json(self) -> dict[str, Any]:
        """Return the mapping as plain JSON values; columns by their letters."""
        return {
            "sheets": [
                {
                    "sheet": one.sheet,
                    "header_row": one.header_row,
                    "header_top": one.header_top,
                    "signature": one.signature,
                    "unit": one.unit,
                    "blocks": [
                        {
                            "direction": block.direction,
                            "columns": {letter_of(column): role for column, role in block.columns},
                        }
                        for block in one.blocks
                    ],
                }
                for one in self.sheets
            ]
        }

    @classmethod
    def from_json(cls, document: Document[str, Any]) -> "Mapping":
        """Return the mapping that `as_json` wrote; raises `Unreadable` for roles or columns that do not exist."""
        return cls(tuple(_sheet_of(one) for one in document["sheets"]))


def _sheet_of(one: Document[str, Any]) -> SheetMapping:
    header_row = int(one["header_row"])
    return SheetMapping(
        str(one["sheet"]),
        header_row,
        int(one.get("header_top") or header_row),
        str(one.get("signature") or ""),
        tuple(_block_of(block["columns"].items(), str(block.get("direction") or "")) for block in one["blocks"]),
        one.get("unit"),
    )


def _block_of(columns: Iterable[tuple[str, str]], direction: str) -> BlockMapping:
    pairs = tuple(sorted((column_of(letters), role) for letters, role in columns))
    if direction not in DIRECTIONS or any(column < 1 or role not in ROLES for column, role in pairs):
        raise Unreadable(N_("列的对应关系不完整，请重新选择每一列的内容"))
    return BlockMapping(pairs, direction)
