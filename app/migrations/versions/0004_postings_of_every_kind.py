"""Postings of every kind: categories as data, attachments, withdrawals, overrides, filings, extensions."""

import importlib.util
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

FIRST_EDITION = {
    "name": "财务收支逐笔公开",
    "affairs": "finance",
    "sheet": "accounts",
    "cadence": "month",
    "about": "村里每一笔收入和支出",
    "headings": [["three", "finance"], ["four", "finance"]],
    "bodies": ["committee", "collective"],
    "fields": [],
    "columns": [],
    "due_rule": "due.finance.monthly.day",
    "review_rule": "review.order",
    "display_rule": "display.days",
    "basis": [],
    "items": [],
    "may_be_nil": False,
    "is_owed": True,
    "hides_minors": False,
    "is_active": True,
    "position": 1,
    "note": "",
}
FIRST_DIGEST = "4fe770664984ab0ebbaa09be183dba6019e4611255a339a800c82c8267b1cf19"


def _differs(*names: str, json: tuple[str, ...] = ()) -> str:
    """Return the condition that a column changed; a value that comes or goes is a change too (never unknown)."""
    same = [f"(NEW.{name} = OLD.{name} OR (NEW.{name} IS NULL AND OLD.{name} IS NULL))" for name in names]
    same += [
        f"(CAST(NEW.{name} AS TEXT) = CAST(OLD.{name} AS TEXT) OR (NEW.{name} IS NULL AND OLD.{name} IS NULL))"
        for name in json
    ]
    return f"NOT COALESCE({' AND '.join(same)}, 1 = 0)"


FROZEN = "('published', 'corrected', 'withdrawn')"
WAITING = "('submitted', 'approved', 'confirmed', 'endorsed')"
REVIEW = "('approve', 'confirm', 'endorse')"
STATE = "(SELECT v.state FROM version v WHERE v.id = {r}.version_id)"
ROW_STATE = "(SELECT v.state FROM version v JOIN posting p ON p.version_id = v.id WHERE p.id = {r}.posting_id)"
ENTERED = "SELECT x.by_id FROM event x WHERE x.version_id = {v} AND x.deed IN ('draft', 'submit')"
SEEN = (
    "SELECT x.by_id FROM event x WHERE x.version_id = NEW.id AND x.deed = '{deed}' AND x.is_void = false"
    " AND x.digest = NEW.digest AND x.by_id <> NEW.made_by_id AND x.by_id NOT IN (" + ENTERED.format(v="NEW.id") + ")"
)
BALANCE = (
    "SELECT l.opening_fen - l.closing_fen"
    " + COALESCE((SELECT SUM(e.income_fen) - SUM(e.spending_fen) FROM entry e WHERE e.ledger_id = l.id), 0)"
    " FROM ledger l WHERE l.version_id = NEW.id"
)
IS_ACCOUNTS = (
    "EXISTS (SELECT 1 FROM record r JOIN category c ON c.id = r.category_id"
    " WHERE r.id = NEW.record_id AND c.code = 'finance.monthly-accounts')"
)
OTHERS = "SELECT 1 FROM version v WHERE v.record_id = NEW.record_id AND v.id <> NEW.id"
MOVES = " OR ".join(
    f"(OLD.state = '{before}' AND NEW.state IN ({', '.join(repr(after) for after in states)}))"
    for before, states in {
        "draft": ("submitted",),
        "submitted": ("draft", "approved", "confirmed", "endorsed"),
        "approved": ("draft", "confirmed", "endorsed", "published"),
        "confirmed": ("draft", "approved", "endorsed", "published"),
        "endorsed": ("draft", "approved", "confirmed", "published"),
        "published": ("corrected", "withdrawn"),
    }.items()
)
WHOLE = (
    "id",
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
    "review",
)
# The order of review that was fixed when the version was submitted says which office reviews it.
HOLDS = (
    "SELECT 1 FROM post p, record r, version v, place village"
    " WHERE v.id = NEW.version_id AND r.id = v.record_id AND village.id = r.village_id"
    " AND p.person_id = NEW.by_id AND p.kind = NEW.post AND p.is_acting = NEW.is_acting AND ("
    "(p.place_id = r.village_id AND NEW.deed = 'approve' AND p.kind = 'supervision_head'"
    " AND (v.review = '' OR v.review LIKE '%supervision.approve%'))"
    " OR (p.place_id = r.village_id AND NEW.deed = 'approve' AND p.kind = 'organiser'"
    " AND v.review LIKE '%organiser.approve%')"
    " OR (p.place_id = r.village_id AND NEW.deed = 'confirm'"
    " AND (p.kind = 'secretary' OR (p.kind = 'director' AND p.is_substitute = true)))"
    " OR (p.place_id = village.parent_id AND NEW.deed = 'endorse' AND p.kind = 'township_auditor'"
    " AND v.review LIKE '%township.endorse%'))"
)
IN_VILLAGE = (
    "SELECT 1 FROM post p JOIN record r ON r.village_id = p.place_id JOIN version v ON v.record_id = r.id"
    " WHERE v.id = NEW.version_id AND p.person_id = NEW.agreed_by_id"
)
IN_TOWNSHIP = (
    "SELECT 1 FROM post p JOIN place village ON village.parent_id = p.place_id"
    " JOIN record r ON r.village_id = village.id JOIN version v ON v.record_id = r.id"
    " WHERE v.id = NEW.version_id AND p.person_id = NEW.filed_by_id AND p.kind = 'township_auditor'"
)
AGREED = (
    "SELECT 1 FROM withdrawal w WHERE w.version_id = {v} AND w.agreed_by_id IS NOT NULL AND w.refused_at IS NULL"
    " AND TRIM(w.reason) <> ''"
)
STANDING_BOOKS = (
    "EXISTS (SELECT 1 FROM version v JOIN record r ON r.id = v.record_id JOIN ledger l ON l.version_id = v.id"
    f" WHERE r.body_id = OLD.body_id AND v.state IN {FROZEN})"
)

