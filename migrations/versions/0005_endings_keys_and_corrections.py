"""Endings have reasons, entries have keys, writes have ids; text can be redacted, and a wrong clock corrected.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import (
    Check,
    forbid_on_sqlite,
    guard_history,
    is_redaction,
    is_sha256,
    lift_guards,
    make_table,
    not_blank,
    on_sqlite,
    put_guard,
    recorded,
    reference,
    unique,
    wording,
)

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


# Per table of history, all its columns, and those whose text a redaction may replace by the marker.
REDACTABLE = {
    "attachment": (
        "id document_id sha256 file_name text actor recorded_at",
        "file_name",
    ),
    "completion_confirmation": (
        "id status_update_id reported_by outcome reason actor recorded_at",
        "reason",
    ),
    "date_change": (
        "id item_id milestone_id as_of old_date new_date reason basis actor recorded_at",
        "reason",
    ),
    "finding_review": (
        "id plan_id kind subject substance statement decision reason until actor recorded_at",
        "statement reason",
    ),
    "link_review": (
        "id link_id decision type coverage rationale near_fingerprint clause_fingerprint actor recorded_at",
        "rationale",
    ),
    "milestone_report": (
        "id milestone_id as_of met_on forecast evidence basis actor recorded_at",
        "evidence",
    ),
    "observation": (
        "id indicator_id as_of value evidence basis actor recorded_at",
        "evidence",
    ),
    "status_update": (
        "id item_id as_of phase confidence percent completed_on done next blocker help_needed evidence "
        "basis actor recorded_at ended_on ending_reason merged_into_id unchanged",
        "done next blocker help_needed evidence ending_reason",
    ),
    "weekly_issue": (
        "id plan_id week number as_of known_at log_seq log_leaf facts_digest sections reason "
        "program_version libraries actor recorded_at",
        "reason",
    ),
    "withdrawal": (
        "id status_update_id milestone_report_id date_change_id observation_id completion_confirmation_id "
        "reason actor recorded_at",
        "reason",
    ),
}

# The log's own columns; a redaction may replace the body of an event that it names.
LOG_COLUMNS = "seq recorded_at actor action table_name row_id label leaf previous_leaf write_id"

NEW_HISTORY = {
    "clock_correction": "",
    "redacted_event": "OR (redaction_id = NEW.redaction_id AND seq = NEW.seq)",
    "redaction": "",
}


def upgrade() -> None:
    add_keys()
    add_endings()
    op.execute("ALTER TABLE audit_event ADD COLUMN write_id VARCHAR(32)")
    op.create_index(op.f("ix_audit_event_write_id"), "audit_event", ["write_id"])
    make_redaction()
    make_clock_correction()
    set_guards()


def add_keys() -> None:
    """Give milestones and indicators keys; those that are there get their number as their key."""
    for table in ("milestone", "indicator"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN key VARCHAR(64) DEFAULT '' NOT NULL")
        op.execute(f"UPDATE {table} SET key = CAST(number AS VARCHAR(64))")
        op.create_index(op.f(f"ix_{table}_item_id_key"), table, ["item_id", "key"], unique=True)


def add_endings() -> None:
    # Batch mode would make the table again, which SQLite refuses while others refer to it. Both databases take this.
    op.execute(
        "ALTER TABLE status_update ADD COLUMN ended_on DATE CONSTRAINT ck_status_update_ended_is_dropped"
        " CHECK (ended_on IS NULL OR phase IN ('cancelled', 'merged'))"
    )
    op.execute("ALTER TABLE status_update ADD COLUMN ending_reason TEXT")
    op.execute(
        "ALTER TABLE status_update ADD COLUMN merged_into_id INTEGER"
        " CONSTRAINT fk_status_update_merged_into_id REFERENCES item (id)"
        " CONSTRAINT ck_status_update_merged_names_an_item CHECK (merged_into_id IS NULL OR phase = 'merged')"
    )
    op.execute("ALTER TABLE status_update ADD COLUMN unchanged BOOLEAN DEFAULT false NOT NULL")


def make_redaction() -> None:
    make_table(
        "redaction",
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        wording("reason"),
        recorded(),
        not_blank("fields"),
    )
    op.create_index(op.f("ix_redaction_table_name_row_id"), "redaction", ["table_name", "row_id"])
    make_table(
        "redacted_event",
        reference("redaction_id", "redaction"),
        reference("seq", "audit_event", to="seq"),
        sa.Column("digest", sa.String(length=64), nullable=False),
        Check("seq_positive", "seq > 0"),
        is_sha256("digest"),
        unique("redaction_id", "seq"),
    )
    op.create_index(op.f("ix_redacted_event_seq"), "redacted_event", ["seq"])


def make_clock_correction() -> None:
    make_table(
        "clock_correction",
        reference("first_seq", "audit_event", to="seq"),
        reference("last_seq", "audit_event", to="seq"),
        sa.Column("false_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("false_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        recorded(),
        Check("run_in_order", "last_seq >= first_seq"),
        Check("instants_in_order", "false_until >= false_from"),
        not_blank("reason"),
    )


def downgrade() -> None:
    lift_new_guards()
    for table in NEW_HISTORY:
        op.drop_table(table)
    op.drop_index(op.f("ix_audit_event_write_id"), "audit_event")
    op.execute("ALTER TABLE audit_event DROP COLUMN write_id")
    # SQLite drops a column with the checks that stand beside it; PostgreSQL too.
    for column in ("unchanged", "merged_into_id", "ending_reason", "ended_on"):
        op.execute(f"ALTER TABLE status_update DROP COLUMN {column}")
    for table in ("indicator", "milestone"):
        op.drop_index(op.f(f"ix_{table}_item_id_key"), table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN key")


# The guards. What the earlier revisions forbid stays forbidden, but for one thing: the text of a column that a redaction
# names may be replaced by the marker, the body of an event that it names by other bytes, and the kept bytes of an issued
# file by none.


def set_guards() -> None:
    """Guard the new tables of history, and let a redaction replace what it names in the old ones."""
    for table, other_keys in NEW_HISTORY.items():
        guard_history(table, f"id = NEW.id {other_keys}")
    if on_sqlite():
        for table, unless in redacting_on_sqlite().items():
            op.execute(f"DROP TRIGGER guard_{table}_update")
            forbid_on_sqlite(table, "update", unless)
        return
    for function in (GUARD_TEXTS, GUARD_LOG, GUARD_CONTENT):
        op.execute(function)
    for table, function in redacting_on_postgresql().items():
        replace_row_guard(table, function)


def redacting_on_sqlite() -> dict[str, str]:
    """Per table, the condition under which an update is a redaction."""
    conditions = {
        table: is_redaction(table, columns.split(), texts.split()) for table, (columns, texts) in REDACTABLE.items()
    }
    same = [f"NEW.{column} IS OLD.{column}" for column in sorted(LOG_COLUMNS.split())]
    named = "EXISTS (SELECT 1 FROM redacted_event WHERE seq = OLD.seq)"
    conditions["audit_event"] = " AND ".join((*same, "typeof(NEW.body) = 'blob'", named))
    conditions["issued_content"] = (
        "NEW.id IS OLD.id AND NEW.digest IS OLD.digest AND NEW.deflated IS x''"
        " AND EXISTS (SELECT 1 FROM redaction WHERE table_name = 'issued_content' AND row_id = OLD.id)"
    )
    return conditions


# The schema is the guarded table's own, so that nobody can put another table of the same name before it. The arguments of
# the trigger are the columns whose text may become the marker.
GUARD_TEXTS = """
CREATE FUNCTION guard_redactable() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE named boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.redaction WHERE table_name = $1 AND row_id = $2)', TG_TABLE_SCHEMA)
            INTO named USING TG_TABLE_NAME::text, OLD.id;
        IF named AND NOT EXISTS (
            SELECT 1 FROM jsonb_each(to_jsonb(NEW)) AS field
            WHERE field.value IS DISTINCT FROM to_jsonb(OLD) -> field.key
            AND NOT (field.key = ANY (TG_ARGV) AND field.value = to_jsonb('[redacted]'::text))
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is history: no %', TG_TABLE_NAME, lower(TG_OP);
END $$
"""
GUARD_LOG = """
CREATE FUNCTION guard_log() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE named boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.redacted_event WHERE seq = $1)', TG_TABLE_SCHEMA)
            INTO named USING OLD.seq;
        IF named AND to_jsonb(NEW) - 'body' = to_jsonb(OLD) - 'body' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is history: no %', TG_TABLE_NAME, lower(TG_OP);
