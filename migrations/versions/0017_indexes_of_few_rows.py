"""Indexes of the few reports that merge an item, and of the changes of items by their day.

Revision: 0017, after 0016.

Each command asks whether an item was changed after its day.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Few items are merged into others, and only their reports are in the index.
MERGED = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        op.f("ix_status_update_merged_into_id"),
        "status_update",
        ["merged_into_id"],
        sqlite_where=MERGED,
        postgresql_where=MERGED,
    )
    op.create_index(op.f("ix_item_change_as_of"), "item_change", ["as_of"])


def downgrade() -> None:
    op.drop_index(op.f("ix_item_change_as_of"), "item_change")
    op.drop_index(op.f("ix_status_update_merged_into_id"), "status_update")
