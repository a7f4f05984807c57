"""The child process that reads one file: `python -m village_lists.exchange.child PATH NAME`, result as JSON on stdout.

Its limits are set before the first byte is read (security.md section 4): 1 GB of memory, 20 s of processor time and
no file written.
"""

import io
import json
import resource
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from village_lists.exchange.archives import walk
from village_lists.exchange.delimited import read_delimited
from village_lists.exchange.grids import MAXIMUM_BYTES, UnreadableWorkbook, Workbook, workbook_as_json
from village_lists.exchange.ods import read_ods
from village_lists.exchange.xls import read_xls
from village_lists.exchange.xlsx import read_xlsx
from village_lists.markers import N_

MEMORY_BYTES = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 20
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHER_KINDS = (b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"pk")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_content(content: bytes, name: str) -> Workbook:
    """Return the workbook in these bytes, whatever its name says; raises `UnreadableWorkbook`."""
    if len(content) > MAXIMUM_BYTES:
        raise UnreadableWorkbook(N_("文件太大，最多 %(megabytes)s MB"), megabytes=MAXIMUM_BYTES // 1024 // 1024)
    if not content.strip():
        raise UnreadableWorkbook(N_("文件是空的，没有内容"))
    if content.startswith(b"PK\x03\x04"):
        return _read_archive(content)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnreadableWorkbook(N_("文件加了密码，请去掉密码后再上传"))
        return read_xls(content)
    if content.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        return read_xls(content)
    _refuse_other_kinds(content)
    return read_delimited(content, name)


def _refuse_other_kinds(content: bytes) -> None:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta")) or b"<html" in start:
        raise UnreadableWorkbook(N_("这其实是网页文件，不是表格；请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传"))
    if start.startswith(_OTHER_KINDS):
        raise UnreadableWorkbook(N_("这不是表格文件，请上传 .xlsx、.xls、.ods 或 .csv 文件"))


def _read_archive(content: bytes) -> Workbook:

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        walk(archive)
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return read_xlsx(archive)
        if "content.xml" in names and "mimetype" in names and archive.read("mimetype").startswith(_ODS):
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise UnreadableWorkbook(N_("文件加了密码，请去掉密码后再上传"))
            return read_ods(archive)
    raise UnreadableWorkbook(N_("这不是表格文件，请上传 .xlsx、.xls、.ods 或 .csv 文件"))


def answer(path: Path, name: str) -> dict[str, Any]:
    """Return the workbook at a path, or the refusal, as plain JSON values."""
    try:
        return workbook_as_json(read_content(path.read_bytes(), name))
    except UnreadableWorkbook as refusal:
        return _refused(refusal)
    except MemoryError:
        return _refused(UnreadableWorkbook(N_("文件解开后太大，请删去多余的行和图片，另存为 .xlsx 后再上传")))
    except DefusedXmlException:
        return _refused(UnreadableWorkbook(N_("文件里有不安全的内容，没有读取；请另存为 .xlsx 后再上传")))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ParseError,
        KeyError,
        IndexError,
        ValueError,
        OverflowError,
        RecursionError,
    ):
        return _refused(UnreadableWorkbook(N_("文件已损坏，打不开；请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传")))


def _refused(refusal: UnreadableWorkbook) -> dict[str, Any]:
    return {"refused": [refusal.words, refusal.values]}


def limit_this_process() -> None:
    """Set the limits of this process for good."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> None:
    """Read the file named by the arguments (path, name for people) and write the answer."""
    path, name = arguments
    limit_this_process()
    sys.stdout.write(json.dumps(answer(Path(path), name), ensure_ascii=True))


if __name__ == "__main__":
    main(sys.argv[1:])
