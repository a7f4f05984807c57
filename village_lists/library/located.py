"""YAML read as a tree in which every value knows its line; nothing is converted silently."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from village_lists.library.problems import LibraryProblem
from village_lists.markers import N_

# Texts are what YAML leaves a string; a date stays text until a reader asks for a date.
TEXT_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"})
WHOLE_TAG = "tag:yaml.org,2002:int"
TRUTH_TAG = "tag:yaml.org,2002:bool"


@dataclass(frozen=True, kw_only=True)
class Located:
    """A value with its line: a scalar as written with its tag, or a list, or a mapping with the lines of its keys."""

    line: int
    scalar: str | None = None
    tag: str = ""
    entries: tuple["Located", ...] | None = None
    fields: Mapping[str, "Located"] | None = None
    key_lines: Mapping[str, int] = field(default_factory=dict)


def read_located(path: Path, *, file: str, problems: list[LibraryProblem]) -> Located | None:
    """Read a YAML file whose name in messages is `file`; add what cannot be read to `problems` and return None."""
    try:
        root = YAML(typ="rt", pure=True).compose(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        words = N_("这一行不合 YAML 的写法（%(reason)s）")
        problems.append(LibraryProblem(file=file, line=line, words=words, values={"reason": error.problem or ""}))
        return None
    except OSError:
        problems.append(LibraryProblem(file=file, line=1, words=N_("缺少这个文件，或者打不开")))
        return None
    except (UnicodeDecodeError, YAMLError):
        problems.append(LibraryProblem(file=file, line=1, words=N_("文件不是 UTF-8 编码的文字，读不出来")))
        return None
    if root is None:
        problems.append(LibraryProblem(file=file, line=1, words=N_("文件是空的")))
        return None
    return _located(root, file, problems)


def _located(node: Node, file: str, problems: list[LibraryProblem]) -> Located:
    """Turn a node into a located value; aliases are refused, since one line would then speak for two places."""
    line = node.start_mark.line + 1
    if node.anchor is not None:
        problems.append(LibraryProblem(file=file, line=line, words=N_("不要用锚点和引用，请把内容写全")))
        return Located(line=line)
    if isinstance(node, SequenceNode):
        return Located(line=line, entries=tuple(_located(child, file, problems) for child in node.value))
    if isinstance(node, MappingNode):
        return _located_mapping(node, file, problems)
    return Located(line=line, scalar=str(node.value), tag=str(node.tag))


def _located_mapping(node: MappingNode, file: str, problems: list[LibraryProblem]) -> Located:
    """Turn a mapping into located fields; of a key written twice the first stays and the second is told."""
    fields: dict[str, Located] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in fields:
            words = N_("「%(key)s」写了两次")
            problems.append(LibraryProblem(file=file, line=line, words=words, values={"key": key}))
            continue
        fields[key] = _located(value_node, file, problems)
        lines[key] = line
    return Located(line=node.start_mark.line + 1, fields=fields, key_lines=lines)
