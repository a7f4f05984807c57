"""What every teller of a change's touches looks at, and what it gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from publicity.workflow.touches.queries import RuledCategories
from village_lists.places.models import Place
from village_lists.rulebook.proposals import Proposal
from village_lists.rulebook.queries import Answer, RuleTable
from village_lists.rulebook.values import Told

FIRST_FEW = 8


@dataclass(frozen=True, kw_only=True)
class Touch:
    """One kind of thing that is touched: a marked sentence, how many, the first few by name; `warns` asks for care."""

    words: str
    values: Mapping[str, object] = field(default_factory=dict)
    count: int = 0
    examples: tuple[Told, ...] = ()
    warns: bool = False


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What every teller looks at: the proposal, the book before and after, the villages where the value changes."""

    session: Session
    proposal: Proposal
    on: date
    before: RuleTable
    after: RuleTable
    villages: tuple[Place, ...]
    below: tuple[int, ...]
    ruled: RuledCategories

    @property
    def since(self) -> date:
        """Return the first day on which something is different."""
        return self.proposal.takes_effect_on

    def answers(self, village: Place) -> tuple[Answer | None, Answer | None]:
        """Return the village's value before and after, on the first day of the change."""
        key = self.proposal.key
        return (
            self.before.answer(key=key, place=village, on=self.since),
            self.after.answer(key=key, place=village, on=self.since),
        )


def named(names: Sequence[str]) -> tuple[Told, ...]:
    """Return the first few names as examples."""
    return tuple(("%(name)s", {"name": name}) for name in names[:FIRST_FEW])