# These take the place of the rules of the same names in 0002: further kinds of postings, further steps of review.
REPLACED = [
    (
        "version_frozen",
        "version",
        "UPDATE",
        f"OLD.state IN {FROZEN} AND (NOT (OLD.state = 'published' AND NEW.state IN ('corrected', 'withdrawn'))"
        f" OR {_differs(*WHOLE)})",
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
        " OR NEW.made_at <> OLD.made_at OR NEW.reason <> OLD.reason"
        " OR (NEW.state <> 'draft' AND NEW.review <> OLD.review)))",
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
        "NEW.state = 'corrected' AND OLD.state = 'published' AND NOT EXISTS"
        f" ({OTHERS} AND v.number > NEW.number AND v.state IN ('approved', 'confirmed', 'endorsed'))",
        "only a reviewed correction takes the place of what is published",
    ),
    (
        "version_single",
        "version",
        "UPDATE",
        "NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_at IS NULL"
        f" OR EXISTS ({OTHERS} AND v.state = 'published')"
        f" OR (TRIM(NEW.reason) = '' AND EXISTS ({OTHERS} AND v.state IN ('corrected', 'withdrawn'))))",
        "one version stands published; a correction says why",
    ),
    (
        "version_balances",
        "version",
        "UPDATE",
        "NEW.state = 'published' AND OLD.state <> 'published' AND"
        f" (({IS_ACCOUNTS} AND COALESCE(({BALANCE}), 1) <> 0)"
        f" OR (NOT {IS_ACCOUNTS} AND NOT EXISTS (SELECT 1 FROM posting p WHERE p.version_id = NEW.id)))",
        "accounts that do not balance and postings that say nothing are not posted",
    ),
    (
        "version_reviewed",
        "version",
        "UPDATE",
        "NEW.state = 'published' AND OLD.state <> 'published' AND (NOT EXISTS ("
        f"SELECT 1 FROM ({SEEN.format(deed='approve')}) a, ({SEEN.format(deed='confirm')}) c"
        " WHERE a.by_id <> c.by_id)"
        " OR (NEW.review LIKE '%.endorse%' AND NOT EXISTS ("
        f"SELECT 1 FROM ({SEEN.format(deed='approve')}) a, ({SEEN.format(deed='confirm')}) c,"
        f" ({SEEN.format(deed='endorse')}) e"
        " WHERE a.by_id <> c.by_id AND e.by_id <> a.by_id AND e.by_id <> c.by_id)))",
        "two other people must have approved and confirmed this very content",
    ),
    (
        "event_own",
        "event",
        "INSERT",
        f"NEW.deed IN {REVIEW} AND (NEW.by_id IN ("
        + ENTERED.format(v="NEW.version_id")
        + ") OR NEW.by_id = (SELECT v.made_by_id FROM version v WHERE v.id = NEW.version_id))",
        "nobody approves what he entered",
    ),
    (
        "event_post",
        "event",
        "INSERT",
        f"NEW.deed IN {REVIEW} AND NOT EXISTS ({HOLDS})",
        "each step of review is taken by the office that the order names",
    ),
    (
        "event_seen",
        "event",
        "INSERT",
        f"NEW.deed IN {REVIEW} AND NOT EXISTS (SELECT 1 FROM version v WHERE v.id = NEW.version_id"
        f" AND v.state IN {WAITING} AND v.digest = NEW.digest)",
        "a review is of what was submitted",
    ),
    (
        "event_late",
        "event",
        "INSERT",
        f"{STATE.format(r='NEW')} IN {FROZEN} AND NOT (NEW.deed = 'withdraw'"
        f" AND {STATE.format(r='NEW')} = 'published' AND EXISTS ({AGREED.format(v='NEW.version_id')}"
        " AND w.agreed_by_id = NEW.by_id AND w.agreed_post = NEW.post))",
        "what is published is never edited",
    ),
    (
        "event_update",
        "event",
        "UPDATE",
        f"{STATE.format(r='OLD')} IN {FROZEN} OR NEW.version_id <> OLD.version_id OR NEW.deed <> OLD.deed"
        " OR NEW.id <> OLD.id OR NEW.by_id <> OLD.by_id OR NEW.digest <> OLD.digest OR NEW.name <> OLD.name"
        " OR NEW.at <> OLD.at OR NEW.post <> OLD.post OR NEW.note <> OLD.note OR NEW.is_acting <> OLD.is_acting"
        " OR NEW.acts_as_substitute <> OLD.acts_as_substitute OR (OLD.is_void = true AND NEW.is_void = false)",
        "a deed can only become void",
    ),
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
    (
        "balance_update",
        "starting_balance",
        "UPDATE",
        STANDING_BOOKS,
        "what the published books start from never changes",
    ),
    (
        "balance_delete",
        "starting_balance",
        "DELETE",
        STANDING_BOOKS,
        "what the published books start from never changes",
    ),
]

