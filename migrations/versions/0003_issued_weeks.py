"""A week can be issued: which file it was, made of what, and its bytes, kept for good.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "weekly_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("log_seq", sa.Integer(), nullable=False),
        sa.Column("log_leaf", sa.String(length=64), nullable=False),
        sa.Column("facts_digest", sa.String(length=64), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("program_version", sa.String(length=32), nullable=False),
        sa.Column("libraries", sa.JSON(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_weekly_issue_number_positive")),
        sa.CheckConstraint(
            "number = 1 OR length(trim(coalesce(reason, ''))) > 0",
            name=op.f("ck_weekly_issue_issued_again_has_a_reason"),
        ),
        is_sha256("weekly_issue", "log_leaf"),
        is_sha256("weekly_issue", "facts_digest"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_weekly_issue_plan_id")),
        sa.ForeignKeyConstraint(["log_seq"], ["audit_event.seq"], name=op.f("fk_weekly_issue_log_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_issue")),
        sa.UniqueConstraint("plan_id", "week", "number", name=op.f("uq_weekly_issue_plan_id_week_number")),
    )
    op.create_table(
        "issued_content",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("deflated", sa.LargeBinary(), nullable=False),
        is_sha256("issued_content", "digest"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_content")),
        sa.UniqueConstraint("digest", name=op.f("uq_issued_content_digest")),
    )
    op.create_table(
        "issued_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_issued_file_name_not_blank")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_issued_file_size_not_negative")),
        is_sha256("issued_file", "digest"),
        sa.ForeignKeyConstraint(["issue_id"], ["weekly_issue.id"], name=op.f("fk_issued_file_issue_id")),
        sa.ForeignKeyConstraint(["digest"], ["issued_content.digest"], name=op.f("fk_issued_file_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_file")),
        sa.UniqueConstraint("issue_id", "name", name=op.f("uq_issued_file_issue_id_name")),
    )
    op.create_index(op.f("ix_issued_file_digest"), "issued_file", ["digest"])
    set_guards()


def downgrade() -> None:
    lift_guards()
    op.drop_index(op.f("ix_issued_file_digest"), "issued_file")

    op.drop_table("issued_file")
    op.drop_table("issued_content")
    op.drop_table("weekly_issue")


def is_sha256(table: str, column: str) -> sa.CheckConstraint:
    """A check that a column holds a SHA-256 in lower-case hexadecimal."""
    return sa.CheckConstraint(
        f"length({column}) = 64 AND trim({column}, '0123456789abcdef') = ''",
        name=op.f(f"ck_{table}_{column}_is_sha256"),
    )


# The guards of these tables, frozen as this revision set them. Per table, what else than its id an INSERT OR REPLACE
# could hit in SQLite, where a replaced row fires no delete trigger.
HISTORY = {
    "weekly_issue": "plan_id = NEW.plan_id AND week = NEW.week AND number = NEW.number",
    "issued_content": "digest = NEW.digest",
    "issued_file": "issue_id = NEW.issue_id AND name = NEW.name",
}


def set_guards() -> None:
    """Forbid to change, delete or replace what was issued, as revision 0001 does for the history before."""
    for table, other_key in HISTORY.items():
        if op.get_bind().dialect.name == "sqlite":
            guard_on_sqlite(table, other_key)
        else:
            guard_on_postgresql(table)


def guard_on_sqlite(table: str, other_key: str) -> None:
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER guard_{table}_{verb} BEFORE {verb.upper()} ON {table} BEGIN"
            f" SELECT RAISE(ABORT, '{table} is history: no {verb}'); END"
        )
    op.execute(
        f"CREATE TRIGGER guard_{table}_insert BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR ({other_key})) BEGIN"
        f" SELECT RAISE(ABORT, '{table} is history: no replacing'); END"
    )


def guard_on_postgresql(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER guard_{table}_row BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION guard_history()"
    )
    op.execute(
        f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION guard_history()"
    )
    # Also for a session that sets session_replication_role.
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER guard_{table}_row")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER guard_{table}_truncate")


def lift_guards() -> None:
    """Take the guards away again, so that the tables can be dropped."""
    for table in HISTORY:
        if op.get_bind().dialect.name == "sqlite":
            for verb in ("update", "delete", "insert"):
                op.execute(f"DROP TRIGGER guard_{table}_{verb}")
        else:
            op.execute(f"DROP TRIGGER guard_{table}_row ON {table}")
            op.execute(f"DROP TRIGGER guard_{table}_truncate ON {table}")
