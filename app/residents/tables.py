"""The public tables as open data shows them: the same masked rows as the pages, amounts in fen and in yuan."""

from datetime import datetime

from publicity.ledgers.figures import AgainstPlan, Compared, Figures
from publicity.ledgers.pages import AccountsPage
from publicity.ledgers.public_lines import PublicLine
from publicity.records.pages import PublicVersion, Signer
from publicity.workflow.completeness import Completeness
from publicity.workflow.public_records import RecordCard, VersionCard
from village_lists.amounts import yuan
from village_lists.days import CHINA
from village_lists.places.models import Place
from village_lists.powers.queries import ItemLine
from village_lists.prohibitions.models import Prohibition


def instant(value: datetime) -> str:
    """Return an instant in Chinese time in ISO form."""
    return value.astimezone(CHINA).isoformat(timespec="seconds")


def figures_content(figures: Figures) -> dict[str, object]:
    """Return the figures of a body's month, amounts in fen."""
    return {
        "body": figures.body_kind,
        "body_name": figures.body_name,
        "record": figures.record,
        "published_at": instant(figures.published_at),
        "opening_fen": figures.opening_fen,
        "income_fen": figures.income_fen,
        "spending_fen": figures.spending_fen,
        "closing_fen": figures.closing_fen,
    }


def accounts_content(village: Place, page: AccountsPage, against: AgainstPlan | None) -> dict[str, object]:
    """Return one body's month with every line and what it is compared with, amounts in fen."""
    return {
        "village": village.code,
        "village_name": village.name,
        "period": str(page.figures.period),
        **figures_content(page.figures),
        "version": page.version.number,
        "correction_reason": page.version.reason,
        "compared": [compared_content(one) for one in page.compared if not one.is_this],
        "plan": plan_content(against) if against else None,
        "funds": [{"kind": one.kind.value, "name": one.name, "closing_fen": one.closing_fen} for one in page.funds],
        "entries": [line_content(line) for line in page.lines],
    }


def compared_content(one: Compared) -> dict[str, object]:
    """Return a month that another is compared with, amounts in fen; None where it is not published."""
    return {
        "period": str(one.period),
        "income_fen": one.figures.income_fen if one.figures else None,
        "spending_fen": one.figures.spending_fen if one.figures else None,
    }


def plan_content(against: AgainstPlan) -> dict[str, object]:
    """Return the year so far beside its plan, amounts in fen; months that are not counted in stand by name."""
    return {
        "year": against.plan.year,
        "record": against.plan.record,
        "through": str(against.through),
        "months_missing": [str(month) for month in against.missing],
        **{f"{one.side}_fen": one.actual_fen for one in against.sides},
        **{f"planned_{one.side}_fen": one.planned_fen for one in against.sides},
    }


def completeness_content(one: Completeness) -> dict[str, object]:
    """Return which of the eight classes of disclosure a body has spoken of, and by which records."""
    return {
        "body": one.body_kind,
        "body_name": one.body_name,
        "period": str(one.span),
        "classes": [
            {
                "class": standing.key,
                "name": standing.name,
                "period": str(standing.span),
                "state": standing.said.value,
                "records": [record.number for record in standing.records],
            }
            for standing in one.classes
        ],
    }


def line_content(line: PublicLine) -> dict[str, object]:
    """Return a line, amounts in fen."""
    return {
        "line": line.line,
        "date": line.day.isoformat(),
        "voucher": line.voucher,
        "summary": line.summary,
        "payee": line.payee,
        "income_fen": line.income_fen,
        "spending_fen": line.spending_fen,
        "item": line.item_code,
        "item_name": line.item_name,
        "matter": line.matter_number,
        "matter_code": line.matter_code,
        "matter_title": line.matter_title,
    }


def line_row(line: PublicLine) -> list[object]:
    """Return a line as a row of CSV, amounts in yuan without commas, the empty side empty."""
    return [
        line.day.isoformat(),
        line.voucher,
        line.summary,
        line.payee,
        plain_yuan(line.income_fen),
        plain_yuan(line.spending_fen),
        line.item_code,
        line.item_name,
        line.matter_code,
        line.matter_title,
    ]


def plain_yuan(fen: int) -> str:
    """Return fen as yuan that a spreadsheet reads as a number: 10800.00; nothing for none."""
    return yuan(fen).replace(",", "") if fen else ""


def card_content(card: RecordCard) -> dict[str, object]:
    """Return a record of the list."""
    return {
        "number": card.number,
        "period": str(card.span),
        "title": card.title,
        "body": card.body_kind,
        "body_name": card.body_name,
        "category": card.category,
        "category_code": card.code,
        "affairs": card.affairs.value,
        "first_published_at": instant(card.first_published_at),
        "published_at": instant(card.published_at),
        "versions": card.versions,
        "is_withdrawn": card.is_withdrawn,
    }


def version_card_content(version: VersionCard) -> dict[str, object]:
    """Return a version that was made public; a withdrawn one tells why and gives nothing else away."""
    stone = version.tombstone
    return {
        "version": version.number,
        "is_current": version.is_current,
        "published_at": instant(version.published_at),
        "reason": version.reason,
        "signers": [signer_content(signer) for signer in version.signers],
        "withdrawn": {"at": instant(stone.at), "reason": stone.reason} if stone else None,
    }


def version_content(version: PublicVersion) -> dict[str, object]:
    """Return a public version of a record."""
    return {
        "version": version.number,
        "is_current": version.is_current,
        "published_at": instant(version.published_at),
        "reason": version.reason,
        "signers": [signer_content(signer) for signer in version.signers],
    }


def signer_content(signer: Signer) -> dict[str, object]:
    """Return who signed, in which office, when."""
    return {"role": signer.role, "post": signer.post, "name": signer.name, "at": instant(signer.at)}


def item_content(item: ItemLine) -> dict[str, object]:
    """Return an item of the list."""
    return {
        "code": item.code,
        "name": item.name,
        "sentence": item.sentence,
        "kind": item.kind.value,
        "category": item.category,
        "group": item.group,
        "path": list(item.path),
    }


def prohibition_content(prohibition: Prohibition) -> dict[str, object]:
    """Return an entry of the negative list."""
    return {
        "code": prohibition.code,
        "words": prohibition.words,
        "basis": prohibition.basis,
        "consequence": prohibition.consequence,
        "who": prohibition.who,
        "watched_by": prohibition.watched_by,
        "is_sample": prohibition.is_sample,
        "items": sorted({tie.item_code for tie in prohibition.ties if tie.item_code}),
        "steps": sorted(f"{tie.item_code}.{tie.node_key}" for tie in prohibition.ties if tie.node_key),
        "posts": sorted(tie.post.value for tie in prohibition.ties if tie.post),
    }
