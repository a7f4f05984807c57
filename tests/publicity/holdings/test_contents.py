"""The fields of each kind: what the data file must say, and which values they take."""

from pathlib import Path

import pytest

from publicity.categories.library import read_directory
from publicity.holdings.contents import content_problems, fields_of, read_kinds
from publicity.holdings.models import HoldingKind
from tests.publicity.holdings.scene import DEBT, POND, SHOP

USE = "{key: use, name: 使用方式, kind: choice, choices: [自用]}"
DEBTS = (
    "[{key: other, name: 对方, kind: party}, {key: since, name: 时间, kind: month},"
    " {key: balance, name: 余额, kind: money}]"
)


def test_keys_are_those_of_the_sheets() -> None:
    """What stands in register and sheet under one key is of one kind, so that drafts can be filled."""
    sheets = {entry.code: entry.content for entry in read_directory().entries}
    pairs = {HoldingKind.ASSET: "finance.assets", HoldingKind.RESOURCE: "finance.resources"}
    pairs |= dict.fromkeys((HoldingKind.RECEIVABLE, HoldingKind.PAYABLE), "finance.debts")
    for kind, code in pairs.items():
        shared = [(one, other) for one in fields_of(kind) if (other := sheets[code].column(one.key))]
        assert len(shared) >= 3
        assert all(one.kind is other.kind and set(one.choices) <= set(other.choices) for one, other in shared)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("asset: [{key: use, name: 用, kind: colour}]", "kinds.yaml:1：「kind」不能是「colour」"),
        (f"asset: [{USE}, {{key: face, name: 脸, kind: identity}}]", "kinds.yaml:1：「face」这种内容不能登记在册"),
        (f"asset: [{USE}, {USE}]", "kinds.yaml:1：有两项的代号都是「use」"),
        ("asset: [{key: place, name: 坐落}]", "kinds.yaml:1：「asset」要有「use」这一项"),
        (f"asset: [{USE}]\ncar: []", "kinds.yaml:5：不认识「car」这一项"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    """Wrong kinds, kinds that no register keeps, doubles, what the program needs, unknown keys."""
    first, _, more = line.partition("\n")
    file = tmp_path / "kinds.yaml"
    file.write_text(f"{first}\nresource: [{USE}]\nreceivable: {DEBTS}\npayable: {DEBTS}\n{more}\n", encoding="utf-8")
    told = [str(problem) for problem in read_kinds(file).problems]
    assert any(one.startswith(said) for one in told), told


def test_values_are_of_their_kind() -> None:
    """Whole fen, canonical numbers, months and choices; nothing else."""
    for kind, content in ((HoldingKind.ASSET, SHOP), (HoldingKind.RESOURCE, POND), (HoldingKind.PAYABLE, DEBT)):
        assert content_problems(kind, content) == []
    for key, value in (
        ("size", "086"),
        ("size", 86),
        ("cost", 1.5),
        ("cost", -1),
        ("use", "租"),
        ("bought", "2026-13"),
    ):
        assert [one.key for one in content_problems(HoldingKind.ASSET, {**SHOP, key: value})] == [key]
    assert [one.key for one in content_problems(HoldingKind.PAYABLE, {**DEBT, "other": ""})] == ["other"]