FURTHER = [
    (
        "version_withdrawn",
        "version",
        "UPDATE",
        f"NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn' AND (NOT EXISTS ({AGREED.format(v='NEW.id')})"
        " OR NOT EXISTS (SELECT 1 FROM event x WHERE x.version_id = NEW.id AND x.deed = 'withdraw'))",
        "what is published is withdrawn by two people with a reason",
    ),
    *(
        (f"{table}_{deed.lower()}", table, deed, condition, "the content of a draft only")
        for table, state in (("posting", STATE), ("posting_row", ROW_STATE), ("attachment", STATE), ("override", STATE))
        for deed, condition in (
            ("INSERT", f"{state.format(r='NEW')} <> 'draft'"),
            ("UPDATE", f"{state.format(r='OLD')} <> 'draft' OR {state.format(r='NEW')} <> 'draft' OR NEW.id <> OLD.id"),
            ("DELETE", f"{state.format(r='OLD')} <> 'draft'"),
        )
        if (table, deed) != ("override", "DELETE")
    ),
    (
        "override_asked",
        "override",
        "INSERT",
        "NEW.agreed_by_id IS NOT NULL OR TRIM(NEW.reason) = ''",
        "an override is asked for with a reason, then agreed to",
    ),
    (
        "override_office",
        "override",
        "UPDATE",
        "NEW.agreed_by_id IS NOT NULL AND (NEW.agreed_by_id IN ("
        + ENTERED.format(v="NEW.version_id")
        + ") OR NEW.agreed_by_id = (SELECT v.made_by_id FROM version v WHERE v.id = NEW.version_id)"
        f" OR NOT EXISTS ({IN_VILLAGE} AND p.kind IN ('supervision_head', 'secretary')))",
        "the head of supervision or the secretary agrees to an override, never who entered it",
    ),
    (
        "override_judged",
        "override",
        "UPDATE",
        "OLD.agreed_by_id IS NOT NULL OR " + _differs("version_id", "place", "kind", "digest", "asked_by_id", "reason"),
        "an override is agreed to once and never edited",
    ),
    ("override_delete", "override", "DELETE", "OLD.agreed_by_id IS NOT NULL", "overrides are kept"),
    (
        "withdrawal_insert",
        "withdrawal",
        "INSERT",
        f"{STATE.format(r='NEW')} <> 'published' OR NEW.agreed_by_id IS NOT NULL OR TRIM(NEW.reason) = ''",
        "only what stands published is withdrawn, asked for first",
    ),
    (
        "withdrawal_update",
        "withdrawal",
        "UPDATE",
        "OLD.agreed_by_id IS NOT NULL OR OLD.refused_at IS NOT NULL OR "
        + _differs("id", "version_id", "reason", "asked_by_id", "asked_name", "asked_post", "asked_at"),
        "a withdrawal is decided once and never edited",
    ),
    (
        "withdrawal_office",
        "withdrawal",
        "UPDATE",
        f"NEW.agreed_by_id IS NOT NULL AND ({STATE.format(r='NEW')} <> 'published'"
        f" OR NOT EXISTS ({IN_VILLAGE} AND p.kind = NEW.agreed_post"
        " AND p.kind IN ('supervision_head', 'secretary', 'organiser')))",
        "what stands published is withdrawn by offices of its village",
    ),
    ("withdrawal_delete", "withdrawal", "DELETE", "1 = 1", "withdrawals are kept"),
    (
        "filing_insert",
        "filing",
        "INSERT",
        f"{STATE.format(r='NEW')} <> 'published' OR NEW.filed_by_id IS NOT NULL",
        "what stands published is filed, first due, then received",
    ),
    (
        "filing_office",
        "filing",
        "UPDATE",
        f"NEW.filed_by_id IS NOT NULL AND NOT EXISTS ({IN_TOWNSHIP})",
        "an auditor of the township receives a filing",
    ),
    (
        "filing_update",
        "filing",
        "UPDATE",
        f"OLD.filed_by_id IS NOT NULL OR {_differs('id', 'version_id', 'due')}",
        "a filing is received once",
    ),
    ("filing_delete", "filing", "DELETE", "1 = 1", "filings are kept"),
    (
        "published_text_insert",
        "published_text",
        "INSERT",
        f"{STATE.format(r='NEW')} <> 'published'",
        "search looks through nothing but what stands published",
    ),
    ("published_text_update", "published_text", "UPDATE", "1 = 1", "what search looks through is written once"),
    (
        "extension_insert",
        "extension",
        "INSERT",
        "NEW.decided_by_id IS NOT NULL OR NEW.is_granted = true OR TRIM(NEW.reason) = ''",
        "an extension is asked for with a reason, then decided",
    ),
    (
        "extension_update",
        "extension",
        "UPDATE",
        "OLD.decided_by_id IS NOT NULL OR (NEW.is_granted = true AND NEW.decided_by_id IS NULL) OR "
        + _differs("id", "body_id", "category_id", "period", "serial", "until", "reason", "asked_by_id", "asked_at"),
        "an extension is decided once and never edited",
    ),
    ("extension_delete", "extension", "DELETE", "1 = 1", "extensions are kept"),
    (
        "category_code",
        "category",
        "UPDATE",
        _differs("id", "code", "place_id"),
        "the code of a category never changes",
    ),
    (
        "edition_insert",
        "category_edition",
        "INSERT",
        "NEW.state NOT IN ('draft', 'submitted') AND NEW.made_by_id IS NOT NULL",
        "an edition begins as a draft",
    ),
    (
        "edition_update",
        "category_edition",
        "UPDATE",
        _differs("id", "category_id", "place_id", "number", "made_by_id")
        + " OR (OLD.state <> 'draft' AND "
        + _differs("digest", "made_at", json=("content",))
        + ") OR (OLD.state IN ('in_force', 'replaced') AND "
        + _differs("put_by_id", "put_at", "valid_from")
        + ") OR (NEW.state <> OLD.state AND NOT ("
        "(OLD.state = 'draft' AND NEW.state = 'submitted')"
        " OR (OLD.state = 'submitted' AND NEW.state = 'draft')"
        " OR (OLD.state = 'submitted' AND NEW.state = 'in_force' AND NEW.put_by_id IS NOT NULL"
        " AND NEW.valid_from IS NOT NULL)"
        " OR (OLD.state = 'in_force' AND NEW.state = 'replaced')))",
        "an edition is put in force by another steward, and then never edited",
    ),
    ("edition_delete", "category_edition", "DELETE", "OLD.state <> 'draft'", "what was in force is kept"),
]
RULES = [*REPLACED, *FURTHER]

