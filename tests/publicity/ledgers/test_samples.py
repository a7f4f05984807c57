"""The five sample workbooks give what a faithful reading gives, and the document has the agreed form."""

import json
from pathlib import Path
from typing import Any

import pytest

from publicity.ledgers.check import check_file
from village_lists.exchange.grids import UnreadableWorkbook, column_of, row_of

SAMPLES = Path(__file__).parents[2] / "samples" / "ledgers"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in SAMPLES.glob("*.expected.json"))


def reduced(expected: Any, found: Any) -> Any:
    """Return of what was found only the keys that the expected document lists."""
    if isinstance(expected, dict):
        return {key: reduced(value, found[key]) for key, value in expected.items()}
    if isinstance(expected, list) and len(expected) == len(found):
        return [reduced(one, other) for one, other in zip(expected, found, strict=True)]
    return found


def test_there_are_five_samples() -> None:
    assert len(NAMES) == 5


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("e-")])
def test_sound_samples_are_read_exactly(name: str) -> None:
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))
    document, status = check_file(SAMPLES / name)
    assert reduced(expected, document) == expected
    assert status == 0


def test_every_mistake_is_told_at_its_cell_or_the_next() -> None:
    expected = json.loads((SAMPLES / "e-with-mistakes.xlsx.expected.json").read_text(encoding="utf-8"))
    document, status = check_file(SAMPLES / "e-with-mistakes.xlsx")
    told = {(one["sheet"], row_of(one["cell"]), column_of(one["cell"])) for one in document["problems"]}
    for one in expected["problems_at_least"]:
        place = (one["sheet"], row_of(one["cell"]), column_of(one["cell"]))
        assert told & {place, (*place[:2], place[2] + 1)}, one
    assert len(document["problems"]) == len(expected["problems_at_least"])
    assert status == 1


def test_a_sentence_names_row_column_and_what_stands_there() -> None:
    document, _ = check_file(SAMPLES / "e-with-mistakes.xlsx")
    words = next(one["words"] for one in document["problems"] if one["cell"] == "E7")
    assert words == "第 7 行 E 列：“约三百”不是金额，请填写数字，例如 300.00"


def test_sums_say_that_a_line_could_not_be_read() -> None:
    document, _ = check_file(SAMPLES / "e-with-mistakes.xlsx")
    words = next(one["words"] for one in document["problems"] if one["cell"] == "D12")
    assert "有 1 行读不出金额" in words


def test_the_document_is_json_and_keeps_the_name_of_a_text_table() -> None:
    document, _ = check_file(SAMPLES / "c-signed-gb18030.csv")
    assert json.loads(json.dumps(document, ensure_ascii=False)) == document
    assert document["ledgers"][0]["sheet"] == "c-signed-gb18030.csv"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableWorkbook, match="找不到文件"):
        check_file(tmp_path / "没有.xlsx")
