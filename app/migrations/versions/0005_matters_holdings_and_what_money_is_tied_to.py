"""Matters, holdings, contracts, where money lies, who holds which office; what the lines of the accounts are tied to."""

import importlib.util
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _differs(*names: str, json: tuple[str, ...] = ()) -> str:
    """Return the condition that a column changed; a value that comes or goes is a change too (never unknown)."""
    same = [f"(NEW.{name} = OLD.{name} OR (NEW.{name} IS NULL AND OLD.{name} IS NULL))" for name in names]
    same += [
        f"(CAST(NEW.{name} AS TEXT) = CAST(OLD.{name} AS TEXT) OR (NEW.{name} IS NULL AND OLD.{name} IS NULL))"
        for name in json
    ]
    return f"NOT COALESCE({' AND '.join(same)}, 1 = 0)"


LEDGER_STATE = "(SELECT v.state FROM version v JOIN ledger l ON l.version_id = v.id WHERE l.id = {r}.ledger_id)"
SUPERVISES = (
    "NOT EXISTS (SELECT 1 FROM post p JOIN {owner} o ON o.village_id = p.place_id WHERE p.person_id = NEW.{who}"
    " AND o.id = NEW.{owner}_id AND p.kind IN ('supervision_head', 'supervision_member'))"
)


def _editions(table: str, owner: str) -> list[tuple[str, str, str, str, str]]:
    """Return the rules of a register's editions: proposed, decided once by another, then never edited."""
    return [
        (
            f"{table}_insert",
            table,
            "INSERT",
            "NEW.state <> 'proposed' OR NEW.decided_by_id IS NOT NULL",
            "an edition is proposed first",
        ),
        (
            f"{table}_update",
            table,
            "UPDATE",
            "OLD.state <> 'proposed' OR (NEW.state <> 'proposed' AND (NEW.decided_by_id IS NULL OR "
            + SUPERVISES.format(owner=owner.removesuffix("_id"), who="decided_by_id")
            + ")) OR "
            + _differs("id", owner, "number", "deed", "made_by_id", "made_at"),
            "an edition is decided once by another person and then never edited",
        ),
        (f"{table}_delete", table, "DELETE", "OLD.state <> 'proposed'", "what was decided is kept"),
    ]


RULES = [
    (
        "matter_update",
        "matter",
        "UPDATE",
        _differs(
            "id",
            "village_id",
            "body_id",
            "number",
            "code",
            "item_code",
            "opened_on",
            "opened_by_id",
            "opened_name",
            "opened_at",
        ),
        "what a matter began as stays",
    ),
    ("matter_delete", "matter", "DELETE", "1 = 1", "matters are kept"),
    (
        "matter_event_insert",
        "matter_event",
        "INSERT",
        "NEW.checked_by_id IS NOT NULL"
        " OR NEW.sequence <> 1 + (SELECT COUNT(*) FROM matter_event e WHERE e.matter_id = NEW.matter_id)"
        " OR (NEW.deed IN ('skipped', 'stopped', 'voided', 'moved', 'budgeted') AND TRIM(NEW.words) = '')",
        "deeds follow one another, and some need a reason",
    ),
    (
        "matter_event_update",
        "matter_event",
        "UPDATE",
        "OLD.checked_by_id IS NOT NULL OR NEW.checked_by_id IS NULL OR "
        + SUPERVISES.format(owner="matter", who="checked_by_id")
        + " OR "
        + _differs(
            "id",
            "matter_id",
            "sequence",
            "deed",
            "happened_on",
            "by_id",
            "post",
            "name",
            "at",
            "step",
            "exit",
            "words",
            json=("content",),
        ),
        "a deed is checked once and never edited",
    ),
    ("matter_event_delete", "matter_event", "DELETE", "1 = 1", "deeds are kept"),
    (
        "evidence_update",
        "evidence",
        "UPDATE",
        _differs("id", "key", "event_id", "name", "original_id", "by_id", "at"),
        "what shows a deed stays what it is",
    ),
    ("evidence_delete", "evidence", "DELETE", "1 = 1", "what shows a deed is kept"),
    ("matter_record_update", "matter_record", "UPDATE", "1 = 1", "a record is tied to a matter once"),
    ("matter_record_delete", "matter_record", "DELETE", "1 = 1", "what belongs to a matter stays with it"),
    (
        "holding_update",
        "holding",
        "UPDATE",
        _differs("id", "village_id", "body_id", "kind", "number"),
        "the number of a holding never changes",
    ),
    ("holding_delete", "holding", "DELETE", "1 = 1", "holdings are kept"),
    (
        "contract_update",
        "contract",
        "UPDATE",
        _differs("id", "village_id", "body_id", "side", "number"),
        "the number of a contract never changes",
    ),
    ("contract_delete", "contract", "DELETE", "1 = 1", "contracts are kept"),
    *_editions("holding_edition", "holding_id"),
    *_editions("contract_edition", "contract_id"),
    ("ledger_fund_insert", "ledger_fund", "INSERT", f"{LEDGER_STATE.format(r='NEW')} <> 'draft'", "of a draft only"),
    (
        "ledger_fund_update",
        "ledger_fund",
        "UPDATE",
        f"{LEDGER_STATE.format(r='OLD')} <> 'draft' OR NEW.ledger_id <> OLD.ledger_id",
        "of a draft only",
    ),
    ("ledger_fund_delete", "ledger_fund", "DELETE", f"{LEDGER_STATE.format(r='OLD')} <> 'draft'", "of a draft only"),
    (
        "appointment_update",
        "appointment",
        "UPDATE",
        _differs("id", "body_id", "person_id", "starts_on", "title"),
        "an office begins once; it ends",
    ),
    ("appointment_delete", "appointment", "DELETE", "1 = 1", "offices are kept"),
]

