"""Findings can be accepted, and a mandate version can be drafted from a text.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LINEAGES = "'moved-to', 'split-into', 'merged-into', 'withdrawn', 'new'"
RELATIONS = "'equal-to', 'equivalent-to', 'subset-of', 'superset-of', 'intersects-with', 'no-relationship'"
PROPOSALS = "'machine-made', 'accepted', 'changed', 'rejected'"


def upgrade() -> None:
    make_finding_review()
    set_guards()
    make_drafts()


def make_finding_review() -> None:
    op.create_table(
        "finding_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("substance", sa.String(length=64), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        one_of("finding_review", "decision", "'accepted', 'reopened'"),
        sa.CheckConstraint(
            "(decision = 'accepted') = (until IS NOT NULL)", name=op.f("ck_finding_review_accepted_until_a_day")
        ),
        *(not_blank("finding_review", column) for column in ("kind", "subject", "statement", "reason")),
        sa.CheckConstraint(
            "length(substance) = 64 AND trim(substance, '0123456789abcdef') = ''",
            name=op.f("ck_finding_review_substance_is_sha256"),
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_finding_review_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_review")),
    )
    op.create_index(
        op.f("ix_finding_review_plan_id_kind_subject_id"), "finding_review", ["plan_id", "kind", "subject", "id"]
    )


def make_drafts() -> None:
    op.create_table(
        "mandate_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        one_of("mandate_draft", "state", "'open', 'adopted', 'dropped'"),
        sa.CheckConstraint(
            "(state = 'adopted') = (mandate_id IS NOT NULL)", name=op.f("ck_mandate_draft_adopted_is_a_version")
        ),
        not_blank("mandate_draft", "title"),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_mandate_draft_body_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["mandate.id"], name=op.f("fk_mandate_draft_supersedes_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_mandate_draft_document_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_mandate_draft_mandate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_draft")),
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
    op.create_table(
        "drafted_clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("printed_number", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=False),
        sa.Column("restatement", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        one_of("drafted_clause", "state", PROPOSALS),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'changed') OR length(trim(coalesce(restatement, ''))) > 0",
            name=op.f("ck_drafted_clause_accepted_is_restated"),
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["mandate_draft.id"], name=op.f("fk_drafted_clause_draft_id")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_drafted_clause_citation_id")),
        sa.ForeignKeyConstraint(
            ["draft_id", "parent_id"],
            ["drafted_clause.draft_id", "drafted_clause.id"],
            name=op.f("fk_drafted_clause_draft_id_parent_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafted_clause")),
        sa.UniqueConstraint("draft_id", "key", name=op.f("uq_drafted_clause_draft_id_key")),
        sa.UniqueConstraint("draft_id", "id", name=op.f("uq_drafted_clause_draft_id_id")),
    )
    op.create_table(
        "drafted_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("from_clause_id", sa.Integer(), nullable=True),
        sa.Column("to_drafted_id", sa.Integer(), nullable=True),
        sa.Column("lineage", sa.String(length=32), nullable=False),
        sa.Column("relation", sa.String(length=32), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        one_of("drafted_row", "lineage", LINEAGES),
        one_of("drafted_row", "relation", RELATIONS),
        one_of("drafted_row", "state", PROPOSALS),
        sa.CheckConstraint(
            "(lineage = 'new') = (from_clause_id IS NULL)", name=op.f("ck_drafted_row_new_comes_from_nothing")
        ),
        sa.CheckConstraint(
            "(lineage = 'withdrawn') = (to_drafted_id IS NULL)", name=op.f("ck_drafted_row_withdrawn_goes_nowhere")
        ),
        sa.CheckConstraint(
            "likeness IS NULL OR (likeness >= 0 AND likeness <= 1)", name=op.f("ck_drafted_row_likeness_from_0_to_1")
        ),
        not_blank("drafted_row", "rationale"),
        sa.ForeignKeyConstraint(["draft_id"], ["mandate_draft.id"], name=op.f("fk_drafted_row_draft_id")),
        sa.ForeignKeyConstraint(["from_clause_id"], ["clause.id"], name=op.f("fk_drafted_row_from_clause_id")),
        sa.ForeignKeyConstraint(
            ["draft_id", "to_drafted_id"],
            ["drafted_clause.draft_id", "drafted_clause.id"],
            name=op.f("fk_drafted_row_draft_id_to_drafted_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafted_row")),
        sa.UniqueConstraint(
            "draft_id",
            "from_clause_id",
            "to_drafted_id",
            name=op.f("uq_drafted_row_draft_id_from_clause_id_to_drafted_id"),
        ),
    )


def downgrade() -> None:
    for table in ("drafted_row", "drafted_clause", "mandate_draft"):
        op.drop_table(table)
    lift_guards()
    op.drop_index(op.f("ix_finding_review_plan_id_kind_subject_id"), "finding_review")
    op.drop_table("finding_review")


def one_of(table: str, column: str, words: str) -> sa.CheckConstraint:
    """A check that a column holds one of some quoted words."""
    return sa.CheckConstraint(f"{column} IN ({words})", name=op.f(f"ck_{table}_{column}_word"))


def not_blank(table: str, column: str) -> sa.CheckConstraint:
    """A check that a text column says something."""
    return sa.CheckConstraint(f"length(trim({column})) > 0", name=op.f(f"ck_{table}_{column}_not_blank"))


def set_guards() -> None:
    """Forbid to change, delete or replace a decision about a finding, as revision 0001 does for the history before."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER guard_finding_review_{verb} BEFORE {verb.upper()} ON finding_review BEGIN"
                f" SELECT RAISE(ABORT, 'finding_review is history: no {verb}'); END"
            )
        op.execute(
            "CREATE TRIGGER guard_finding_review_insert BEFORE INSERT ON finding_review"
            " WHEN EXISTS (SELECT 1 FROM finding_review WHERE id = NEW.id) BEGIN"
            " SELECT RAISE(ABORT, 'finding_review is history: no replacing'); END"
        )
        return
    op.execute(
        "CREATE TRIGGER guard_finding_review_row BEFORE UPDATE OR DELETE ON finding_review"
        " FOR EACH ROW EXECUTE FUNCTION guard_history()"
    )
    op.execute(
        "CREATE TRIGGER guard_finding_review_truncate BEFORE TRUNCATE ON finding_review"
        " FOR EACH STATEMENT EXECUTE FUNCTION guard_history()"
    )
    # Also for a session that sets session_replication_role.
    for name in ("row", "truncate"):
        op.execute(f"ALTER TABLE finding_review ENABLE ALWAYS TRIGGER guard_finding_review_{name}")


def lift_guards() -> None:
    """Take the guards away again, so that the table can be dropped."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete", "insert"):
            op.execute(f"DROP TRIGGER guard_finding_review_{verb}")
    else:
        for name in ("row", "truncate"):
            op.execute(f"DROP TRIGGER guard_finding_review_{name} ON finding_review")
