"""The booklet of a list (口袋书): cover, contents, a page for each chart, negative list; parted where it is thick."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from publicity.bulletins.queries import adoption_by, place_words
from village_lists.editions.queries import OutlineCategory, outline
from village_lists.places.models import Place
from village_lists.powers.models import ListVersion
from village_lists.prohibitions.models import Prohibition
from village_lists.prohibitions.queries import prohibitions_of

MOST_ITEMS = 60
"""So many items one PDF holds: about as many pages as a child process prints within its time."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a list that is printed as one booklet: its number from 1, its title, the codes of its items."""

    number: int
    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContentsLine:
    """A line of the contents: an item with its code, or a heading of some depth without one."""

    words: str
    code: str = ""
    depth: int = 0


@dataclass(frozen=True, kw_only=True)
class Booklet:
    """What a booklet says beside the pages of its items, in final words."""

    title: str
    place: str
    part: str
    notes: tuple[str, ...]
    contents: tuple[ContentsLine, ...]
    prohibitions: tuple[Prohibition, ...]


def parts_of(session: Session, *, version: ListVersion) -> list[Part]:
    """Return the whole list as one part; where it is too thick, its top categories, and those in runs of 60 items."""
    lines = outline(session, version=version)
    whole = [item.code for line in lines for item in line.items]
    if len(whole) <= MOST_ITEMS:
        return [Part(number=1, title="", codes=tuple(whole))]
    found: list[tuple[str, tuple[str, ...]]] = []
    for title, group in _by_top(lines):
        codes = [item.code for line in group for item in line.items]
        runs = [tuple(codes[at : at + MOST_ITEMS]) for at in range(0, len(codes), MOST_ITEMS)]
        found += [(f"{title}（{place}）" if len(runs) > 1 else title, run) for place, run in enumerate(runs, start=1)]
    return [Part(number=number, title=title, codes=codes) for number, (title, codes) in enumerate(found, start=1)]


def booklet_of(session: Session, *, version: ListVersion, place: Place, part: Part) -> Booklet:
    """Return the words of a booklet; the negative list stands in the last part."""
    lines = outline(session, version=version)
    last = parts_of(session, version=version)[-1].number == part.number
    return Booklet(
        title=version.title,
        place=place_words(session, village=place),
        part=part.title,
        notes=_notes(session, version, place),
        contents=tuple(_contents(lines, frozenset(part.codes))),
        prohibitions=tuple(prohibitions_of(session, version_id=version.id)) if last else (),
    )


def _by_top(lines: Sequence[OutlineCategory]) -> list[tuple[str, list[OutlineCategory]]]:
    groups: list[tuple[str, list[OutlineCategory]]] = []
    for line in lines:
        if line.depth == 0:
            groups.append((line.category.name, []))
        groups[-1][1].append(line)
    return groups


def _contents(lines: Sequence[OutlineCategory], codes: frozenset[str]) -> list[ContentsLine]:
    """Return headings and items of a part; a heading without items of the part below it is left out."""
    found: list[ContentsLine] = []
    for place, line in enumerate(lines):
        below = [line]
        for later in lines[place + 1 :]:
            if later.depth <= line.depth:
                break
            below.append(later)
        if any(item.code in codes for one in below for item in one.items):
            found.append(ContentsLine(words=line.category.name, depth=line.depth))
            found += [ContentsLine(words=item.name, code=item.code) for item in line.items if item.code in codes]
    return found


def _notes(session: Session, version: ListVersion, place: Place) -> tuple[str, ...]:
    adoption = adoption_by(session, village=place, version=version)
    resolved = ""
    if adoption is not None:
        day = f"{adoption.held_on.year}年{adoption.held_on.month}月{adoption.held_on.day}日"
        resolved = (
            f"{day}{adoption.meeting}通过：应到 {adoption.due} 人，实到 {adoption.present} 人，"
            f"同意 {adoption.in_favour} 人。"
        )
    sample = "示例，待当地确认。" if version.is_sample else ""
    return tuple(words for words in (f"第 {version.number} 版", resolved, sample, version.note) if words)
