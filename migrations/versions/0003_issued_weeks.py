"""A week can be issued: which file it was, made of what, and its bytes, kept for good.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import (
    Check,
    ForeignKey,
    guard_history,
    is_sha256,
    lift_guards,
    make_table,
    not_blank,
    recorded,
    reference,
    unique,
)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


# The history. For each table: which other rows than the one with the same id an INSERT OR REPLACE could replace.
HISTORY = {
    "weekly_issue": "plan_id = NEW.plan_id AND week = NEW.week AND number = NEW.number",
    "issued_content": "digest = NEW.digest",
    "issued_file": "issue_id = NEW.issue_id AND name = NEW.name",
}


def upgrade() -> None:
    make_table(
        "weekly_issue",
        reference("plan_id", "plan"),
        sa.Column("week", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        reference("log_seq", "audit_event", to="seq"),
        sa.Column("log_leaf", sa.String(length=64), nullable=False),
        sa.Column("facts_digest", sa.String(length=64), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("program_version", sa.String(length=32), nullable=False),
        sa.Column("libraries", sa.JSON(), nullable=False),
        recorded(),
        Check("number_positive", "number > 0"),
        Check("issued_again_has_a_reason", "number = 1 OR length(trim(coalesce(reason, ''))) > 0"),
        is_sha256("log_leaf"),
        is_sha256("facts_digest"),
        unique("plan_id", "week", "number"),
    )
    make_table(
        "issued_content",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("deflated", sa.LargeBinary(), nullable=False),
        is_sha256("digest"),
        unique("digest"),
    )
    make_table(
        "issued_file",
        reference("issue_id", "weekly_issue"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        not_blank("name"),
        Check("size_not_negative", "size >= 0"),
        is_sha256("digest"),
        ForeignKey(("digest",), ("issued_content.digest",)),
        unique("issue_id", "name"),
    )
    op.create_index(op.f("ix_issued_file_digest"), "issued_file", ["digest"])
    for table, other_key in HISTORY.items():
        guard_history(table, f"id = NEW.id OR ({other_key})")


def downgrade() -> None:
    for table in HISTORY:
        lift_guards(table)
    for table in reversed(HISTORY):
        op.drop_table(table)
