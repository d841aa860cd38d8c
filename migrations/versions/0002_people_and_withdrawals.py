"""People have roles, and what was reported can be taken back by a row that says so.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import Check, guard_history, lift_guards, make_table, recorded, reference, unique

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
    make_table(
        "withdrawal",
        *(reference(f"{table}_id", table, optional=True) for table in WITHDRAWABLE),
        sa.Column("reason", sa.Text(), nullable=True),
        recorded(),
        Check("takes_back_one", f"{exactly_one} = 1"),
        *(unique(f"{table}_id") for table in WITHDRAWABLE),
    )
    guard_history(
        "withdrawal", " OR ".join(("id = NEW.id", *(f"{table}_id = NEW.{table}_id" for table in WITHDRAWABLE)))
    )


def downgrade() -> None:
    lift_guards("withdrawal")
    op.drop_table("withdrawal")
    op.execute("ALTER TABLE person DROP COLUMN active")
    # SQLite drops a column with the check that stands beside it; PostgreSQL too.
    op.execute("ALTER TABLE person DROP COLUMN role")
