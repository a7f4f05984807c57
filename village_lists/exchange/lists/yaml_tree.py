"""A YAML text from outside as a tree with lines, within limits: no anchors, no tags, no depth, no size beyond need."""

from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from village_lists.editions.storing import NO_TEXT
from village_lists.errors import Refusal
from village_lists.exchange.lists.yaml_scalars import tag_of
from village_lists.library.located import Located
from village_lists.markers import N_

Doubles = list[tuple[int, str]]
"""Line and name of every key that stands twice in its mapping."""
MAXIMUM_BYTES = 4 * 1024 * 1024
MAXIMUM_DEPTH = 12
MAXIMUM_NODES = 200_000
"""Enough for some seven hundred items; reading so many takes about ten seconds."""


class UnreadableYaml(Refusal):
    """The text cannot be read at all; `line` is where reading stopped, counted from 1."""

    def __init__(self, line: int, words: str, **values: object) -> None:
        """Keep the line beside the sentence."""
        super().__init__(words, **values)
        self.line = line


@dataclass
class _Open:
    """A list or mapping that is still being read; in a mapping `key` waits for its value."""

    line: int
    is_mapping: bool
    entries: list[Located] = field(default_factory=list)
    fields: dict[str, Located] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    key: str | None = None

    def take(self, child: Located, doubles: Doubles) -> None:
        """Put a finished value in, or keep it as the key of the next one; a key that comes again is noted."""
        if not self.is_mapping:
            self.entries.append(child)
        elif self.key is not None:
            self.fields[self.key] = child
            self.key = None
        elif child.scalar is None:
            raise UnreadableYaml(child.line, N_("冒号前面应当是文字"))
        else:
            if child.scalar in self.fields:
                doubles.append((child.line, child.scalar))
            self.key = child.scalar
            self.lines[self.key] = child.line

    def closed(self) -> Located:
        """Return the finished list or mapping."""
        if self.is_mapping:
            return Located(line=self.line, fields=self.fields, key_lines=self.lines)
        return Located(line=self.line, entries=tuple(self.entries))


def read_tree(text: str) -> tuple[Located, Doubles]:
    """Return the one document of a text, and the keys written twice; raise UnreadableYaml for everything else."""
    text = text.removeprefix("\ufeff")
    if len(text.encode("utf-8", "surrogatepass")) > MAXIMUM_BYTES:
        raise UnreadableYaml(1, N_("文件太大，最多 %(megabytes)s MB"), megabytes=MAXIMUM_BYTES // 1024 // 1024)
    strange = NO_TEXT.search(text.replace("\r", ""))
    if strange:
        line = text.replace("\r", "").count("\n", 0, strange.start()) + 1
        raise UnreadableYaml(line, N_("文字里有看不见的控制符，这不是一份文本文件"))
    try:
        return _read(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        words = N_("这一行不合 YAML 的写法（%(reason)s）")
        raise UnreadableYaml(line, words, reason=error.problem or error.context or "") from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise UnreadableYaml(1, N_("文件不合 YAML 的写法，读不出来")) from error


def _read(text: str) -> tuple[Located, Doubles]:
    """Read event by event; the stack is ours, so that depth and number are known before they cost anything."""
    stack: list[_Open] = []
    doubles: Doubles = []
    found: Located | None = None
    for count, event in enumerate(YAML(typ="safe", pure=True).parse(text)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        _guard(event, line, count, len(stack), begun=found is not None)
        done: Located | None = None
        if isinstance(event, ScalarEvent):
            done = Located(line=line, scalar=event.value, tag=tag_of(event.value, is_bare=bool(event.implicit[0])))
        elif isinstance(event, CollectionStartEvent):
            stack.append(_Open(line=line, is_mapping=isinstance(event, MappingStartEvent)))
        elif isinstance(event, CollectionEndEvent):
            done = stack.pop().closed()
        if done is not None and stack:
            stack[-1].take(done, doubles)
        elif done is not None:
            found = done
    if found is None or found.scalar == "":
        raise UnreadableYaml(1, N_("文件是空的"))
    return found, doubles


def _guard(event: Event, line: int, count: int, depth: int, *, begun: bool) -> None:
    """Raise UnreadableYaml for what an honest list never has."""
    if isinstance(event, DocumentStartEvent) and begun:
        raise UnreadableYaml(line, N_("一份文件里只能有一份清单"))
    if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor is not None):
        raise UnreadableYaml(line, N_("不要用锚点和引用，请把内容写全"))
    if isinstance(event, ScalarEvent | CollectionStartEvent) and event.ctag is not None and str(event.ctag) != "None":
        raise UnreadableYaml(line, N_("不要写「!」开头的类型标记"))
    if depth > MAXIMUM_DEPTH:
        raise UnreadableYaml(line, N_("层数太多，这不像一份清单"))
    if count > MAXIMUM_NODES:
        raise UnreadableYaml(line, N_("内容太多，这不像一份清单"))
