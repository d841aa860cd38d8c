"""Extensions: a later date is asked for with a reason, and granted or refused.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import (
    Check,
    ForeignKey,
    guard_redactable_history,
    lift_guards,
    make_table,
    recorded,
    reference,
    unique,
    withdraw_from,
    word,
    wording,
)

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

REQUEST, ANSWER = "extension_request", "extension_answer"
REQUEST_COLUMNS = "id item_id milestone_id as_of old_date new_date reason actor recorded_at"
ANSWER_COLUMNS = "id extension_request_id asked_by as_of outcome reason actor recorded_at"

# The tables whose records could be withdrawn before.
WITHDRAWABLE = (
    "status_update",
    "milestone_report",
    "date_change",
    "observation",
    "completion_confirmation",
    "help_answer",
)


def upgrade() -> None:
    make_table(
        REQUEST,
        reference("item_id", "item"),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("old_date", sa.Date(), nullable=False),
        sa.Column("new_date", sa.Date(), nullable=False),
        wording("reason"),
        recorded(),
        Check("asks_for_later", "new_date > old_date"),
        ForeignKey(("item_id", "milestone_id"), ("milestone.item_id", "milestone.id")),
        unique("id", "actor"),
    )
    index(REQUEST, "item_id", "milestone_id", "as_of", "id")
    make_table(
        ANSWER,
        sa.Column("extension_request_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        word("outcome", "'granted', 'refused'"),
        sa.Column("reason", sa.Text(), nullable=True),
        recorded(),
        Check("by_somebody_else", "actor <> asked_by"),
        Check("refusal_has_a_reason", "outcome <> 'refused' OR length(trim(coalesce(reason, ''))) > 0"),
        ForeignKey(("extension_request_id", "asked_by"), ("extension_request.id", "extension_request.actor")),
    )
    index(ANSWER, "extension_request_id", "id")
    for table, columns in ((REQUEST, REQUEST_COLUMNS), (ANSWER, ANSWER_COLUMNS)):
        guard_redactable_history(table, columns.split(), ("reason",))
        op.execute(
            f"ALTER TABLE withdrawal ADD COLUMN {table}_id INTEGER"
            f" CONSTRAINT fk_withdrawal_{table}_id REFERENCES {table} (id)"
        )
        index("withdrawal", f"{table}_id", unique=True)
    withdraw_from(WITHDRAWABLE, (*WITHDRAWABLE, REQUEST, ANSWER))


def downgrade() -> None:
    connection = op.get_bind()
    taken_back = " OR ".join(f"{table}_id IS NOT NULL" for table in (REQUEST, ANSWER))
    if connection.execute(sa.text(f"SELECT count(*) FROM withdrawal WHERE {taken_back}")).scalar_one():
        raise ValueError(f"the table withdrawal has rows that revision {down_revision} cannot hold")
    withdraw_from((*WITHDRAWABLE, REQUEST, ANSWER), WITHDRAWABLE)
    for table in (ANSWER, REQUEST):
        op.drop_index(op.f(f"ix_withdrawal_{table}_id"), "withdrawal")
        op.execute(f"ALTER TABLE withdrawal DROP COLUMN {table}_id")
        lift_guards(table)
        op.drop_table(table)


def index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=unique)
