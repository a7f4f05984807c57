"""The guard finds what must not be posted, in any disguise, and leaves ordinary rows alone."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.privacy.guard import Kind, covered, exposures
from tests.publicity.privacy import generator

ON = date(2026, 11, 22)
SEED = 20261122


def kinds(text: str) -> list[Kind]:
    """Return the kinds that the guard finds in the text."""
    return [exposure.kind for exposure in exposures(text, on=ON)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证330226198501011238", Kind.IDENTITY),
        ("身份证号：110105850101123", Kind.IDENTITY),
        ("户主110105850101123", Kind.IDENTITY),
        ("130****0000改13800138000.0", Kind.MOBILE),
        ("电信户号13812345678话费", Kind.MOBILE),
        ("wx13812345678", Kind.MOBILE),
        ("138:1234:5678", Kind.MOBILE),
        ("1 38 12345678", Kind.MOBILE),
        ("残疾证33022619850101123X42", Kind.IDENTITY),
        ("138\n1234\n5678", Kind.MOBILE),
        ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", Kind.MOBILE),
        ("卡号 6228 4801 2345 6789 012", Kind.CARD),
        ("困境儿童李小宝生活补助", Kind.MINOR),
        ("李小宝，8岁，助学款", Kind.MINOR),
        ("资助十二岁女孩王小花", Kind.MINOR),
        ("2015年3月2日出生", Kind.MINOR),
        ("出生日期：2012-11-23", Kind.MINOR),
        ("王小宝 男 2017年生", Kind.MINOR),
        ("癌症患者慰问", Kind.ILLNESS),
        ("尿毒症补助", Kind.ILLNESS),
        ("残疾二级补贴", Kind.GRADE),
        ("肢体残疾", Kind.GRADE),
        ("张三，听力四级", Kind.GRADE),
        ("李四（视力二级）", Kind.GRADE),
        ("重度残疾", Kind.GRADE),
        ("张三1381234，后四位是5678", Kind.MOBILE),
        ("前面138接1234接5678", Kind.MOBILE),
        ("【1381】2345678", Kind.MOBILE),
        ("IMG_13812345678.png", Kind.MOBILE),
        ("138\t1234\t5678", Kind.MOBILE),
        ("Tel l38OOl38OOO", Kind.MOBILE),
        ("330226198501011\u200b234，后四位", Kind.IDENTITY),
        ("[6228]480123456789014", Kind.CARD),
        ("622848012345，后四位是6789", Kind.CARD),
    ],
)
def test_finds(text: str, kind: Kind) -> None:
    """Each of these must not be posted."""
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "1,380,012,345.67",
        "138,123,456.78",
        "发票号码 24332000000123456789",
        "91330226MA2ABC1X3Y",
        "合同编号 330226202609120001",
        "国网户号 1301234567",
        "15 300 2000 50",
        "1500 1500 395",
        "1500×129=1500",
        "543,839.27 543,839.27",
        "138,500.00",
        "13812345.67",
        "监督电话 0574-88123456",
        "记字第31号",
        "326户",
        "学生金额调整",
        "儿童乐园维修",
        "6岁以下儿童",
        "0-6岁儿童疫苗",
        "14岁",
        "出生日期：2012-11-22",
        "2012年生",
        "2017年生猪保险",
        "两癌筛查",
        "精神文明建设",
        "残疾人护理补贴",
        "大病救助",
        "2026年9月生活补助",
        "2026年9月生日会",
        "工程编号 13812345678",
        "农机发动机号 13812345678",
        "大学生李小宝助学金",
        "重度残疾人护理补贴：一级3人、二级5人",
        "重度残疾人5人",
        "238.52，710.14，707，181.40",
        "224077.91，15352，865811，340908.14",
        "854536.87，226.66，330022.82，48",
        "合同HT13812345678",
        "150\t1500\t3600.00",
        "前三位、后四位",
        "",
    ],
)
def test_leaves_ordinary_texts_alone(text: str) -> None:
    """None of these shows a person's data."""
    assert kinds(text) == []


def test_an_exposure_says_where_it_stands_and_how_to_mend_it() -> None:
    """The stretch is exactly the number; the sentence names it and what to do."""
    [found] = exposures("电话：１３８ 1234-5678，张三", on=ON)
    assert (found.start, found.end) == (3, 16)
    assert "手机号码" in found.shown_words
    assert "请" in found.shown_words


def test_several_in_one_text_come_in_order() -> None:
    """A text with a card and a mobile gives both, from left to right."""
    random = Random(SEED)
    card, mobile = generator.card(random), generator.mobile(random)
    assert kinds(f"癌症，{mobile}，{card}") == [Kind.ILLNESS, Kind.MOBILE, Kind.CARD]


@given(
    st.randoms(use_true_random=False),
    st.sampled_from(sorted(generator.DISGUISES)),
    st.sampled_from([generator.mobile, generator.card, generator.identity]),
)
def test_what_was_covered_is_found_no_more(random: Random, disguise: str, maker: Callable[[Random], str]) -> None:
    """After covering, the guard lets the text pass and the figures are gone."""
    number = maker(random)
    written = generator.DISGUISES[disguise](number)
    text = f"付给 {written} 慰问"
    mended = covered(text, exposures(text, on=ON))
    assert written not in mended
    assert exposures(mended, on=ON) == []


@given(st.text(alphabet="0123456789 -.,张岁儿童癌一二三OlX()\n\t年月日生", max_size=80))
def test_stretches_lie_in_the_text_in_order_and_apart(text: str) -> None:
    """Whatever the text, the stretches are non-empty, ordered and do not overlap."""
    last = 0
    for found in exposures(text, on=ON):
        assert last <= found.start < found.end <= len(text)
        last = found.end
