"""Changes of a plan and its themes during the year, plans that were made by mistake, and languages of organisations.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import (
    Check,
    basis,
    guard_redactable_history,
    lift_guards,
    make_table,
    not_blank,
    recorded,
    reference,
    wording,
)

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLE = "plan_change"

# All columns of the new table of history, and those whose text a redaction may replace by the marker.
COLUMNS = "id plan_id theme_id as_of field old_value new_value reason basis actor recorded_at"
TEXTS = ("old_value", "new_value", "reason")


def upgrade() -> None:
    op.execute("ALTER TABLE plan ADD COLUMN taken_out BOOLEAN DEFAULT false NOT NULL")
    op.execute("ALTER TABLE organisation ADD COLUMN language VARCHAR(32)")
    make_table(
        TABLE,
        reference("plan_id", "plan"),
        reference("theme_id", "theme", optional=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("old_value", sa.Text(), nullable=True),
        sa.Column("new_value", sa.Text(), nullable=True),
        wording("reason"),
        basis(),
        recorded(),
        # Both values can have the text that is redacted.
        Check("value_changes", "coalesce(old_value, '') <> coalesce(new_value, '') OR new_value = '[redacted]'"),
        not_blank("field"),
    )
    op.create_index(op.f(f"ix_{TABLE}_plan_id_as_of_id"), TABLE, ["plan_id", "as_of", "id"])
    guard_redactable_history(TABLE, COLUMNS.split(), TEXTS)


def downgrade() -> None:
    lift_guards(TABLE)
    op.drop_table(TABLE)
    op.execute("ALTER TABLE organisation DROP COLUMN language")
    op.execute("ALTER TABLE plan DROP COLUMN taken_out")
