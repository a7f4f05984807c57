"""Whether a resolution stands: how many had to come, how many had to agree. Whole numbers only, no rounding errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.places.models import BodyKind
from village_lists.rulebook.shares import Share

Told = tuple[str, Mapping[str, object]]


class CountedOf(StrEnum):
    """Whom a share in favour is counted of: those who came, or all who were due."""

    PRESENT = "present"
    DUE = "due"


@dataclass(frozen=True, kw_only=True)
class BodyRule:
    """What a body needs to decide; `present` None: no number of people has to come (农村集体经济组织法 Art 26-28).

    `body` None: it belongs to neither of the two legal bodies (党员大会).
    """

    decision_body: str
    body: BodyKind | None
    present: Share | None
    favour: Share
    favour_of: CountedOf


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether the resolution stands, and the sums as marked sentences with their values, in order."""

    passes: bool
    sentences: tuple[Told, ...]
    needed_present: int
    needed_favour: int


# By whether more than the share is asked for, and whether there were enough.
PRESENT = {
    (False, True): N_("应到 %(due)d 人，到会至少要 %(needed)d 人（%(share)s 以上），实到 %(found)d 人，够"),
    (False, False): N_("应到 %(due)d 人，到会至少要 %(needed)d 人（%(share)s 以上），实到 %(found)d 人，不够"),
    (True, True): N_("应到 %(due)d 人，到会至少要 %(needed)d 人（超过 %(share)s），实到 %(found)d 人，够"),
    (True, False): N_("应到 %(due)d 人，到会至少要 %(needed)d 人（超过 %(share)s），实到 %(found)d 人，不够"),
}
FAVOUR_OF_PRESENT = {
    (False, True): N_("到会 %(whole)d 人，同意至少要 %(needed)d 人（到会的 %(share)s 以上），同意 %(found)d 人，够"),
    (False, False): N_("到会 %(whole)d 人，同意至少要 %(needed)d 人（到会的 %(share)s 以上），同意 %(found)d 人，不够"),
    (True, True): N_("到会 %(whole)d 人，同意至少要 %(needed)d 人（超过到会的 %(share)s），同意 %(found)d 人，够"),
    (True, False): N_("到会 %(whole)d 人，同意至少要 %(needed)d 人（超过到会的 %(share)s），同意 %(found)d 人，不够"),
}
FAVOUR_OF_DUE = {
    (False, True): N_("应到 %(whole)d 人，同意至少要 %(needed)d 人（应到的 %(share)s 以上），同意 %(found)d 人，够"),
    (False, False): N_("应到 %(whole)d 人，同意至少要 %(needed)d 人（应到的 %(share)s 以上），同意 %(found)d 人，不够"),
    (True, True): N_("应到 %(whole)d 人，同意至少要 %(needed)d 人（超过应到的 %(share)s），同意 %(found)d 人，够"),
    (True, False): N_("应到 %(whole)d 人，同意至少要 %(needed)d 人（超过应到的 %(share)s），同意 %(found)d 人，不够"),
}


def judge(*, body_rule: BodyRule, due: int, present: int, in_favour: int) -> Verdict:
    """Return whether a resolution stands by the numbers of people due, present and in favour, with every sum.

    Raise Refusal where the numbers cannot be: nobody due, more present than due, more in favour than present.
    """
    if due < 1:
        raise Refusal(N_("应到人数要填，至少是 1"))
    if not 0 <= in_favour <= present <= due:
        words = N_("应到 %(due)s 人、实到 %(present)s 人、同意 %(yes)s 人，这几个数对不上")
        raise Refusal(words, due=due, present=present, yes=in_favour)
    sentences: list[Told] = []
    needed_present = body_rule.present.needed(due) if body_rule.present else 0
    if body_rule.present:
        words = PRESENT[body_rule.present.is_strict, present >= needed_present]
        sentences.append((words, _sums(body_rule.present, whole=due, needed=needed_present, found=present)))
    of_due = body_rule.favour_of == CountedOf.DUE
    whole = due if of_due else present
    # Of nobody even the whole is nobody: one voice at least there has to be.
    needed_favour = max(1, body_rule.favour.needed(whole))
    kinds = FAVOUR_OF_DUE if of_due else FAVOUR_OF_PRESENT
    words = kinds[body_rule.favour.is_strict, in_favour >= needed_favour]
    sentences.append((words, _sums(body_rule.favour, whole=whole, needed=needed_favour, found=in_favour)))
    return Verdict(
        passes=present >= needed_present and in_favour >= needed_favour,
        sentences=tuple(sentences),
        needed_present=needed_present,
        needed_favour=needed_favour,
    )


def _sums(share: Share, *, whole: int, needed: int, found: int) -> dict[str, object]:
    return {"due": whole, "whole": whole, "needed": needed, "found": found, "share": share.figure}
