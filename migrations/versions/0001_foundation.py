"""The foundation: plan, items, mandates, history and the audit log, with the guards of history.

Revision: 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


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
        sa.CheckConstraint("(seq = 1) = (previous_leaf IS NULL)", name=op.f("ck_audit_event_first_has_no_previous")),
        sa.CheckConstraint("length(leaf) = 32", name=op.f("ck_audit_event_leaf_length")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_recorded_at"), "audit_event", ["recorded_at"])
    op.create_index(op.f("ix_audit_event_table_name_row_id_seq"), "audit_event", ["table_name", "row_id", "seq"])

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("numbering", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "length(sha256) = 64 AND trim(sha256, '0123456789abcdef') = ''", name=op.f("ck_document_sha256_is_sha256")
        ),
        sa.CheckConstraint(
            "numbering IN ('arabic-dot', 'roman-dot', 'arabic-dot-paren', 'paren-dot', 'circled-themes')",
            name=op.f("ck_document_numbering_word"),
        ),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_document_title_not_blank")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("key", name=op.f("uq_document_key")),
        sa.UniqueConstraint("sha256", name=op.f("uq_document_sha256")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("simulated_today", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("program_version", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "(kind = 'demonstration') = (simulated_today IS NOT NULL)",
            name=op.f("ck_installation_only_a_demonstration_has_a_day"),
        ),
        sa.CheckConstraint("kind IN ('register', 'demonstration')", name=op.f("ck_installation_kind_word")),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "seeded_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("seed_key", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seeded_row")),
        sa.UniqueConstraint("table_name", "row_id", name=op.f("uq_seeded_row_table_name_row_id")),
        sa.UniqueConstraint("table_name", "seed_key", name=op.f("uq_seeded_row_table_name_seed_key")),
    )
    op.create_table(
        "text_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('expressions-differ', 'phrase-in-one-language', 'duty-dropped', 'duty-added', 'theme-uncovered', 'date-missing', 'identity-unclear', 'content-missing', 'terms-differ')",
            name=op.f("ck_text_finding_kind_word"),
        ),
        sa.CheckConstraint("length(trim(statement)) > 0", name=op.f("ck_text_finding_statement_not_blank")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_finding")),
        sa.UniqueConstraint("key", name=op.f("uq_text_finding_key")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length(sha256) = 64 AND trim(sha256, '0123456789abcdef') = ''", name=op.f("ck_attachment_sha256_is_sha256")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_attachment_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("document_id", "sha256", name=op.f("uq_attachment_document_id_sha256")),
    )
    op.create_table(
        "citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("start_point", sa.Integer(), nullable=False),
        sa.Column("end_point", sa.Integer(), nullable=False),
        sa.Column("quoted_sha256", sa.String(length=64), nullable=False),
        sa.Column("normal_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "length(normal_sha256) = 64 AND trim(normal_sha256, '0123456789abcdef') = ''",
            name=op.f("ck_citation_normal_sha256_is_sha256"),
        ),
        sa.CheckConstraint(
            "length(quoted_sha256) = 64 AND trim(quoted_sha256, '0123456789abcdef') = ''",
            name=op.f("ck_citation_quoted_sha256_is_sha256"),
        ),
        sa.CheckConstraint("start_point >= 0 AND end_point > start_point", name=op.f("ck_citation_span_in_order")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_citation_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint(
            "document_id", "start_point", "end_point", name=op.f("uq_citation_document_id_start_point_end_point")
        ),
    )
    op.create_table(
        "attached_span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=False),
        sa.Column("match", sa.String(length=32), nullable=False),
        sa.Column("start_point", sa.Integer(), nullable=True),
        sa.Column("end_point", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(start_point IS NULL) = (end_point IS NULL) AND (match = 'missing') = (start_point IS NULL)",
            name=op.f("ck_attached_span_found_has_a_span"),
        ),
        sa.CheckConstraint(
            "match IN ('exact', 'normal', 'differs', 'missing')", name=op.f("ck_attached_span_match_word")
        ),
        sa.CheckConstraint(
            "start_point IS NULL OR end_point > start_point", name=op.f("ck_attached_span_span_in_order")
        ),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_attached_span_attachment_id")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_attached_span_citation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attached_span")),
        sa.UniqueConstraint("attachment_id", "citation_id", name=op.f("uq_attached_span_attachment_id_citation_id")),
    )
    op.create_index(op.f("ix_attached_span_citation_id"), "attached_span", ["citation_id"])

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("same_as_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'other-name') = (same_as_id IS NOT NULL)", name=op.f("ck_organisation_other_name_of_a_body")
        ),
        sa.CheckConstraint("basis <> 'derived'", name=op.f("ck_organisation_basis_not_derived")),
        sa.CheckConstraint(
            "basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_organisation_basis_stated_cites")
        ),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_organisation_basis_word"),
        ),
        sa.CheckConstraint(
            "kind IN ('body', 'other-name', 'office', 'authority', 'to-be-founded', 'publisher')",
            name=op.f("ck_organisation_kind_word"),
        ),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_organisation_name_not_blank")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_organisation_citation_id")),
        sa.ForeignKeyConstraint(["same_as_id"], ["organisation.id"], name=op.f("fk_organisation_same_as_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("key", name=op.f("uq_organisation_key")),
    )
    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("restatement", sa.Text(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("also_body_id", sa.Integer(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_mandate_title_not_blank")),
        sa.ForeignKeyConstraint(["also_body_id"], ["organisation.id"], name=op.f("fk_mandate_also_body_id")),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_mandate_body_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["mandate.id"], name=op.f("fk_mandate_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint("key", name=op.f("uq_mandate_key")),
    )
    op.create_table(
        "organisation_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_organisation_name_name_not_blank")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_name_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_name")),
        sa.UniqueConstraint("organisation_id", "language", name=op.f("uq_organisation_name_organisation_id_language")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_person_name_not_blank")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    op.create_table(
        "clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("restatement", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "ltrim(key, 'abcdefghijklmnopqrstuvwxyz') <> key AND ltrim(key, 'abcdefghijklmnopqrstuvwxyz') LIKE '-_%' AND trim(substr(ltrim(key, 'abcdefghijklmnopqrstuvwxyz'), 2), '0123456789.') = ''",
            name=op.f("ck_clause_key_form"),
        ),
        sa.CheckConstraint(
            "length(fingerprint) = 64 AND trim(fingerprint, '0123456789abcdef') = ''",
            name=op.f("ck_clause_fingerprint_is_sha256"),
        ),
        sa.CheckConstraint("length(trim(restatement)) > 0", name=op.f("ck_clause_restatement_not_blank")),
        sa.ForeignKeyConstraint(
            ["mandate_id", "parent_id"], ["clause.mandate_id", "clause.id"], name=op.f("fk_clause_mandate_id_parent_id")
        ),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_clause_mandate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("mandate_id", "id", name=op.f("uq_clause_mandate_id_id")),
        sa.UniqueConstraint("mandate_id", "key", name=op.f("uq_clause_mandate_id_key")),
    )
    op.create_table(
        "expression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_expression_document_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_expression_mandate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expression")),
        sa.UniqueConstraint("mandate_id", "id", name=op.f("uq_expression_mandate_id_id")),
        sa.UniqueConstraint("mandate_id", "language", name=op.f("uq_expression_mandate_id_language")),
    )
    op.create_table(
        "clause_expression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("expression_id", sa.Integer(), nullable=False),
        sa.Column("printed_number", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_clause_expression_citation_id")),
        sa.ForeignKeyConstraint(
            ["mandate_id", "clause_id"],
            ["clause.mandate_id", "clause.id"],
            name=op.f("fk_clause_expression_mandate_id_clause_id"),
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id", "expression_id"],
            ["expression.mandate_id", "expression.id"],
            name=op.f("fk_clause_expression_mandate_id_expression_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_expression")),
        sa.UniqueConstraint("clause_id", "expression_id", name=op.f("uq_clause_expression_clause_id_expression_id")),
    )
    op.create_table(
        "crosswalk_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_mandate_id", sa.Integer(), nullable=False),
        sa.Column("to_mandate_id", sa.Integer(), nullable=False),
        sa.Column("from_clause_id", sa.Integer(), nullable=True),
        sa.Column("to_clause_id", sa.Integer(), nullable=True),
        sa.Column("lineage", sa.String(length=32), nullable=False),
        sa.Column("relation", sa.String(length=32), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(lineage = 'new') = (from_clause_id IS NULL)", name=op.f("ck_crosswalk_row_new_comes_from_nothing")
        ),
        sa.CheckConstraint(
            "(lineage = 'withdrawn') = (to_clause_id IS NULL)", name=op.f("ck_crosswalk_row_withdrawn_goes_nowhere")
        ),
        sa.CheckConstraint(
            "lineage IN ('moved-to', 'split-into', 'merged-into', 'withdrawn', 'new')",
            name=op.f("ck_crosswalk_row_lineage_word"),
        ),
        sa.CheckConstraint(
            "relation IN ('equal-to', 'equivalent-to', 'subset-of', 'superset-of', 'intersects-with', 'no-relationship')",
            name=op.f("ck_crosswalk_row_relation_word"),
        ),
        sa.CheckConstraint("length(trim(rationale)) > 0", name=op.f("ck_crosswalk_row_rationale_not_blank")),
        sa.ForeignKeyConstraint(
            ["from_mandate_id", "from_clause_id"],
            ["clause.mandate_id", "clause.id"],
            name=op.f("fk_crosswalk_row_from_mandate_id_from_clause_id"),
        ),
        sa.ForeignKeyConstraint(["from_mandate_id"], ["mandate.id"], name=op.f("fk_crosswalk_row_from_mandate_id")),
        sa.ForeignKeyConstraint(
            ["to_mandate_id", "to_clause_id"],
            ["clause.mandate_id", "clause.id"],
            name=op.f("fk_crosswalk_row_to_mandate_id_to_clause_id"),
        ),
        sa.ForeignKeyConstraint(["to_mandate_id"], ["mandate.id"], name=op.f("fk_crosswalk_row_to_mandate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crosswalk_row")),
        sa.UniqueConstraint(
            "from_clause_id", "to_clause_id", name=op.f("uq_crosswalk_row_from_clause_id_to_clause_id")
        ),
    )
    op.create_table(
        "derivation_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'lead' OR organisation_id IS NOT NULL", name=op.f("ck_derivation_rule_lead_names_a_body")
        ),
        sa.CheckConstraint("kind IN ('lead', 'date', 'indicator')", name=op.f("ck_derivation_rule_kind_word")),
        sa.CheckConstraint("length(trim(statement)) > 0", name=op.f("ck_derivation_rule_statement_not_blank")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_derivation_rule_citation_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_derivation_rule_clause_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_derivation_rule_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derivation_rule")),
        sa.UniqueConstraint("key", name=op.f("uq_derivation_rule_key")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("restatement", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("behind_points", sa.Integer(), nullable=False),
        sa.Column("off_track_points", sa.Integer(), nullable=False),
        sa.Column("stale_after_weeks", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("basis <> 'derived' OR rule_id IS NOT NULL", name=op.f("ck_plan_basis_derived_names_rule")),
        sa.CheckConstraint("basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_plan_basis_stated_cites")),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')", name=op.f("ck_plan_basis_word")
        ),
        sa.CheckConstraint(
            "behind_points > 0 AND off_track_points > behind_points", name=op.f("ck_plan_thresholds_in_order")
        ),
        sa.CheckConstraint("ends > starts", name=op.f("ck_plan_ends_after_start")),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_plan_title_not_blank")),
        sa.CheckConstraint("stale_after_weeks > 0", name=op.f("ck_plan_stale_after_weeks_positive")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_plan_citation_id")),
        sa.ForeignKeyConstraint(["issuer_id"], ["organisation.id"], name=op.f("fk_plan_issuer_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_plan_mandate_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["derivation_rule.id"], name=op.f("fk_plan_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_key")),
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("restatement", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("basis <> 'derived' OR rule_id IS NOT NULL", name=op.f("ck_goal_basis_derived_names_rule")),
        sa.CheckConstraint("basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_goal_basis_stated_cites")),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')", name=op.f("ck_goal_basis_word")
        ),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_goal_title_not_blank")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_goal_citation_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_goal_plan_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["derivation_rule.id"], name=op.f("fk_goal_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_goal_plan_id_number")),
    )
    op.create_table(
        "plan_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "basis <> 'derived' OR rule_id IS NOT NULL", name=op.f("ck_plan_total_basis_derived_names_rule")
        ),
        sa.CheckConstraint(
            "basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_plan_total_basis_stated_cites")
        ),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_plan_total_basis_word"),
        ),
        sa.CheckConstraint("value >= 0", name=op.f("ck_plan_total_value_not_negative")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_plan_total_citation_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_total_plan_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["derivation_rule.id"], name=op.f("fk_plan_total_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_total")),
        sa.UniqueConstraint("plan_id", "name", name=op.f("uq_plan_total_plan_id_name")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("restatement", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("basis <> 'derived' OR rule_id IS NOT NULL", name=op.f("ck_theme_basis_derived_names_rule")),
        sa.CheckConstraint("basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_theme_basis_stated_cites")),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')", name=op.f("ck_theme_basis_word")
        ),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_theme_title_not_blank")),
        sa.CheckConstraint("number > 0", name=op.f("ck_theme_number_positive")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_theme_citation_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_theme_plan_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["derivation_rule.id"], name=op.f("fk_theme_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("plan_id", "id", name=op.f("uq_theme_plan_id_id")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_theme_plan_id_number")),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
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
        sa.CheckConstraint(
            "basis <> 'derived' OR rule_id IS NOT NULL", name=op.f("ck_measure_basis_derived_names_rule")
        ),
        sa.CheckConstraint("basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_measure_basis_stated_cites")),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')", name=op.f("ck_measure_basis_word")
        ),
        sa.CheckConstraint(
            "substr(code, 1, 1) = 'M' AND code LIKE '__%._%' AND trim(substr(code, 2), '0123456789.') = '' AND length(code) = length(replace(code, '.', '')) + 1",
            name=op.f("ck_measure_code_form"),
        ),
        sa.CheckConstraint(
            "length(fingerprint) = 64 AND trim(fingerprint, '0123456789abcdef') = ''",
            name=op.f("ck_measure_fingerprint_is_sha256"),
        ),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_measure_title_not_blank")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_measure_citation_id")),
        sa.ForeignKeyConstraint(
            ["plan_id", "theme_id"], ["theme.plan_id", "theme.id"], name=op.f("fk_measure_plan_id_theme_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_measure_plan_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["derivation_rule.id"], name=op.f("fk_measure_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("id", "theme_id", name=op.f("uq_measure_id_theme_id")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_measure_plan_id_code")),
    )
    op.create_table(
        "finding_side",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("lacks", sa.Boolean(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(label)) > 0", name=op.f("ck_finding_side_label_not_blank")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_finding_side_citation_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_finding_side_clause_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_finding_side_document_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["text_finding.id"], name=op.f("fk_finding_side_finding_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_finding_side_measure_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_finding_side_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_side")),
        sa.UniqueConstraint("finding_id", "position", name=op.f("uq_finding_side_finding_id_position")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("allocation_basis", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("lead_basis", sa.String(length=32), nullable=False),
        sa.Column("lead_rule_id", sa.Integer(), nullable=True),
        sa.Column("lead_note", sa.Text(), nullable=True),
        sa.Column("accountable_id", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("starts_basis", sa.String(length=32), nullable=False),
        sa.Column("starts_rule_id", sa.Integer(), nullable=True),
        sa.Column("baseline_due", sa.Date(), nullable=False),
        sa.Column("due_basis", sa.String(length=32), nullable=False),
        sa.Column("due_rule_id", sa.Integer(), nullable=True),
        sa.Column("measured_by", sa.String(length=32), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "allocation_basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_item_allocation_basis_word"),
        ),
        sa.CheckConstraint("basis <> 'derived' OR rule_id IS NOT NULL", name=op.f("ck_item_basis_derived_names_rule")),
        sa.CheckConstraint("basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_item_basis_stated_cites")),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')", name=op.f("ck_item_basis_word")
        ),
        sa.CheckConstraint(
            "due_basis <> 'derived' OR due_rule_id IS NOT NULL", name=op.f("ck_item_due_basis_derived_names_rule")
        ),
        sa.CheckConstraint(
            "due_basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_item_due_basis_word"),
        ),
        sa.CheckConstraint("kind IN ('task', 'key_project')", name=op.f("ck_item_kind_word")),
        sa.CheckConstraint(
            "lead_basis <> 'derived' OR lead_rule_id IS NOT NULL", name=op.f("ck_item_lead_basis_derived_names_rule")
        ),
        sa.CheckConstraint(
            "lead_basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_item_lead_basis_word"),
        ),
        sa.CheckConstraint(
            "length(code) >= 5 AND substr(code, 1, 2) = CASE kind WHEN 'task' THEN 'T-' ELSE 'P-' END AND trim(substr(code, 3), '0123456789') = ''",
            name=op.f("ck_item_code_form"),
        ),
        sa.CheckConstraint(
            "length(fingerprint) = 64 AND trim(fingerprint, '0123456789abcdef') = ''",
            name=op.f("ck_item_fingerprint_is_sha256"),
        ),
        sa.CheckConstraint("measured_by IN ('milestones', 'reports')", name=op.f("ck_item_measured_by_word")),
        sa.CheckConstraint(
            "starts_basis <> 'derived' OR starts_rule_id IS NOT NULL",
            name=op.f("ck_item_starts_basis_derived_names_rule"),
        ),
        sa.CheckConstraint(
            "starts_basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_item_starts_basis_word"),
        ),
        sa.CheckConstraint("baseline_due >= starts", name=op.f("ck_item_due_after_start")),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_item_title_not_blank")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_item_weight_positive")),
        sa.ForeignKeyConstraint(["accountable_id"], ["person.id"], name=op.f("fk_item_accountable_id")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_item_citation_id")),
        sa.ForeignKeyConstraint(["due_rule_id"], ["derivation_rule.id"], name=op.f("fk_item_due_rule_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["organisation.id"], name=op.f("fk_item_lead_id")),
        sa.ForeignKeyConstraint(["lead_rule_id"], ["derivation_rule.id"], name=op.f("fk_item_lead_rule_id")),
        sa.ForeignKeyConstraint(
            ["measure_id", "theme_id"], ["measure.id", "measure.theme_id"], name=op.f("fk_item_measure_id_theme_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id", "theme_id"], ["theme.plan_id", "theme.id"], name=op.f("fk_item_plan_id_theme_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_item_plan_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["derivation_rule.id"], name=op.f("fk_item_rule_id")),
        sa.ForeignKeyConstraint(["starts_rule_id"], ["derivation_rule.id"], name=op.f("fk_item_starts_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_item_plan_id_code")),
    )
    op.create_index(op.f("ix_item_lead_id"), "item", ["lead_id"])
    op.create_index(op.f("ix_item_measure_id"), "item", ["measure_id"])
    op.create_index(op.f("ix_item_theme_id"), "item", ["theme_id"])

    op.create_table(
        "unlinked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_unlinked_reason_not_blank")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_unlinked_mandate_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_unlinked_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unlinked")),
        sa.UniqueConstraint("measure_id", "mandate_id", name=op.f("uq_unlinked_measure_id_mandate_id")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("direction", sa.String(length=32), nullable=False),
        sa.Column("baseline_value", sa.Double(), nullable=True),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "basis <> 'derived' OR rule_id IS NOT NULL", name=op.f("ck_indicator_basis_derived_names_rule")
        ),
        sa.CheckConstraint(
            "basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_indicator_basis_stated_cites")
        ),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')", name=op.f("ck_indicator_basis_word")
        ),
        sa.CheckConstraint("direction IN ('increase', 'decrease', 'reach')", name=op.f("ck_indicator_direction_word")),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_indicator_name_not_blank")),
        sa.CheckConstraint("number > 0", name=op.f("ck_indicator_number_positive")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_indicator_citation_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_indicator_item_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["derivation_rule.id"], name=op.f("fk_indicator_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_indicator_item_id_number")),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("coverage", sa.String(length=32), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("near_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("clause_fingerprint", sa.String(length=64), nullable=False),
        sa.CheckConstraint("coverage IN ('full', 'partial')", name=op.f("ck_link_coverage_word")),
        sa.CheckConstraint(
            "length(clause_fingerprint) = 64 AND trim(clause_fingerprint, '0123456789abcdef') = ''",
            name=op.f("ck_link_clause_fingerprint_is_sha256"),
        ),
        sa.CheckConstraint(
            "length(near_fingerprint) = 64 AND trim(near_fingerprint, '0123456789abcdef') = ''",
            name=op.f("ck_link_near_fingerprint_is_sha256"),
        ),
        sa.CheckConstraint("type IN ('implements', 'supports', 'derived-from')", name=op.f("ck_link_type_word")),
        sa.CheckConstraint("(measure_id IS NULL) <> (item_id IS NULL)", name=op.f("ck_link_one_near_end")),
        sa.CheckConstraint("length(trim(rationale)) > 0", name=op.f("ck_link_rationale_not_blank")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_link_clause_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_link_item_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_link_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("item_id", "clause_id", name=op.f("uq_link_item_id_clause_id")),
        sa.UniqueConstraint("measure_id", "clause_id", name=op.f("uq_link_measure_id_clause_id")),
    )
    op.create_index(op.f("ix_link_clause_id"), "link", ["clause_id"])

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("baseline_date", sa.Date(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("completion_test", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "basis <> 'derived' OR rule_id IS NOT NULL", name=op.f("ck_milestone_basis_derived_names_rule")
        ),
        sa.CheckConstraint(
            "basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_milestone_basis_stated_cites")
        ),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')", name=op.f("ck_milestone_basis_word")
        ),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_milestone_title_not_blank")),
        sa.CheckConstraint("number > 0", name=op.f("ck_milestone_number_positive")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_milestone_weight_positive")),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_milestone_citation_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_milestone_item_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["derivation_rule.id"], name=op.f("fk_milestone_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("item_id", "id", name=op.f("uq_milestone_item_id_id")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_milestone_item_id_number")),
    )
    op.create_table(
        "responsibility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("supporting_basis", sa.String(length=32), nullable=False),
        sa.Column("supporting_rule_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "supporting_basis <> 'derived' OR supporting_rule_id IS NOT NULL",
            name=op.f("ck_responsibility_supporting_basis_derived_names_rule"),
        ),
        sa.CheckConstraint(
            "supporting_basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_responsibility_supporting_basis_word"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_responsibility_item_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_responsibility_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["supporting_rule_id"], ["derivation_rule.id"], name=op.f("fk_responsibility_supporting_rule_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility")),
        sa.UniqueConstraint("item_id", "organisation_id", name=op.f("uq_responsibility_item_id_organisation_id")),
    )
    op.create_index(op.f("ix_responsibility_organisation_id"), "responsibility", ["organisation_id"])

    op.create_table(
        "status_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("phase", sa.String(length=32), nullable=False),
        sa.Column("confidence", sa.String(length=32), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("next", sa.Text(), nullable=True),
        sa.Column("blocker", sa.Text(), nullable=True),
        sa.Column("help_needed", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(phase = 'completed') = (completed_on IS NOT NULL)", name=op.f("ck_status_update_completed_has_its_date")
        ),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_status_update_basis_word"),
        ),
        sa.CheckConstraint(
            "confidence IS NULL OR confidence IN ('green', 'amber', 'red')",
            name=op.f("ck_status_update_confidence_word"),
        ),
        sa.CheckConstraint(
            "phase IN ('not_started', 'in_progress', 'suspended', 'completed', 'cancelled', 'merged')",
            name=op.f("ck_status_update_phase_word"),
        ),
        sa.CheckConstraint(
            "percent IS NULL OR (percent >= 0 AND percent <= 100)", name=op.f("ck_status_update_percent_in_range")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_status_update_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_update")),
        sa.UniqueConstraint("id", "actor", name=op.f("uq_status_update_id_actor")),
    )
    op.create_index(op.f("ix_status_update_item_id_as_of_id"), "status_update", ["item_id", "as_of", "id"])

    op.create_table(
        "completion_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("status_update_id", sa.Integer(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'returned' OR length(trim(coalesce(reason, ''))) > 0",
            name=op.f("ck_completion_confirmation_return_has_a_reason"),
        ),
        sa.CheckConstraint(
            "outcome IN ('confirmed', 'returned')", name=op.f("ck_completion_confirmation_outcome_word")
        ),
        sa.CheckConstraint("actor <> reported_by", name=op.f("ck_completion_confirmation_by_somebody_else")),
        sa.ForeignKeyConstraint(
            ["status_update_id", "reported_by"],
            ["status_update.id", "status_update.actor"],
            name=op.f("fk_completion_confirmation_status_update_id_reported_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_confirmation")),
    )
    op.create_index(
        op.f("ix_completion_confirmation_status_update_id_id"), "completion_confirmation", ["status_update_id", "id"]
    )

    op.create_table(
        "date_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("old_date", sa.Date(), nullable=False),
        sa.Column("new_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_date_change_basis_word"),
        ),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_date_change_reason_not_blank")),
        sa.CheckConstraint("new_date <> old_date", name=op.f("ck_date_change_date_moves")),
        sa.ForeignKeyConstraint(
            ["item_id", "milestone_id"],
            ["milestone.item_id", "milestone.id"],
            name=op.f("fk_date_change_item_id_milestone_id"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_date_change_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_change")),
    )
    op.create_index(
        op.f("ix_date_change_item_id_milestone_id_as_of_id"), "date_change", ["item_id", "milestone_id", "as_of", "id"]
    )

    op.create_table(
        "link_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("coverage", sa.String(length=32), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("near_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("clause_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("coverage IN ('full', 'partial')", name=op.f("ck_link_review_coverage_word")),
        sa.CheckConstraint(
            "decision IN ('accepted', 'rejected', 'changed')", name=op.f("ck_link_review_decision_word")
        ),
        sa.CheckConstraint(
            "length(clause_fingerprint) = 64 AND trim(clause_fingerprint, '0123456789abcdef') = ''",
            name=op.f("ck_link_review_clause_fingerprint_is_sha256"),
        ),
        sa.CheckConstraint(
            "length(near_fingerprint) = 64 AND trim(near_fingerprint, '0123456789abcdef') = ''",
            name=op.f("ck_link_review_near_fingerprint_is_sha256"),
        ),
        sa.CheckConstraint("type IN ('implements', 'supports', 'derived-from')", name=op.f("ck_link_review_type_word")),
        sa.CheckConstraint("length(trim(rationale)) > 0", name=op.f("ck_link_review_rationale_not_blank")),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_link_review_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_review")),
    )
    op.create_index(op.f("ix_link_review_link_id_id"), "link_review", ["link_id", "id"])

    op.create_table(
        "milestone_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("forecast", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_milestone_report_basis_word"),
        ),
        sa.CheckConstraint(
            "met_on IS NULL OR met_on <= as_of", name=op.f("ck_milestone_report_met_by_the_day_reported")
        ),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_report_milestone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_report")),
    )
    op.create_index(
        op.f("ix_milestone_report_milestone_id_as_of_id"), "milestone_report", ["milestone_id", "as_of", "id"]
    )

    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')",
            name=op.f("ck_observation_basis_word"),
        ),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_observation_indicator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    op.create_index(op.f("ix_observation_indicator_id_as_of_id"), "observation", ["indicator_id", "as_of", "id"])

    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "basis <> 'derived' OR rule_id IS NOT NULL", name=op.f("ck_target_basis_derived_names_rule")
        ),
        sa.CheckConstraint("basis <> 'stated' OR citation_id IS NOT NULL", name=op.f("ck_target_basis_stated_cites")),
        sa.CheckConstraint(
            "basis IN ('stated', 'derived', 'working', 'registered', 'simulated')", name=op.f("ck_target_basis_word")
        ),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name=op.f("fk_target_citation_id")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_target_indicator_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["derivation_rule.id"], name=op.f("fk_target_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("indicator_id", "due", name=op.f("uq_target_indicator_id_due")),
    )
    set_guards()


def downgrade() -> None:
    lift_guards()
    op.drop_table("target")
    op.drop_index(op.f("ix_observation_indicator_id_as_of_id"), "observation")

    op.drop_table("observation")
    op.drop_index(op.f("ix_milestone_report_milestone_id_as_of_id"), "milestone_report")

    op.drop_table("milestone_report")
    op.drop_index(op.f("ix_link_review_link_id_id"), "link_review")

    op.drop_table("link_review")
    op.drop_index(op.f("ix_date_change_item_id_milestone_id_as_of_id"), "date_change")

    op.drop_table("date_change")
    op.drop_index(op.f("ix_completion_confirmation_status_update_id_id"), "completion_confirmation")

    op.drop_table("completion_confirmation")
    op.drop_index(op.f("ix_status_update_item_id_as_of_id"), "status_update")

    op.drop_table("status_update")
    op.drop_index(op.f("ix_responsibility_organisation_id"), "responsibility")

    op.drop_table("responsibility")
    op.drop_table("milestone")
    op.drop_index(op.f("ix_link_clause_id"), "link")

    op.drop_table("link")
    op.drop_table("indicator")
    op.drop_table("unlinked")
    op.drop_index(op.f("ix_item_theme_id"), "item")
    op.drop_index(op.f("ix_item_measure_id"), "item")
    op.drop_index(op.f("ix_item_lead_id"), "item")

    op.drop_table("item")
    op.drop_table("finding_side")
    op.drop_table("measure")
    op.drop_table("theme")
    op.drop_table("plan_total")
    op.drop_table("goal")
    op.drop_table("plan")
    op.drop_table("derivation_rule")
    op.drop_table("crosswalk_row")
    op.drop_table("clause_expression")
    op.drop_table("expression")
    op.drop_table("clause")
    op.drop_table("person")
    op.drop_table("organisation_name")
    op.drop_table("mandate")
    op.drop_table("organisation")
    op.drop_index(op.f("ix_attached_span_citation_id"), "attached_span")

    op.drop_table("attached_span")
    op.drop_table("citation")
    op.drop_table("attachment")
    op.drop_table("text_finding")
    op.drop_table("seeded_row")
    op.drop_table("installation")
    op.drop_table("document")
    op.drop_index(op.f("ix_audit_event_table_name_row_id_seq"), "audit_event")
    op.drop_index(op.f("ix_audit_event_recorded_at"), "audit_event")

    op.drop_table("audit_event")


# The guards of history, frozen as this revision set them: rows of these tables are only ever added. Per table, what
# else than its id an INSERT OR REPLACE could hit in SQLite, where a replaced row fires no delete trigger.
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
GUARDED = (*HISTORY, "audit_event")


def set_guards() -> None:
    """Forbid to change, delete or replace history, and let an audit event follow only on the one before it."""
    if op.get_bind().dialect.name == "sqlite":
        set_guards_of_sqlite()
    else:
        set_guards_of_postgresql()


def set_guards_of_sqlite() -> None:
    for table in GUARDED:
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER guard_{table}_{verb} BEFORE {verb.upper()} ON {table} BEGIN"
                f" SELECT RAISE(ABORT, '{table} is history: no {verb}'); END"
            )
    for table, other_keys in HISTORY.items():
        op.execute(
            f"CREATE TRIGGER guard_{table}_insert BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id {other_keys}) BEGIN"
            f" SELECT RAISE(ABORT, '{table} is history: no replacing'); END"
        )
    op.execute(
        "CREATE TRIGGER guard_audit_event_insert BEFORE INSERT ON audit_event"
        " WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit_event)"
        " OR NEW.previous_leaf IS NOT (SELECT leaf FROM audit_event ORDER BY seq DESC LIMIT 1) BEGIN"
        " SELECT RAISE(ABORT, 'audit_event is history: an event follows the one before it'); END"
    )


def set_guards_of_postgresql() -> None:
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
    for table in GUARDED:
        op.execute(
            f"CREATE TRIGGER guard_{table}_row BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION guard_history()"
        )
        op.execute(
            f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION guard_history()"
        )
    op.execute(
        "CREATE TRIGGER guard_audit_event_insert BEFORE INSERT ON audit_event"
        " FOR EACH ROW EXECUTE FUNCTION guard_audit_event()"
    )
    for table in GUARDED:
        # Also for a session that sets session_replication_role.
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER guard_{table}_row")
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER guard_{table}_truncate")
    op.execute("ALTER TABLE audit_event ENABLE ALWAYS TRIGGER guard_audit_event_insert")


def lift_guards() -> None:
    """Take the guards away again, so that the tables can be dropped."""
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            for verb in ("update", "delete", "insert"):
                op.execute(f"DROP TRIGGER guard_{table}_{verb}")
        return
    for table in GUARDED:
        op.execute(f"DROP TRIGGER guard_{table}_row ON {table}")
        op.execute(f"DROP TRIGGER guard_{table}_truncate ON {table}")
    op.execute("DROP TRIGGER guard_audit_event_insert ON audit_event")
    op.execute("DROP FUNCTION guard_history()")
    op.execute("DROP FUNCTION guard_audit_event()")
