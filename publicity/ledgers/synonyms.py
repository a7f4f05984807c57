"""The words by which columns and rows are known; the county can give more than the data file has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from publicity.ledgers.wording import plain

Synonyms = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class Words:
    """Spellings ready to be compared: normalised word -> role of a column, and -> kind of a row."""

    columns: Mapping[str, str]
    rows: Mapping[str, str]


def load_synonyms(path: Path) -> Synonyms:
    """Return the synonyms of a YAML file with the maps `columns` and `rows`, each kind -> list of words."""
    loaded: Synonyms = YAML(typ="safe", pure=True).load(path)
    return loaded


DEFAULT_SYNONYMS = load_synonyms(Path(__file__).parent / "data" / "synonyms.yaml")


def extended(added: Synonyms, synonyms: Synonyms = DEFAULT_SYNONYMS) -> Synonyms:
    """Return synonyms with a county's own words put before the usual ones, so that the county's meaning wins."""
    return {
        part: {
            kind: [*added.get(part, {}).get(kind, ()), *synonyms.get(part, {}).get(kind, ())]
            for kind in {**synonyms.get(part, {}), **added.get(part, {})}
        }
        for part in ("columns", "rows")
    }


def words_of(synonyms: Synonyms) -> Words:
    """Return the synonyms ready to be compared; of a word under several kinds the first listed counts."""
    return Words(_index(synonyms.get("columns", {})), _index(synonyms.get("rows", {})))


def _index(kinds: Mapping[str, Sequence[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, words in kinds.items():
        for word in words:
            found.setdefault(plain(str(word)), kind)
    return found
