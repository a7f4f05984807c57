"""An independent measure for the privacy guard, written before its author had seen the guard.

Out: `hidden(random, count)`, texts that each hold exactly one thing no village may post, with the name of the disguise;
`ordinary(random, count)`, texts of village postings with nothing personal in them.  All people and places are invented.
"""

from collections.abc import Callable
from random import Random

from tests.publicity.privacy.blind_patterns import CHILDREN, DISABILITIES, FILE_PLACES, ILLNESSES, ORDINARY, PLACES

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "建国",
    "秀英",
    "国强",
    "桂花",
    "阿根",
    "志明",
    "玉兰",
    "伟",
    "芳",
    "金凤",
    "海波",
    "长根",
    "爱珍",
    "宝",
    "水娟",
)
CHILD_GIVEN = ("小宝", "子涵", "梓轩", "乐乐", "欣怡", "宇航", "一诺", "思琪", "豆豆", "浩然")
ILLNESS_WORDS = (
    "尿毒症",
    "肺癌",
    "胃癌",
    "肝癌",
    "乳腺癌",
    "白血病",
    "精神分裂症",
    "糖尿病",
    "高血压",
    "脑梗",
    "冠心病",
    "艾滋病",
    "肝硬化",
    "乙肝",
    "抑郁症",
    "癫痫",
    "帕金森",
    "脑瘫",
    "肺结核",
    "淋巴瘤",
    "红斑狼疮",
    "中风偏瘫",
    "直肠癌",
    "心脏病",
    "老年痴呆",
    "肾衰竭",
)
VILLAGES = ("清溪", "上塘", "柳岙", "石桥头", "樟树下", "东湾", "后岭")
FIRMS = (
    "清溪建筑有限公司",
    "宏达建材厂",
    "县供电公司",
    "柳岙村股份经济合作社",
    "镇自来水厂",
    "永兴环卫服务部",
    "中国移动营业厅",
)
ACCOUNTS = (
    "经营收入",
    "发包及上交收入",
    "补助收入",
    "管理费用",
    "库存现金",
    "应付款",
    "公积公益金",
    "干部报酬",
    "内部往来",
)
DISABLED = ("肢体", "视力", "听力", "智力", "精神", "言语", "多重")
CHILD_AGES = (*"两三四五六七八九十", "十一", "十二", "十三")
FIGURES = "0123456789"
Disguise = Callable[[Random, str], str]


def _digits(random: Random, count: int) -> str:
    return "".join(random.choice(FIGURES) for _ in range(count))


def _mobile(random: Random) -> str:
    heads = (
        "130 131 133 135 136 137 138 139 147 150 151 152 155 157 158 159 166 173 177 178 180 182 185 186 187 188 189"
    )
    return random.choice([*heads.split(), "191", "195", "198", "199"]) + _digits(random, 8)


def _born(random: Random) -> str:
    return f"{random.randint(1936, 2011)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"


def _identity(random: Random) -> str:
    """The 18 places of GB 11643: the last one makes the weighted sum 1 modulo 11."""
    area = random.choice(("330225", "330206", "330282", "320106", "410122", "522121", "340822", "110108", "650102"))
    head = area + _born(random) + _digits(random, 3)
    total = sum(int(figure) * pow(2, 17 - place, 11) for place, figure in enumerate(head))
    last = (1 - total) % 11
    return head + (random.choice("Xx") if last == 10 else str(last))


def _old_identity(random: Random) -> str:
    return "330225" + _born(random)[2:] + _digits(random, 3)


def _card(random: Random) -> str:
    """A bank card of 16 to 19 places whose last place makes Luhn's sum a multiple of ten."""
    chinese = ("622848", "621700", "622202", "621661", "622588", "621098", "623058", "622908", "621081")
    prefix = random.choice((*chinese, *chinese, "436742", "458123", "518710", "552245"))
    length = random.choice((16, 17, 18, 19, 19)) if prefix.startswith("62") else 16
    head = prefix + _digits(random, length - 1 - len(prefix))
    total = 0
    for place, figure in enumerate(reversed(head)):
        doubled = int(figure) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return head + str(-total % 10)


