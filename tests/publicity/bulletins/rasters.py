"""A PDF as it comes out of a grey printer and under a scanner."""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image


def grey_pages(document: bytes, dpi: int = 150) -> list[Image.Image]:
    """Return every page of the PDF as a grey picture of `dpi` dots per inch."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "sheet.pdf").write_bytes(document)
        command = ["pdftoppm", "-gray", "-r", str(dpi), str(folder / "sheet.pdf"), str(folder / "page")]
        subprocess.run(command, check=True, capture_output=True)
        pages = []
        for path in sorted(folder.glob("page*.pgm")):
            with Image.open(path) as page:
                pages.append(page.copy())
        return pages
