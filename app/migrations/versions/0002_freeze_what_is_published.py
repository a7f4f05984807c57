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
        "revision",
    )
)
STATE = "(SELECT v.state FROM version v WHERE v.id = {r}.version_id)"
ENTRY_STATE = "(SELECT v.state FROM version v JOIN ledger l ON l.version_id = v.id WHERE l.id = {r}.ledger_id)"
FROZEN = "('published', 'corrected')"
IN_REVIEW = "('submitted', 'approved', 'confirmed')"
REVIEW = "('approve', 'confirm')"
MOVES = " OR ".join(
    f"(OLD.state = '{before}' AND NEW.state IN ({', '.join(repr(after) for after in states)}))"
    for before, states in {
        "draft": ("submitted",),
        "submitted": ("draft", "approved", "confirmed"),
        "approved": ("draft", "published"),
        "confirmed": ("draft", "published"),
        "published": ("corrected",),
    }.items()
)
OTHERS = "SELECT 1 FROM version v WHERE v.record_id = NEW.record_id AND v.id <> NEW.id"
BEGUN = (
    "EXISTS (SELECT 1 FROM version v JOIN record r ON r.id = v.record_id"
    f" WHERE r.body_id = OLD.body_id AND v.state IN {FROZEN})"
)
HOLDS = (
    "SELECT 1 FROM post p JOIN record r ON r.village_id = p.place_id JOIN version v ON v.record_id = r.id"
    " WHERE v.id = NEW.version_id AND p.person_id = NEW.by_id AND p.kind = NEW.post"
    " AND ((NEW.deed = 'approve' AND p.kind = 'supervision_head') OR (NEW.deed = 'confirm'"
    " AND (p.kind = 'secretary' OR (p.kind = 'director' AND p.is_substitute = true))))"
)

