"""Reading single fields of a form: texts, lines, whole numbers, amounts; each mistake is kept at its field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from village_lists.markers import N_

Form = MultiDict[str, str]
"""What a form sends, or what it is filled with: texts by name, some names several times."""

MOST_DAYS = 3650
AMOUNT = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """What is wrong with a field: a marked sentence and the values of its gaps."""

    words: str
    values: dict[str, object] = field(default_factory=dict)


class Reader:
    """Reads a form; `mistakes` has, by the name of the field, what could not be read."""

    def __init__(self, form: Form) -> None:
        """Begin without mistakes."""
        self.form = form
        self.mistakes: dict[str, Mistake] = {}

    def tell(self, name: str, words: str, **values: object) -> None:
        """Keep a mistake; of several at a field the first counts."""
        self.mistakes.setdefault(name, Mistake(words=words, values=values))

    def text(self, name: str, *, most: int = 2000, needed: str = "") -> str:
        """Return a text without blanks at its ends; longer than `most` characters, or empty if needed, is a mistake."""
        return self.checked(name, self.form.get(name, ""), most=most, needed=needed)

    def checked(self, name: str, typed: str, *, most: int, needed: str = "") -> str:
        """Return what was typed, without blanks at its ends, under the same conditions as `text`."""
        found = "\n".join(typed.strip().splitlines())
        if len(found) > most:
            self.tell(name, N_("写得太长，最多 %(most)s 个字"), most=most)
        if needed and not found:
            self.tell(name, needed)
        return found

    def lines(self, name: str, *, most: int = 500) -> tuple[str, ...]:
        """Return the lines of a text that say something."""
        found = tuple(line.strip() for line in self.form.get(name, "").splitlines() if line.strip())
        if any(len(line) > most for line in found):
            self.tell(name, N_("有一行写得太长，每行最多 %(most)s 个字"), most=most)
        return found

    def days(self, name: str, typed: str | None = None) -> int | None:
        """Return a number of days, None where nothing is written; what is no number is a mistake."""
        found = (self.form.get(name, "") if typed is None else typed).strip()
        if not found:
            return None
        if not (found.isascii() and found.isdigit() and len(found) <= 4 and 1 <= int(found) <= MOST_DAYS):
            self.tell(name, N_("天数请写 1 到 3650 之间的整数，没有就空着"))
            return None
        return int(found)

    def fen(self, name: str, typed: str) -> int:
        """Return an amount typed in yuan as fen; what is no amount is a mistake and gives 0."""
        found = AMOUNT.fullmatch(typed.strip().replace(",", "").replace("，", ""))
        if found is None:
            self.tell(name, N_("金额请写数字，例如 50000 或者 50000.00"))
            return 0
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))

    def rows(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the rows of fields of the same length, those that say something, blanks at the ends taken away."""
        columns = [self.form.getlist(name) for name in names]
        count = max((len(column) for column in columns), default=0)
        padded = [column + [""] * (count - len(column)) for column in columns]
        found = [tuple(value.strip() for value in row) for row in zip(*padded, strict=True)]
        return [row for row in found if any(row)]
