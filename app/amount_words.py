"""What amounts, the bands that they choose, and levels of rules are called: shared by audiences."""

from app.words import language, say
from village_lists.amounts import exact, yuan
from village_lists.markers import N_
from village_lists.places.models import Level
from village_lists.powers.bands import Band, Limit

LEVEL_WORDS = {
    Level.NATIONAL: N_("国家"),
    Level.PROVINCE: N_("省级"),
    Level.COUNTY: N_("县级"),
    Level.TOWNSHIP: N_("乡镇级"),
    Level.VILLAGE: N_("村级"),
}


def amount_words(fen: int) -> str:
    """Return an amount as people say it, never rounded: 5万元, 5,000元; in English 50,000 yuan."""
    if language() != "en":
        return exact(fen)
    return say(N_("%(amount)s元"), {"amount": yuan(fen).removesuffix(".00")})


def band_words(band: Band) -> str:
    """Return for which amounts a chart is meant: 不满5万元."""
    values = {"start": _amount(band.start), "end": _amount(band.end)}
    if band.start and band.end:
        return say(N_("%(start)s以上（含），不满%(end)s"), values)
    return say(N_("%(start)s以上（含）") if band.start else N_("不满%(end)s"), values)


def _amount(limit: Limit | None) -> str:
    if limit is None:
        return ""
    return amount_words(limit.fen) if limit.fen is not None else say(N_("（还没有定的数）"))


def level_words(level: Level) -> str:
    """Return what a level is called."""
    return say(LEVEL_WORDS[level])
