"""A photograph of an invented voucher, drawn: a paper on a table, with a telephone number that must be covered."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).resolve().parents[3] / "static" / "fonts" / "NotoSansSC-Regular.ttf"
SIZE = (900, 1200)
TABLE, PAPER, INK, RED = (122, 98, 76), (250, 247, 238), (40, 40, 48), (186, 44, 38)
LINES = (
    "收款单位：松坪市政工程有限公司",
    "事由：后山机耕路维修第二期款",
    "金额：￥46,500.00",
    "大写：肆万陆仟伍佰元整",
    "合同：A04-2026-03",
    "经手人：李国强　　审批：陈海涛",
)
TELEPHONE = "收款人电话：000-0000-0000"
PHONE_BOX = (95, 744, 560, 54)
"""Where the telephone number stands, in thousandths of the picture: x, y, width, height."""


def voucher_photo() -> bytes:
    """Return the voucher as a JPEG file."""
    picture = Image.new("RGB", SIZE, TABLE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 120, 840, 1080), fill=PAPER)
    title, words = ImageFont.truetype(str(FONT), 52), ImageFont.truetype(str(FONT), 34)
    draw.text((300, 165), "支出凭证", font=title, fill=INK)
    for place, line in enumerate(LINES):
        draw.text((100, 285 + 98 * place), line, font=words, fill=INK)
        draw.line((95, 342 + 98 * place, 805, 342 + 98 * place), fill=INK)
    draw.text((100, 285 + 98 * len(LINES) + 30), TELEPHONE, font=words, fill=INK)
    draw.ellipse((620, 905, 810, 1060), outline=RED, width=6)
    draw.text((647, 957), "样张专用", font=words, fill=RED)
    written = BytesIO()
    picture.save(written, "JPEG", quality=82)
    return written.getvalue()
