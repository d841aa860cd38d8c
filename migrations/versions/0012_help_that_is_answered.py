"""Help that is asked of somebody by a date, and its answer.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import (
    guard_redactable_history,
    guard_redacted_texts,
    lift_guards,
    make_table,
    recorded,
    reference,
    withdraw_from,
    wording,
)

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = "help_answer"
COLUMNS, TEXTS = "id status_update_id as_of answer actor recorded_at", ("answer",)

# The columns and the texts of reports as the revisions before this one made them.
REPORT = [
    "id",
    "item_id",
    "as_of",
    "phase",
    "confidence",
    "percent",
    "completed_on",
    "done",
    "next",
    "blocker",
    "help_needed",
    "evidence",
    "basis",
    "actor",
    "recorded_at",
    "ended_on",
    "ending_reason",
    "merged_into_id",
    "unchanged",
]
REPORT_TEXTS = ("done", "next", "blocker", "help_needed", "evidence", "ending_reason")

# The tables whose records could be withdrawn before.
WITHDRAWABLE = ("status_update", "milestone_report", "date_change", "observation", "completion_confirmation")

SAYS_WHAT = "(help_from IS NULL AND help_by IS NULL) OR help_needed IS NOT NULL"


def upgrade() -> None:
    op.execute("ALTER TABLE status_update ADD COLUMN help_from TEXT")
    op.execute(
        "ALTER TABLE status_update ADD COLUMN help_by DATE"
        f" CONSTRAINT ck_status_update_help_asked_says_what CHECK ({SAYS_WHAT})"
    )
    guard_redacted_texts("status_update", [*REPORT, "help_from", "help_by"], (*REPORT_TEXTS, "help_from"))
    make_table(
        TABLE,
        reference("status_update_id", "status_update"),
        sa.Column("as_of", sa.Date(), nullable=False),
        wording("answer"),
        recorded(),
    )
    op.create_index(op.f(f"ix_{TABLE}_status_update_id_id"), TABLE, ["status_update_id", "id"])
    guard_redactable_history(TABLE, COLUMNS.split(), TEXTS)
    op.execute(
        f"ALTER TABLE withdrawal ADD COLUMN {TABLE}_id INTEGER"
        f" CONSTRAINT fk_withdrawal_{TABLE}_id REFERENCES {TABLE} (id)"
    )
    op.create_index(op.f(f"ix_withdrawal_{TABLE}_id"), "withdrawal", [f"{TABLE}_id"], unique=True)
    withdraw_from(WITHDRAWABLE, (*WITHDRAWABLE, TABLE))


def downgrade() -> None:
    connection = op.get_bind()
    if connection.execute(sa.text(f"SELECT count(*) FROM withdrawal WHERE {TABLE}_id IS NOT NULL")).scalar_one():
        raise ValueError(f"the table withdrawal has rows that revision {down_revision} cannot hold")
    withdraw_from((*WITHDRAWABLE, TABLE), WITHDRAWABLE)
    op.drop_index(op.f(f"ix_withdrawal_{TABLE}_id"), "withdrawal")
    op.execute(f"ALTER TABLE withdrawal DROP COLUMN {TABLE}_id")
    lift_guards(TABLE)
    op.drop_table(TABLE)
    guard_redacted_texts("status_update", REPORT, REPORT_TEXTS)
    # Either database drops a column with the check that stands beside it.
    for column in ("help_by", "help_from"):
        op.execute(f"ALTER TABLE status_update DROP COLUMN {column}")
