"""The child process that draws one photo anew: `python -m village_lists.documents.redraw [BOXES]`, bytes in, bytes out.

BOXES is JSON: rectangles [x, y, width, height] in thousandths of the picture; they come out black. Limits are set
before the first byte is read (security.md section 4): 1 GB of memory, 20 s of processor time and no file written. What
comes out is one line of JSON, {"drawn": bytes} or {"refused": [words, values]}, then the JPEG.
"""

import io
import json
import resource
import struct
import sys
import warnings
import zlib
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from village_lists.documents.unreadable import UnreadableDocument
from village_lists.markers import N_

MEMORY_BYTES = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 20
MAXIMUM_PIXELS = 40_000_000
LONG_SIDE = 2000
"""Pixels: enough to read a page of minutes that was photographed."""
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")
WHOLE = 1000
COVER = (0, 0, 0)
BLOCK = 16
"""Pixels: a JPEG keeps colour in blocks of this size, so what is covered shimmers through to the end of its block."""
SEAM = 2


def redrawn(content: bytes, boxes: Sequence[Sequence[int]] = ()) -> bytes:
    """Return the photo drawn anew from its pixels as JPEG: upright, without EXIF, place, comments or hidden parts.

    Where `boxes` lie ([x, y, width, height] in thousandths of the upright picture) nothing of it is left. Of several
    frames the first counts. Raise UnreadableDocument for anything but a whole JPEG, PNG or WebP of at most
    40 million pixels.
    """
    Image.MAX_IMAGE_PIXELS = MAXIMUM_PIXELS
    with warnings.catch_warnings():
        # Pillow only warns of a bomb up to twice the limit.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _drawn(content, boxes)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError) as error:
            raise UnreadableDocument(N_("照片太大，最多 4000 万像素；请用手机缩小后再上传")) from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError) as error:
            raise UnreadableDocument(N_("照片已损坏，打不开；请重新拍一张再上传")) from error
        except (OverflowError, EOFError, struct.error, zlib.error, AttributeError, RuntimeError) as error:
            raise UnreadableDocument(N_("照片已损坏，打不开；请重新拍一张再上传")) from error


def _drawn(content: bytes, boxes: Sequence[Sequence[int]]) -> bytes:
    with Image.open(io.BytesIO(content), formats=FORMATS) as photo:
        if photo.width * photo.height > MAXIMUM_PIXELS:
            raise Image.DecompressionBombError
        # A JPEG may be read at half or a quarter of its size: less memory, less time.
        photo.draft("RGB", (LONG_SIDE, LONG_SIDE))
        photo.load()
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
        flat = _on_white(upright)
    # Saving would carry comments and colour profiles along: only the pixels cross over.
    anew = Image.frombytes("RGB", flat.size, flat.tobytes())
    _cover(anew, boxes)
    written = io.BytesIO()
    anew.save(written, format="JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _cover(image: Image.Image, boxes: Sequence[Sequence[int]]) -> None:
    """Paint the boxes over, before anything is written: no coefficient of the JPEG knows what stood there."""
    pen = ImageDraw.Draw(image)
    for x, y, width, height in boxes:
        left, right = _outwards(x, x + width, image.width)
        top, bottom = _outwards(y, y + height, image.height)
        pen.rectangle((left, top, right, bottom), fill=COVER)


def _outwards(start: int, end: int, length: int) -> tuple[int, int]:
    """Return the first and the last pixel to cover, moved out to whole blocks; `start` and `end` in thousandths."""
    first = max(0, start * length // WHOLE - SEAM) // BLOCK * BLOCK
    behind = -(-(-(-end * length // WHOLE) + SEAM) // BLOCK) * BLOCK
    return first, min(length, behind) - 1


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    return image.convert("RGB")


def limit_this_process() -> None:
    """Set the limits of this process for good."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read the photo from standard input, boxes from the command, and write the answer."""
    limit_this_process()
    boxes = json.loads(sys.argv[1]) if len(sys.argv) > 1 else ()
    try:
        photo = redrawn(sys.stdin.buffer.read(), boxes)
        head = {"drawn": len(photo)}
    except UnreadableDocument as refusal:
        photo, head = b"", {"refused": [refusal.words, refusal.values]}  # type: ignore[dict-item]
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + photo)


if __name__ == "__main__":
    main()
