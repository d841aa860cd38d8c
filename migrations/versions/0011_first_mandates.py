"""A proposed mandate version can be the first one of a plan, and then supersedes none.

Revision: 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import edit_table_on_sqlite, on_sqlite

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STRICT, LOOSE = "supersedes_id INTEGER NOT NULL", "supersedes_id INTEGER"
PLAN = (
    "plan_id INTEGER CONSTRAINT fk_mandate_draft_plan_id REFERENCES plan (id)"
    " CONSTRAINT ck_mandate_draft_first_names_its_plan CHECK ((supersedes_id IS NULL) = (plan_id IS NOT NULL))"
)


def upgrade() -> None:
    op.execute(f"ALTER TABLE mandate_draft ADD COLUMN {PLAN}")
    if on_sqlite():
        edit_table_on_sqlite("mandate_draft", {STRICT: LOOSE})
    else:
        op.execute("ALTER TABLE mandate_draft ALTER COLUMN supersedes_id DROP NOT NULL")


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM mandate_draft WHERE supersedes_id IS NULL")).scalar_one():
        raise ValueError(f"the table mandate_draft has rows that revision {down_revision} cannot hold")
    if on_sqlite():
        edit_table_on_sqlite("mandate_draft", {LOOSE: STRICT})
    else:
        op.execute("ALTER TABLE mandate_draft ALTER COLUMN supersedes_id SET NOT NULL")
    op.execute("ALTER TABLE mandate_draft DROP COLUMN plan_id")
