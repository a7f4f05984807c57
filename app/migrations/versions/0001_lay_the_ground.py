"""lay the ground."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "affairs",
            sa.Enum("party", "village", "finance", name="affairs", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due_rule", sa.String(length=60), nullable=False),
        sa.Column("review_rule", sa.String(length=60), nullable=False),
        sa.Column("display_rule", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("code", name=op.f("uq_category_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("identity_digest", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("identity_digest", name=op.f("uq_person_identity_digest")),
        sa.UniqueConstraint("phone", name=op.f("uq_person_phone")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "national", "province", "county", "township", "village", name="level", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("hotline", sa.String(length=40), nullable=False),
        sa.Column("board_address", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "(level = 'county' AND length(code) = 6) OR (level = 'township' AND length(code) = 9) OR (level = 'village' AND length(code) = 12)",
            name=op.f("ck_place_code_fits_level"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name=op.f("fk_place_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("code", name=op.f("uq_place_code")),
    )
    op.create_index(op.f("ix_place_parent_id"), "place", ["parent_id"], unique=False)
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index("ix_sign_in_attempt_key_at", "sign_in_attempt", ["key", "at"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("user_name", name=op.f("uq_account_user_name")),
    )
    op.create_index(op.f("ix_account_person_id"), "account", ["person_id"], unique=False)
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("committee", "collective", name="bodykind", native_enum=False, length=20), nullable=False
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("keeps_books", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["place.id"], name=op.f("fk_body_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("village_id", "kind", name=op.f("uq_body_village_id_kind")),
    )
    op.create_table(
        "column_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["place.id"], name=op.f("fk_column_choice_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_choice")),
        sa.UniqueConstraint("village_id", "signature", name=op.f("uq_column_choice_village_id_signature")),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "clerk",
                "secretary",
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
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_substitute", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "is_substitute = false OR kind = 'director'", name=op.f("ck_post_only_the_director_substitutes")
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_post_term_runs_forward")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_person_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_post_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_person_id"), "post", ["person_id"], unique=False)
    op.create_index("ix_post_place_kind", "post", ["place_id", "kind"], unique=False)
    op.create_table(
        "power_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_power_list_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power_list")),
        sa.UniqueConstraint("place_id", "slug", name=op.f("uq_power_list_place_id_slug")),
    )
    op.create_table(
        "rule_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "national", "province", "county", "township", "village", name="level", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_rule_row_validity_runs_forward")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_rule_row_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_row")),
    )
    op.create_index("ix_rule_row_key_place", "rule_row", ["key", "place_id"], unique=False)
    op.create_table(
        "short_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=7), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("record", "power", "village", name="targetkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["place.id"], name=op.f("fk_short_code_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_code")),
        sa.UniqueConstraint("code", name=op.f("uq_short_code_code")),
        sa.UniqueConstraint("village_id", "kind", "target", name=op.f("uq_short_code_village_id_kind_target")),
    )
    op.create_table(
        "list_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("power_list_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", "superseded", name="versionstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["power_list_id"], ["power_list.id"], name=op.f("fk_list_version_power_list_id")),
        sa.ForeignKeyConstraint(["template_id"], ["list_version.id"], name=op.f("fk_list_version_template_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_version")),
        sa.UniqueConstraint("power_list_id", "number", name=op.f("uq_list_version_power_list_id_number")),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_record_body_id")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_record_category_id")),
        sa.ForeignKeyConstraint(["village_id"], ["place.id"], name=op.f("fk_record_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("body_id", "category_id", "period", name=op.f("uq_record_body_id_category_id_period")),
        sa.UniqueConstraint("village_id", "number", name=op.f("uq_record_village_id_number")),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_session_digest")),
    )
    op.create_index(op.f("ix_sign_in_session_account_id"), "sign_in_session", ["account_id"], unique=False)
    op.create_table(
        "starting_balance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_starting_balance_body_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_starting_balance_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_starting_balance")),
        sa.UniqueConstraint("body_id", name=op.f("uq_starting_balance_body_id")),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_upload_body_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_upload_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("key", name=op.f("uq_upload_key")),
    )
    op.create_table(
        "adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=60), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("present <= due AND in_favour <= present", name=op.f("ck_adoption_votes_fit")),
        sa.ForeignKeyConstraint(["version_id"], ["list_version.id"], name=op.f("fk_adoption_version_id")),
        sa.ForeignKeyConstraint(["village_id"], ["place.id"], name=op.f("fk_adoption_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("village_id", "version_id", name=op.f("uq_adoption_village_id_version_id")),
    )
    op.create_table(
        "list_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["list_category.id"], name=op.f("fk_list_category_parent_id")),
        sa.ForeignKeyConstraint(["version_id"], ["list_version.id"], name=op.f("fk_list_category_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_category")),
        sa.UniqueConstraint("version_id", "code", name=op.f("uq_list_category_version_id_code")),
    )
    op.create_table(
        "procedure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("amount_from_fen", sa.BigInteger(), nullable=True),
        sa.Column("amount_below_fen", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["version_id"], ["list_version.id"], name=op.f("fk_procedure_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
        sa.UniqueConstraint("version_id", "slug", name=op.f("uq_procedure_version_id_slug")),
    )
    op.create_table(
        "prohibition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("consequence", sa.Text(), nullable=False),
        sa.Column("watched_by", sa.String(length=60), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["list_version.id"], name=op.f("fk_prohibition_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prohibition")),
        sa.UniqueConstraint("version_id", "code", name=op.f("uq_prohibition_version_id_code")),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "confirmed",
                "published",
                "corrected",
                name="state",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("display_from", sa.Date(), nullable=True),
        sa.Column("display_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "display_to IS NULL OR display_to >= display_from", name=op.f("ck_version_display_runs_forward")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_version_made_by_id")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_version_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("key", name=op.f("uq_version_key")),
        sa.UniqueConstraint("record_id", "number", name=op.f("uq_version_record_id_number")),
    )
    op.create_index("ix_version_state", "version", ["state"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "deed",
            sa.Enum(
                "draft",
                "submit",
                "return",
                "approve",
                "confirm",
                "publish",
                "supersede",
                name="deed",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "clerk",
                "secretary",
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
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("acts_as_substitute", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_event_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_event_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_version_id"), "event", ["version_id"], unique=False)
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("opening_fen", sa.BigInteger(), nullable=False),
        sa.Column("closing_fen", sa.BigInteger(), nullable=False),
        sa.Column("source_name", sa.String(length=200), nullable=False),
        sa.Column("source_sheet", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_ledger_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("version_id", name=op.f("uq_ledger_version_id")),
    )
    op.create_table(
        "power_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("power", "responsibility", "service", "assist", name="itemkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("standard_code", sa.String(length=40), nullable=False),
        sa.Column("body", sa.String(length=120), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("time_limit", sa.String(length=200), nullable=False),
        sa.Column("fee", sa.String(length=200), nullable=False),
        sa.Column("accountability", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["list_category.id"], name=op.f("fk_power_item_category_id")),
        sa.ForeignKeyConstraint(["version_id"], ["list_version.id"], name=op.f("fk_power_item_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power_item")),
        sa.UniqueConstraint("version_id", "code", name=op.f("uq_power_item_version_id_code")),
    )
    op.create_table(
        "procedure_edge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("procedure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_procedure_edge_procedure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_edge")),
        sa.UniqueConstraint(
            "procedure_id", "source", "target", "label", name=op.f("uq_procedure_edge_procedure_id_source_target_label")
        ),
    )
    op.create_table(
        "procedure_node",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("procedure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "start",
                "step",
                "decision",
                "predefined",
                "parallel",
                "end",
                name="nodekind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("limit_days", sa.Integer(), nullable=True),
        sa.Column(
            "limit_kind", sa.Enum("calendar", "working", name="daykind", native_enum=False, length=20), nullable=False
        ),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("posting_what", sa.String(length=120), nullable=False),
        sa.Column("posting_where", sa.String(length=80), nullable=False),
        sa.Column("posting_days", sa.Integer(), nullable=True),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("embeds", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_procedure_node_procedure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_node")),
        sa.UniqueConstraint("procedure_id", "key", name=op.f("uq_procedure_node_procedure_id_key")),
    )
    op.create_table(
        "prohibition_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prohibition_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(length=20), nullable=False),
        sa.Column("node_key", sa.String(length=40), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "clerk",
                "secretary",
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
        sa.CheckConstraint("item_code <> '' OR post IS NOT NULL", name=op.f("ck_prohibition_tie_tied_to_something")),
        sa.ForeignKeyConstraint(["prohibition_id"], ["prohibition.id"], name=op.f("fk_prohibition_tie_prohibition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prohibition_tie")),
    )
    op.create_index(op.f("ix_prohibition_tie_prohibition_id"), "prohibition_tie", ["prohibition_id"], unique=False)
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=40), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_remark_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_remark_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index(op.f("ix_remark_version_id"), "remark", ["version_id"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("voucher", sa.String(length=60), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("income_fen", sa.BigInteger(), nullable=False),
        sa.Column("spending_fen", sa.BigInteger(), nullable=False),
        sa.Column("payee", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("item_code", sa.String(length=20), nullable=False),
        sa.Column("tie_key", sa.String(length=300), nullable=False),
        sa.CheckConstraint("(income_fen = 0) <> (spending_fen = 0)", name=op.f("ck_entry_one_side_only")),
        sa.ForeignKeyConstraint(["ledger_id"], ["ledger.id"], name=op.f("fk_entry_ledger_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("ledger_id", "line", name=op.f("uq_entry_ledger_id_line")),
    )
    op.create_index("ix_entry_tie_key", "entry", ["tie_key"], unique=False)
    op.create_table(
        "item_basis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(length=120), nullable=False),
        sa.Column("article", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["power_item.id"], name=op.f("fk_item_basis_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_basis")),
    )
    op.create_index(op.f("ix_item_basis_item_id"), "item_basis", ["item_id"], unique=False)
    op.create_table(
        "item_posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("moment", sa.String(length=80), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["power_item.id"], name=op.f("fk_item_posting_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_posting")),
    )
    op.create_index(op.f("ix_item_posting_item_id"), "item_posting", ["item_id"], unique=False)
    op.create_table(
        "item_procedure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("procedure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["power_item.id"], name=op.f("fk_item_procedure_item_id")),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_item_procedure_procedure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_procedure")),
        sa.UniqueConstraint("item_id", "procedure_id", name=op.f("uq_item_procedure_item_id_procedure_id")),
    )
    op.create_index(op.f("ix_item_procedure_procedure_id"), "item_procedure", ["procedure_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_item_procedure_procedure_id"), table_name="item_procedure")
    op.drop_table("item_procedure")
    op.drop_index(op.f("ix_item_posting_item_id"), table_name="item_posting")
    op.drop_table("item_posting")
    op.drop_index(op.f("ix_item_basis_item_id"), table_name="item_basis")
    op.drop_table("item_basis")
    op.drop_index("ix_entry_tie_key", table_name="entry")
    op.drop_table("entry")
    op.drop_index(op.f("ix_remark_version_id"), table_name="remark")
    op.drop_table("remark")
    op.drop_index(op.f("ix_prohibition_tie_prohibition_id"), table_name="prohibition_tie")
    op.drop_table("prohibition_tie")
    op.drop_table("procedure_node")
    op.drop_table("procedure_edge")
    op.drop_table("power_item")
    op.drop_table("ledger")
    op.drop_index(op.f("ix_event_version_id"), table_name="event")
    op.drop_table("event")
    op.drop_index("ix_version_state", table_name="version")
    op.drop_table("version")
    op.drop_table("prohibition")
    op.drop_table("procedure")
    op.drop_table("list_category")
    op.drop_table("adoption")
    op.drop_table("upload")
    op.drop_table("starting_balance")
    op.drop_index(op.f("ix_sign_in_session_account_id"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_table("record")
    op.drop_table("list_version")
    op.drop_table("short_code")
    op.drop_index("ix_rule_row_key_place", table_name="rule_row")
    op.drop_table("rule_row")
    op.drop_table("power_list")
    op.drop_index("ix_post_place_kind", table_name="post")
    op.drop_index(op.f("ix_post_person_id"), table_name="post")
    op.drop_table("post")
    op.drop_table("column_choice")
    op.drop_table("body")
    op.drop_index(op.f("ix_account_person_id"), table_name="account")
    op.drop_table("account")
    op.drop_index("ix_sign_in_attempt_key_at", table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_index(op.f("ix_place_parent_id"), table_name="place")
    op.drop_table("place")
    op.drop_table("person")
    op.drop_table("category")
