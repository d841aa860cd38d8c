"""The foundation: plan, items, mandates, history and the audit log, with the guards of history.

Revision: 0001, the first.
"""

from functools import partial

import sqlalchemy as sa
from alembic import op

from planner.store.revision_parts import (
    BASES,
    Check,
    ForeignKey,
    based,
    based_on_rule,
    basis,
    derived_names_rule,
    digest,
    forbid_changes,
    guard_history,
    is_sha256,
    lift_guards,
    make_table,
    not_blank,
    on_sqlite,
    one_of,
    put_guard,
    recorded,
    reference,
    stated_cites,
    unique,
    word,
    wording,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

table = partial(make_table, by_text=True)

# The tables in the order in which they are created. A table refers only to itself and to tables before it.
TABLES = (
    "audit_event",
    "document",
    "installation",
    "seeded_row",
    "text_finding",
    "attachment",
    "citation",
    "attached_span",
    "organisation",
    "mandate",
    "organisation_name",
    "person",
    "clause",
    "expression",
    "clause_expression",
    "crosswalk_row",
    "derivation_rule",
    "plan",
    "goal",
    "plan_total",
    "theme",
    "measure",
    "finding_side",
    "item",
    "unlinked",
    "indicator",
    "link",
    "milestone",
    "responsibility",
    "status_update",
    "completion_confirmation",
    "date_change",
    "link_review",
    "milestone_report",
    "observation",
    "target",
)

# The history: rows of these tables are only ever added. For each table: which other rows than the one with the same id
# an INSERT OR REPLACE could replace on SQLite.
HISTORY = {
    "attached_span": "OR (attachment_id = NEW.attachment_id AND citation_id = NEW.citation_id)",
    "attachment": "OR (document_id = NEW.document_id AND sha256 = NEW.sha256)",
    "completion_confirmation": "",
    "date_change": "",
    "link_review": "",
    "milestone_report": "",
    "observation": "",
    "status_update": "",
}


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("previous_leaf", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(seq = 1) = (previous_leaf IS NULL)", name="first_has_no_previous"),
        sa.CheckConstraint("length(leaf) = 32", name="leaf_length"),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(op.f("ix_audit_event_recorded_at"), "audit_event", ["recorded_at"])

    op.create_index(op.f("ix_audit_event_table_name_row_id_seq"), "audit_event", ["table_name", "row_id", "seq"])

    table(
        "document",
        sa.Column("key", sa.String(length=64), nullable=False),
        digest("sha256"),
        sa.Column("language", sa.String(length=32), nullable=False),
        wording("title"),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        word("numbering", "'arabic-dot', 'roman-dot', 'arabic-dot-paren', 'paren-dot', 'circled-themes'"),
        sa.Column("note", sa.Text(), nullable=True),
        unique("key"),
        unique("sha256"),
    )
    table(
        "installation",
        word("kind", "'register', 'demonstration'"),
        sa.Column("simulated_today", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("program_version", sa.String(length=32), nullable=False),
        Check("only_a_demonstration_has_a_day", "(kind = 'demonstration') = (simulated_today IS NOT NULL)"),
        Check("one_row", "id = 1"),
    )
    table(
        "seeded_row",
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("seed_key", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        unique("table_name", "row_id"),
        unique("table_name", "seed_key"),
    )
    table(
        "text_finding",
        sa.Column("key", sa.String(length=64), nullable=False),
        word(
            "kind",
            "'expressions-differ', 'phrase-in-one-language', 'duty-dropped', 'duty-added', 'theme-uncovered', 'date-missing', 'identity-unclear', 'content-missing', 'terms-differ'",
        ),
        wording("statement"),
        unique("key"),
    )
    table(
        "attachment",
        reference("document_id", "document"),
        digest("sha256"),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        recorded(),
        unique("document_id", "sha256"),
    )
    table(
        "citation",
        reference("document_id", "document"),
        sa.Column("start_point", sa.Integer(), nullable=False),
        sa.Column("end_point", sa.Integer(), nullable=False),
        digest("quoted_sha256"),
        digest("normal_sha256"),
        Check("span_in_order", "start_point >= 0 AND end_point > start_point"),
        unique("document_id", "start_point", "end_point"),
    )
    table(
        "attached_span",
        reference("attachment_id", "attachment"),
        reference("citation_id", "citation"),
        word("match", "'exact', 'normal', 'differs', 'missing'"),
        sa.Column("start_point", sa.Integer(), nullable=True),
        sa.Column("end_point", sa.Integer(), nullable=True),
        Check(
            "found_has_a_span",
            "(start_point IS NULL) = (end_point IS NULL) AND (match = 'missing') = (start_point IS NULL)",
        ),
        Check("span_in_order", "start_point IS NULL OR end_point > start_point"),
        unique("attachment_id", "citation_id"),
    )
    op.create_index(op.f("ix_attached_span_citation_id"), "attached_span", ["citation_id"])

    table(
        "organisation",
        sa.Column("key", sa.String(length=64), nullable=False),
        wording("name"),
        sa.Column("short_name", sa.String(length=32), nullable=False),
        word("kind", "'body', 'other-name', 'office', 'authority', 'to-be-founded', 'publisher'"),
        reference("same_as_id", "organisation", optional=True),
        sa.Column("note", sa.Text(), nullable=True),
        basis(),
        reference("citation_id", "citation", optional=True),
        Check("other_name_of_a_body", "(kind = 'other-name') = (same_as_id IS NOT NULL)"),
        Check("basis_not_derived", "basis <> 'derived'"),
        stated_cites(),
        unique("key"),
    )
    table(
        "mandate",
        sa.Column("key", sa.String(length=64), nullable=False),
        wording("title"),
        sa.Column("restatement", sa.Text(), nullable=False),
        reference("body_id", "organisation"),
        reference("also_body_id", "organisation", optional=True),
        reference("supersedes_id", "mandate", optional=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        unique("key"),
    )
    table(
        "organisation_name",
        reference("organisation_id", "organisation"),
        sa.Column("language", sa.String(length=32), nullable=False),
        wording("name"),
        unique("organisation_id", "language"),
    )
    table(
        "person",
        sa.Column("login", sa.String(length=64), nullable=False),
        wording("name"),
        reference("organisation_id", "organisation", optional=True),
        unique("login"),
    )
    make_table(
        "clause",
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("restatement", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        Check(
            "key_form",
            "ltrim(key, 'abcdefghijklmnopqrstuvwxyz') <> key AND ltrim(key, 'abcdefghijklmnopqrstuvwxyz') LIKE '-_%' AND trim(substr(ltrim(key, 'abcdefghijklmnopqrstuvwxyz'), 2), '0123456789.') = ''",
        ),
        is_sha256("fingerprint"),
        not_blank("restatement"),
        ForeignKey(("mandate_id", "parent_id"), ("clause.mandate_id", "clause.id")),
        ForeignKey(("mandate_id",), ("mandate.id",)),
        unique("mandate_id", "id"),
        unique("mandate_id", "key"),
    )
    table(
        "expression",
        reference("mandate_id", "mandate"),
        sa.Column("language", sa.String(length=32), nullable=False),
        reference("document_id", "document"),
        unique("mandate_id", "id"),
        unique("mandate_id", "language"),
    )
    table(
        "clause_expression",
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("expression_id", sa.Integer(), nullable=False),
        sa.Column("printed_number", sa.String(length=32), nullable=False),
        reference("citation_id", "citation"),
        ForeignKey(("mandate_id", "clause_id"), ("clause.mandate_id", "clause.id")),
        ForeignKey(("mandate_id", "expression_id"), ("expression.mandate_id", "expression.id")),
        unique("clause_id", "expression_id"),
    )
    table(
        "crosswalk_row",
        reference("from_mandate_id", "mandate"),
        reference("to_mandate_id", "mandate"),
        sa.Column("from_clause_id", sa.Integer(), nullable=True),
        sa.Column("to_clause_id", sa.Integer(), nullable=True),
        word("lineage", "'moved-to', 'split-into', 'merged-into', 'withdrawn', 'new'"),
        word(
            "relation", "'equal-to', 'equivalent-to', 'subset-of', 'superset-of', 'intersects-with', 'no-relationship'"
        ),
        wording("rationale"),
        Check("new_comes_from_nothing", "(lineage = 'new') = (from_clause_id IS NULL)"),
        Check("withdrawn_goes_nowhere", "(lineage = 'withdrawn') = (to_clause_id IS NULL)"),
        ForeignKey(("from_mandate_id", "from_clause_id"), ("clause.mandate_id", "clause.id")),
        ForeignKey(("to_mandate_id", "to_clause_id"), ("clause.mandate_id", "clause.id")),
        unique("from_clause_id", "to_clause_id"),
    )
    table(
        "derivation_rule",
        sa.Column("key", sa.String(length=64), nullable=False),
        word("kind", "'lead', 'date', 'indicator'"),
        wording("statement"),
        reference("organisation_id", "organisation", optional=True),
        reference("clause_id", "clause", optional=True),
        reference("citation_id", "citation", optional=True),
        Check("lead_names_a_body", "kind <> 'lead' OR organisation_id IS NOT NULL"),
        unique("key"),
    )
    table(
        "plan",
        sa.Column("key", sa.String(length=64), nullable=False),
        wording("title"),
        sa.Column("restatement", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        reference("issuer_id", "organisation"),
        reference("mandate_id", "mandate"),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("behind_points", sa.Integer(), nullable=False),
        sa.Column("off_track_points", sa.Integer(), nullable=False),
        sa.Column("stale_after_weeks", sa.Integer(), nullable=False),
        based(),
        Check("thresholds_in_order", "behind_points > 0 AND off_track_points > behind_points"),
        Check("ends_after_start", "ends > starts"),
        Check("stale_after_weeks_positive", "stale_after_weeks > 0"),
        unique("key"),
    )
    table(
        "goal",
        reference("plan_id", "plan"),
        sa.Column("number", sa.Integer(), nullable=False),
        wording("title"),
        sa.Column("restatement", sa.Text(), nullable=False),
        based(),
        unique("plan_id", "number"),
    )
    table(
        "plan_total",
        reference("plan_id", "plan"),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        based(),
        Check("value_not_negative", "value >= 0"),
        unique("plan_id", "name"),
    )
    table(
        "theme",
        reference("plan_id", "plan"),
        sa.Column("number", sa.Integer(), nullable=False),
        wording("title"),
        sa.Column("restatement", sa.Text(), nullable=False),
        based(),
        Check("number_positive", "number > 0"),
        unique("plan_id", "id"),
        unique("plan_id", "number"),
    )
    make_table(
        "measure",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("restatement", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        derived_names_rule(),
        stated_cites(),
        one_of("basis", BASES),
        Check(
            "code_form",
            "substr(code, 1, 1) = 'M' AND code LIKE '__%._%' AND trim(substr(code, 2), '0123456789.') = '' AND length(code) = length(replace(code, '.', '')) + 1",
        ),
        is_sha256("fingerprint"),
        not_blank("title"),
        ForeignKey(("citation_id",), ("citation.id",)),
        ForeignKey(("plan_id", "theme_id"), ("theme.plan_id", "theme.id")),
        ForeignKey(("plan_id",), ("plan.id",)),
        ForeignKey(("rule_id",), ("derivation_rule.id",)),
        unique("id", "theme_id"),
        unique("plan_id", "code"),
    )
    table(
        "finding_side",
        reference("finding_id", "text_finding"),
        sa.Column("position", sa.Integer(), nullable=False),
        wording("label"),
        sa.Column("lacks", sa.Boolean(), nullable=False),
        reference("document_id", "document"),
        reference("citation_id", "citation", optional=True),
        reference("clause_id", "clause", optional=True),
        reference("theme_id", "theme", optional=True),
        reference("measure_id", "measure", optional=True),
        unique("finding_id", "position"),
    )
    table(
        "item",
        reference("plan_id", "plan"),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        basis("allocation_"),
        sa.Column("code", sa.String(length=32), nullable=False),
        word("kind", "'task', 'key_project'"),
        wording("title"),
        reference("lead_id", "organisation"),
        based_on_rule("lead_"),
        sa.Column("lead_note", sa.Text(), nullable=True),
        reference("accountable_id", "person", optional=True),
        sa.Column("starts", sa.Date(), nullable=False),
        based_on_rule("starts_"),
        sa.Column("baseline_due", sa.Date(), nullable=False),
        based_on_rule("due_"),
        word("measured_by", "'milestones', 'reports'"),
        sa.Column("weight", sa.Double(), nullable=False),
        digest("fingerprint"),
        based(),
        Check(
            "code_form",
            "length(code) >= 5 AND substr(code, 1, 2) = CASE kind WHEN 'task' THEN 'T-' ELSE 'P-' END AND trim(substr(code, 3), '0123456789') = ''",
        ),
        Check("due_after_start", "baseline_due >= starts"),
        Check("weight_positive", "weight > 0"),
        ForeignKey(("measure_id", "theme_id"), ("measure.id", "measure.theme_id")),
        ForeignKey(("plan_id", "theme_id"), ("theme.plan_id", "theme.id")),
        unique("plan_id", "code"),
    )
    op.create_index(op.f("ix_item_lead_id"), "item", ["lead_id"])

    op.create_index(op.f("ix_item_measure_id"), "item", ["measure_id"])

    op.create_index(op.f("ix_item_theme_id"), "item", ["theme_id"])

    table(
        "unlinked",
        reference("measure_id", "measure"),
        reference("mandate_id", "mandate"),
        wording("reason"),
        unique("measure_id", "mandate_id"),
    )
    table(
        "indicator",
        reference("item_id", "item"),
        sa.Column("number", sa.Integer(), nullable=False),
        wording("name"),
        sa.Column("unit", sa.Text(), nullable=False),
        word("direction", "'increase', 'decrease', 'reach'"),
        sa.Column("baseline_value", sa.Double(), nullable=True),
        based(),
        Check("number_positive", "number > 0"),
        unique("item_id", "number"),
    )
    table(
        "link",
        reference("measure_id", "measure", optional=True),
        reference("item_id", "item", optional=True),
        reference("clause_id", "clause"),
        word("type", "'implements', 'supports', 'derived-from'"),
        word("coverage", "'full', 'partial'"),
        wording("rationale"),
        digest("near_fingerprint"),
        digest("clause_fingerprint"),
        Check("one_near_end", "(measure_id IS NULL) <> (item_id IS NULL)"),
        unique("item_id", "clause_id"),
        unique("measure_id", "clause_id"),
    )
    op.create_index(op.f("ix_link_clause_id"), "link", ["clause_id"])

    table(
        "milestone",
        reference("item_id", "item"),
        sa.Column("number", sa.Integer(), nullable=False),
        wording("title"),
        sa.Column("baseline_date", sa.Date(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("completion_test", sa.Text(), nullable=False),
        based(),
        Check("number_positive", "number > 0"),
        Check("weight_positive", "weight > 0"),
        unique("item_id", "id"),
        unique("item_id", "number"),
    )
    table(
        "responsibility",
        reference("item_id", "item"),
        reference("organisation_id", "organisation"),
        based_on_rule("supporting_"),
        unique("item_id", "organisation_id"),
    )
    op.create_index(op.f("ix_responsibility_organisation_id"), "responsibility", ["organisation_id"])

    table(
        "status_update",
        reference("item_id", "item"),
        sa.Column("as_of", sa.Date(), nullable=False),
        word("phase", "'not_started', 'in_progress', 'suspended', 'completed', 'cancelled', 'merged'"),
        word("confidence", "'green', 'amber', 'red'", optional=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("next", sa.Text(), nullable=True),
        sa.Column("blocker", sa.Text(), nullable=True),
        sa.Column("help_needed", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        basis(),
        recorded(),
        Check("completed_has_its_date", "(phase = 'completed') = (completed_on IS NOT NULL)"),
        Check("percent_in_range", "percent IS NULL OR (percent >= 0 AND percent <= 100)"),
        unique("id", "actor"),
    )
    op.create_index(op.f("ix_status_update_item_id_as_of_id"), "status_update", ["item_id", "as_of", "id"])

    table(
        "completion_confirmation",
        sa.Column("status_update_id", sa.Integer(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        word("outcome", "'confirmed', 'returned'"),
        sa.Column("reason", sa.Text(), nullable=True),
        recorded(),
        Check("return_has_a_reason", "outcome <> 'returned' OR length(trim(coalesce(reason, ''))) > 0"),
        Check("by_somebody_else", "actor <> reported_by"),
        ForeignKey(("status_update_id", "reported_by"), ("status_update.id", "status_update.actor")),
    )
    op.create_index(
        op.f("ix_completion_confirmation_status_update_id_id"), "completion_confirmation", ["status_update_id", "id"]
    )

    table(
        "date_change",
        reference("item_id", "item"),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("old_date", sa.Date(), nullable=False),
        sa.Column("new_date", sa.Date(), nullable=False),
        wording("reason"),
        basis(),
        recorded(),
        Check("date_moves", "new_date <> old_date"),
        ForeignKey(("item_id", "milestone_id"), ("milestone.item_id", "milestone.id")),
    )
    op.create_index(
        op.f("ix_date_change_item_id_milestone_id_as_of_id"), "date_change", ["item_id", "milestone_id", "as_of", "id"]
    )

    table(
        "link_review",
        reference("link_id", "link"),
        word("decision", "'accepted', 'rejected', 'changed'"),
        word("type", "'implements', 'supports', 'derived-from'"),
        word("coverage", "'full', 'partial'"),
        wording("rationale"),
        digest("near_fingerprint"),
        digest("clause_fingerprint"),
        recorded(),
    )
    op.create_index(op.f("ix_link_review_link_id_id"), "link_review", ["link_id", "id"])

    table(
        "milestone_report",
        reference("milestone_id", "milestone"),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("forecast", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        basis(),
        recorded(),
        Check("met_by_the_day_reported", "met_on IS NULL OR met_on <= as_of"),
    )
    op.create_index(
        op.f("ix_milestone_report_milestone_id_as_of_id"), "milestone_report", ["milestone_id", "as_of", "id"]
    )

    table(
        "observation",
        reference("indicator_id", "indicator"),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        basis(),
        recorded(),
    )
    op.create_index(op.f("ix_observation_indicator_id_as_of_id"), "observation", ["indicator_id", "as_of", "id"])

    table(
        "target",
        reference("indicator_id", "indicator"),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        based(),
        unique("indicator_id", "due"),
    )
    if not on_sqlite():
        create_guard_functions()
    for name, other_keys in HISTORY.items():
        guard_history(name, f"id = NEW.id {other_keys}")
    guard_log()


def downgrade() -> None:
    for name in (*HISTORY, "audit_event"):
        lift_guards(name)
    if not on_sqlite():
        op.execute("DROP TRIGGER guard_audit_event_insert ON audit_event")
        op.execute("DROP FUNCTION guard_history()")
        op.execute("DROP FUNCTION guard_audit_event()")
    for name in reversed(TABLES):
        op.drop_table(name)


def create_guard_functions() -> None:
    op.execute(
        "CREATE FUNCTION guard_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION '% is history: no %', TG_TABLE_NAME, lower(TG_OP); END $$"
    )
    op.execute(
        "CREATE FUNCTION guard_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE last_seq integer; last_leaf bytea; BEGIN"
        " SELECT seq, leaf INTO last_seq, last_leaf FROM audit_event ORDER BY seq DESC LIMIT 1;"
        " IF NEW.seq <> coalesce(last_seq, 0) + 1 OR NEW.previous_leaf IS DISTINCT FROM last_leaf THEN"
        " RAISE EXCEPTION 'audit_event is history: an event follows the one before it'; END IF;"
        " RETURN NEW; END $$"
    )


def guard_log() -> None:
    """Forbid to change and delete events of the log, and let an event follow only on the one before it."""
    forbid_changes("audit_event")
    if on_sqlite():
        op.execute(
            "CREATE TRIGGER guard_audit_event_insert BEFORE INSERT ON audit_event"
            " WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit_event)"
            " OR NEW.previous_leaf IS NOT (SELECT leaf FROM audit_event ORDER BY seq DESC LIMIT 1) BEGIN"
            " SELECT RAISE(ABORT, 'audit_event is history: an event follows the one before it'); END"
        )
    else:
        put_guard("audit_event", "insert", "BEFORE INSERT", "ROW", "guard_audit_event()")