UNIQUE = {
    "posting": ("version_id = NEW.version_id",),
    "posting_row": ("posting_id = NEW.posting_id AND o.line = NEW.line",),
    "attachment": ("key = NEW.key",),
    "override": (
        "version_id = NEW.version_id AND o.place = NEW.place AND o.kind = NEW.kind AND o.digest = NEW.digest",
    ),
    "withdrawal": (),
    "filing": ("version_id = NEW.version_id",),
    "extension": (),
    "category_edition": ("category_id = NEW.category_id AND o.place_id = NEW.place_id AND o.number = NEW.number",),
}
RECORD_OVER = (
    "village_id = NEW.village_id AND o.number = NEW.number",
    "body_id = NEW.body_id AND o.category_id = NEW.category_id AND o.period = NEW.period AND o.serial = NEW.serial",
)


def upgrade() -> None:
    """Make the change. SQLite makes some tables anew, so all triggers step aside meanwhile."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    kept = {} if on_postgresql else _put_aside()
    if on_postgresql:
        for name, table, *_ in REPLACED:
            _drop(name, table)
    _make_tables()
    with op.batch_alter_table("category") as category:
        category.add_column(sa.Column("place_id", sa.Integer(), nullable=True))
        category.create_foreign_key(op.f("fk_category_place_id"), "place", ["place_id"], ["id"])
    op.create_index(op.f("ix_category_place_id"), "category", ["place_id"], unique=False)
    op.add_column("event", sa.Column("is_acting", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("is_acting", sa.Boolean(), server_default=sa.false(), nullable=False))
        post.add_column(sa.Column("named_by_id", sa.Integer(), nullable=True))
        post.add_column(sa.Column("named_because", sa.String(length=200), server_default="", nullable=False))
        post.create_foreign_key(op.f("fk_post_named_by_id"), "person", ["named_by_id"], ["id"])
        post.create_check_constraint(
            op.f("ck_post_acting_is_named_and_ends"),
            "is_acting = false OR (ends_on IS NOT NULL AND named_by_id IS NOT NULL AND named_by_id <> person_id)",
        )
    with op.batch_alter_table("record") as record:
        record.add_column(sa.Column("serial", sa.Integer(), server_default="1", nullable=False))
        record.add_column(sa.Column("title", sa.String(length=120), server_default="", nullable=False))
        record.alter_column(
            "period", existing_type=sa.String(length=7), type_=sa.String(length=10), existing_nullable=False
        )
        record.drop_constraint(op.f("uq_record_body_id_category_id_period"), type_="unique")
        record.create_unique_constraint(
            op.f("uq_record_body_id_category_id_period_serial"), ["body_id", "category_id", "period", "serial"]
        )
    op.add_column("version", sa.Column("review", sa.String(length=200), server_default="", nullable=False))
    op.get_bind().execute(
        sa.text(
            "INSERT INTO category_edition (category_id, place_id, number, content, digest, made_at, state, put_at,"
            " valid_from) SELECT id, NULL, 1, :content, :digest, '2010-01-01 00:00:00', 'in_force',"
            " '2010-01-01 00:00:00', '2010-01-01' FROM category WHERE code = 'finance.monthly-accounts'"
        ).bindparams(sa.bindparam("content", type_=sa.JSON())),
        {"content": FIRST_EDITION, "digest": FIRST_DIGEST},
    )
    replaced = {f"refuse_{rule[0]}" for rule in REPLACED} | {"refuse_record_over"}
    for name, sql in kept.items():
        if name not in replaced:
            op.execute(sa.text(sql.replace(":", "\\:")))
    _refuse(RULES, UNIQUE)
    if not on_postgresql:
        _over("record", RECORD_OVER)


def _put_aside() -> dict[str, str]:
    """Take all triggers away and return what made them, by name (SQLite)."""
    found = op.get_bind().execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _sql in found:
        op.execute(f"DROP TRIGGER {name}")
    return {name: sql for name, sql in found}  # noqa: C416 - dict() of rows has no types


def _over(table: str, keys: tuple[str, ...]) -> None:
    """Refuse REPLACE on SQLite: a new row stands on no old one."""
    same = " OR ".join(f"(o.{key})" for key in ("id = NEW.id", *keys))
    op.execute(
        f"CREATE TRIGGER refuse_{table}_over BEFORE INSERT ON {table} FOR EACH ROW"
        f" WHEN EXISTS (SELECT 1 FROM {table} o WHERE {same})"
        " BEGIN SELECT RAISE(ABORT, 'a row never takes the place of another'); END"
    )


def _refuse(rules: list[tuple[str, str, str, str, str]], tables: dict[str, tuple[str, ...]]) -> None:
    """Put triggers in place."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, keys in tables.items():
        if on_postgresql:
            op.execute(
                f"CREATE TRIGGER refuse_{table}_truncate BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()"
            )
        else:
            _over(table, keys)
    for name, table, deed, condition, words in rules:
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


