"""Totals of a plan that are stated no longer: they have no number.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import edit_table_on_sqlite, on_sqlite

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STRICT, LOOSE = "value INTEGER NOT NULL", "value INTEGER"


def upgrade() -> None:
    if on_sqlite():
        edit_table_on_sqlite("plan_total", {STRICT: LOOSE})
    else:
        op.execute("ALTER TABLE plan_total ALTER COLUMN value DROP NOT NULL")


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM plan_total WHERE value IS NULL")).scalar_one():
        raise ValueError(f"the table plan_total has rows that revision {down_revision} cannot hold")
    if on_sqlite():
        edit_table_on_sqlite("plan_total", {LOOSE: STRICT})
    else:
        op.execute("ALTER TABLE plan_total ALTER COLUMN value SET NOT NULL")
