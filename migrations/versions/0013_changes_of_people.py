"""Changes of people during the year: who joined or left, and their names, roles and organisations.

Revision: 0013, after 0012.
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

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLE = "person_change"

# All columns of the new table of history, and those whose text a redaction may replace by the marker.
COLUMNS = "id person_id as_of field old_value new_value reason basis actor recorded_at"
TEXTS = ("old_value", "new_value", "reason")


def upgrade() -> None:
    make_table(
        TABLE,
        reference("person_id", "person"),
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
    op.create_index(op.f(f"ix_{TABLE}_person_id_as_of_id"), TABLE, ["person_id", "as_of", "id"])
    guard_redactable_history(TABLE, COLUMNS.split(), TEXTS)


def downgrade() -> None:
    lift_guards(TABLE)
    op.drop_table(TABLE)
