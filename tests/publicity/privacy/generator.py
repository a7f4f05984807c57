"""Seeded texts that hide personal data, and ordinary ledger rows that hide none; shares no code with the guard."""

from collections.abc import Callable
from itertools import pairwise
from random import Random

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
HAN = str.maketrans("0123456789", "零一二三四五六七八九")
SPOKEN = str.maketrans("0123456789", "〇幺二三四五六七八九")
CAPITAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
LETTERS = str.maketrans("01", "Ol")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

AROUND = [
    "保洁员工资",
    "付机耕路维修款",
    "收店面租金，{}",
    "租金押金{}（已退）",
    "{}",
    "联系人：{}",
    "付运费 {} 现金",
    "水管抢修{}已付",
    "见收条{}。",
]
SUMMARIES = [
    "村办公室电费",
    "保洁员工资({n}人)",
    "后山机耕路维修工程第{n}期款",
    "付{m}月网格员误工补贴",
    "会议桌椅{n}套",
    "收村民自来水费",
    "付教师节慰问品",
    "重阳节慰问{n}位老人",
    "春节慰问困难户{n}户",
    "学生营养餐补助",
    "儿童节活动用品",
    "留守儿童关爱活动",
    "村级组织运转经费补助",
    "店面租金({m}月)",
    "山塘承包款{n}亩",
    "付防汛沙袋{n}个",
    "生态公益林补偿{n}亩×{n}元",
    "两癌筛查宣传资料",
    "60岁以上老人体检",
    "0-6岁儿童疫苗宣传",
    "残疾人护理补贴{n}人",
    "冲销记字第{n}号多付款",
    "狂犬病疫苗补助",
    "精神文明建设奖励",
    "学生安全教育横幅",
    "困难群众慰问金",
    "临时救助款发放",
    "大病保险补助{n}人",
    "老年活动室屋面维修",
    "2026年{m}月生活垃圾清运费",
    "党员慰问",
    "高龄老人补贴{n}户",
    "计生困难家庭补助",
    "水灾救助物资",
    "道路硬化{n}米",
    "农药防治柑橘溃疡",
    "幼儿园门口减速带{n}米",
    "关爱残疾人活动用品",
    "书包{n}个",
]
DETAILS = [
    "金额{a}元",
    "发票号码{e}",
    "发票代码{t}",
    "合同编号3302262026{d}{f}",
    "合同{y}-{f}",
    "凭证支-{n}",
    "电表户号{h}",
    "{y}-{m}-{d2}",
    "{y}年{m}月{d2}日",
    "车牌浙B·{f5}",
    "共{n}户，每户{r}元",
    "{r}×{n}={r}",
    "监督电话0574-8{f5}12",
    "{a} {a}",
    "信用代码9133022{f}MA2{f5}X",
    "记字第{n}号",
    "面积{n}.5亩",
    "水表读数{f5}-{f5}",
    "{r} {r} {n}",
    "文号〔{y}〕{n}号",
    "人民币壹万贰仟叁佰元整",
    "三组一户二人",
    "单号{y}{m2}{d2}{f}{f}",
    "邮编3153{n}",
    "{y}.{m}-{y}.{m}",
    "工程编号{t}",
    "",
]


def mobile(random: Random) -> str:
    """Return an invented mobile number."""
    return random.choice(["13", "15", "17", "18", "19"]) + "".join(random.choices("0123456789", k=9))


def identity(random: Random) -> str:
    """Return an invented identity number with a right check figure."""
    born = f"{random.randint(1935, 2019)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
    body = random.choice(["330226", "110105", "430922", "520121", "610322"]) + born + f"{random.randint(1, 999):03d}"
    return body + "10X98765432"[sum(int(figure) * weight for figure, weight in zip(body, WEIGHTS, strict=True)) % 11]


def card(random: Random) -> str:
    """Return an invented bank card number with a right last figure."""
    first, length = random.choice(
        [("6228", 19), ("6217", 19), ("622848", 19), ("6225", 16), ("4367", 16), ("5187", 16)]
    )
    body = first + "".join(random.choices("0123456789", k=length - 1 - len(first)))
    total = 0
    for place, figure in enumerate(reversed(body)):
        total += int(figure) if place % 2 else sum(divmod(2 * int(figure), 10))
    return body + str(-total % 10)


def parted(number: str, sign: str) -> str:
    """Split a number as people write it: 3-4-4, 6-8-4, or fours."""
    cuts = {11: (3, 7), 18: (6, 14)}.get(len(number), tuple(range(4, len(number), 4)))
    places = [0, *cuts, len(number)]
    return sign.join(number[start:end] for start, end in pairwise(places))


DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "full width": lambda number: number.translate(FULL_WIDTH),
    "spaces": lambda number: parted(number, " "),
    "hyphens": lambda number: parted(number, "-"),
    "dots": lambda number: parted(number, "."),
    "Chinese numerals": lambda number: number.translate(HAN),
    "read aloud": lambda number: number.translate(SPOKEN),
    "circled": lambda number: number.translate(CIRCLED),
    "letters": lambda number: number.translate(LETTERS),
    "underscores": lambda number: "_".join(number),
    "zero width": lambda number: "\u200b".join(number),
    "capitals and words": lambda number: parted(number.translate(CAPITAL), "转"),
}
MOBILE_ONLY: dict[str, Callable[[str], str]] = {
    "plain": lambda number: f"（+86）{number}",
    "full width": lambda number: f"电话：{number.translate(FULL_WIDTH)}",
    "hyphens": lambda number: f"+86-{parted(number, '-')}",
    "spaces": " ".join,
}


def hidden(random: Random, count: int) -> list[tuple[str, str]]:
    """Return so many (disguise, text) pairs, each with a mobile, a card or an identity number in its disguise."""
    found = []
    for turn in range(count):
        name = list(DISGUISES)[turn % len(DISGUISES)]
        maker = random.choice([mobile, mobile, mobile, card, identity])
        disguise = DISGUISES[name]
        if maker is mobile and random.random() < 0.3:
            disguise = MOBILE_ONLY.get(name, disguise)
        around = random.choice(AROUND)
        written = disguise(maker(random))
        found.append((name, around.format(written) if "{}" in around else f"{around} {written}"))
    return found


def ordinary(random: Random, count: int) -> list[str]:
    """Return so many texts of ledgers that show nobody's data: amounts, dates, invoices, contracts, meters, counts."""
    return [
        _filled(random, random.choice(SUMMARIES))
        + random.choice([" ", "，", "；"])
        + _filled(random, random.choice(DETAILS))
        for _ in range(count)
    ]


def _filled(random: Random, pattern: str) -> str:
    month, day = random.randint(1, 12), random.randint(1, 28)
    return pattern.format(
        n=random.randint(1, 400),
        m=month,
        m2=f"{month:02d}",
        d=f"{month:02d}{day:02d}",
        d2=f"{day:02d}",
        y=random.randint(2018, 2026),
        a=f"{random.randint(100, 99999999) / 100:,.2f}",
        r=random.choice([50, 100, 300, 720, 1500, 2000, 13800]),
        e="".join(random.choices("0123456789", k=random.choice([8, 20]))),
        t="".join(random.choices("0123456789", k=12)),
        h="".join(random.choices("0123456789", k=random.choice([10, 13]))),
        f=f"{random.randint(0, 9999):04d}",
        f5=f"{random.randint(0, 99999):05d}",
    )
