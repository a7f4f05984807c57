"""Reading data/keys.yaml with the line of every value, so that each mistake is told where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from village_lists.errors import Refusal
from village_lists.markers import N_


@dataclass(frozen=True, kw_only=True)
class CatalogProblem:
    """One mistake: file name, line from 1, a marked sentence and its values."""

    file: str
    line: int
    words: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return `keys.yaml:14：…`."""
        return f"{self.file}:{self.line}：{self.words % dict(self.values) if self.values else self.words}"


class CatalogUnreadable(Refusal):
    """The catalog holds mistakes; `problems` has all of them."""

    def __init__(self, problems: Sequence[CatalogProblem]) -> None:
        """Keep the problems and name the first."""
        super().__init__(
            N_("规则目录有 %(count)d 处错误，第一处：%(first)s"), count=len(problems), first=str(problems[0])
        )
        self.problems = tuple(problems)


class KeyFields:
    """The fields of one row. Ask for each by name; `close` then tells the names nobody asked for."""

    def __init__(self, node: MappingNode, *, file: str, problems: list[CatalogProblem], seen: set[str]) -> None:
        """Take a mapping; `seen` holds the keys of the rows before."""
        self._nodes: dict[str, tuple[Node, int]] = {}
        self._asked: set[str] = set()
        self._file, self._problems, self._seen = file, problems, seen
        self._line = node.start_mark.line + 1
        for name, value in node.value:
            self._nodes[str(name.value)] = (value, name.start_mark.line + 1)

    def tell(self, name: str, words: str, /, **values: object) -> None:
        """Note a mistake at the line of a field, or of the row where it has none."""
        line = self._nodes[name][1] if name in self._nodes else self._line
        self._problems.append(CatalogProblem(file=self._file, line=line, words=words, values=values))

    def is_first(self, key: str) -> bool:
        """Say whether no row before has this key, and remember it."""
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new

    def text(self, name: str, *, required: bool = True) -> str:
        """Return a text; empty where there is none."""
        node = self._take(name, required)
        if node is None:
            return ""
        if not isinstance(node, ScalarNode) or not str(node.value).strip():
            self.tell(name, N_("「%(name)s」应当是文字"), name=name)
            return ""
        return str(node.value).strip()

    def whole(self, name: str) -> int | None:
        """Return a whole number, or None where there is none."""
        written = self.text(name, required=False)
        if written and not (written.isascii() and written.isdigit()):
            self.tell(name, N_("「%(name)s」应当是整数"), name=name)
            return None
        return int(written) if written else None

    def truth(self, name: str) -> bool:
        """Return true or false; a missing name is false."""
        return self.choice(name, ("true", "false"), required=False) == "true"

    def choice(self, name: str, allowed: Sequence[str], *, required: bool = True) -> str:
        """Return one of the allowed words; where it is missing or wrong, nothing."""
        return self._allowed(name, self.text(name, required=required), allowed)

    def choices(self, name: str, allowed: Sequence[str], *, required: bool = True) -> tuple[str, ...]:
        """Return several of the allowed words, at least one where the name stands; none where it may be left out."""
        node = self._take(name, required)
        if node is not None and not (isinstance(node, SequenceNode) and node.value):
            self.tell(name, N_("「%(name)s」应当是列表，至少有一条"), name=name)
            return ()
        words = [str(child.value) for child in node.value] if node is not None else []
        return tuple(found for word in words if (found := self._allowed(name, word, allowed)))

    def names(self, name: str, *, required: bool = False) -> dict[str, str]:
        """Return words with what they are called."""
        node = self._take(name, required)
        if node is None:
            return {}
        if not isinstance(node, MappingNode) or not all(isinstance(value, ScalarNode) for _, value in node.value):
            self.tell(name, N_("「%(name)s」应当是「词: 叫法」的一组"), name=name)
            return {}
        return {str(key.value): str(value.value) for key, value in node.value}

    def close(self) -> None:
        """Tell every name that nobody asked for."""
        for name in self._nodes.keys() - self._asked:
            self.tell(name, N_("不认识「%(name)s」这一项"), name=name)

    def _take(self, name: str, required: bool) -> Node | None:
        self._asked.add(name)
        if name not in self._nodes:
            if required:
                self.tell(name, N_("缺少「%(name)s」这一项"), name=name)
            return None
        return self._nodes[name][0]

    def _allowed(self, name: str, found: str, allowed: Sequence[str]) -> str:
        if not found or found in allowed:
            return found
        words = N_("「%(name)s」不能是「%(found)s」，可以是：%(allowed)s")
        self.tell(name, words, name=name, found=found, allowed="、".join(allowed))
        return ""


def read_rows(path: Path, *, problems: list[CatalogProblem]) -> Iterator[KeyFields]:
    """Yield the rows of a file that is one list of mappings; add what cannot be read to `problems`."""
    try:
        top = YAML(typ="rt", pure=True).compose(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        words, values = N_("这一行不合 YAML 的写法（%(reason)s）"), {"reason": error.problem or ""}
        problems.append(CatalogProblem(file=path.name, line=line, words=words, values=values))
        return
    except (OSError, UnicodeDecodeError, YAMLError):
        problems.append(CatalogProblem(file=path.name, line=1, words=N_("文件读不出来")))
        return
    if not isinstance(top, SequenceNode):
        problems.append(CatalogProblem(file=path.name, line=1, words=N_("整个文件应当是一个列表")))
        return
    seen: set[str] = set()
    for child in top.value:
        if isinstance(child, MappingNode):
            yield KeyFields(child, file=path.name, problems=problems, seen=seen)
        else:
            line = child.start_mark.line + 1
            problems.append(CatalogProblem(file=path.name, line=line, words=N_("这里应当是「名称: 内容」的一组")))