RULES = [
    ("entry_insert", "entry", "INSERT", f"{ENTRY_STATE.format(r='NEW')} <> 'draft'", "lines of a draft only"),
    (
        "entry_update",
        "entry",
        "UPDATE",
        f"{ENTRY_STATE.format(r='OLD')} <> 'draft' OR NEW.ledger_id <> OLD.ledger_id OR NEW.id <> OLD.id",
        "lines of a draft only",
    ),
    ("entry_delete", "entry", "DELETE", f"{ENTRY_STATE.format(r='OLD')} <> 'draft'", "lines of a draft only"),
    ("ledger_insert", "ledger", "INSERT", f"{STATE.format(r='NEW')} <> 'draft'", "accounts of a draft only"),
    (
        "ledger_update",
        "ledger",
        "UPDATE",
        f"{STATE.format(r='OLD')} <> 'draft' OR NEW.version_id <> OLD.version_id OR NEW.id <> OLD.id",
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
    (
        "version_moves",
        "version",
        "UPDATE",
        f"NEW.state <> OLD.state AND NOT ({MOVES})",
        "states move by the table of review",
    ),
    (
        "version_bound",
        "version",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.record_id <> OLD.record_id OR NEW.number <> OLD.number OR NEW.key <> OLD.key"
        " OR (OLD.state <> 'draft' AND (NEW.digest <> OLD.digest OR NEW.made_by_id <> OLD.made_by_id"
        " OR NEW.made_at <> OLD.made_at OR NEW.reason <> OLD.reason))",
        "what is in review stays what was submitted",
    ),
    (
        "version_voided",
        "version",
        "UPDATE",
        "NEW.state = 'draft' AND OLD.state <> 'draft' AND EXISTS (SELECT 1 FROM event x"
        f" WHERE x.version_id = NEW.id AND x.deed IN {REVIEW} AND x.is_void = false)",
        "approvals are void when a version returns",
    ),
    (
        "version_succeeded",
        "version",
        "UPDATE",
        "NEW.state = 'corrected' AND OLD.state = 'published'"
        f" AND NOT EXISTS ({OTHERS} AND v.number > NEW.number AND v.state IN ('approved', 'confirmed'))",
        "only a reviewed correction takes the place of what is published",
    ),
    (
        "version_single",
        "version",
        "UPDATE",
        "NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_at IS NULL"
        f" OR EXISTS ({OTHERS} AND v.state = 'published')"
        f" OR (TRIM(NEW.reason) = '' AND EXISTS ({OTHERS} AND v.state = 'corrected')))",
        "one version stands published; a correction says why",
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
    (
        "event_post",
        "event",
        "INSERT",
        f"NEW.deed IN {REVIEW} AND NOT EXISTS ({HOLDS})",
        "only the head of supervision approves, only the secretary or his substitute confirms",
    ),
    (
        "event_seen",
        "event",
        "INSERT",
        f"NEW.deed IN {REVIEW} AND NOT EXISTS (SELECT 1 FROM version v WHERE v.id = NEW.version_id"
        f" AND v.state IN {IN_REVIEW} AND v.digest = NEW.digest)",
        "a review is of what was submitted",
    ),
    ("event_late", "event", "INSERT", f"{STATE.format(r='NEW')} IN {FROZEN}", "what is published is never edited"),
    (
        "event_update",
        "event",
        "UPDATE",
        f"{STATE.format(r='OLD')} IN {FROZEN} OR NEW.version_id <> OLD.version_id OR NEW.deed <> OLD.deed"
        " OR NEW.id <> OLD.id OR NEW.by_id <> OLD.by_id OR NEW.digest <> OLD.digest OR NEW.name <> OLD.name"
        " OR NEW.at <> OLD.at OR NEW.post <> OLD.post OR NEW.note <> OLD.note"
        " OR NEW.acts_as_substitute <> OLD.acts_as_substitute OR (OLD.is_void = true AND NEW.is_void = false)",
        "a deed can only become void",
    ),
    ("event_delete", "event", "DELETE", "1 = 1", "deeds are kept"),
    ("remark_insert", "remark", "INSERT", f"{STATE.format(r='NEW')} IN {FROZEN}", "what is published is never edited"),
    (
        "remark_update",
        "remark",
        "UPDATE",
        f"{STATE.format(r='OLD')} IN {FROZEN} OR NEW.id <> OLD.id OR NEW.version_id <> OLD.version_id"
        " OR NEW.by_id <> OLD.by_id OR NEW.name <> OLD.name OR NEW.at <> OLD.at OR NEW.words <> OLD.words"
        " OR COALESCE(NEW.line, 0) <> COALESCE(OLD.line, 0)",
        "a remark can only be answered",
    ),
    ("remark_delete", "remark", "DELETE", "1 = 1", "remarks are kept"),
    ("code_update", "short_code", "UPDATE", "1 = 1", "a printed code never changes"),
    ("code_delete", "short_code", "DELETE", "1 = 1", "a printed code never dies"),
    (
        "balance_update",
        "starting_balance",
        "UPDATE",
        BEGUN,
        "what the published books start from never changes",
    ),
    (
        "balance_delete",
        "starting_balance",
        "DELETE",
        BEGUN,
        "what the published books start from never changes",
    ),
    (
        "record_delete",
        "record",
        "DELETE",
        "EXISTS (SELECT 1 FROM version v WHERE v.record_id = OLD.id)",
        "records are kept",
    ),
    (
        "record_update",
        "record",
        "UPDATE",
        "EXISTS (SELECT 1 FROM version v WHERE v.record_id = OLD.id AND v.state <> 'draft')",
        "a record keeps its body, number and period",
    ),
]

# INSERT OR REPLACE, which only SQLite has, takes a row away without its DELETE trigger: a new row stands on no old one.
UNIQUE = {
    "entry": ("ledger_id = NEW.ledger_id AND o.line = NEW.line",),
    "ledger": ("version_id = NEW.version_id",),
    "version": ("key = NEW.key", "record_id = NEW.record_id AND o.number = NEW.number"),
    "event": (),
    "remark": (),
    "record": (
        "village_id = NEW.village_id AND o.number = NEW.number",
        "body_id = NEW.body_id AND o.category_id = NEW.category_id AND o.period = NEW.period",
    ),
    "short_code": (
        "code = NEW.code",
        "village_id = NEW.village_id AND o.kind = NEW.kind AND o.target = NEW.target",
    ),
    "starting_balance": ("body_id = NEW.body_id",),
}


def upgrade() -> None:
    """Put the triggers in place."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    _keep_whole_tables(on_postgresql=on_postgresql)
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


def _keep_whole_tables(*, on_postgresql: bool) -> None:
    """Refuse the ways around row triggers: TRUNCATE on PostgreSQL, REPLACE on SQLite."""
    if on_postgresql:
        op.execute(
            "CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'what was kept is never emptied' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table, keys in UNIQUE.items():
        if on_postgresql:
            op.execute(
                f"CREATE TRIGGER refuse_{table}_truncate BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()"
            )
        else:
            same = " OR ".join(f"(o.{key})" for key in ("id = NEW.id", *keys))
            op.execute(
                f"CREATE TRIGGER refuse_{table}_over BEFORE INSERT ON {table} FOR EACH ROW"
                f" WHEN EXISTS (SELECT 1 FROM {table} o WHERE {same})"
                " BEGIN SELECT RAISE(ABORT, 'a row never takes the place of another'); END"
            )


def downgrade() -> None:
    """Take the triggers away."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in UNIQUE:
        op.execute(
            f"DROP TRIGGER refuse_{table}_truncate ON {table}" if on_postgresql else f"DROP TRIGGER refuse_{table}_over"
        )
    if on_postgresql:
        op.execute("DROP FUNCTION refuse_truncate()")
    for name, table, _deed, _condition, _words in RULES:
        if on_postgresql:
            op.execute(f"DROP TRIGGER refuse_{name} ON {table}")
            op.execute(f"DROP FUNCTION refuse_{name}()")
        else:
            op.execute(f"DROP TRIGGER refuse_{name}")
