"""How a value looks to an audience: in full, covered in part, or replaced by a word."""

import re
from collections.abc import Set

from publicity.categories.contents import Audience, Column, ColumnKind, Mask
from publicity.privacy.masking import STAR, mask_name, mask_payee, names_in

HIDDEN = "（不公开）"
CHILD = "一名孩子"
COVER = "****"
SHORTEST_TAILED = 8
LAST = 4
MOBILE = 11
NAMED = frozenset({ColumnKind.PERSON, ColumnKind.PARTY})
PERSONAL = frozenset({ColumnKind.PHONE, ColumnKind.IDENTITY, ColumnKind.CARD, ColumnKind.BIRTH})
WORDED = frozenset({ColumnKind.TEXT, ColumnKind.PROSE})
_BETWEEN_NAMES = re.compile(r"([、，,;；/／\s]+)")
_BRACKETED = re.compile(r"[（(][^）)]*[）)]?")


def sees(column: Column, audience: Audience) -> bool:
    """Say whether the audience may see the column at all; NEVER is the officials' own view with everything."""
    if audience is Audience.NEVER or column.audience is Audience.WEB:
        return True
    return audience is Audience.PAPER and column.audience is Audience.PAPER


def mask_for(column: Column, audience: Audience) -> Mask:
    """Return the mask that lies over the column for the audience."""
    if audience is Audience.NEVER:
        return Mask.NONE
    return column.web_mask if audience is Audience.WEB else column.paper_mask


def covered(column: Column, value: str, mask: Mask, *, officials: Set[str], organisations: Set[str]) -> str:
    """Return a written value under a mask; a mask that does not fit the kind hides the value."""
    if mask is Mask.NONE:
        return value
    if mask is Mask.NAME and column.kind is ColumnKind.PERSON:
        return covered_names(value, officials=officials)
    if mask is Mask.NAME and column.kind in {ColumnKind.PARTY, *WORDED}:
        return mask_payee(value, officials=officials, organisations=organisations)
    if mask is Mask.PHONE and column.kind in {ColumnKind.PHONE, *WORDED}:
        return _covered_phone(value)
    if mask is Mask.TAIL and column.kind not in NAMED:
        return f"{COVER}{value[-LAST:]}" if len(value) >= SHORTEST_TAILED else COVER
    return HIDDEN


def _covered_phone(value: str) -> str:
    """Return 138****5678; of a shorter number nothing but the last figures, of a very short one nothing."""
    figures = re.sub(r"\D", "", value)
    if len(figures) == MOBILE and not value.startswith("0"):
        return f"{figures[:3]}{COVER}{figures[-LAST:]}"
    return f"{COVER}{figures[-2:]}" if len(figures) >= SHORTEST_TAILED else COVER


def covered_names(value: str, *, officials: Set[str]) -> str:
    """Return the names of a PERSON cell each as surname and star; officials in full; what stands in brackets goes."""
    if value in officials:
        return value
    pieces = _BETWEEN_NAMES.split(_BRACKETED.sub("", value))
    shown = "".join(
        piece if not piece or piece in officials or _BETWEEN_NAMES.fullmatch(piece) else mask_name(piece)
        for piece in pieces
    )
    return shown if shown.strip() else STAR


def private_names(column: Column, value: str, *, officials: Set[str], organisations: Set[str]) -> set[str]:
    """Return the names in a PERSON or PARTY cell that are nobody's in office, for masking texts beside it."""
    found = set(names_in(value, officials=officials, organisations=organisations))
    if column.kind is ColumnKind.PERSON and value not in officials:
        found.add(value)
        found |= {piece for piece in _BETWEEN_NAMES.split(_BRACKETED.sub("", value)) if piece}
    return {name for name in found if len(name.strip()) > 1 and name not in officials and not name.endswith(STAR)}
