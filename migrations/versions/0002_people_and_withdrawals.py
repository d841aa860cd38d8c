"""People have roles, and what was reported can be taken back by a row that says so.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# What can be taken back: the tables a withdrawal refers to, one of them per row.
WITHDRAWABLE = ("status_update", "milestone_report", "date_change", "observation", "completion_confirmation")


def upgrade() -> None:
    # Batch mode would make the table anew, which SQLite refuses while items refer to it. Both databases take this.
    op.execute(
        "ALTER TABLE person ADD COLUMN role VARCHAR(32) DEFAULT 'officer' NOT NULL CONSTRAINT ck_person_role_word"
        " CHECK (role IN ('officer', 'manager', 'auditor', 'administrator'))"
    )
    op.execute("ALTER TABLE person ADD COLUMN active BOOLEAN DEFAULT true NOT NULL")
    exactly_one = " + ".join(f"CASE WHEN {table}_id IS NULL THEN 0 ELSE 1 END" for table in WITHDRAWABLE)
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(f"{table}_id", sa.Integer(), nullable=True) for table in WITHDRAWABLE),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"{exactly_one} = 1", name=op.f("ck_withdrawal_takes_back_one")),
        *(
            sa.ForeignKeyConstraint([f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_withdrawal_{table}_id"))
            for table in WITHDRAWABLE
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
        *(sa.UniqueConstraint(f"{table}_id", name=op.f(f"uq_withdrawal_{table}_id")) for table in WITHDRAWABLE),
    )
    set_guards()


def downgrade() -> None:
    lift_guards()
    op.drop_table("withdrawal")
    op.execute("ALTER TABLE person DROP COLUMN active")
    # SQLite drops a column with the check that stands beside it; PostgreSQL too.
    op.execute("ALTER TABLE person DROP COLUMN role")


def set_guards() -> None:
    """Forbid to change, delete or replace a withdrawal, as revision 0001 does for the history it refers to."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER guard_withdrawal_{verb} BEFORE {verb.upper()} ON withdrawal BEGIN"
                f" SELECT RAISE(ABORT, 'withdrawal is history: no {verb}'); END"
            )
        hit = " OR ".join(("id = NEW.id", *(f"{table}_id = NEW.{table}_id" for table in WITHDRAWABLE)))
        op.execute(
            "CREATE TRIGGER guard_withdrawal_insert BEFORE INSERT ON withdrawal"
            f" WHEN EXISTS (SELECT 1 FROM withdrawal WHERE {hit}) BEGIN"
            " SELECT RAISE(ABORT, 'withdrawal is history: no replacing'); END"
        )
        return
    op.execute(
        "CREATE TRIGGER guard_withdrawal_row BEFORE UPDATE OR DELETE ON withdrawal"
        " FOR EACH ROW EXECUTE FUNCTION guard_history()"
    )
    op.execute(
        "CREATE TRIGGER guard_withdrawal_truncate BEFORE TRUNCATE ON withdrawal"
        " FOR EACH STATEMENT EXECUTE FUNCTION guard_history()"
    )
    op.execute("ALTER TABLE withdrawal ENABLE ALWAYS TRIGGER guard_withdrawal_row")
    op.execute("ALTER TABLE withdrawal ENABLE ALWAYS TRIGGER guard_withdrawal_truncate")


def lift_guards() -> None:
    """Take the guards away again, so that the table can be dropped."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete", "insert"):
            op.execute(f"DROP TRIGGER guard_withdrawal_{verb}")
        return
    op.execute("DROP TRIGGER guard_withdrawal_row ON withdrawal")
    op.execute("DROP TRIGGER guard_withdrawal_truncate ON withdrawal")
