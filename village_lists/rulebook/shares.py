"""Shares of people as the rule book writes them: 2/3 means at least two thirds, >1/2 more than half. Whole numbers."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from village_lists.errors import Refusal
from village_lists.markers import N_

WRITTEN = re.compile(r"(>?)([0-9]{1,3})/([0-9]{1,3})")
SPOKEN = {"过半数": ">1/2", "半数以上": "1/2", "三分之二以上": "2/3", "四分之三以上": "3/4", "全体": "1/1"}
FULL_WIDTH = str.maketrans("０１２３４５６７８９／＞", "0123456789/>")


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of a number of people: at least that part, or (`is_strict`) more than it."""

    part: Fraction
    is_strict: bool = False

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read 2/3, >1/2 or 三分之二以上; raise Refusal for anything else, for nothing and for more than the whole."""
        text = "".join(written.split()).translate(FULL_WIDTH)
        found = WRITTEN.fullmatch(SPOKEN.get(text, text))
        part = Fraction(int(found[2]), int(found[3])) if found and int(found[3]) else Fraction(0)
        is_strict = bool(found and found[1])
        if not found or not 0 < part <= 1 or (is_strict and part == 1):
            words = N_("「%(written)s」不是比例：三分之二以上请写 2/3，过半数请写 >1/2")
            raise Refusal(words, written=written.strip())
        return cls(part=part, is_strict=is_strict)

    def __str__(self) -> str:
        """Return it as the rule book keeps it: 2/3, >1/2."""
        return f"{'>' if self.is_strict else ''}{self.figure}"

    @property
    def figure(self) -> str:
        """Return the part alone: 2/3."""
        return f"{self.part.numerator}/{self.part.denominator}"

    def needed(self, count: int) -> int:
        """Return the smallest number of people that is this share of `count`."""
        whole = self.part * count
        return int(whole) + 1 if self.is_strict else -int(-whole // 1)

    def is_weaker_than(self, other: "Share") -> bool:
        """Say whether this share asks for less than the other: 1/2 asks for less than >1/2."""
        return (self.part, self.is_strict) < (other.part, other.is_strict)
