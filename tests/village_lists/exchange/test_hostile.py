"""Files made to harm are refused with one sentence, and the process that asked goes on (security.md, I01-I12)."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.village_lists.exchange.files import (
    CONTENT_TYPES,
    LINKS,
    WORKBOOK,
    archive,
    rich_xls,
    sheet_xml,
    smallest_xlsx,
)
from village_lists.exchange.grids import MAXIMUM_ROWS, UnreadableWorkbook
from village_lists.exchange.sheets import read_workbook

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "haha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
FOREIGN = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'


def refusal(content: bytes, folder: Path, name: str = "账.xlsx") -> str:
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(UnreadableWorkbook) as error:
        read_workbook(path)
    sentence = str(error.value)
    assert sentence
    assert "\n" not in sentence
    assert "%(" not in sentence
    return sentence


def test_a_cell_in_the_farthest_corner(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "XFD1048576" in refusal(smallest_xlsx(ROW + far), tmp_path)


def test_too_many_rows_and_columns(tmp_path: Path) -> None:
    assert "太大" in refusal("\n".join(["1,2"] * (MAXIMUM_ROWS + 1)).encode(), tmp_path)
    assert "太大" in refusal((",".join(["1"] * 1000) + "\n").encode(), tmp_path)


def test_ten_million_rows_in_a_small_archive(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c></row>" * 1_000_000
    assert "解开后太大" in refusal(smallest_xlsx(rows), tmp_path)


def test_a_huge_shared_text(tmp_path: Path) -> None:
    strings = "<sst><si><t>" + "甲" * 5_000_000 + "</t></si></sst>"
    assert "解开后太大" in refusal(smallest_xlsx(ROW, xl__sharedStrings_xml=strings), tmp_path)


def test_a_cell_that_is_too_long(tmp_path: Path) -> None:
    long = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "甲乙丙" * 5_000 + "</t></is></c></row>"
    assert "文字太长" in refusal(smallest_xlsx(long), tmp_path)
    assert "太长" in refusal(("甲" * 20_000 + ",1\n").encode(), tmp_path, "a.csv")


@pytest.mark.parametrize("start", [LAUGHS, FOREIGN, FOREIGN.replace("file:///etc/hostname", "http://127.0.0.1:9/")])
@pytest.mark.parametrize(
    "part", ["xl__worksheets__sheet1_xml", "xl__workbook_xml", "xl__sharedStrings_xml", "xl__styles_xml"]
)
def test_entities_in_any_part(start: str, part: str, tmp_path: Path) -> None:
    bodies = {
        "xl__worksheets__sheet1_xml": sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'),
        "xl__workbook_xml": WORKBOOK,
        "xl__sharedStrings_xml": "<sst><si><t>&b;</t></si></sst>",
        "xl__styles_xml": "<styleSheet>&b;</styleSheet>",
    }
    assert "不安全" in refusal(smallest_xlsx(ROW, **{part: start + bodies[part]}), tmp_path)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "xl\\..\\..\\a", "C:/a"])
def test_names_that_lead_outside(name: str, tmp_path: Path) -> None:
    parts = {"xl/workbook.xml": WORKBOOK, name: "x"}
    assert "结构不正常" in refusal(archive(parts), tmp_path)


def test_too_many_entries(tmp_path: Path) -> None:
    assert "结构不正常" in refusal(archive({f"a{number}": "x" for number in range(300)}), tmp_path)


def test_two_entries_of_one_name(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("xl/workbook.xml", WORKBOOK)
        file.writestr("XL/workbook.xml", WORKBOOK)
    assert "重名" in refusal(stream.getvalue(), tmp_path)


def test_an_encrypted_archive(tmp_path: Path) -> None:
    content = bytearray(archive({"xl/workbook.xml": WORKBOOK}))
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    assert "密码" in refusal(bytes(content), tmp_path)


def test_an_encrypted_office_file(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert "密码" in refusal(content, tmp_path)


def test_overlapping_entries(tmp_path: Path) -> None:
    content = bytearray(archive({"xl/workbook.xml": WORKBOOK, "b.xml": "y" * 100}))
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content[second + 42 : second + 46] = struct.pack("<I", 0)
    assert refusal(bytes(content), tmp_path)


def test_a_wrong_checksum(tmp_path: Path) -> None:
    content = smallest_xlsx(ROW)
    true = struct.pack("<I", zlib.crc32(sheet_xml(ROW).encode()))
    assert true in content
    assert "损坏" in refusal(content.replace(true, b"\x01\x02\x03\x04"), tmp_path)


def test_an_archive_that_lies_about_its_size(tmp_path: Path) -> None:
    part = sheet_xml(ROW)
    size = struct.pack("<I", len(part.encode()))
    assert "损坏" in refusal(smallest_xlsx(ROW).replace(size, struct.pack("<I", 20)), tmp_path)


def test_archives_in_archives_and_other_office_files(tmp_path: Path) -> None:
    assert "不是表格" in refusal(archive({"a.zip": archive({"b": "c"})}), tmp_path)
    assert "不是表格" in refusal(archive({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<a/>"}), tmp_path)


def test_a_cut_off_file(tmp_path: Path) -> None:
    content = smallest_xlsx(ROW)
    assert "损坏" in refusal(content[: len(content) // 2], tmp_path)
    rich_xls(tmp_path / "a.xls")
    assert refusal((tmp_path / "a.xls").read_bytes()[:3000], tmp_path)


def test_missing_and_broken_parts(tmp_path: Path) -> None:
    assert "损坏" in refusal(archive({"xl/workbook.xml": WORKBOOK}), tmp_path)
    assert "损坏" in refusal(archive({"xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": LINKS}), tmp_path)
    assert "损坏" in refusal(smallest_xlsx("<row><c t='s'><v>7</v></c></row>"), tmp_path)
    assert "损坏" in refusal(smallest_xlsx("<row><c><v>abc</v></c></row>"), tmp_path)
    assert "损坏" in refusal(smallest_xlsx("<row><c>"), tmp_path)


@pytest.mark.parametrize("content", [b"", b"   \r\n"])
def test_empty_files(content: bytes, tmp_path: Path) -> None:
    assert "空的" in refusal(content, tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b'<?xml version="1.0"?><Workbook/>', "网页"),
        (b"%PDF-1.7 ...", "不是表格"),
        (b"\x89PNG\r\n\x1a\n....", "不是表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 2000, "损坏"),
        (bytes(range(256)) * 10, "编码"),
        (b"\xff\xfe\x00\xd8\x00", "编码"),
    ],
)
def test_other_kinds_under_a_wrong_name(content: bytes, words: str, tmp_path: Path) -> None:
    assert words in refusal(content, tmp_path)


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    assert "引号" in refusal('甲,"乙\n丙,丁\n'.encode(), tmp_path, "a.csv")


def test_a_file_that_is_too_big_is_not_even_opened(tmp_path: Path) -> None:
    assert "10 MB" in refusal(b"1" * (10 * 1024 * 1024 + 1), tmp_path)


def test_after_all_that_a_sound_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(smallest_xlsx(ROW))
    assert read_workbook(path).sheets[0].rows[0].cells[0].value == 1
