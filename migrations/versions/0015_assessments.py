"""Assessments: an auditor or a manager rates an item too, with a reason and the evidence that they saw.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import (
    guard_redactable_history,
    lift_guards,
    make_table,
    recorded,
    reference,
    withdraw_from,
    word,
    wording,
)

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLE = "assessment"
COLUMNS = "id item_id as_of rating reason evidence actor recorded_at"

# The tables whose records could be withdrawn before.
WITHDRAWABLE = (
    "status_update",
    "milestone_report",
    "date_change",
    "observation",
    "completion_confirmation",
    "help_answer",
    "extension_request",
    "extension_answer",
)


def upgrade() -> None:
    make_table(
        TABLE,
        reference("item_id", "item"),
        sa.Column("as_of", sa.Date(), nullable=False),
        word("rating", "'green', 'amber', 'red'"),
        wording("reason"),
        sa.Column("evidence", sa.Text(), nullable=True),
        recorded(),
    )
    op.create_index(op.f("ix_assessment_item_id_as_of_id"), TABLE, ["item_id", "as_of", "id"])
    guard_redactable_history(TABLE, COLUMNS.split(), ("reason", "evidence"))
    op.execute(
        "ALTER TABLE withdrawal ADD COLUMN assessment_id INTEGER"
        " CONSTRAINT fk_withdrawal_assessment_id REFERENCES assessment (id)"
    )
    op.create_index(op.f("ix_withdrawal_assessment_id"), "withdrawal", ["assessment_id"], unique=True)
    withdraw_from(WITHDRAWABLE, (*WITHDRAWABLE, TABLE))


def downgrade() -> None:
    taken_back = sa.text("SELECT count(*) FROM withdrawal WHERE assessment_id IS NOT NULL")
    if op.get_bind().execute(taken_back).scalar_one():
        raise ValueError(f"the table withdrawal has rows that revision {down_revision} cannot hold")
    withdraw_from((*WITHDRAWABLE, TABLE), WITHDRAWABLE)
    op.drop_index(op.f("ix_withdrawal_assessment_id"), "withdrawal")
    op.execute("ALTER TABLE withdrawal DROP COLUMN assessment_id")
    lift_guards(TABLE)
    op.drop_table(TABLE)
