"""Records as plain JSON values and back, and their digest: what an undo keeps and what a form has seen."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def to_plain(record: Any) -> Any:
    """Return a record (or a tuple of records) as dicts, lists, texts, numbers; empty fields are left out."""
    if is_dataclass(record) and not isinstance(record, type):
        plain = {part.name: to_plain(getattr(record, part.name)) for part in fields(record)}
        return {name: value for name, value in plain.items() if value not in ("", None, [], {})}
    if isinstance(record, (list, tuple)):
        return [to_plain(part) for part in record]
    return record.value if isinstance(record, StrEnum) else record


def from_plain(kind: type[Record], plain: Any) -> Record:
    """Return the record of that kind which `to_plain` turned into these values; raise TypeError or ValueError else."""
    found: Record = _read(kind, plain)
    return found


def _read(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        choices = [choice for choice in get_args(kind) if choice is not NoneType]
        return None if plain is None else _read(choices[0], plain)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], part) for part in plain or ())
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        values = {part.name: _read(hints[part.name], plain[part.name]) for part in fields(kind) if part.name in plain}
        for part in fields(kind):
            # What was empty was left out; where there is no default the empty value is meant.
            if part.name not in values and hints[part.name] is str:
                values[part.name] = ""
            elif part.name not in values and get_origin(hints[part.name]) is tuple:
                values[part.name] = ()
        return kind(**values)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(plain)
    return plain


def digest_of(record: Any) -> str:
    """Return the SHA-256 in hex of what a record, a tuple of records, or None says."""
    plain = to_plain(record) if not isinstance(record, Sequence) else [to_plain(part) for part in record]
    written = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