END $$
"""
GUARD_CONTENT = """
CREATE FUNCTION guard_issued_content() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE named boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format(
            'SELECT EXISTS (SELECT 1 FROM %I.redaction WHERE table_name = ''issued_content'' AND row_id = $1)',
            TG_TABLE_SCHEMA
        ) INTO named USING OLD.id;
        IF named AND NEW.id = OLD.id AND NEW.digest = OLD.digest AND length(NEW.deflated) = 0 THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is history: no %', TG_TABLE_NAME, lower(TG_OP);
END $$
"""


def redacting_on_postgresql() -> dict[str, str]:
    """Per table, the function that lets a redaction through."""
    functions = {}
    for table, (_, texts) in REDACTABLE.items():
        arguments = ", ".join(f"'{column}'" for column in texts.split())
        functions[table] = f"guard_redactable({arguments})"
    return {**functions, "audit_event": "guard_log()", "issued_content": "guard_issued_content()"}


def replace_row_guard(table: str, function: str) -> None:
    op.execute(f"DROP TRIGGER guard_{table}_row ON {table}")
    put_guard(table, "row", "BEFORE UPDATE OR DELETE", "ROW", function)


def lift_new_guards() -> None:
    """Take the new guards away, and set those of the earlier revisions again."""
    for table in NEW_HISTORY:
        lift_guards(table)
    if on_sqlite():
        for table in redacting_on_sqlite():
            op.execute(f"DROP TRIGGER guard_{table}_update")
            forbid_on_sqlite(table, "update")
        return
    for table in redacting_on_postgresql():
        replace_row_guard(table, "guard_history()")
    for function in ("guard_redactable", "guard_log", "guard_issued_content"):
        op.execute(f"DROP FUNCTION {function}()")
