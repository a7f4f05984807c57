"""What items and what was found of them are called on residents' pages."""

from village_lists.markers import N_
from village_lists.powers.models import ItemKind
from village_lists.powers.search import Field

KIND_WORDS = {
    ItemKind.POWER: N_("村级权力：村里自己定、自己办"),
    ItemKind.RESPONSIBILITY: N_("村级责任：村里必须做到"),
    ItemKind.SERVICE: N_("便民服务：村里帮大家办"),
    ItemKind.ASSIST: N_("协助政府：政府定，村里帮着办"),
}
KIND_NAMES = {
    ItemKind.POWER: N_("权力"),
    ItemKind.RESPONSIBILITY: N_("责任"),
    ItemKind.SERVICE: N_("服务"),
    ItemKind.ASSIST: N_("协助政府"),
}
FIELD_WORDS = {
    Field.NAME: N_("名称"),
    Field.KEYWORDS: N_("也叫"),
    Field.SENTENCE: N_("说明"),
    Field.CATEGORY: N_("类别"),
    Field.CONDITIONS: N_("条件里提到"),
    Field.PAPERS: N_("材料里提到"),
}
