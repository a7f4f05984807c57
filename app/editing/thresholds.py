"""The form of the amounts that bands refer to: key of the rule book, name, suggested value in yuan."""

import re
from dataclasses import dataclass, field

from app.editing.fields import Form, Mistake, Reader
from village_lists.amounts import yuan
from village_lists.editions.contents import ThresholdContent
from village_lists.markers import N_

NAMES = ("key", "name", "suggested")
KEY = re.compile(r"amounts\.[a-z0-9_.]{1,50}")
SPARE_ROWS = 3


@dataclass(frozen=True, kw_only=True)
class ThresholdsForm:
    """The amounts as a form shows them: rows of key, name, yuan; `content` None while there are mistakes."""

    rows: tuple[tuple[str, ...], ...]
    content: tuple[ThresholdContent, ...] | None
    mistakes: dict[str, Mistake] = field(default_factory=dict)

    @property
    def all_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows with spare ones."""
        return (*self.rows, *[("",) * len(NAMES)] * SPARE_ROWS)


def filled_thresholds(thresholds: tuple[ThresholdContent, ...]) -> ThresholdsForm:
    """Return the form of the amounts as they are stored."""
    rows = tuple((one.key, one.name, yuan(one.suggested_fen).replace(",", "")) for one in thresholds)
    return ThresholdsForm(rows=rows, content=thresholds)


def sent_thresholds(form: Form) -> ThresholdsForm:
    """Return what was sent; a row without anything is left out."""
    reader = Reader(form)
    rows = tuple(reader.rows(NAMES))
    found = []
    for number, (key, name, suggested) in enumerate(rows):
        if not KEY.fullmatch(key):
            reader.tell(
                f"row{number}", N_("编号以 amounts. 开头，用小写字母、数字、点和下划线，例如 amounts.works.small")
            )
        words = reader.checked(f"row{number}", name, most=80, needed=N_("请写这一档叫什么"))
        found.append(ThresholdContent(key=key, name=words, suggested_fen=reader.fen(f"row{number}", suggested)))
    if len({one.key for one in found}) < len(found):
        reader.tell("row0", N_("有两行编号相同"))
    content = None if reader.mistakes else tuple(found)
    return ThresholdsForm(rows=rows, content=content, mistakes=reader.mistakes)
