"""A mistake in a data file, told by file and line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from village_lists.errors import Refusal
from village_lists.library.contents import Spot
from village_lists.markers import N_


@dataclass(frozen=True, kw_only=True)
class LibraryProblem:
    """One mistake: `file` relative to the library's folder, `line` from 1, a marked sentence and its values."""

    file: str
    line: int
    words: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return `03-homestead.yaml:14：步骤「公示」没有去处`."""
        sentence = self.words % self.values if self.values else self.words
        return f"{self.file}:{self.line}：{sentence}"


def told(spot: Spot, words: str, **values: object) -> LibraryProblem:
    """Return a problem at a spot: a marked sentence and what fills its gaps."""
    return LibraryProblem(file=spot.file, line=spot.line, words=words, values=values)


class LibraryUnreadable(Refusal):
    """The data files hold mistakes; `problems` has all of them."""

    def __init__(self, problems: Sequence[LibraryProblem]) -> None:
        """Keep the problems and name the first."""
        super().__init__(
            N_("清单库有 %(count)d 处错误，第一处：%(first)s"), count=len(problems), first=str(problems[0])
        )
        self.problems = tuple(problems)
