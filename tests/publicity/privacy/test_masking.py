"""Private names are masked for the open web; officials, organisations and counts stay in full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.privacy.masking import mask_name, mask_payee, mask_text, names_in

NAMES = st.builds(
    str.__add__,
    st.sampled_from(["张", "李", "陈", "徐", "欧阳", "司马", "付"]),
    st.text(alphabet="阿德小妹桂芳志伟根木永发建国丽", min_size=1, max_size=2),
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张阿德", "张*"),
        ("李四", "李*"),
        ("欧阳小明", "欧阳*"),
        ("司马光远", "司马*"),
        ("欧阳", "欧*"),
        ("张", "*"),
        ("张 三", "张*"),
        ("张*", "张*"),
        ("阿依·买买提", "阿*"),
    ],
)
def test_mask_name(name: str, shown: str) -> None:
    """The surname stays, a compound one whole."""
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("payee", "shown"),
    [
        ("张阿德等6人", "张*等6人"),
        ("周桂芳、李四", "周*、李*"),
        ("周桂芳 李四", "周* 李*"),
        ("326户", "326户"),
        ("徐根木", "徐*"),
        ("张三(李四代领)", "张*(李*代领)"),
        ("村民张三", "村民张*"),
        ("陈小妹户", "陈*户"),
        ("张三1人", "张*1人"),
        ("李  明", "李*"),
        ("李 大 有", "李*"),
        ("人 张人", "人 张*"),
        ("王子轩", "王*"),
        ("欧阳子轩", "欧阳*"),
        ("张和平", "张*"),
        ("张和平和李四", "张*和李*"),
        ("一组李小妹", "一组李*"),
        ("李小妹-一组", "李*-一组"),
        ("张三：500元", "张*：500元"),
        ("张三13812345678", "张*13812345678"),
        ("绿源有限公司(张三)", "绿源有限公司(张*)"),
        ("绿源有限公司 张三", "绿源有限公司 张*"),
        ("王家(集团)有限公司", "王家(集团)有限公司"),
        ("文化站", "文化站"),
        ("王家村", "王家村"),
        ("松坪村", "松坪村"),
        ("李大有师傅", "李*师傅"),
        ("困难户：陈小妹", "困难户：陈*"),
        ("张*等6人", "张*等6人"),
        ("亮美电器", "亮美电器"),
        ("兴农农资店", "兴农农资店"),
        ("农商银行松坪支行", "农商银行松坪支行"),
        ("国网松坪供电所", "国网松坪供电所"),
        ("松坪市政工程有限公司", "松坪市政工程有限公司"),
        ("松坪镇三资中心", "松坪镇三资中心"),
        ("百惠超市", "百惠超市"),
        ("绿源农业合作社", "绿源农业合作社"),
        ("绿野家庭农场", "绿野家庭农场"),
        ("阳光家具店", "阳光家具店"),
        ("镇财政", "镇财政"),
        ("松坪镇财政所", "松坪镇财政所"),
        ("张三五金店", "张三五金店"),
        ("全体村民", "全体村民"),
        ("", ""),
    ],
)
def test_mask_payee(payee: str, shown: str) -> None:
    """Persons are masked inside lists and with tails; organisations, groups and counts stay."""
    assert mask_payee(payee) == shown


def test_officials_and_known_organisations_stay_in_full() -> None:
    """Who is named as an official, or as an organisation that looks like a person, is shown."""
    assert mask_payee("王建国、李四", officials={"王建国"}) == "王建国、李*"
    assert mask_payee("安达利", organisations={"安达利"}) == "安达利"
    assert names_in("王建国、李四等3人", officials={"王建国"}) == ["李四"]


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        ("困难户陈小妹临时慰问", ["陈小妹"], "困难户陈*临时慰问"),
        ("困难户陈小妹临时慰问", [], "困难户陈*临时慰问"),
        ("付陈小妹临时救助款", [], "付陈*临时救助款"),
        ("慰问困难党员陈大有、李四等3人", [], "慰问困难党员陈*、李*等3人"),
        ("五保户王二妮丧葬费", [], "五保户王*丧葬费"),
        ("付徐根木运费", ["徐根木"], "付徐*运费"),
        ("付徐 根木运费", ["徐根木"], "付徐*运费"),
        ("慰问金发放", [], "慰问金发放"),
        ("重阳节慰问老党员", [], "重阳节慰问老党员"),
        ("春节慰问高龄老人", [], "春节慰问高龄老人"),
        ("临时救助款发放", [], "临时救助款发放"),
        ("后山机耕路维修工程第二期款", [], "后山机耕路维修工程第二期款"),
    ],
)
def test_mask_text(text: str, names: list[str], shown: str) -> None:
    """Names of the line's payee and of people on relief are masked; ordinary sentences stay."""
    assert mask_text(text, names) == shown


def test_an_official_beside_a_word_of_relief_stays() -> None:
    """The official who visits is named, the visited person is not."""
    assert mask_text("王建国慰问困难户陈小妹", [], officials={"王建国"}) == "王建国慰问困难户陈*"


@given(NAMES)
def test_masking_twice_changes_nothing(name: str) -> None:
    """A masked name is shorter on knowledge, keeps its first sign, and stays as it is."""
    masked = mask_name(name)
    assert masked.endswith("*")
    assert masked[0] == name[0]
    assert mask_name(masked) == masked
    assert mask_payee(masked) == masked


@given(
    st.lists(NAMES, min_size=1, max_size=5),
    st.sampled_from(["、", "，", " ", ";", "和"]),
    st.sampled_from(["", "等6人", "等"]),
)
def test_no_private_name_survives_in_a_list(names: list[str], separator: str, tail: str) -> None:
    """All are found, and neither payee nor summary shows one of them."""
    payee = separator.join(names) + tail
    assert names_in(payee) == names
    shown = mask_payee(payee)
    assert shown.endswith(tail)
    assert not any(name in shown for name in names)
    assert not any(name in mask_text(f"付{payee}误工费", names) for name in names)


@given(st.text(alphabet="张李陈小妹德、，()（）等6人 *公司户村", max_size=30))
def test_masking_any_payee_is_stable(payee: str) -> None:
    """Whatever is written, masking answers, and a second masking changes nothing."""
    once = mask_payee(payee)
    assert mask_payee(once) == once
    assert isinstance(mask_text(payee, names_in(payee)), str)
