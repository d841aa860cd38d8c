"""A review of a link says whether it saw another wording than the link was made with.

Revision: 0019, after 0018.

Few reviews do, and an index has them, so that suspect links are found without reading all reviews.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import guard_redactable_history, lift_guards

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLE = "link_review"
COLUMNS = "id link_id decision type coverage rationale near_fingerprint clause_fingerprint actor recorded_at"
TEXTS = ("rationale",)
INDEX = "ix_link_review_reworded"


def upgrade() -> None:
    lift_guards(TABLE)
    op.execute(f"ALTER TABLE {TABLE} ADD COLUMN reworded BOOLEAN DEFAULT false NOT NULL")
    op.execute(
        f"UPDATE {TABLE} SET reworded = true WHERE EXISTS (SELECT 1 FROM link WHERE link.id = {TABLE}.link_id"
        f" AND (link.near_fingerprint <> {TABLE}.near_fingerprint"
        f" OR link.clause_fingerprint <> {TABLE}.clause_fingerprint))"
    )
    only_on_sqlite, only = sa.text("reworded = 1"), sa.text("reworded")
    op.create_index(op.f(INDEX), TABLE, ["link_id"], sqlite_where=only_on_sqlite, postgresql_where=only)
    guard_redactable_history(TABLE, f"{COLUMNS} reworded".split(), TEXTS)


def downgrade() -> None:
    lift_guards(TABLE)
    op.drop_index(op.f(INDEX), TABLE)
    op.execute(f"ALTER TABLE {TABLE} DROP COLUMN reworded")
    guard_redactable_history(TABLE, COLUMNS.split(), TEXTS)
