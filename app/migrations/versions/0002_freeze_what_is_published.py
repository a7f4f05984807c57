"""The database itself refuses what policy refuses: edits of what is published, one's own approval, wrong sums."""

from alembic import op

revision = "0002"
down_revision = "0001"

ENTERED = "SELECT x.by_id FROM event x WHERE x.version_id = {v} AND x.deed IN ('draft', 'submit')"
BALANCE = (
    "SELECT l.opening_fen - l.closing_fen"
    " + COALESCE((SELECT SUM(e.income_fen) - SUM(e.spending_fen) FROM entry e WHERE e.ledger_id = l.id), 0)"
    " FROM ledger l WHERE l.version_id = NEW.id"
)
SEEN = (
    "SELECT x.by_id FROM event x WHERE x.version_id = NEW.id AND x.deed = '{deed}' AND x.is_void = false"
    " AND x.digest = NEW.digest AND x.by_id <> NEW.made_by_id AND x.by_id NOT IN (" + ENTERED.format(v="NEW.id") + ")"
)
SAME = " AND ".join(
    f"(NEW.{name} = OLD.{name} OR (NEW.{name} IS NULL AND OLD.{name} IS NULL))"
    for name in (
        "record_id",
        "number",
        "key",
        "made_by_id",
        "made_at",
        "reason",
        "digest",
        "submitted_at",
        "published_at",
        "display_from",
        "display_to",
    )
)
STATE = "(SELECT v.state FROM version v WHERE v.id = {r}.version_id)"
ENTRY_STATE = "(SELECT v.state FROM version v JOIN ledger l ON l.version_id = v.id WHERE l.id = {r}.ledger_id)"
FROZEN = "('published', 'corrected')"

RULES = [
    ("entry_insert", "entry", "INSERT", f"{ENTRY_STATE.format(r='NEW')} <> 'draft'", "lines of a draft only"),
    (
        "entry_update",
        "entry",
        "UPDATE",
        f"{ENTRY_STATE.format(r='OLD')} <> 'draft' OR NEW.ledger_id <> OLD.ledger_id",
        "lines of a draft only",
    ),
    ("entry_delete", "entry", "DELETE", f"{ENTRY_STATE.format(r='OLD')} <> 'draft'", "lines of a draft only"),
    ("ledger_insert", "ledger", "INSERT", f"{STATE.format(r='NEW')} <> 'draft'", "accounts of a draft only"),
    (
        "ledger_update",
        "ledger",
        "UPDATE",
        f"{STATE.format(r='OLD')} <> 'draft' OR NEW.version_id <> OLD.version_id",
        "accounts of a draft only",
    ),
    ("ledger_delete", "ledger", "DELETE", f"{STATE.format(r='OLD')} <> 'draft'", "accounts of a draft only"),
    ("version_insert", "version", "INSERT", "NEW.state <> 'draft'", "a version begins as a draft"),
    (
        "version_frozen",
        "version",
        "UPDATE",
        f"OLD.state IN {FROZEN} AND NOT (OLD.state = 'published' AND NEW.state = 'corrected' AND {SAME})",
        "what is published is never edited",
    ),
    ("version_kept", "version", "DELETE", "OLD.state <> 'draft'", "what was submitted is kept"),
    (
        "version_balances",
        "version",
        "UPDATE",
        f"NEW.state = 'published' AND OLD.state <> 'published' AND COALESCE(({BALANCE}), 1) <> 0",
        "accounts that do not balance are not posted",
    ),
    (
        "version_reviewed",
        "version",
        "UPDATE",
        "NEW.state = 'published' AND OLD.state <> 'published' AND NOT EXISTS ("
        + f"SELECT 1 FROM ({SEEN.format(deed='approve')}) a, ({SEEN.format(deed='confirm')}) c"
        + " WHERE a.by_id <> c.by_id)",
        "two other people must have approved and confirmed this very content",
    ),
    (
        "event_own",
        "event",
        "INSERT",
        "NEW.deed IN ('approve', 'confirm') AND (NEW.by_id IN ("
        + ENTERED.format(v="NEW.version_id")
        + ") OR NEW.by_id = (SELECT v.made_by_id FROM version v WHERE v.id = NEW.version_id))",
        "nobody approves what he entered",
    ),
    ("event_late", "event", "INSERT", f"{STATE.format(r='NEW')} IN {FROZEN}", "what is published is never edited"),
    (
        "event_update",
        "event",
        "UPDATE",
        f"{STATE.format(r='OLD')} IN {FROZEN} OR NEW.version_id <> OLD.version_id OR NEW.deed <> OLD.deed"
        " OR NEW.by_id <> OLD.by_id OR NEW.digest <> OLD.digest OR NEW.name <> OLD.name OR NEW.at <> OLD.at"
        " OR NEW.post <> OLD.post OR (OLD.is_void = true AND NEW.is_void = false)",
        "a deed can only become void",
    ),
    ("event_delete", "event", "DELETE", "1 = 1", "deeds are kept"),
    ("remark_insert", "remark", "INSERT", f"{STATE.format(r='NEW')} IN {FROZEN}", "what is published is never edited"),
    ("remark_update", "remark", "UPDATE", f"{STATE.format(r='OLD')} IN {FROZEN}", "what is published is never edited"),
    ("remark_delete", "remark", "DELETE", "1 = 1", "remarks are kept"),
    ("code_update", "short_code", "UPDATE", "1 = 1", "a printed code never changes"),
    ("code_delete", "short_code", "DELETE", "1 = 1", "a printed code never dies"),
    ("record_delete", "record", "DELETE", "EXISTS (SELECT 1 FROM version v WHERE v.record_id = OLD.id)", "records are kept"),
    (
        "record_update",
        "record",
        "UPDATE",
        "EXISTS (SELECT 1 FROM version v WHERE v.record_id = OLD.id AND v.state <> 'draft')",
        "a record keeps its body, number and period",
    ),
]


def upgrade() -> None:
    """Put the triggers in place."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for name, table, deed, condition, words in RULES:
        if on_postgresql:
            op.execute(
                f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF {condition} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';"
                f" END IF; RETURN {'OLD' if deed == 'DELETE' else 'NEW'}; END $$"
            )
            op.execute(
                f"CREATE TRIGGER refuse_{name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_{name}()"
            )
        else:
            op.execute(
                f"CREATE TRIGGER refuse_{name} BEFORE {deed} ON {table} FOR EACH ROW WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )


def downgrade() -> None:
    """Take the triggers away."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for name, table, _deed, _condition, _words in RULES:
        if on_postgresql:
            op.execute(f"DROP TRIGGER refuse_{name} ON {table}")
            op.execute(f"DROP FUNCTION refuse_{name}()")
        else:
            op.execute(f"DROP TRIGGER refuse_{name}")
