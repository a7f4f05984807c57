"""Reading the library: sources, shared procedures, rule book, and one folder per list with one item per file."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from village_lists.library.contents import (
    Category,
    Item,
    Library,
    ListTemplate,
    Procedure,
    Prohibition,
    RuleRow,
    Source,
    SourceKind,
    StepTie,
    Threshold,
    Use,
)
from village_lists.library.fields import Fields
from village_lists.library.located import TEXT_TAGS, Located, read_located
from village_lists.library.problems import LibraryProblem, LibraryUnreadable
from village_lists.library.procedures import (
    read_bases,
    read_basis,
    read_consequence,
    read_posting,
    read_procedure,
)
from village_lists.markers import N_
from village_lists.people.models import PostKind
from village_lists.places.models import Level
from village_lists.powers.models import ItemKind
from village_lists.rulebook.catalog import Unit

DATA = Path(__file__).parent / "data"
ITEM_NAME = re.compile(r"[0-9]{2,3}-[a-z0-9-]+\.yaml")


def read_library(folder: Path = DATA) -> Library:
    """Return the whole library of a folder; raise LibraryUnreadable with every mistake of writing.

    That steps lead somewhere and references exist is for `check_library`, which also calls this reading.
    """
    problems: list[LibraryProblem] = []
    library = scan_library(folder, problems=problems)
    if problems:
        raise LibraryUnreadable(problems)
    return library


def scan_library(folder: Path, *, problems: list[LibraryProblem]) -> Library:
    """Read all that can be read and add every mistake of writing to `problems`."""
    lists = sorted(path.parent for path in folder.glob("*/list.yaml"))
    if not lists:
        problems.append(
            LibraryProblem(file="list.yaml", line=1, words=N_("没有找到清单，每份清单的文件夹里要有 list.yaml"))
        )
    return Library(
        sources=tuple(_source(part) for part in _rows(folder / "sources.yaml", folder, problems)),
        procedures=tuple(_shared(folder / "procedures", folder, problems)),
        rules=tuple(_rule(part) for part in _rows(folder / "rulebook.yaml", folder, problems)),
        lists=tuple(_list(path, folder, problems) for path in lists),
    )


def _top(path: Path, folder: Path, problems: list[LibraryProblem]) -> Located | None:
    """Return the located content of a file, named relative to the library."""
    return read_located(path, file=path.relative_to(folder).as_posix(), problems=problems)


def _rows(path: Path, folder: Path, problems: list[LibraryProblem]) -> Iterator[Fields]:
    """Return the mappings of a file that is one list of mappings."""
    top = _top(path, folder, problems)
    file = path.relative_to(folder).as_posix()
    if top is not None and top.entries is None:
        problems.append(LibraryProblem(file=file, line=top.line, words=N_("整个文件应当是一个列表")))
    for child in (top.entries if top is not None else None) or ():
        yield Fields(child, file=file, problems=problems)


def _whole(path: Path, folder: Path, problems: list[LibraryProblem]) -> Fields | None:
    """Return the fields of a file that is one mapping."""
    top = _top(path, folder, problems)
    return None if top is None else Fields(top, file=path.relative_to(folder).as_posix(), problems=problems)


def _source(part: Fields) -> Source:
    """Return one row of sources.yaml."""
    source = Source(
        id=part.text("id"),
        kind=part.choice("kind", SourceKind),
        title=part.text("title"),
        dated=part.text("dated", required=False),
        in_force=part.text("in_force", required=False),
        note=part.text("note", required=False),
        spot=part.spot,
    )
    part.close()
    return source


def _shared(place: Path, folder: Path, problems: list[LibraryProblem]) -> Iterator[Procedure]:
    """Return the charts of a folder `procedures`; the slug is the file's name and stands in the file too."""
    for path in sorted(place.glob("*.yaml")):
        part = _whole(path, folder, problems)
        if part is not None:
            slug = part.text("slug")
            if slug and slug != path.stem:
                part.tell(part.line_of("slug"), N_("「slug」应当和文件名一样，是「%(name)s」"), name=path.stem)
            yield read_procedure(part, slug=slug)


def _rule(part: Fields) -> RuleRow:
    """Return one row of rulebook.yaml."""
    row = RuleRow(
        key=part.text("key"),
        value=_rule_value(part),
        unit=part.choice("unit", Unit),
        level=part.choice("level", Level),
        valid_from=part.day("valid_from", required=True) or date.min,
        valid_until=part.day("valid_until"),
        basis=read_basis(part),
        is_sample=part.truth("sample"),
        note=part.text("note", required=False),
        spot=part.spot,
    )
    part.close()
    return row


def _rule_value(part: Fields) -> int | str | tuple[str, ...]:
    """Return the value in the form in which it is written: words in order, a text, or a whole number."""
    value = part.raw("value", required=True)
    if value is None or value.entries is not None:
        return part.texts("value") if value is not None else 0
    return part.text("value") if value.tag in TEXT_TAGS else part.whole("value") or 0