def _groups(random: Random, number: str) -> list[str]:
    if len(number) == 11:
        sizes = random.choice(([3, 4, 4], [4, 4, 3], [3, 3, 5], [3, 8], [5, 6]))
    elif len(number) in (15, 18) and random.random() < 0.6:
        sizes = [6, len(number) - 10, 4]
    else:
        sizes = [4, 4, 4, 4, 4]
    parts, start = [], 0
    for size in sizes:
        parts.append(number[start : start + size])
        start += size
    return [part for part in parts if part]


def _joined(random: Random, number: str, signs: tuple[str, ...]) -> str:
    sign = random.choice(signs)
    return sign.join(number if random.random() < 0.2 else _groups(random, number))


def _mapped(number: str, figures: str) -> str:
    return number.translate(dict(zip(map(ord, FIGURES), figures, strict=True)))


def _letters(random: Random, number: str) -> str:
    swap = {"0": "OoО", "1": "lI|"}
    return "".join(random.choice(swap[figure][:2]) if figure in swap else figure for figure in number)


def _zero_width(random: Random, number: str) -> str:
    sign = random.choice(("\u200b", "\u200c", "\u200d", "\ufeff", "\u2060", "\u00ad"))
    return sign.join(_groups(random, number) if random.random() < 0.5 else number)


def _worded(random: Random, number: str) -> str:
    if random.random() < 0.5:
        words = random.choice(("，后四位是", "，后四位", "尾号", "，后面是", "（后四位）", "后四位："))
        return number[:-4] + words + number[-4:]
    first, *rest = _groups(random, number)
    word = random.choice(("转", "再", "接", "然后", "加", "空格", "杠"))
    return random.choice(("", "前面", "前几位", "先拨")) + first + "".join(word + part for part in rest)


def _bracketed(random: Random, number: str) -> str:
    if len(number) == 11 and random.random() < 0.6:
        head = random.choice(("+86", "+86 ", "+86-", "(+86)", "（+86）", "0086", "0086-", "86-", "＋86 "))
        return head + (number if random.random() < 0.6 else "-".join(_groups(random, number)))
    first, *rest = _groups(random, number)
    left, right = random.choice(("()", "（）", "[]", "【】", "〔〕"))
    if random.random() < 0.5:
        return f"{left}{first}{right}{''.join(rest)}"
    return first + "".join(left + part + right for part in rest)


def _mixed(random: Random, number: str) -> str:
    return "".join(random.choice((figure, _mapped(figure, "０１２３４５６７８９"))) for figure in number)


def _figures_mixed(random: Random, number: str) -> str:
    return "".join(random.choice((figure, _mapped(figure, "零一二三四五六七八九"))) for figure in number)


DISGUISES: dict[str, Disguise] = {
    "plain": lambda _, number: number,
    "full width": lambda _, number: _mapped(number, "０１２３４５６７８９").replace("X", "Ｘ").replace("x", "ｘ"),
    "spaces": lambda random, number: _joined(random, number, (" ", "  ", "\u3000", "\u00a0", "\t")),
    "hyphens": lambda random, number: _joined(random, number, ("-", "－", "—", "–", "_", "~")),
    "dots": lambda random, number: _joined(random, number, (".", "·", "•", "。", "…", "・", "*", ",", "，", "、")),
    "Chinese figures": lambda _, number: _mapped(number, "零一二三四五六七八九"),
    "telephone figures": lambda random, number: _mapped(
        number, random.choice(("〇幺二三四五六七八九", "零幺两三四五六拐八九"))
    ),
    "capital figures": lambda _, number: _mapped(number, "零壹贰叁肆伍陆柒捌玖"),
    "figures mixed": _figures_mixed,
    "circled": lambda random, number: _mapped(number, random.choice(("⓪①②③④⑤⑥⑦⑧⑨", "0❶❷❸❹❺❻❼❽❾", "0⑴⑵⑶⑷⑸⑹⑺⑻⑼"))),
    "letters": _letters,
    "zero width": _zero_width,
    "words between": _worded,
    "brackets": _bracketed,
    "mixed width": _mixed,
    "newlines": lambda random, number: _joined(random, number, ("\n", "\r\n", " \n")),
    "slashes": lambda random, number: _joined(random, number, ("/", "|", "／", "\\", ":", "：", ";", "+")),
}
NOT_IN_FILE_NAMES = {"newlines", "slashes"}
NUMBERS: dict[str, tuple[Callable[[Random], str], tuple[str, ...]]] = {
    "mobile": (_mobile, ("手机", "电话", "联系电话", "手机号", "Tel", "")),
    "identity": (_identity, ("身份证", "身份证号", "证件号码", "公民身份号码", "")),
    "card": (_card, ("银行卡", "卡号", "账号", "农行卡", "")),
    "old identity": (_old_identity, ("身份证", "身份证号", "身份证号码")),
}


