"""The child process that reads the lines on one photo: a JPEG in, {"width", "height", "lines": [[text, corners]]} out.

`python -m publicity.attachments.recognise`; it needs the extra `ocr`, whose wheels bring the models along: nothing is
fetched. Its limits are set before the first byte is read: 4 GB of addresses (the recognition itself takes half a
gigabyte), 60 s of processor time, no file written.
"""

import io
import json
import logging
import resource
import sys

import numpy as np
from PIL import Image
from rapidocr import RapidOCR

ADDRESS_BYTES = 4 * 1024 * 1024 * 1024
PROCESSOR_SECONDS = 60


def lines_on(content: bytes) -> dict[str, object]:
    """Return the size of a JPEG in pixels and every line read on it with its four corners."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as photo:
        pixels = np.asarray(photo.convert("RGB"))[:, :, ::-1]
        width, height = photo.size
    read = RapidOCR()(pixels)
    texts, boxes = (read.txts or (), read.boxes if read.boxes is not None else ())
    lines = [[text, [[float(x), float(y)] for x, y in corners]] for text, corners in zip(texts, boxes, strict=True)]
    return {"width": width, "height": height, "lines": lines}


def main() -> None:
    """Read the photo from standard input and write what stands on it."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_BYTES, ADDRESS_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(lines_on(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
