"""A budget that is changed to an amount for which the procedure does not go: told with the amounts. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from publicity.matters.course import Finding, FindingKind, Move
from village_lists.amounts import exact
from village_lists.markers import N_

ABOVE = N_("预算改为 %(budget)s，「%(procedure)s」只管 %(limit)s以下的；照清单，这个金额要走「%(fitting)s」")
ABOVE_ALONE = N_("预算改为 %(budget)s，「%(procedure)s」只管 %(limit)s以下的；清单里没有管这个金额的流程")
BELOW = N_("预算改为 %(budget)s，「%(procedure)s」管 %(limit)s以上的；照清单，这个金额可以走「%(fitting)s」")
BELOW_ALONE = N_("预算改为 %(budget)s，「%(procedure)s」管 %(limit)s以上的；清单里没有管这个金额的流程")


@dataclass(frozen=True, kw_only=True)
class OutOfBand:
    """A budget (fen) out of the band of its procedure: above `limit_fen` or below it, and what the list has for it."""

    budget_fen: int
    limit_fen: int
    procedure: str
    fitting: str
    is_above: bool


def out_of_band(move: Move) -> OutOfBand | None:
    """Return how a change of the budget left the band that was frozen with it, or None where it did not.

    Above counts always; below only where it was not below before: to go a stricter way than the amount asks is free.
    """
    budget, former, band = move.content.get("budget_fen"), move.content.get("former"), move.content.get("band")
    if budget is None or band is None:
        return None
    least, most = band["from_fen"], band["below_fen"]
    is_above = most is not None and budget >= most
    is_below = least is not None and budget < least and (former is None or former >= least)
    if not is_above and not is_below:
        return None
    return OutOfBand(
        budget_fen=budget,
        limit_fen=most if is_above else least,
        procedure=band["procedure"],
        fitting=band["fitting"],
        is_above=is_above,
    )


def budget_findings(changes: Iterable[Move]) -> list[Finding]:
    """Return what the changes of the budget tell, in their order; they belong to no step (path "", round 0)."""
    return [_finding(move, found) for move in changes if (found := out_of_band(move))]


def _finding(move: Move, found: OutOfBand) -> Finding:
    with_fitting, alone = (ABOVE, ABOVE_ALONE) if found.is_above else (BELOW, BELOW_ALONE)
    words = with_fitting if found.fitting else alone
    values = {
        "budget": exact(found.budget_fen),
        "procedure": found.procedure,
        "limit": exact(found.limit_fen),
        "fitting": found.fitting,
    }
    return Finding(kind=FindingKind.BAND, path="", round=0, words=words, values=values, sequence=move.sequence)
