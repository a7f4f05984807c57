"""Files that people attach, good and hostile, made in memory."""

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """Return a picture whose left half is red, the right one blue."""
    image = Image.new("RGB", (width, height), (0, 0, 200))
    image.paste((200, 0, 0), (0, 0, width // 2, height))
    return image


def written(image: Image.Image, kind: str, **more: object) -> bytes:
    """Return the picture as a file of that kind."""
    out = io.BytesIO()
    image.save(out, format=kind, **more)
    return out.getvalue()


def telling_jpeg() -> bytes:
    """Return a JPEG that lies on its side and says who, where and what in its margins."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKE] = "SECRETPHONE"
    exif[GPS] = {1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (121.0, 30.0, 0.0)}
    return written(picture(), "JPEG", exif=exif, comment=b"SECRETCOMMENT", icc_profile=b"SECRETPROFILE" * 20)


def telling_png() -> bytes:
    """Return a PNG with text in its margins, see-through."""
    text = PngInfo()
    text.add_text("Author", "SECRETNAME")
    return written(picture().convert("RGBA"), "PNG", pnginfo=text)


def png_that_claims(width: int, height: int) -> bytes:
    """Return a small PNG whose head claims a size in pixels; its one row of data never comes to an end."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
