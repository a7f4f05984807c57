"""Which photos look like one another."""

import pytest
from PIL import Image

from publicity.attachments.likeness import are_alike, look_of
from tests.publicity.attachments.pictures import as_jpeg, voucher


def likeness(image: Image.Image) -> str:
    """Return the likeness of a picture."""
    return look_of(as_jpeg(image)).likeness


def test_size_and_figures():
    look = look_of(as_jpeg(voucher()))
    assert look.size == (1200, 900)
    assert len(look.likeness) == 64


@pytest.mark.parametrize("size", [(800, 600), (1600, 1200), (500, 375)])
def test_a_photo_in_another_size_is_alike(size):
    assert are_alike(likeness(voucher()), likeness(voucher().resize(size)))


@pytest.mark.parametrize("seed", range(2, 12))
def test_another_voucher_is_not(seed):
    assert not are_alike(likeness(voucher()), likeness(voucher(seed=seed)))


def test_white_sheets_are_not_compared():
    blank = likeness(Image.new("RGB", (1200, 900), (250, 250, 250)))
    assert not are_alike(blank, blank)
    assert not are_alike("", likeness(voucher()))
