"""Photos made in memory: vouchers that differ in what must not be seen, and in nothing else."""

import io

from PIL import Image, ImageDraw

SECRET = (400, 320, 800, 480)
"""Pixels of the 1200 × 900 voucher where the number stands: left, top, right, bottom."""
SECRET_BOX = (300, 320, 400, 240)
"""The same with a good margin around, in thousandths."""


def voucher(mark: tuple[int, int, int] = (200, 30, 30), *, seed: int = 1) -> Image.Image:
    """Return a voucher of 1200 × 900 pixels: stripes that `seed` places, and the secret in the colour of the mark."""
    image = Image.new("RGB", (1200, 900), (244, 240, 228))
    pen = ImageDraw.Draw(image)
    for number in range(24):
        top = 20 + number * 36
        left = 40 + (number * 97 * seed + 53 * seed * seed) % 700
        shade = 30 + (number * 53 * seed) % 150
        pen.rectangle((left, top, left + 90 + (number * 71 * seed) % 330, top + 22), fill=(shade, shade, shade))
    pen.rectangle(SECRET, fill=(250, 250, 250))
    for step in range(12):
        left = SECRET[0] + 10 + step * 32
        pen.rectangle((left, SECRET[1] + 30, left + 18, SECRET[3] - 30), fill=mark)
    return image


def as_jpeg(image: Image.Image, **more: object) -> bytes:
    """Return the picture as a JPEG file."""
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=92, **more)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    """Return a JPEG as a viewer sees it."""
    return Image.open(io.BytesIO(content)).convert("RGB")


def span_of(image: Image.Image) -> tuple[int, int]:
    """Return the darkest and the lightest value of any colour in a picture."""
    values = image.convert("RGB").tobytes()
    return min(values), max(values)