def _name(random: Random) -> str:
    return random.choice(SURNAMES) + random.choice(GIVEN)


def _money(random: Random) -> str:
    fen = random.choice((random.randint(100, 99_999), random.randint(10_000, 99_999_999)))
    return random.choice((f"{fen / 100:.2f}", f"{fen / 100:,.2f}", f"{fen // 100}"))


def _day(random: Random) -> str:
    year, month, day = random.randint(2024, 2026), random.randint(1, 12), random.randint(1, 28)
    shapes = (
        f"{year}-{month:02d}-{day:02d}",
        f"{year}年{month}月{day}日",
        f"{year}.{month}.{day}",
        f"{month}月{day}日",
    )
    return random.choice(shapes)


def _number(random: Random, kind: str) -> tuple[str, str]:
    make, labels = NUMBERS[kind]
    disguise = random.choice(list(DISGUISES))
    places = PLACES if disguise in NOT_IN_FILE_NAMES else PLACES + FILE_PLACES
    place = random.choice(places)
    if kind == "old identity":
        # fifteen bare places are nobody's for certain: only the word beside them tells
        place = random.choice([one for one in places if "{label}" in one])
    said = DISGUISES[disguise](random, make(random))
    return f"{kind}: {disguise}", place.format_map(_Gaps(random, it=said, label=random.choice(labels)))


def _person(random: Random) -> tuple[str, str]:
    kind, patterns = random.choice((("child", CHILDREN), ("illness", ILLNESSES), ("disability", DISABILITIES)))
    return kind, random.choice(patterns).format_map(_Gaps(random))


def hidden(random: Random, count: int) -> list[tuple[str, str]]:
    """Give `count` pairs (disguise, text); a quarter are children, illnesses and disability grades by name."""
    found = []
    for _ in range(count):
        if random.random() < 0.25:
            found.append(_person(random))
        else:
            kind = random.choice(("mobile", "mobile", "identity", "identity", "card", "card", "old identity"))
            found.append(_number(random, kind))
    return found


def ordinary(random: Random, count: int) -> list[str]:
    """Give `count` texts as villages post them, with nothing in them that concerns a private person's secrets."""
    return [random.choice(ORDINARY).format_map(_Gaps(random)) for _ in range(count)]


def _disability(random: Random) -> str:
    kind, grade = random.choice(DISABLED), random.choice("一二三四")
    shapes = (
        f"{kind}残疾{grade}级",
        f"{kind}{grade}级残疾",
        f"{kind}{grade}级",
        f"{kind}残疾（{grade}级）",
        f"残疾{grade}级",
    )
    return random.choice((*shapes, f"{kind}残疾{'一二三四'.index(grade) + 1}级"))


def _credit_code(random: Random, head: str) -> str:
    return head + "330225" + "".join(random.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(10))


def _stamp(random: Random) -> str:
    return f"{random.randint(1_700_000_000_000, 1_795_000_000_000)}"


