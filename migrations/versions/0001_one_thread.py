"""The house on its first threads: workspaces, people, things, deliveries, the outbox, asks, feedback, decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLE = "throughline"
SCOPED = (
    "asks",
    "audit",
    "aways",
    "boards",
    "channel_members",
    "channels",
    "counters",
    "decision_drafts",
    "decision_dues",
    "decision_people",
    "decision_stances",
    "decision_texts",
    "decisions",
    "deliveries",
    "feedback",
    "feedback_listening",
    "feedback_reactions",
    "feedback_supporters",
    "installations",
    "occurrences",
    "outbox",
    "paces",
    "people",
    "series",
    "series_people",
    "series_zones",
    "settings",
    "thing_audience",
    "thing_followers",
    "things",
    "worktimes",
)


def upgrade() -> None:
    """Make the tables; on PostgreSQL fence each with row-level security."""
    create_tables()
    if op.get_bind().dialect.name == "postgresql":
        fence()


def fence() -> None:
    """Rows are seen only by a transaction that named their workspace (or, for our own loops, all of them).

    FORCE binds the tables' owner. An owner whom no row-level security binds (a superuser) needs the plain role,
    which every connection takes then (`storage.database.postgres`).
    """
    bind = op.get_bind()
    unbound = bind.exec_driver_sql(
        "SELECT rolsuper OR rolbypassrls AND rolcreaterole FROM pg_roles WHERE rolname = current_user"
    ).scalar_one()
    if unbound:
        bind.exec_driver_sql(
            f"DO $$ BEGIN CREATE ROLE {ROLE} NOLOGIN;"
            " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
        bind.exec_driver_sql(f"GRANT {ROLE} TO CURRENT_USER")
        bind.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
    for table in SCOPED:
        bind.exec_driver_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        bind.exec_driver_sql(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        bind.exec_driver_sql(
            f"CREATE POLICY own_workspace ON {table} USING"
            " (current_setting('throughline.workspace', true) IN (workspace, '*'))"
        )
        if unbound:
            bind.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")


def create_partial_index(name: str, table: str, columns: list[str], where: sa.ColumnElement[bool]) -> None:
    """An index of the rows that answer `where`, on either database."""
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def create_tables() -> None:
    """One table per concept; the comments are in each feature's tables.py."""
    op.create_table(
        "asks",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column(
            "key",
            sa.String(length=255).with_variant(sa.String(length=255, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("blocks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("covered", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held", sa.String(), nullable=True),
        sa.Column("held_note", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "key"),
    )
    op.create_index("asks_due", "asks", ["workspace", "state", "due_at"], unique=False)
    op.create_index("asks_of", "asks", ["workspace", "recipient", "state", "kind"], unique=False)
    op.create_index("asks_person", "asks", ["workspace", "person", "created_at", "key"], unique=False)
    op.create_index("asks_sent", "asks", ["workspace", "recipient", "sent_at"], unique=False)
    op.create_table(
        "audit",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_index("audit_thing", "audit", ["workspace", "thing", "id"], unique=False)
    op.create_table(
        "aways",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("cover", sa.String(), nullable=True),
        sa.Column("set_by", sa.String(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", "first"),
    )
    op.create_table(
        "boards",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("renderer", sa.String(), nullable=False),
        sa.Column("subject", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("on_its_way", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "key"),
    )
    create_partial_index(
        "boards_wanting",
        "boards",
        ["workspace", "key"],
        sa.and_(
            sa.column("stale") == sa.true(),
            sa.column("on_its_way") == sa.false(),
            sa.column("gone") == sa.false(),
        ),
    )
    op.create_table(
        "channel_members",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "person"),
    )
    op.create_index(op.f("ix_channel_members_person"), "channel_members", ["person"], unique=False)
    op.create_table(
        "channels",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_table(
        "counters",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "letter"),
    )
    op.create_table(
        "decision_drafts",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "person"),
    )
    op.create_index(op.f("ix_decision_drafts_person"), "decision_drafts", ["person"], unique=False)
    op.create_table(
        "decision_dues",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "kind"),
    )
    op.create_index("decision_dues_day", "decision_dues", ["workspace", "due_on"], unique=False)
    op.create_table(
        "decision_people",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "role", "person"),
    )
    op.create_index(op.f("ix_decision_people_person"), "decision_people", ["person"], unique=False)
    op.create_table(
        "decision_stances",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "person"),
    )
    op.create_table(
        "decision_texts",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("options", sa.String(), nullable=True),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "version"),
    )
    op.create_table(
        "decisions",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("driver", sa.String(length=32), nullable=False),
        sa.Column("approver", sa.String(length=32), nullable=True),
        sa.Column("functions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("message_ts", sa.String(length=32), nullable=True),
        sa.Column("thread_ts", sa.String(length=32), nullable=True),
        sa.Column("recorded_by", sa.String(length=32), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    op.create_index("decisions_approver", "decisions", ["workspace", "approver", "state"], unique=False)
    op.create_index("decisions_driver", "decisions", ["workspace", "driver", "number"], unique=False)
    op.create_index("decisions_source", "decisions", ["workspace", "channel", "message_ts"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("reply", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key"),
    )
    op.create_index(op.f("ix_deliveries_at"), "deliveries", ["at"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("words_state", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("message_ts", sa.String(length=32), nullable=True),
        sa.Column("author", sa.String(length=32), nullable=True),
        sa.Column("captured_by", sa.String(length=32), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    op.create_index("feedback_author", "feedback", ["workspace", "author", "state", "number"], unique=False)
    op.create_index("feedback_by", "feedback", ["workspace", "captured_by", "state", "number"], unique=False)
    op.create_index("feedback_message", "feedback", ["workspace", "channel", "message_ts"], unique=True)
    op.create_table(
        "feedback_listening",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel"),
    )
    op.create_table(
        "feedback_reactions",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("message_ts", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("emoji", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("event_ts", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "message_ts", "person", "emoji"),
    )
    op.create_table(
        "feedback_supporters",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "person"),
    )
    op.create_index(op.f("ix_feedback_supporters_person"), "feedback_supporters", ["person"], unique=False)
    op.create_table(
        "installations",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("bot_user", sa.String(), nullable=True),
        sa.Column("bot_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace"),
    )
    op.create_table(
        "occurrences",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("series", sa.String(length=128), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "series", "local_date", "recipient"),
    )
    op.create_index("occurrences_due", "occurrences", ["workspace", "state", "wake_at"], unique=False)
    op.create_index("occurrences_of", "occurrences", ["workspace", "recipient", "due_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("arguments", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("plainer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("was_plainer", sa.Boolean(), nullable=False),
        sa.Column("lane", sa.String(), nullable=True),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("to", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_moment", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("first_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("then", sa.String(), nullable=True),
        sa.Column("about", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sa.UniqueConstraint("workspace", "key"),
    )
    for name, columns, states in (
        ("outbox_doable", ["id"], ("pending", "sending", "unknown")),
        ("outbox_thread", ["workspace", "thread", "id"], ("parked", "pending", "sending", "unknown")),
        ("outbox_parked", ["workspace", "to"], ("parked",)),
        ("outbox_blocked", ["workspace", "id"], ("blocked",)),
        ("outbox_done", ["created_at"], ("sent", "late")),
    ):
        create_partial_index(name, "outbox", columns, sa.column("state").in_(states))
    op.create_table(
        "paces",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("lane", sa.String(length=128), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "lane"),
    )
    op.create_table(
        "people",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("dm", sa.String(), nullable=True),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_table(
        "series",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("per_person", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("skips", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("missed_from", sa.Date(), nullable=True),
        sa.Column("missed_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key"),
    )
    op.create_table(
        "series_people",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("series", sa.String(length=128), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "series", "person"),
    )
    op.create_index(op.f("ix_series_people_person"), "series_people", ["person"], unique=False)
    op.create_table(
        "series_zones",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("series", sa.String(length=128), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("next_date", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "series", "zone"),
    )
    op.create_index("series_zones_due", "series_zones", ["workspace", "due_at"], unique=False)
    op.create_table(
        "settings",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "name"),
    )
    op.create_table(
        "thing_audience",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "letter", "number", "person"),
    )
    op.create_table(
        "thing_followers",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "letter", "number", "person"),
    )
    op.create_index(op.f("ix_thing_followers_person"), "thing_followers", ["person"], unique=False)
    op.create_table(
        "things",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("permalink", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("audience_channel", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "letter", "number"),
    )
    op.create_index("things_owned", "things", ["workspace", "owner", "letter", "number"], unique=False)
    op.create_table(
        "worktimes",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("workdays", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("quiet_start", sa.Time(), nullable=True),
        sa.Column("quiet_end", sa.Time(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("asks_a_day", sa.Integer(), nullable=False),
        sa.Column("tells_a_day", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person"),
    )
