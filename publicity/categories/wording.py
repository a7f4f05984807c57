"""What kinds, audiences and masks of columns are called, for comparisons and for the steward's pages."""

from publicity.categories.contents import Audience, Column, ColumnKind, Mask, Sheet
from publicity.categories.models import Affairs
from village_lists.markers import N_
from village_lists.periods import Cadence
from village_lists.places.models import BodyKind

AFFAIRS_WORDS = {Affairs.PARTY: N_("党务"), Affairs.VILLAGE: N_("村务"), Affairs.FINANCE: N_("财务")}
SHEET_WORDS = {
    Sheet.ACCOUNTS: N_("收支账"),
    Sheet.ROSTER: N_("名册：一人一行"),
    Sheet.TABLE: N_("表格：列多、行多"),
    Sheet.NOTICE: N_("公告：一段一段的文字"),
    Sheet.WORKS: N_("工程项目"),
}
CADENCE_WORDS = {
    Cadence.MONTH: N_("每月"),
    Cadence.QUARTER: N_("每季度"),
    Cadence.HALF_YEAR: N_("每半年"),
    Cadence.YEAR: N_("每年"),
    Cadence.EVENT: N_("有事才公开，一事一公开"),
}
BODY_WORDS = {BodyKind.COMMITTEE: N_("村民委员会"), BodyKind.COLLECTIVE: N_("村集体经济组织")}
KIND_WORDS = {
    ColumnKind.TEXT: N_("文字"),
    ColumnKind.PROSE: N_("大段文字"),
    ColumnKind.PERSON: N_("人名"),
    ColumnKind.PARTY: N_("单位或者个人"),
    ColumnKind.MONEY: N_("金额"),
    ColumnKind.NUMBER: N_("数（可以有小数）"),
    ColumnKind.COUNT: N_("个数"),
    ColumnKind.DATE: N_("日期"),
    ColumnKind.MONTH: N_("月份"),
    ColumnKind.CHOICE: N_("从几个里选一个"),
    ColumnKind.PHONE: N_("电话"),
    ColumnKind.IDENTITY: N_("身份证号"),
    ColumnKind.CARD: N_("银行卡号"),
    ColumnKind.BIRTH: N_("出生日期"),
}
AUDIENCE_WORDS = {
    Audience.WEB: N_("网上和纸上都公开"),
    Audience.PAPER: N_("只在纸上，网上没有这一列"),
    Audience.NEVER: N_("都不公开，只给经办的干部看"),
}
MASK_WORDS = {
    Mask.NONE: N_("写全"),
    Mask.NAME: N_("姓名只写姓：张*"),
    Mask.PHONE: N_("电话盖住中间：138****5678"),
    Mask.TAIL: N_("只写后四位"),
    Mask.HIDDEN: N_("只写「不公开」"),
}
WEB_SAYS = {
    Mask.NONE: N_("网上写全"),
    Mask.NAME: N_("网上写 张*"),
    Mask.PHONE: N_("网上写 138****5678"),
    Mask.TAIL: N_("网上只写后四位"),
    Mask.HIDDEN: N_("网上只写「不公开」"),
}
PAPER_SAYS = {
    Mask.NONE: N_("纸上写全"),
    Mask.NAME: N_("纸上写 张*"),
    Mask.PHONE: N_("纸上写 138****5678"),
    Mask.TAIL: N_("纸上只写后四位"),
    Mask.HIDDEN: N_("纸上只写「不公开」"),
}
NOT_ON_THE_WEB, NOWHERE = N_("网上没有"), N_("网上和纸上都没有")


def shown_where(column: Column) -> tuple[str, ...]:
    """Return the marked words that say how a column is read: on the web, then on paper."""
    if column.audience is Audience.NEVER:
        return (NOWHERE,)
    web = NOT_ON_THE_WEB if column.audience is Audience.PAPER else WEB_SAYS[column.web_mask]
    return (web, PAPER_SAYS[column.paper_mask])
