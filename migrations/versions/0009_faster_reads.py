"""An index that makes reads of large registers faster.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Few items are cancelled or merged, and only their reports are in the index.
DROPPED = sa.text("phase IN ('cancelled', 'merged')")


def upgrade() -> None:
    op.create_index(
        op.f("ix_status_update_item_id"), "status_update", ["item_id"], sqlite_where=DROPPED, postgresql_where=DROPPED
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_status_update_item_id"), "status_update")
