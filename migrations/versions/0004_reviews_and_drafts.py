"""Findings can be accepted, and a mandate version can be drafted from a text.

Revision: 0004, after 0003.
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
    one_of,
    recorded,
    reference,
    unique,
    word,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LINEAGES = "'moved-to', 'split-into', 'merged-into', 'withdrawn', 'new'"
RELATIONS = "'equal-to', 'equivalent-to', 'subset-of', 'superset-of', 'intersects-with', 'no-relationship'"
PROPOSALS = "'machine-made', 'accepted', 'changed', 'rejected'"


def upgrade() -> None:
    make_finding_review()
    make_drafts()


def make_finding_review() -> None:
    make_table(
        "finding_review",
        reference("plan_id", "plan"),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("substance", sa.String(length=64), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        recorded(),
        one_of("decision", "'accepted', 'reopened'"),
        Check("accepted_until_a_day", "(decision = 'accepted') = (until IS NOT NULL)"),
        *(not_blank(column) for column in ("kind", "subject", "statement", "reason")),
        is_sha256("substance"),
    )
    op.create_index(
        op.f("ix_finding_review_plan_id_kind_subject_id"), "finding_review", ["plan_id", "kind", "subject", "id"]
    )
    guard_history("finding_review")


def make_drafts() -> None:
    make_table(
        "mandate_draft",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        reference("body_id", "organisation"),
        reference("supersedes_id", "mandate"),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        reference("document_id", "document"),
        word("state", "'open', 'adopted', 'dropped'"),
        reference("mandate_id", "mandate", optional=True),
        Check("adopted_is_a_version", "(state = 'adopted') = (mandate_id IS NOT NULL)"),
        not_blank("title"),
    )
    in_use = sa.text("state <> 'dropped'")
    op.create_index(
        op.f("ix_mandate_draft_key"),
        "mandate_draft",
        ["key"],
        unique=True,
        sqlite_where=in_use,
        postgresql_where=in_use,
    )
    make_table(
        "drafted_clause",
        reference("draft_id", "mandate_draft"),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("printed_number", sa.String(length=32), nullable=False),
        reference("citation_id", "citation"),
        sa.Column("restatement", sa.Text(), nullable=True),
        word("state", PROPOSALS),
        Check(
            "accepted_is_restated",
            "state NOT IN ('accepted', 'changed') OR length(trim(coalesce(restatement, ''))) > 0",
        ),
        ForeignKey(("draft_id", "parent_id"), ("drafted_clause.draft_id", "drafted_clause.id")),
        unique("draft_id", "key"),
        unique("draft_id", "id"),
    )
    make_table(
        "drafted_row",
        reference("draft_id", "mandate_draft"),
        reference("from_clause_id", "clause", optional=True),
        sa.Column("to_drafted_id", sa.Integer(), nullable=True),
        word("lineage", LINEAGES),
        word("relation", RELATIONS),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=True),
        word("state", PROPOSALS),
        Check("new_comes_from_nothing", "(lineage = 'new') = (from_clause_id IS NULL)"),
        Check("withdrawn_goes_nowhere", "(lineage = 'withdrawn') = (to_drafted_id IS NULL)"),
        Check("likeness_from_0_to_1", "likeness IS NULL OR (likeness >= 0 AND likeness <= 1)"),
        not_blank("rationale"),
        ForeignKey(("draft_id", "to_drafted_id"), ("drafted_clause.draft_id", "drafted_clause.id")),
        unique("draft_id", "from_clause_id", "to_drafted_id"),
    )


def downgrade() -> None:
    lift_guards("finding_review")
    for table in ("drafted_row", "drafted_clause", "mandate_draft", "finding_review"):
        op.drop_table(table)
