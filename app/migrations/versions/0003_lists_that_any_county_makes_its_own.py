"""Lists that any county makes its own: editing, two-person publication, resolutions, changes of the rule book."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

VERSION = "(SELECT v.state FROM list_version v WHERE v.id = {r}.version_id)"
BY = {
    "power_item": VERSION,
    "list_category": VERSION,
    "procedure": VERSION,
    "prohibition": VERSION,
    "list_threshold": VERSION,
    **dict.fromkeys(
        ("item_basis", "item_posting", "item_procedure"),
        "(SELECT v.state FROM list_version v JOIN power_item i ON i.version_id = v.id WHERE i.id = {r}.item_id)",
    ),
    **dict.fromkeys(
        ("procedure_node", "procedure_edge"),
        "(SELECT v.state FROM list_version v JOIN procedure p ON p.version_id = v.id WHERE p.id = {r}.procedure_id)",
    ),
    "prohibition_tie": (
        "(SELECT v.state FROM list_version v JOIN prohibition p ON p.version_id = v.id WHERE p.id = {r}.prohibition_id)"
    ),
}


def _differs(*names: str, json: tuple[str, ...] = ()) -> str:
    """Return the condition that a column changed; a value that comes or goes is a change too (never unknown)."""
    same = [f"(NEW.{name} = OLD.{name} OR (NEW.{name} IS NULL AND OLD.{name} IS NULL))" for name in names]
    same += [
        f"(CAST(NEW.{name} AS TEXT) = CAST(OLD.{name} AS TEXT) OR (NEW.{name} IS NULL AND OLD.{name} IS NULL))"
        for name in json
    ]
    return f"NOT COALESCE({' AND '.join(same)}, 1 = 0)"


VERSION_DIFFERS = _differs("id", "power_list_id", "number", "title", "note", "is_sample", "template_id")
MOVES = " OR ".join(
    f"(OLD.state = '{before}' AND NEW.state IN ({', '.join(repr(after) for after in states)}))"
    for before, states in {
        "draft": ("submitted", "published"),
        "submitted": ("draft", "published"),
        "published": ("superseded",),
    }.items()
)
WROTE = (
    "SELECT d.by_id FROM list_deed d WHERE d.version_id = NEW.version_id AND d.by_id IS NOT NULL"
    " AND d.deed IN ('make', 'import', 'change', 'undo', 'submit')"
)
ADOPTION_DIFFERS = _differs(
    "id",
    "village_id",
    "version_id",
    "meeting",
    "held_on",
    "due",
    "present",
    "in_favour",
    "recorded_at",
    "decision_body",
    "body",
    "minutes_id",
    "recorded_by_id",
    json=("arithmetic",),
)
RULE_DIFFERS = _differs("id", "key", "level", "place_id", "valid_from", "basis", "is_sample", json=("value",))
CHANGE_DIFFERS = _differs(
    "id",
    "key",
    "level",
    "place_id",
    "valid_from",
    "valid_until",
    "basis",
    "is_sample",
    "reason",
    "proposed_by_id",
    "proposed_at",
    json=("value",),
)
KEPT = "what was published is never edited"
RULES = [
    *(
        (f"{table}_{deed.lower()}", table, deed, " OR ".join(f"{state.format(r=row)} <> 'draft'" for row in rows), KEPT)
        for table, state in BY.items()
        # A row neither leaves what is published nor moves into it.
        for deed, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))
    ),
    ("list_version_begins", "list_version", "INSERT", "NEW.state <> 'draft'", "a version begins as a draft"),
    (
        "list_version_moves",
        "list_version",
        "UPDATE",
        f"NEW.state <> OLD.state AND NOT ({MOVES})",
        "states of a list move by their table",
    ),
    ("list_version_kept", "list_version", "UPDATE", f"OLD.state <> 'draft' AND {VERSION_DIFFERS}", KEPT),
    (
        "list_version_dated",
        "list_version",
        "UPDATE",
        f"OLD.state IN ('published', 'superseded') AND {_differs('valid_from')}",
        KEPT,
    ),
    (
        "list_version_seen",
        "list_version",
        "UPDATE",
        "NEW.state = 'published' AND OLD.state <> 'published' AND NOT EXISTS"
        " (SELECT 1 FROM list_deed d WHERE d.version_id = NEW.id AND d.deed = 'publish')",
        "a list is published by a deed",
    ),
    (
        "power_list_kept",
        "power_list",
        "UPDATE",
        "EXISTS (SELECT 1 FROM list_version v WHERE v.power_list_id = OLD.id AND v.state <> 'draft')",
        "a list stays where it is",
    ),
    ("list_version_delete", "list_version", "DELETE", "OLD.state <> 'draft'", "what was submitted is kept"),
    (
        "list_deed_own",
        "list_deed",
        "INSERT",
        f"NEW.deed = 'publish' AND NEW.by_id IS NOT NULL AND NEW.by_id IN ({WROTE})",
        "nobody publishes what he wrote",
    ),
    ("list_deed_update", "list_deed", "UPDATE", "1 = 1", "deeds are kept"),
    (
        "list_deed_delete",
        "list_deed",
        "DELETE",
        f"COALESCE({VERSION.format(r='OLD')}, 'draft') <> 'draft'",
        "deeds are kept",
    ),
    (
        "adoption_kept",
        "adoption",
        "UPDATE",
        f"OLD.confirmed_at IS NOT NULL OR {ADOPTION_DIFFERS}",
        "a resolution is recorded once",
    ),
    *(
        (
            f"adoption_confirmed_{deed.lower()}",
            "adoption",
            deed,
            "NEW.confirmed_by_id IS NOT NULL AND NEW.confirmed_by_id = NEW.recorded_by_id",
            "nobody confirms what he recorded",
        )
        for deed in ("INSERT", "UPDATE")
    ),
    *(
        (
            f"adoption_counts_{deed.lower()}",
            "adoption",
            deed,
            f"NEW.confirmed_at IS NOT NULL AND {VERSION.format(r='NEW')} = 'draft'",
            "no resolution takes a draft into force",
        )
        for deed in ("INSERT", "UPDATE")
    ),
    ("adoption_delete", "adoption", "DELETE", "OLD.confirmed_at IS NOT NULL", "a resolution is kept"),
    ("rule_row_kept", "rule_row", "UPDATE", RULE_DIFFERS, "a row of the rule book only ends"),
    ("rule_row_delete", "rule_row", "DELETE", "1 = 1", "rows of the rule book are kept"),
    ("rule_change_begins", "rule_change", "INSERT", "NEW.state <> 'proposed'", "a change begins as a proposal"),
    ("rule_change_kept", "rule_change", "UPDATE", "OLD.state <> 'proposed'", "what is decided stays decided"),
    ("rule_change_same", "rule_change", "UPDATE", CHANGE_DIFFERS, "what is decided is what was proposed"),
    (
        "rule_change_decided",
        "rule_change",
        "UPDATE",
        "NEW.state IN ('accepted', 'refused') AND NEW.decided_by_id IS NULL",
        "somebody decides",
    ),
    ("rule_change_delete", "rule_change", "DELETE", "1 = 1", "changes of the rule book are kept"),
    ("document_kept", "document", "UPDATE", "1 = 1", "a document stays what it is"),
]
# INSERT OR REPLACE, which only SQLite has, takes a row away without its DELETE trigger: a new row stands on no old one.
UNIQUE = {
    **dict.fromkeys((*BY, "list_deed", "rule_row", "rule_change"), ()),
    "power_list": ("place_id = NEW.place_id AND o.slug = NEW.slug",),
    "list_version": ("power_list_id = NEW.power_list_id AND o.number = NEW.number",),
    "adoption": ("village_id = NEW.village_id AND o.version_id = NEW.version_id",),
    "document": ("key = NEW.key",),
}


def upgrade() -> None:
    """Make the change, carry the titles and adoptions over, and put the triggers in place."""
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("photo", "pdf", name="documentkind", native_enum=False, length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_document_entered_by_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_document_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("key", name=op.f("uq_document_key")),
    )
    op.create_index(op.f("ix_document_place_id"), "document", ["place_id"], unique=False)
    op.create_table(
        "rule_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "national", "province", "county", "township", "village", name="level", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "accepted", "refused", "withdrawn", name="changestate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name=op.f("ck_rule_change_two_people")
        ),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_rule_change_change_runs_forward")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_rule_change_decided_by_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_rule_change_place_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_rule_change_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_change")),
    )
    op.create_index(op.f("ix_rule_change_key"), "rule_change", ["key"], unique=False)
    op.create_table(
        "list_deed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "deed",
            sa.Enum(
                "make",
                "import",
                "change",
                "undo",
                "submit",
                "return",
                "publish",
                name="listdeedkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_list_deed_by_id")),
        sa.ForeignKeyConstraint(["undoes_id"], ["list_deed.id"], name=op.f("fk_list_deed_undoes_id")),
        sa.ForeignKeyConstraint(["version_id"], ["list_version.id"], name=op.f("fk_list_deed_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_deed")),
    )
    op.create_index("ix_list_deed_version", "list_deed", ["version_id", "id"], unique=False)
    op.create_table(
        "list_threshold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("suggested_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["list_version.id"], name=op.f("fk_list_threshold_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_threshold")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_list_threshold_version_id_key")),
    )
    op.create_table(
        "rollout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("adopt_by", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_rollout_asked_by_id")),
        sa.ForeignKeyConstraint(["township_id"], ["place.id"], name=op.f("fk_rollout_township_id")),
        sa.ForeignKeyConstraint(["version_id"], ["list_version.id"], name=op.f("fk_rollout_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rollout")),
        sa.UniqueConstraint("version_id", "township_id", name=op.f("uq_rollout_version_id_township_id")),
    )
    with op.batch_alter_table("adoption") as adoption:
        adoption.add_column(
            sa.Column("decision_body", sa.String(length=40), server_default="representatives", nullable=False)
        )
        adoption.add_column(
            sa.Column(
                "body",
                sa.Enum("committee", "collective", name="bodykind", native_enum=False, length=20),
                server_default="committee",
                nullable=False,
            )
        )
        adoption.add_column(sa.Column("arithmetic", sa.JSON(), server_default="{}", nullable=False))
        adoption.add_column(sa.Column("minutes_id", sa.Integer(), nullable=True))
        adoption.add_column(sa.Column("recorded_by_id", sa.Integer(), nullable=True))
        adoption.add_column(sa.Column("confirmed_by_id", sa.Integer(), nullable=True))
        adoption.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        adoption.create_foreign_key(op.f("fk_adoption_minutes_id"), "document", ["minutes_id"], ["id"])
        adoption.create_foreign_key(op.f("fk_adoption_recorded_by_id"), "person", ["recorded_by_id"], ["id"])
        adoption.create_foreign_key(op.f("fk_adoption_confirmed_by_id"), "person", ["confirmed_by_id"], ["id"])
    op.execute("UPDATE adoption SET confirmed_at = recorded_at")
    for table, name, length in (
        ("item_procedure", "from_key", 60),
        ("item_procedure", "below_key", 60),
        ("list_version", "title", 120),
        ("procedure_node", "posting_when", 80),
        ("prohibition", "who", 120),
    ):
        op.add_column(table, sa.Column(name, sa.String(length=length), server_default="", nullable=False))
    op.add_column("item_procedure", sa.Column("position", sa.Integer(), server_default="0", nullable=False))
    op.add_column("procedure", sa.Column("position", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE item_procedure SET position = id")
    op.execute("UPDATE procedure SET position = id")
    op.execute(
        "UPDATE list_version SET title = (SELECT l.title FROM power_list l WHERE l.id = list_version.power_list_id)"
    )
    # Lists published before deeds were kept: the operator loaded them.
    op.execute(
        "INSERT INTO list_deed (version_id, deed, at, words, note, subject, code, digest)"
        " SELECT id, 'publish', CURRENT_TIMESTAMP, '', '', '', '', '' FROM list_version WHERE state <> 'draft'"
    )
    op.drop_column("power_list", "title")
    op.drop_column("procedure", "amount_from_fen")
    op.drop_column("procedure", "amount_below_fen")
    _refuse()


def _refuse() -> None:
    """Put the triggers in place."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
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