def _list(path: Path, folder: Path, problems: list[LibraryProblem]) -> ListTemplate:
    """Return the list of a folder: its cover, its items, the charts that its items share, its negative list."""
    cover = _whole(path / "list.yaml", folder, problems) or Fields(
        Located(line=1, fields={}), file=(path / "list.yaml").relative_to(folder).as_posix(), problems=[]
    )
    items = [_item(file, folder, problems) for file in _item_files(path, folder, problems)]
    template = ListTemplate(
        slug=cover.text("slug"),
        title=cover.text("title"),
        name_words=cover.texts("name_words", required=False),
        level=cover.choice("level", Level),
        marker=cover.text("marker", required=False),
        source_note=cover.text("source_note"),
        expected_ways_back=cover.whole("expected_ways_back") or 0,
        categories=tuple(_category(part) for part in cover.parts("categories")),
        thresholds=tuple(_threshold(part) for part in cover.parts("thresholds", required=False)),
        items=tuple(item for item in items if item is not None),
        procedures=tuple(_shared(path / "procedures", folder, problems)),
        prohibitions=_prohibitions(path / "prohibitions.yaml", folder, problems),
        spot=cover.spot,
    )
    cover.close()
    return template


def _item_files(path: Path, folder: Path, problems: list[LibraryProblem]) -> list[Path]:
    """Return the item files of a list in order; a file with another name would be passed over in silence."""
    files = []
    for file in sorted(path.iterdir()):
        if ITEM_NAME.fullmatch(file.name):
            files.append(file)
        elif file.name not in ("list.yaml", "prohibitions.yaml", "procedures"):
            words = N_("这个文件不会被读到：事项的文件名应当像 03-homestead.yaml")
            problems.append(LibraryProblem(file=file.relative_to(folder).as_posix(), line=1, words=words))
    return files


def _category(part: Fields) -> Category:
    """Return a category with all below it."""
    category = Category(
        code=part.text("code"),
        name=part.text("name"),
        expected_items=part.whole("expected_items"),
        children=tuple(_category(child) for child in part.parts("children", required=False)),
        spot=part.spot,
    )
    part.close()
    return category


def _threshold(part: Fields) -> Threshold:
    """Return an amount that the list suggests."""
    threshold = Threshold(
        key=part.text("key"),
        name=part.text("name"),
        suggested_fen=part.whole("suggested_fen", required=True) or 0,
        spot=part.spot,
    )
    part.close()
    return threshold


def _item(path: Path, folder: Path, problems: list[LibraryProblem]) -> Item | None:
    """Return the item of a file `NN-slug.yaml`."""
    part = _whole(path, folder, problems)
    if part is None:
        return None
    inner = part.part("procedure")
    bases = read_bases(part)
    item = Item(
        code=part.text("code"),
        slug=path.stem.partition("-")[2],
        name=part.text("name"),
        kind=part.choice("kind", ItemKind),
        category=part.text("category"),
        body=part.text("body"),
        in_one_sentence=part.text("in_one_sentence"),
        keywords=part.texts("keywords"),
        conditions=part.texts("conditions"),
        papers=part.texts("papers"),
        time_limit=part.text("time_limit"),
        fee=part.text("fee"),
        standard_code=part.text("standard_code", required=False),
        bases=bases,
        basis_note=part.text("basis_note", required=not bases),
        accountability=tuple(read_consequence(entry) for entry in part.parts("accountability")),
        postings=tuple(read_posting(entry) for entry in part.parts("postings", required=False)),
        procedure=None if inner is None else read_procedure(inner, slug=path.stem),
        uses=tuple(_use(entry) for entry in part.parts("procedures", required=False)),
        spot=part.spot,
    )
    part.close()
    return item


def _use(part: Fields) -> Use:
    """Return a chart that an item uses, with the band in which it does."""
    use = Use(
        slug=part.text("slug"),
        from_key=part.text("from", required=False),
        below_key=part.text("below", required=False),
        spot=part.spot,
    )
    part.close()
    return use


def _prohibitions(path: Path, folder: Path, problems: list[LibraryProblem]) -> tuple[Prohibition, ...]:
    """Return the negative list of a list's folder; a list without one has no such file."""
    return tuple(_prohibition(part) for part in _rows(path, folder, problems)) if path.exists() else ()


def _prohibition(part: Fields) -> Prohibition:
    """Return one entry of the negative list."""
    consequence = part.part("consequence")
    prohibition = Prohibition(
        code=part.text("code"),
        words=part.text("words"),
        bases=read_bases(part, required=True),
        consequence=None if consequence is None else read_consequence(consequence),
        items=part.texts("items", required=False),
        steps=tuple(_step_tie(part, written) for written in part.texts("steps", required=False)),
        posts=part.choices("posts", PostKind, required=False),
        list_only=part.truth("list_only"),
        who=part.text("who"),
        watched_by=part.text("watched_by"),
        spot=part.spot,
    )
    part.close()
    return prohibition


def _step_tie(part: Fields, written: str) -> StepTie:
    """Return the tie written as `A05.tender`."""
    item_code, dot, node_key = written.partition(".")
    if not (item_code and dot and node_key):
        words = N_("步骤「%(written)s」应当写成「事项编码.步骤编号」，比如 A05.tender")
        part.tell(part.line_of("steps"), words, written=written)
    return StepTie(item_code=item_code, node_key=node_key)
