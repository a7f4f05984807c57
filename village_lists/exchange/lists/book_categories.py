"""The category tree of a workbook: from its own sheet, or from the columns 大类, 小类, 三级分类 of the items."""

from collections import defaultdict
from collections.abc import Mapping

from village_lists.editions.contents import CategoryContent
from village_lists.exchange.lists.directory import Directory
from village_lists.exchange.lists.findings import Findings
from village_lists.exchange.lists.tables import Line, Table
from village_lists.markers import N_

CLASSES = ("class1", "class2", "class3")
Path = tuple[str, ...]


class Categories:
    """The tree while a workbook is read; `of` gives the category of an item's line."""

    def __init__(self, tables: Mapping[str, Table], findings: Findings) -> None:
        self.findings = findings
        self.items = tables.get("items")
        self._sheet = tables.get("categories")
        self._before: Path = ()
        self._paths: dict[Path, str] = {}
        self._counts: dict[Path, int] = defaultdict(int)
        listed = _listed(self._sheet, findings) if self._sheet else []
        self.directory = Directory("分类", [(one.code, one.name) for one in listed])
        self._listed = listed
        self._note_paths(listed)

    def _note_paths(self, listed: list[CategoryContent]) -> None:
        named = {one.code: one for one in listed}
        for one in listed:
            path: Path = (_joined(one.name),)
            here, seen = one, {one.code}
            while here.parent in named and here.parent not in seen:
                here = named[here.parent]
                seen.add(here.code)
                path = (_joined(here.name), *path)
            self._paths.setdefault(path, one.code)

    def all(self) -> tuple[CategoryContent, ...]:
        """Return the tree in reading order."""
        if self._sheet is not None:
            return tuple(self._listed)
        # Those made up from classes: children stand behind their parent, in the order in which they came.
        found: list[CategoryContent] = []
        below: dict[Path, list[Path]] = defaultdict(list)
        for path in self._paths:
            below[path[:-1]].append(path)

        def enter(above: Path) -> None:
            for path in below.get(above, ()):
                code, parent = self._paths[path], self._paths.get(above, "")
                found.append(CategoryContent(code=code, name=path[-1], parent=parent))
                enter(path)

        enter(())
        return tuple(found)

    def of(self, line: Line) -> str:
        """Return the code of the category that a line of the items names, or "" where that is told as a problem."""
        path = self._path(line)
        if self._sheet is not None and (line.text("category") or not path):
            return self.directory.find(line.entry("category"), line.entry("category_name"), self.findings)
        if not path and self._before:
            words = N_("第 %(row)s 行没有写分类，按上面一行的「%(name)s」算")
            self.findings.notice(line.sheet, words, row=line.number, name=self._before[-1])
            path = self._before
        if not path:
            role = "class1" if line.letters.get("class1") else "category"
            self.findings.tell(line.spot(role), N_("没有写是哪个分类"))
            return ""
        self._before = path
        return self._made(path, line)

    def _path(self, line: Line) -> Path:
        """Return the names of the classes of a line, from the top; a gap between them is told."""
        roles = [role for role in CLASSES if role in line.letters]
        if self._sheet is None and not roles:
            roles = ["category"] if "category" in line.letters else ["category_name"]
        elif self._sheet is None and "category" in line.letters and line.text("category"):
            # 大类 and 分类 side by side: the latter is the finer one.
            roles.append("category")
        names = [_joined(line.text(role)) for role in roles]
        if any(names) and not names[0] and self._before:
            # A class that is written only over the first of its items, and a finer one beside this item.
            names[0] = self._before[0]
        path = tuple(name for name in names if name)
        if path and names[: len(path)] != list(path):
            self.findings.tell(line.spot(roles[0]), N_("写了下一级的分类，却没有写上一级的"))
        return path

    def _made(self, path: Path, line: Line) -> str:
        """Return the code of a path of classes; make up codes for new ones unless the workbook lists its categories."""
        if path in self._paths:
            return self._paths[path]
        if self._sheet is not None:
            words = N_("「分类」表里没有「%(found)s」")
            self.findings.tell(line.spot("class1"), words, found="／".join(path))
            return ""
        for depth in range(1, len(path) + 1):
            part = path[:depth]
            if part not in self._paths:
                self._counts[part[:-1]] += 1
                number = self._counts[part[:-1]]
                above = self._paths.get(part[:-1])
                self._paths[part] = f"{above}-{number}" if above else f"c{number}"
                for subject_part in ("", "name"):
                    self.findings.stands("category", self._paths[part], subject_part, line.spot(CLASSES[depth - 1]))
        return self._paths[path]


def _joined(text: str) -> str:
    """Return a class's name without the blanks and line breaks that a narrow column gave it."""
    return "".join(text.split())


def _listed(table: Table, findings: Findings) -> list[CategoryContent]:
    """Return the categories of the sheet; a missing code is made up, a parent may be named by code or name."""
    directory = Directory("分类", [])
    codes: list[str] = []
    known: set[str] = set()
    for number, line in enumerate(table.lines, 1):
        code = line.text("code") or f"c{number}"
        if code in known:
            about = ("category", code, "code")
            findings.tell(line.spot("code"), N_("编号「%(found)s」用了不止一次"), found=code, about=about)
        codes.append(code)
        known.add(code)
        directory.add(code, line.text("name"))
        for part in ("", "code", "name", "parent"):
            findings.stands("category", code, part, line.spot(part or "name"))
    found = []
    for code, line in zip(codes, table.lines, strict=True):
        above = directory.meant(line.text("parent"))
        parent = above[0] if len(above) == 1 else line.text("parent")
        found.append(CategoryContent(code=code, name=line.text("name"), parent=parent))
    return found