UNIQUE = {
    "matter": (
        "village_id = NEW.village_id AND o.number = NEW.number",
        "village_id = NEW.village_id AND o.code = NEW.code",
    ),
    "matter_event": ("matter_id = NEW.matter_id AND o.sequence = NEW.sequence",),
    "evidence": ("key = NEW.key",),
    "matter_record": ("matter_id = NEW.matter_id AND o.record_id = NEW.record_id",),
    "holding": ("village_id = NEW.village_id AND o.number = NEW.number",),
    "holding_edition": ("holding_id = NEW.holding_id AND o.number = NEW.number",),
    "contract": ("village_id = NEW.village_id AND o.number = NEW.number",),
    "contract_edition": ("contract_id = NEW.contract_id AND o.number = NEW.number",),
    "ledger_fund": ("ledger_id = NEW.ledger_id AND o.position = NEW.position",),
    "appointment": (),
}


def upgrade() -> None:
    """Make the change. SQLite makes the table of lines anew, so all triggers step aside meanwhile."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    kept = {} if on_postgresql else _put_aside()
    _make_tables()
    with op.batch_alter_table("entry") as entry:
        entry.add_column(sa.Column("matter_id", sa.Integer(), nullable=True))
        entry.add_column(sa.Column("contract_id", sa.Integer(), nullable=True))
        entry.add_column(sa.Column("holding_id", sa.Integer(), nullable=True))
        entry.add_column(sa.Column("account", sa.String(length=20), server_default="", nullable=False))
        entry.add_column(sa.Column("reverses", sa.String(length=80), server_default="", nullable=False))
        for name in ("matter", "contract", "holding"):
            entry.create_foreign_key(op.f(f"fk_entry_{name}_id"), name, [f"{name}_id"], ["id"])
    for name in ("matter", "contract", "holding"):
        op.create_index(op.f(f"ix_entry_{name}_id"), "entry", [f"{name}_id"], unique=False)
    _put_back(kept)
    _former()._refuse(RULES, UNIQUE)


def _put_aside() -> dict[str, str]:
    """Take all triggers away and return what made them, by name (SQLite)."""
    found = op.get_bind().execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _sql in found:
        op.execute(f"DROP TRIGGER {name}")
    return {name: sql for name, sql in found}  # noqa: C416 - dict() of rows has no types


def _put_back(kept: dict[str, str]) -> None:
    for sql in kept.values():
        op.execute(sa.text(sql.replace(":", "\\:")))


def _former() -> ModuleType:
    """Return migration 0004, which writes triggers for both databases."""
    path = Path(__file__).parent / "0004_postings_of_every_kind.py"
    spec = importlib.util.spec_from_file_location("former_triggers", path)
    if spec is None or spec.loader is None:
        raise ImportError(path.name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def downgrade() -> None:
    """Take it back; only a database without matters and holdings can go this way."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    kept = {} if on_postgresql else _put_aside()
    if on_postgresql:
        for table in UNIQUE:
            op.execute(f"DROP TRIGGER refuse_{table}_truncate ON {table}")
        for name, table, *_ in RULES:
            op.execute(f"DROP TRIGGER refuse_{name} ON {table}")
            op.execute(f"DROP FUNCTION refuse_{name}()")
    for name in ("matter", "contract", "holding"):
        op.drop_index(op.f(f"ix_entry_{name}_id"), table_name="entry")
    with op.batch_alter_table("entry") as entry:
        for name in ("matter", "contract", "holding"):
            entry.drop_constraint(op.f(f"fk_entry_{name}_id"), type_="foreignkey")
        for name in ("reverses", "account", "holding_id", "contract_id", "matter_id"):
            entry.drop_column(name)
    _drop_tables()
    own = {f"refuse_{rule[0]}" for rule in RULES} | {f"refuse_{table}_over" for table in UNIQUE}
    _put_back({name: sql for name, sql in kept.items() if name not in own})


