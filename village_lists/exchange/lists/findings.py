"""What a reading of a list gives: the content, every problem by sheet and cell or by line, and notices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from village_lists.editions.contents import ListContent
from village_lists.editions.rules import ContentProblem, content_problems, reference_problems
from village_lists.editions.storing import storing_problems
from village_lists.exchange.grids import column_of, row_of

Subject = tuple[str, str, str]
"""Subject, code and part, as `ContentProblem` names them."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where something stands: sheet and cell of a workbook, or the line (from 1) of a YAML file."""

    sheet: str = ""
    cell: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class ListProblem:
    """One fault: where it stands, what stands there, a marked sentence and its values.

    `hinders_import` tells those without which nothing can be stored; the others only hinder publication.
    """

    words: str
    values: Mapping[str, object] = field(default_factory=dict)
    spot: Spot = Spot()
    found: str = ""
    hinders_import: bool = True

    @property
    def sentence(self) -> str:
        """Return the filled Chinese sentence."""
        return self.words % self.values if self.values else self.words

    @property
    def place(self) -> str:
        """Return `事项!C5`, `事项`, `第 12 行`, or an empty text where the place is not known."""
        if self.spot.line:
            return f"第 {self.spot.line} 行"
        return f"{self.spot.sheet}!{self.spot.cell}" if self.spot.cell else self.spot.sheet

    def __str__(self) -> str:
        """Return `事项!C5：…`."""
        return f"{self.place}：{self.sentence}" if self.place else self.sentence


@dataclass(frozen=True, kw_only=True)
class ListNotice:
    """Something a steward should know that is no fault: notes left out, codes made up."""

    words: str
    values: Mapping[str, object] = field(default_factory=dict)
    sheet: str = ""

    @property
    def sentence(self) -> str:
        """Return the filled Chinese sentence."""
        return self.words % self.values if self.values else self.words

    def __str__(self) -> str:
        """Return `事项：…`."""
        return f"{self.sheet}：{self.sentence}" if self.sheet else self.sentence


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a file gave. `content` is None exactly while some problem hinders the import."""

    content: ListContent | None
    problems: tuple[ListProblem, ...] = ()
    notices: tuple[ListNotice, ...] = ()


class Findings:
    """Collects while a file is read: problems, notices, and where each subject of the content stands."""

    def __init__(self) -> None:
        self.problems: list[ListProblem] = []
        self._notices: dict[tuple[str, str], ListNotice] = {}
        self._spots: dict[Subject, Spot] = {}
        self._told: set[Subject] = set()

    def tell(
        self,
        spot: Spot,
        words: str,
        /,
        *,
        found: str = "",
        about: Subject | None = None,
        hinders_import: bool = True,
        **values: object,
    ) -> None:
        """Note a fault; what the content's check says of the same subject and part (`about`) is then left out."""
        if about is not None:
            self._told.add(about)
        filled = {**values, "found": found} if found else values
        self.problems.append(
            ListProblem(words=words, values=filled, spot=spot, found=found, hinders_import=hinders_import)
        )

    def hush(self, about: Subject) -> None:
        """Leave out what the content's check would say of this subject and part: it was told already."""
        self._told.add(about)

    def add(self, spot: Spot, words: str, values: Mapping[str, object]) -> None:
        """Note a fault that somebody else put into words."""
        self.problems.append(ListProblem(words=words, values=values, spot=spot))

    def notice(self, sheet: str, words: str, /, **values: object) -> None:
        """Note what is no fault, once."""
        told = ListNotice(words=words, values=values, sheet=sheet)
        self._notices.setdefault((sheet, told.sentence), told)

    def stands(self, subject: str, code: str, part: str, spot: Spot) -> None:
        """Remember where a part of a subject stands; the first place counts."""
        self._spots.setdefault((subject, code, part), spot)

    def spot_of(self, subject: str, code: str, part: str) -> Spot:
        """Return where a part stands, else its subject, else the first of its kind."""
        for key in ((subject, code, part), (subject, code, ""), (subject, "", ""), ("cover", "", "")):
            if key in self._spots:
                return self._spots[key]
        return Spot()

    def reading(self, content: ListContent, *, known_keys: frozenset[str], order: Iterable[str] = ()) -> Reading:
        """Return the reading of a content with all that its check finds; `order` are the sheets from left to right."""
        storing = [*storing_problems(content), *reference_problems(content)]
        for one in storing:
            self._tell_of(one, hinders_import=True)
        said = {(one.subject, one.code, one.part, str(one)) for one in storing}
        for one in content_problems(content, known_keys=known_keys):
            if (one.subject, one.code, one.part, str(one)) not in said:
                self._tell_of(one, hinders_import=False)
        return (
            self.refused(order)
            if any(one.hinders_import for one in self.problems)
            else Reading(content=content, problems=self._sorted(order), notices=tuple(self._notices.values()))
        )

    def refused(self, order: Iterable[str] = ()) -> Reading:
        """Return the reading without a content."""
        return Reading(content=None, problems=self._sorted(order), notices=tuple(self._notices.values()))

    def _tell_of(self, one: ContentProblem, *, hinders_import: bool) -> None:
        subject = (one.subject, one.code, one.part)
        if subject not in self._told:
            spot = self.spot_of(*subject)
            self.problems.append(
                ListProblem(words=one.words, values=one.values, spot=spot, hinders_import=hinders_import)
            )

    def _sorted(self, order: Iterable[str]) -> tuple[ListProblem, ...]:
        places = {sheet: number for number, sheet in enumerate(order)}
        once = {(one.spot, one.sentence): one for one in reversed(self.problems)}

        def place(one: ListProblem) -> tuple[int, int, int, int, str]:
            spot = one.spot
            return places.get(spot.sheet, -1), spot.line, row_of(spot.cell), column_of(spot.cell), one.sentence

        return tuple(sorted(once.values(), key=place))
