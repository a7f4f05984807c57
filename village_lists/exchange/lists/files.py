"""A list in a file of any kind: YAML by its ending, everything else as a workbook."""

from pathlib import Path

from village_lists.exchange.grids import UnreadableWorkbook
from village_lists.exchange.lists.book_reading import read_list_workbook
from village_lists.exchange.lists.findings import Findings, Reading, Spot
from village_lists.exchange.lists.yaml_reading import read_yaml
from village_lists.exchange.lists.yaml_tree import MAXIMUM_BYTES
from village_lists.exchange.sheets import read_workbook
from village_lists.markers import N_

YAML_ENDINGS = (".yaml", ".yml")


def read_list_file(path: Path, *, name: str | None = None, known_keys: frozenset[str] = frozenset()) -> Reading:
    """Return the list of a file; `name` is the file's name for people, whose ending tells YAML from workbooks.

    A file that cannot be read at all gives a reading with one problem. Workbooks are opened by a limited child process.
    """
    name = name or path.name
    if Path(name).suffix.lower() in YAML_ENDINGS:
        return _yaml(path, name, known_keys)
    try:
        return read_list_workbook(read_workbook(path, name=name), title=Path(name).stem, known_keys=known_keys)
    except UnreadableWorkbook as refusal:
        return _refused(refusal.words, dict(refusal.values))


def _yaml(path: Path, name: str, known_keys: frozenset[str]) -> Reading:
    if not path.is_file():
        return _refused(N_("找不到文件“%(name)s”"), {"name": name})
    if path.stat().st_size > MAXIMUM_BYTES:
        return _refused(N_("文件太大，最多 %(megabytes)s MB"), {"megabytes": MAXIMUM_BYTES // 1024 // 1024})
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return _refused(N_("文件不是 UTF-8 编码的文字，请另存为 UTF-8"), {})
    return read_yaml(text, known_keys=known_keys)


def _refused(words: str, values: dict[str, object]) -> Reading:
    findings = Findings()
    findings.add(Spot(), words, values)
    return findings.refused()