def _drop(name: str, table: str) -> None:
    """Take one trigger away (PostgreSQL)."""
    op.execute(f"DROP TRIGGER refuse_{name} ON {table}")
    op.execute(f"DROP FUNCTION refuse_{name}()")


def _former() -> ModuleType:
    """Return migration 0002, whose rules come back when this one is taken back."""
    path = Path(__file__).parent / "0002_freeze_what_is_published.py"
    spec = importlib.util.spec_from_file_location("former_rules", path)
    if spec is None or spec.loader is None:
        raise ImportError(path.name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def downgrade() -> None:
    """Take it back; only a database without postings, attachments and withdrawals can go this way."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    former = _former()
    kept = {} if on_postgresql else _put_aside()
    if on_postgresql:
        for table in UNIQUE:
            op.execute(f"DROP TRIGGER refuse_{table}_truncate ON {table}")
        for name, table, *_ in RULES:
            _drop(name, table)
    op.drop_column("version", "review")
    with op.batch_alter_table("record") as record:
        record.drop_constraint(op.f("uq_record_body_id_category_id_period_serial"), type_="unique")
        record.create_unique_constraint(
            op.f("uq_record_body_id_category_id_period"), ["body_id", "category_id", "period"]
        )
        record.alter_column(
            "period", existing_type=sa.String(length=10), type_=sa.String(length=7), existing_nullable=False
        )
        record.drop_column("title")
        record.drop_column("serial")
    with op.batch_alter_table("post") as post:
        post.drop_constraint(op.f("ck_post_acting_is_named_and_ends"), type_="check")
        post.drop_constraint(op.f("fk_post_named_by_id"), type_="foreignkey")
        post.drop_column("named_because")
        post.drop_column("named_by_id")
        post.drop_column("is_acting")
    op.drop_column("event", "is_acting")
    op.drop_index(op.f("ix_category_place_id"), table_name="category")
    with op.batch_alter_table("category") as category:
        category.drop_constraint(op.f("fk_category_place_id"), type_="foreignkey")
        category.drop_column("place_id")
    _drop_tables()
    own = {f"refuse_{rule[0]}" for rule in RULES} | {f"refuse_{table}_over" for table in (*UNIQUE, "record")}
    for name, sql in kept.items():
        if name not in own:
            op.execute(sa.text(sql.replace(":", "\\:")))
    replaced = {rule[0] for rule in REPLACED}
    _refuse([rule for rule in former.RULES if rule[0] in replaced], {})
    if not on_postgresql:
        _over("record", former.UNIQUE["record"])


def _make_tables() -> None:
    op.create_table(
        "operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_operation_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("key", name=op.f("uq_operation_key")),
    )
    op.create_table(
        "category_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "submitted", "in_force", "replaced", name="editionstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("put_by_id", sa.Integer(), nullable=True),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.CheckConstraint("put_by_id IS NULL OR put_by_id <> made_by_id", name=op.f("ck_category_edition_two_people")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_category_edition_category_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_category_edition_made_by_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_category_edition_place_id")),
        sa.ForeignKeyConstraint(["put_by_id"], ["person.id"], name=op.f("fk_category_edition_put_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_edition")),
        sa.UniqueConstraint(
            "category_id", "place_id", "number", name=op.f("uq_category_edition_category_id_place_id_number")
        ),
    )
    op.create_index("ix_category_edition_category_id_state", "category_edition", ["category_id", "state"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> asked_by_id", name=op.f("ck_extension_two_people")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_extension_asked_by_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_extension_body_id")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_extension_category_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_extension_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(
        "ix_extension_body_id_category_id_period", "extension", ["body_id", "category_id", "period"], unique=False
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("original_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("caption", sa.String(length=120), nullable=False),
        sa.Column("shown_id", sa.Integer(), nullable=True),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.CheckConstraint("line IS NULL OR line > 0", name=op.f("ck_attachment_line_counts_from_one")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_attachment_by_id")),
        sa.ForeignKeyConstraint(["original_id"], ["document.id"], name=op.f("fk_attachment_original_id")),
        sa.ForeignKeyConstraint(["shown_id"], ["document.id"], name=op.f("fk_attachment_shown_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_attachment_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("key", name=op.f("uq_attachment_key")),
    )
    op.create_index(op.f("ix_attachment_version_id"), "attachment", ["version_id"], unique=False)
    op.create_table(
        "filing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=True),
        sa.Column("filed_name", sa.String(length=40), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["filed_by_id"], ["person.id"], name=op.f("fk_filing_filed_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_filing_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
        sa.UniqueConstraint("version_id", name=op.f("uq_filing_version_id")),
    )
    op.create_table(
        "override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("agreed_by_id IS NULL OR agreed_by_id <> asked_by_id", name=op.f("ck_override_two_people")),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["person.id"], name=op.f("fk_override_agreed_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_override_asked_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_override_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
        sa.UniqueConstraint(
            "version_id", "place", "kind", "digest", name=op.f("uq_override_version_id_place_kind_digest")
        ),
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_nil", sa.Boolean(), nullable=False),
        sa.Column("source_name", sa.String(length=200), nullable=False),
        sa.Column("officials", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["category_edition.id"], name=op.f("fk_posting_edition_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_posting_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("version_id", name=op.f("uq_posting_version_id")),
    )
    op.create_table(
        "posting_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_posting_upload_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_posting_upload_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_upload")),
        sa.UniqueConstraint("key", name=op.f("uq_posting_upload_key")),
    )
    op.create_index(op.f("ix_posting_upload_version_id"), "posting_upload", ["version_id"], unique=False)
    op.create_table(
        "published_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_published_text_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_text")),
        sa.UniqueConstraint("version_id", name=op.f("uq_published_text_version_id")),
    )
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_name", sa.String(length=40), nullable=False),
        sa.Column(
            "asked_post",
            sa.Enum(
                "clerk",
                "secretary",
                "organiser",
                "director",
                "supervision_head",
                "supervision_member",
                "township_auditor",
                "county_steward",
                name="postkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_name", sa.String(length=40), nullable=False),
        sa.Column(
            "agreed_post",
            sa.Enum(
                "clerk",
                "secretary",
                "organiser",
                "director",
                "supervision_head",
                "supervision_member",
                "township_auditor",
                "county_steward",
                name="postkind",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "agreed_by_id IS NULL OR agreed_by_id <> asked_by_id", name=op.f("ck_withdrawal_two_people")
        ),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["person.id"], name=op.f("fk_withdrawal_agreed_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_withdrawal_asked_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_withdrawal_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
    )
    op.create_index(op.f("ix_withdrawal_version_id"), "withdrawal", ["version_id"], unique=False)
    op.create_table(
        "posting_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_posting_row_posting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_row")),
        sa.UniqueConstraint("posting_id", "line", name=op.f("uq_posting_row_posting_id_line")),
    )


def _drop_tables() -> None:
    op.drop_table("posting_row")
    op.drop_index(op.f("ix_withdrawal_version_id"), table_name="withdrawal")
    op.drop_table("withdrawal")
    op.drop_table("published_text")
    op.drop_index(op.f("ix_posting_upload_version_id"), table_name="posting_upload")
    op.drop_table("posting_upload")
    op.drop_table("posting")
    op.drop_table("override")
    op.drop_table("filing")
    op.drop_index(op.f("ix_attachment_version_id"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_index("ix_extension_body_id_category_id_period", table_name="extension")
    op.drop_table("extension")
    op.drop_index("ix_category_edition_category_id_state", table_name="category_edition")
    op.drop_table("category_edition")
    op.drop_table("operation")
