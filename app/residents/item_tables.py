"""One item of the list as open data: the whole of it, with its charts as nodes and arrows, amounts in fen."""

from collections.abc import Mapping, Sequence

from app.residents.tables import instant, line_content, plain_yuan
from publicity.ledgers.items import ItemEntry, ItemMoney, ItemRecord, Sums
from publicity.workflow.matter_pages import MatterLine
from village_lists.flowcharts.graph import Graph, Node
from village_lists.powers.bands import Band, Limit
from village_lists.powers.models import PowerItem, Procedure
from village_lists.powers.pages import OtherUse
from village_lists.powers.queries import ItemLine, graph_of


def power_content(
    item: PowerItem, *, line: ItemLine, bands: Mapping[str, Band], others: Mapping[str, Sequence[OtherUse]]
) -> dict[str, object]:
    """Return an item with everything that the list says of it."""
    return {
        "code": item.code,
        "name": item.name,
        "kind": item.kind.value,
        "path": list(line.path),
        "standard_code": item.standard_code,
        "body": item.body,
        "sentence": item.sentence,
        "keywords": list(item.keywords),
        "conditions": item.conditions.splitlines(),
        "papers": list(item.papers),
        "time_limit": item.time_limit,
        "fee": item.fee,
        "accountability": item.accountability.splitlines(),
        "bases": [{"law": one.law, "article": one.article, "words": one.words} for one in item.bases],
        "postings": [
            {"what": one.what, "where": one.place, "when": one.moment, "days": one.days} for one in item.postings
        ],
        "procedures": [
            {
                **procedure_content(use.procedure),
                "amounts": band_content(bands.get(use.procedure.slug)),
                "also_followed_by": [other.code for other in others.get(use.procedure.slug, ())],
            }
            for use in item.uses
        ],
    }


def procedure_content(procedure: Procedure) -> dict[str, object]:
    """Return a procedure as its nodes and arrows."""
    return {"slug": procedure.slug, "title": procedure.title, **graph_content(graph_of(procedure))}


def graph_content(graph: Graph) -> dict[str, object]:
    """Return the nodes and arrows of a graph."""
    edges = [{"source": edge.source, "target": edge.target, "label": edge.label} for edge in graph.edges]
    return {"nodes": [node_content(node) for node in graph.nodes], "edges": edges}


def node_content(node: Node) -> dict[str, object]:
    """Return a node; `posting` is None where its step demands none."""
    posting = node.posting
    return {
        "key": node.key,
        "kind": node.kind.value,
        "title": node.title,
        "actor": node.actor,
        "detail": node.detail,
        "limit_days": node.limit_days,
        "limit_kind": node.limit_kind.value,
        "evidence": list(node.evidence),
        "posting": posting
        and {"what": posting.what, "where": posting.where, "when": posting.when, "days": posting.days},
        "risk": node.risk,
        "embeds": node.embeds,
    }


def band_content(band: Band | None) -> dict[str, object] | None:
    """Return for which amounts a chart is meant: from (included) and below (excluded), or None for all."""
    if band is None:
        return None
    return {"from": _limit_content(band.start), "below": _limit_content(band.end)}


def _limit_content(limit: Limit | None) -> dict[str, object] | None:
    if limit is None:
        return None
    answer = limit.answer
    why = answer and {
        "level": answer.level.value,
        "place": answer.place,
        "basis": answer.basis,
        "valid_from": answer.valid_from.isoformat(),
        "is_sample": answer.is_sample,
    }
    return {"key": limit.key, "name": limit.name, "fen": limit.fen, "rule": why}


def money_content(money: ItemMoney, entries: Sequence[ItemEntry], matters: Sequence[MatterLine]) -> dict[str, object]:
    """Return all money posted under an item: in all, by year, matter and record, line by line; amounts in fen."""
    return {
        "total": _sums_content(money.total),
        "years": [{"year": one.year, **_sums_content(one)} for one in money.years],
        "matters": [_matter_content(matter) for matter in matters],
        "records": [_record_content(record) for record in money.records],
        "entries": [
            {"record": one.record, "period": str(one.period), "body": one.body_kind, **line_content(one.line)}
            for one in entries
        ],
    }


def _sums_content(sums: Sums) -> dict[str, object]:
    return {"income_fen": sums.income_fen, "spending_fen": sums.spending_fen, "lines": sums.count}


def _record_content(record: ItemRecord) -> dict[str, object]:
    return {
        "number": record.number,
        "period": str(record.period),
        "body": record.body_kind,
        "body_name": record.body_name,
        "published_at": instant(record.published_at),
        "income_fen": record.income_fen,
        "spending_fen": record.spending_fen,
        "lines": record.count,
    }


def _matter_content(matter: MatterLine) -> dict[str, object]:
    return {
        "number": matter.number,
        "code": matter.code,
        "title": matter.title,
        "state": matter.state.value,
        "budget_fen": matter.budget_fen,
        "paid_fen": matter.money.paid_fen,
        "left_fen": matter.money.left_fen,
    }


def entry_row(entry: ItemEntry) -> list[object]:
    """Return a line as a row of CSV, amounts in yuan without commas, the empty side empty."""
    line = entry.line
    return [
        str(entry.period),
        entry.record,
        line.day.isoformat(),
        line.voucher,
        line.summary,
        line.payee,
        plain_yuan(line.income_fen),
        plain_yuan(line.spending_fen),
        line.matter_code,
        line.matter_title,
    ]