def _make_tables() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_appointment_term_runs_forward")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_appointment_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_body_id"), "appointment", ["body_id"], unique=False)
    op.create_index(op.f("ix_appointment_person_id"), "appointment", ["person_id"], unique=False)
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.Enum("receive", "pay", name="contractside", native_enum=False, length=20), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_contract_body_id")),
        sa.ForeignKeyConstraint(["village_id"], ["place.id"], name=op.f("fk_contract_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("village_id", "number", name=op.f("uq_contract_village_id_number")),
    )
    op.create_index(op.f("ix_contract_body_id"), "contract", ["body_id"], unique=False)
    op.create_table(
        "holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("asset", "resource", "receivable", "payable", name="holdingkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_holding_body_id")),
        sa.ForeignKeyConstraint(["village_id"], ["place.id"], name=op.f("fk_holding_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
        sa.UniqueConstraint("village_id", "number", name=op.f("uq_holding_village_id_number")),
    )
    op.create_index("ix_holding_body_kind", "holding", ["body_id", "kind"], unique=False)
    op.create_table(
        "matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("item_code", sa.String(length=20), nullable=False),
        sa.Column("list_version_id", sa.Integer(), nullable=False),
        sa.Column("procedure_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_name", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("budget_fen", sa.BigInteger(), nullable=True),
        sa.Column("funding", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum("running", "done", "stopped", name="matterstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_matter_body_id")),
        sa.ForeignKeyConstraint(["list_version_id"], ["list_version.id"], name=op.f("fk_matter_list_version_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_matter_opened_by_id")),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_matter_procedure_id")),
        sa.ForeignKeyConstraint(["village_id"], ["place.id"], name=op.f("fk_matter_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("village_id", "code", name=op.f("uq_matter_village_id_code")),
        sa.UniqueConstraint("village_id", "number", name=op.f("uq_matter_village_id_number")),
    )
    op.create_index("ix_matter_village_state", "matter", ["village_id", "state"], unique=False)
    op.create_table(
        "contract_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "deed", sa.Enum("sign", "change", "end", name="contractdeed", native_enum=False, length=20), nullable=False
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("party", sa.String(length=120), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("paper_code", sa.String(length=60), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=True),
        sa.Column("schedule", sa.JSON(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("paid_before_fen", sa.BigInteger(), nullable=False),
        sa.Column("holding_id", sa.Integer(), nullable=True),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "confirmed", "refused", name="entrystate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_name", sa.String(length=40), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> made_by_id", name=op.f("ck_contract_edition_two_people")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_contract_edition_term_runs_forward")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_edition_contract_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_contract_edition_decided_by_id")),
        sa.ForeignKeyConstraint(["holding_id"], ["holding.id"], name=op.f("fk_contract_edition_holding_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_contract_edition_made_by_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_contract_edition_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_edition")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_contract_edition_contract_id_number")),
    )
    op.create_index(op.f("ix_contract_edition_holding_id"), "contract_edition", ["holding_id"], unique=False)
    op.create_index(op.f("ix_contract_edition_matter_id"), "contract_edition", ["matter_id"], unique=False)
    op.create_table(
        "holding_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holding_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "deed",
            sa.Enum("acquire", "change", "dispose", name="holdingdeed", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("proposed", "confirmed", "refused", name="entrystate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_name", sa.String(length=40), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> made_by_id", name=op.f("ck_holding_edition_two_people")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_holding_edition_decided_by_id")),
        sa.ForeignKeyConstraint(["holding_id"], ["holding.id"], name=op.f("fk_holding_edition_holding_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_holding_edition_made_by_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_holding_edition_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding_edition")),
        sa.UniqueConstraint("holding_id", "number", name=op.f("uq_holding_edition_holding_id_number")),
    )
    op.create_index(op.f("ix_holding_edition_matter_id"), "holding_edition", ["matter_id"], unique=False)
    op.create_table(
        "ledger_fund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("cash", "bank", name="fundkind", native_enum=False, length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("closing_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["ledger_id"], ["ledger.id"], name=op.f("fk_ledger_fund_ledger_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_fund")),
        sa.UniqueConstraint("ledger_id", "position", name=op.f("uq_ledger_fund_ledger_id_position")),
    )
    op.create_table(
        "matter_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column(
            "deed",
            sa.Enum(
                "done",
                "decided",
                "skipped",
                "handed_over",
                "met",
                "posted",
                "taken_down",
                "budgeted",
                "moved",
                "stopped",
                "voided",
                name="matterdeed",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column(
            "post",
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
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(length=200), nullable=False),
        sa.Column("exit", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_name", sa.String(length=40), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("checked_by_id IS NULL OR checked_by_id <> by_id", name=op.f("ck_matter_event_two_people")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_matter_event_by_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_matter_event_checked_by_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_matter_event_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_event")),
        sa.UniqueConstraint("matter_id", "sequence", name=op.f("uq_matter_event_matter_id_sequence")),
    )
    op.create_table(
        "matter_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_matter_record_by_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_matter_record_matter_id")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_matter_record_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_record")),
        sa.UniqueConstraint("matter_id", "record_id", name=op.f("uq_matter_record_matter_id_record_id")),
    )
    op.create_index(op.f("ix_matter_record_record_id"), "matter_record", ["record_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("original_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_id", sa.Integer(), nullable=True),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_evidence_by_id")),
        sa.ForeignKeyConstraint(["event_id"], ["matter_event.id"], name=op.f("fk_evidence_event_id")),
        sa.ForeignKeyConstraint(["original_id"], ["document.id"], name=op.f("fk_evidence_original_id")),
        sa.ForeignKeyConstraint(["shown_id"], ["document.id"], name=op.f("fk_evidence_shown_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("key", name=op.f("uq_evidence_key")),
    )
    op.create_index(op.f("ix_evidence_event_id"), "evidence", ["event_id"], unique=False)


def _drop_tables() -> None:
    op.drop_index(op.f("ix_evidence_event_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_matter_record_record_id"), table_name="matter_record")
    op.drop_table("matter_record")
    op.drop_table("matter_event")
    op.drop_table("ledger_fund")
    op.drop_index(op.f("ix_holding_edition_matter_id"), table_name="holding_edition")
    op.drop_table("holding_edition")
    op.drop_index(op.f("ix_contract_edition_matter_id"), table_name="contract_edition")
    op.drop_index(op.f("ix_contract_edition_holding_id"), table_name="contract_edition")
    op.drop_table("contract_edition")
    op.drop_index("ix_matter_village_state", table_name="matter")
    op.drop_table("matter")
    op.drop_index("ix_holding_body_kind", table_name="holding")
    op.drop_table("holding")
    op.drop_index(op.f("ix_contract_body_id"), table_name="contract")
    op.drop_table("contract")
    op.drop_index(op.f("ix_appointment_person_id"), table_name="appointment")
    op.drop_index(op.f("ix_appointment_body_id"), table_name="appointment")
    op.drop_table("appointment")
