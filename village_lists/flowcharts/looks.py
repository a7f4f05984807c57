"""How a standing looks: never by colour alone, so that a black-and-white copy and a colour-blind eye lose nothing."""

from dataclasses import dataclass

from village_lists.flowcharts.chart import Mark, Tone
from village_lists.flowcharts.standings import StandingKind


@dataclass(frozen=True, kw_only=True)
class Look:
    """The sign and the tone of a standing's words, and what its symbol is like.

    `is_hollow`: only an outline (on the phone, where symbols are filled). `is_shaded`: lightly filled (on paper,
    where they are outlines). `is_ringed`: outlined twice. `is_framed`: its words stand in a frame on the phone.
    """

    mark: Mark
    tone: Tone
    is_hollow: bool = False
    is_shaded: bool = False
    is_dashed: bool = False
    is_ringed: bool = False
    is_heavy: bool = False
    is_framed: bool = False
    is_bold: bool = False
    is_struck: bool = False


LOOKS = {
    StandingKind.DONE: Look(mark=Mark.DONE, tone=Tone.GOOD, is_shaded=True),
    StandingKind.CURRENT: Look(
        mark=Mark.CURRENT, tone=Tone.ACCENT, is_hollow=True, is_ringed=True, is_heavy=True, is_framed=True, is_bold=True
    ),
    StandingKind.OVERDUE: Look(
        mark=Mark.OVERDUE,
        tone=Tone.MISSING,
        is_hollow=True,
        is_ringed=True,
        is_heavy=True,
        is_framed=True,
        is_bold=True,
    ),
    StandingKind.SKIPPED: Look(mark=Mark.SKIPPED, tone=Tone.INK_2, is_hollow=True, is_dashed=True),
    StandingKind.WAITING: Look(mark=Mark.WAITING, tone=Tone.INK_2, is_hollow=True),
    StandingKind.ADDED: Look(mark=Mark.ADDED, tone=Tone.GOOD, is_ringed=True, is_framed=True, is_bold=True),
    StandingKind.REMOVED: Look(mark=Mark.REMOVED, tone=Tone.MISSING, is_hollow=True, is_dashed=True, is_struck=True),
    StandingKind.CHANGED: Look(
        mark=Mark.CHANGED, tone=Tone.LATE, is_hollow=True, is_heavy=True, is_framed=True, is_bold=True
    ),
}