def _allow() -> None:
    """Take the triggers away."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in UNIQUE:
        op.execute(
            f"DROP TRIGGER refuse_{table}_truncate ON {table}" if on_postgresql else f"DROP TRIGGER refuse_{table}_over"
        )
    for name, table, _deed, _condition, _words in RULES:
        if on_postgresql:
            op.execute(f"DROP TRIGGER refuse_{name} ON {table}")
            op.execute(f"DROP FUNCTION refuse_{name}()")
        else:
            op.execute(f"DROP TRIGGER refuse_{name}")


def downgrade() -> None:
    """Take it back; a list gets the title of its newest version."""
    _allow()
    op.add_column("procedure", sa.Column("amount_below_fen", sa.BigInteger(), nullable=True))
    op.add_column("procedure", sa.Column("amount_from_fen", sa.BigInteger(), nullable=True))
    op.add_column("power_list", sa.Column("title", sa.String(length=120), server_default="", nullable=False))
    op.execute(
        "UPDATE power_list SET title = COALESCE((SELECT v.title FROM list_version v"
        " WHERE v.power_list_id = power_list.id ORDER BY v.number DESC LIMIT 1), '')"
    )
    for table, name in (
        ("prohibition", "who"),
        ("procedure_node", "posting_when"),
        ("procedure", "position"),
        ("list_version", "title"),
        ("item_procedure", "below_key"),
        ("item_procedure", "from_key"),
        ("item_procedure", "position"),
    ):
        op.drop_column(table, name)
    with op.batch_alter_table("adoption") as adoption:
        for name in ("confirmed_by_id", "recorded_by_id", "minutes_id"):
            adoption.drop_constraint(op.f(f"fk_adoption_{name}"), type_="foreignkey")
        for name in (
            "confirmed_at",
            "confirmed_by_id",
            "recorded_by_id",
            "minutes_id",
            "arithmetic",
            "body",
            "decision_body",
        ):
            adoption.drop_column(name)
    for table in ("rollout", "list_threshold", "list_deed", "rule_change", "document"):
        op.drop_table(table)
