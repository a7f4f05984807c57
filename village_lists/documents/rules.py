"""What may be attached: photos and PDF files, told by their content and never by their name."""

import re
import unicodedata
from pathlib import PurePosixPath

from village_lists.documents.models import DocumentKind
from village_lists.documents.unreadable import UnreadableDocument
from village_lists.markers import N_

MAXIMUM_BYTES = 10 * 1024 * 1024
NAME_LENGTH = 100
PDF_END = 2048
PHOTO_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
UNPRINTABLE = re.compile(r"[\\/:*?\"<>|]+")


def kind_of(content: bytes) -> DocumentKind:
    """Return what the bytes are; raise UnreadableDocument with one sentence for anything but a photo or a PDF."""
    if not content:
        raise UnreadableDocument(N_("文件是空的，请重新选择"))
    if len(content) > MAXIMUM_BYTES:
        raise UnreadableDocument(N_("文件太大，最多 %(megabytes)s MB"), megabytes=MAXIMUM_BYTES // 1024 // 1024)
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-PDF_END:]:
            raise UnreadableDocument(N_("PDF 文件不完整，请重新导出再上传"))
        return DocumentKind.PDF
    if content.startswith(PHOTO_STARTS) or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        return DocumentKind.PHOTO
    raise UnreadableDocument(N_("只能上传照片（JPG、PNG、WebP）或者 PDF 文件"))


def plain_name(name: str, kind: DocumentKind) -> str:
    """Return a file's name for people: no folders, no marks that steer, the ending that fits the kind."""
    printable = "".join(sign for sign in name if unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    stem = PurePosixPath(UNPRINTABLE.sub("/", printable)).stem.strip(". ")[:NAME_LENGTH]
    return f"{stem or 'file'}.{'pdf' if kind is DocumentKind.PDF else 'jpg'}"
