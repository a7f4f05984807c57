"""A dense procedure as counties draw them: nested questions, three parts at once, loops back over many steps."""

from dataclasses import replace

from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind, Posting

START, STEP, DECISION = NodeKind.START, NodeKind.STEP, NodeKind.DECISION
PREDEFINED, PARALLEL, END = NodeKind.PREDEFINED, NodeKind.PARALLEL, NodeKind.END

STEPS = (
    ("start", START, "村民或村党组织提出建设项目", ""),
    ("draft", STEP, "村党组织会议提议，形成项目初步方案", "村党组织"),
    ("asked", DECISION, "党员和村民代表征求意见后，多数认为应当办吗", "村党组织"),
    ("five", PREDEFINED, "走五议决策法", "村党组织牵头"),
    ("voted", DECISION, "村民会议或村民代表会议表决通过了吗", "村民代表会议"),
    ("told", STEP, "公告表决结果", "村民委员会"),
    ("doubted", DECISION, "公告期内有没有异议", "村务监督委员会"),
    ("reply", STEP, "书面答复提出异议的村民", "村民委员会"),
    ("report", STEP, "报乡镇人民政府审核", "乡镇人民政府"),
    ("agreed", DECISION, "审核同意吗", "乡镇人民政府"),
    ("fork", PARALLEL, "三项准备同时进行", ""),
    ("design", STEP, "委托设计并编制预算", "村民委员会"),
    ("priced", STEP, "预算送第三方审核", "乡镇财政所"),
    ("land", STEP, "落实用地和青苗补偿", "村民委员会"),
    ("money", STEP, "落实资金，开设专账", "村集体经济组织"),
    ("join", PARALLEL, "", ""),
    ("large", DECISION, "预算多少", "村民委员会"),
    ("tender", PREDEFINED, "进乡镇公共资源交易中心公开招标", "交易中心"),
    ("compare", STEP, "三家以上比选，村务监督委员会到场", "村民委员会"),
    ("direct", STEP, "民主议定，直接委托", "村两委"),
    ("sign", STEP, "签订合同并公示", "村民委员会"),
    ("build", STEP, "施工，村民监督小组逐日记录", "中标单位"),
    ("accept", DECISION, "联合验收合格吗", "村两委、监委会、村民代表、乡镇"),
    ("audit", STEP, "决算审计", "第三方审计机构"),
    ("pay", STEP, "公示结算清单和付款", "村报账员"),
    ("end", END, "办结，资料归档", ""),
    ("dropped", END, "不实施，向村民说明理由", ""),
)
EXITS = {
    "asked": {"应当办": "five", "不急，明年再议": "draft", "不办": "dropped"},
    "voted": {"通过": "told", "未通过，修改方案后再议": "draft", "未通过，不再实施": "dropped"},
    "doubted": {
        "没有异议": "report",
        "有异议，经核实成立": "voted",
        "有异议，经核实不成立，向提出人书面答复": "reply",
    },
    "agreed": {"同意": "fork", "退回补正材料": "report", "不同意": "dropped"},
    "large": {"10万元以上": "tender", "3万元至10万元": "compare", "3万元以下": "direct"},
    "accept": {"合格": "audit", "不合格，限期整改": "build"},
}
BRANCHES = {"fork": ("design", "land", "money")}
LEAPS = {"priced": "join", "land": "join", "money": "join", "tender": "sign", "compare": "sign", "direct": "sign"}


def dense_project() -> Graph:
    """Return the procedure: 27 nodes, 6 questions, 3 branches, loops back over up to 6 steps."""
    nodes = {
        key: Node(key=key, kind=kind, title=title, actor=actor, embeds="wuyi" if kind is PREDEFINED else "")
        for key, kind, title, actor in STEPS
    }
    nodes["voted"] = replace(
        nodes["voted"], evidence=("会议记录", "表决票"), detail="到会人数三分之二以上，到会人员过半数同意"
    )
    nodes["told"] = replace(nodes["told"], posting=Posting(what="表决结果", days=7), limit_days=3)
    nodes["large"] = replace(nodes["large"], risk="化整为零，规避招标", prohibitions=("N07",))
    nodes["report"] = replace(nodes["report"], limit_days=10, limit_kind=DayKind.WORKING)
    nodes["pay"] = replace(nodes["pay"], posting=Posting(what="结算清单", days=15), evidence=("发票", "验收单"))
    edges = []
    following = dict(zip(nodes, list(nodes)[1:], strict=False))
    for key, node in nodes.items():
        if key in EXITS:
            edges += [Edge(source=key, target=target, label=label) for label, target in EXITS[key].items()]
        elif node.kind is not END:
            targets = BRANCHES.get(key) or (LEAPS.get(key, following[key]),)
            edges += [Edge(source=key, target=target) for target in targets]
    return Graph(title="村级公益项目建设", nodes=tuple(nodes.values()), edges=tuple(edges))