def _day8(random: Random) -> str:
    return f"{random.randint(2024, 2026)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"


def _day6(random: Random) -> str:
    return f"{random.randint(0, 23):02d}{random.randint(0, 59):02d}{random.randint(0, 59):02d}"


SIZES = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "thirteen": 13}
FILLERS: dict[str, Callable[[Random], str]] = {
    "name": _name,
    "child": lambda random: random.choice(SURNAMES) + random.choice(CHILD_GIVEN),
    "age": lambda random: str(random.randint(1, 13)),
    "chinese_age": lambda random: random.choice(CHILD_AGES),
    "sex": lambda random: random.choice("男女"),
    "illness": lambda random: random.choice(ILLNESS_WORDS),
    "disability": _disability,
    "money": _money,
    "day": _day,
    "day8": _day8,
    "day6": _day6,
    "day14": lambda random: _day8(random) + _day6(random),
    "stamp": _stamp,
    "village": lambda random: random.choice(VILLAGES),
    "county": lambda random: random.choice(("明溪县", "安澜县", "海宁湾县")),
    "firm": lambda random: random.choice(FIRMS),
    "account": lambda random: random.choice(ACCOUNTS),
    "month": lambda random: str(random.randint(1, 12)),
    "month2": lambda random: f"{random.randint(1, 12):02d}",
    "year": lambda random: str(random.randint(2023, 2026)),
    "season": lambda random: random.choice("一二三四"),
    "chinese": lambda random: random.choice("一二三四五六七八九"),
    "few": lambda random: str(random.randint(1, 9)),
    "small": lambda random: str(random.randint(1, 120)),
    "elder": lambda random: str(random.randint(80, 104)),
    "percent": lambda random: f"{random.randint(1, 9999) / 100:.2f}",
    "wan": lambda random: f"{random.randint(10, 9999) / 100:.2f}",
    "ten": lambda random: "33" + _digits(random, 8),
    "eleven_low": lambda random: "0" + _digits(random, 10),
    "three4": lambda random: random.choice(("800", "888", "680", "820")),
    "code3": lambda random: random.choice(("101", "151", "211", "301", "501")),
    "code4": lambda random: random.choice(("1001", "1002", "2202", "3101", "5301")),
    "area": lambda random: random.choice(("330225", "330206", "330282")),
    "village_code": lambda random: "330225" + _digits(random, 6),
    "office": lambda random: random.choice("68") + _digits(random, 7),
    "lon": lambda random: f"121.{_digits(random, 6)}",
    "lat": lambda random: f"29.{_digits(random, 6)}",
    "invoice12": lambda random: "0332" + _digits(random, 8),
    "invoice20": lambda random: f"2{random.randint(4, 6)}332000000" + _digits(random, 9),
    "order16": lambda random: "2" + _digits(random, 15),
    "order18": lambda random: _day8(random) + _digits(random, 10),
    "order19": lambda random: random.choice("23") + _digits(random, 18),
    "credit": lambda random: _credit_code(random, "91"),
    "credit_digits": lambda random: "91330225" + _digits(random, 10),
    "coop": lambda random: _credit_code(random, "N2"),
    "committee": lambda random: _credit_code(random, "54"),
    "capital": lambda random: (
        f"{random.choice('壹贰叁肆伍陆柒捌玖')}万{random.choice('壹贰叁肆伍陆柒捌玖')}仟"
        f"{random.choice('壹贰叁肆伍陆柒捌玖')}佰{random.choice('壹贰叁肆伍')}拾元整"
    ),
}


class _Gaps(dict[str, str]):
    """The gaps of one sentence, each filled when it is asked for."""

    def __init__(self, random: Random, **given: str) -> None:
        super().__init__(given)
        self._random = random

    def __missing__(self, gap: str) -> str:
        if gap in SIZES:
            first = str(self._random.randint(1, 9))
            return first + _digits(self._random, SIZES[gap] - 1)
        return FILLERS[gap](self._random)
