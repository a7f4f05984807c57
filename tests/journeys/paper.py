"""Paper as somebody holds it: the words on it, and the code as a phone's camera sees it."""

import io
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import zxingcpp
from PIL import Image
from pypdf import PdfReader


def words_of(pdf: bytes) -> str:
    """Return the text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def picture_of(pdf: bytes, folder: Path, *, dpi: int = 150, grey: bool = True) -> Image.Image:
    """Return the first page of a PDF as a picture, grey as from a cheap copier."""
    file = folder / "sheet.pdf"
    file.write_bytes(pdf)
    kind = ["-gray"] if grey else ["-png"]
    command = ["pdftoppm", "-r", str(dpi), *kind, "-f", "1", "-l", "1", "-singlefile", str(file), str(folder / "sheet")]
    subprocess.run(command, check=True)
    with Image.open(folder / ("sheet.pgm" if grey else "sheet.png")) as image:
        image.load()
        return image


def address_on(picture: Image.Image) -> str:
    """Return the address in the QR code of a picture, without its host, as a phone opens it."""
    (code,) = zxingcpp.read_barcodes(picture)
    return urlsplit(code.text).path
