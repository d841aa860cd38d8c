"""The basis of the date of a milestone and of the day of a target, where it is another than that of the rest.

Revision: 0018, after 0017.
"""

from alembic import op

from planner.store.revision_parts import BASES

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = (("milestone", "date_basis"), ("target", "due_basis"))


def upgrade() -> None:
    for table, column in COLUMNS:
        check = f"CONSTRAINT ck_{table}_{column}_word CHECK ({column} IS NULL OR {column} IN ({BASES}))"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(32) {check}")


def downgrade() -> None:
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
