"""What a photo looks like in a few figures, so that the same photo used twice is seen (domain.md 6.5).

A photo that was sent again through a messenger has other bytes and another size. So it is made very small and grey, and
for each point it is noted whether its right neighbour is clearly darker. Two photos are alike where nearly the same
points are noted. It reads only JPEGs that this program drew itself; photos as they come are never opened here.
"""

import io
from dataclasses import dataclass

from PIL import Image

SIDE = 16
CLEARLY = 6
"""Steps of grey (of 255): what differs less is paper, not picture."""
ENOUGH = 20
"""Points: a photo with fewer says too little to be compared."""
SHARE = 0.85


@dataclass(frozen=True, kw_only=True)
class Look:
    """A picture's width and height in pixels, and its likeness in 64 hexadecimal figures."""

    size: tuple[int, int]
    likeness: str


def look_of(content: bytes) -> Look:
    """Return size and likeness of a JPEG that this program drew."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as photo:
        size = photo.size
        # A quarter or an eighth of the picture is read: enough for so few points.
        photo.draft("L", (SIDE * 8, SIDE * 8))
        grey = photo.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX).tobytes()
    noted = 0
    for row in range(SIDE):
        for column in range(SIDE):
            at = row * (SIDE + 1) + column
            noted = noted << 1 | (grey[at] > grey[at + 1] + CLEARLY)
    return Look(size=size, likeness=f"{noted:0{SIDE * SIDE // 4}x}")


def are_alike(one: str, other: str) -> bool:
    """Say whether two likenesses are rather of the same photo; false where one says too little."""
    if not one or not other:
        return False
    first, second = int(one, 16), int(other, 16)
    either = (first | second).bit_count()
    return min(first.bit_count(), second.bit_count()) >= ENOUGH and (first & second).bit_count() >= SHARE * either
