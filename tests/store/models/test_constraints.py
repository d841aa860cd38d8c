"""The invariants hold in the database itself, whoever writes to it."""

import re
from typing import NamedTuple

import pytest
from sqlalchemy import CheckConstraint, Connection, ForeignKeyConstraint, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError

from planner.store.models import HISTORY_TABLES, WITHDRAWABLE, all_tables
from tests.store.models.rows import NOWHERE, copy_statement, key_of, run

TABLES = all_tables().tables
TABLE_OF = {str(constraint.name): table.name for table in TABLES.values() for constraint in table.constraints}


class Broken(NamedTuple):
    """A row that must not be: a copy of one that stands, with changes given as SQL expressions."""

    constraint: str
    changes: dict[str, str]
    where: str = "1 = 1"

    @property
    def table(self) -> str:
        """The table of the constraint."""
        return TABLE_OF[self.constraint]


def checks_named(ending: str) -> list[tuple[str, str]]:
    """The checks of a kind that every table uses, with the column each is on."""
    found = []
    for table in TABLES.values():
        for constraint in table.constraints:
            name = str(constraint.name)
            if isinstance(constraint, CheckConstraint) and name.endswith(ending):
                found.append((name, name.removeprefix(f"ck_{table.name}_").removesuffix(ending)))
    return sorted(found)


# Rows to copy where the first row would break another check too.
OTHERWISE_SOUND = {
    "ck_finding_review_decision_word": "decision = 'reopened'",
    "ck_mandate_draft_state_word": "state = 'open'",
}

GENERAL = [
    *(
        Broken(name, {column: "'no-such-word'"}, OTHERWISE_SOUND.get(name, "1 = 1"))
        for name, column in checks_named("_word")
    ),
    *(Broken(name, {column: "'  '"}) for name, column in checks_named("_not_blank")),
    *(
        Broken(name, {column: value})
        for name, column in checks_named("_is_sha256")
        for value in (f"'{'0' * 63}'", f"'{'0' * 63}g'", f"'{'0' * 63}A'")
    ),
    *(
        Broken(name, {column: "'derived'", f"{column.removesuffix('basis')}rule_id": "NULL"})
        for name, column in checks_named("_derived_names_rule")
    ),
    *(
        Broken(name, {"basis": "'stated'", "citation_id": "NULL"})
        for name, _column in checks_named("_basis_stated_cites")
    ),
]

PARTICULAR = [
    Broken("ck_organisation_basis_not_derived", {"basis": "'derived'"}),
    Broken("ck_organisation_name_basis_not_derived", {"basis": "'derived'"}),
    Broken("ck_title_name_names_one", {"goal_id": "NULL"}, "goal_id IS NOT NULL"),
    Broken("ck_title_name_names_one", {"goal_id": "1"}, "theme_id IS NOT NULL"),
    Broken("ck_title_name_names_one", {"theme_id": "1"}, "measure_id IS NOT NULL"),
    Broken("ck_organisation_other_name_of_a_body", {"same_as_id": "1"}, "kind = 'body'"),
    Broken("ck_organisation_other_name_of_a_body", {"same_as_id": "NULL"}, "kind = 'other-name'"),
    Broken("ck_derivation_rule_lead_names_a_body", {"organisation_id": "NULL"}, "kind = 'lead'"),
    Broken("ck_citation_span_in_order", {"end_point": "start_point"}),
    Broken("ck_citation_span_in_order", {"start_point": "-1"}),
    Broken("ck_attached_span_span_in_order", {"end_point": "start_point"}),
    Broken("ck_attached_span_found_has_a_span", {"match": "'missing'"}),
    Broken("ck_attached_span_found_has_a_span", {"end_point": "NULL"}),
    Broken("ck_attached_span_found_has_a_span", {"start_point": "NULL", "end_point": "NULL"}),
    Broken("ck_installation_one_row", {"id": "2"}),
    Broken("ck_installation_only_a_demonstration_has_a_day", {"id": "1", "kind": "'demonstration'"}),
    Broken("ck_installation_only_a_demonstration_has_a_day", {"id": "1", "simulated_today": "DATE('2020-09-01')"}),
    *(
        Broken("ck_clause_key_form", {"key": f"'{key}'"})
        for key in (
            "duty",
            "duty-",
            "-1",
            "Duty-1",
            "DUTY-1",
            "duty 1",
            "duty-1a",
            "duty-a",
            "1-1",
            "duty--1",
            "مادة-1",
        )
    ),
    Broken("ck_crosswalk_row_new_comes_from_nothing", {"from_clause_id": "NULL"}, "lineage = 'moved-to'"),
    Broken("ck_crosswalk_row_new_comes_from_nothing", {"lineage": "'new'"}, "lineage = 'moved-to'"),
    Broken("ck_crosswalk_row_withdrawn_goes_nowhere", {"to_clause_id": "NULL"}, "lineage = 'moved-to'"),
    Broken("ck_crosswalk_row_withdrawn_goes_nowhere", {"lineage": "'withdrawn'"}, "lineage = 'moved-to'"),
    Broken("ck_link_one_near_end", {"item_id": "1"}, "measure_id IS NOT NULL"),
    Broken("ck_link_one_near_end", {"measure_id": "NULL"}, "measure_id IS NOT NULL"),
    Broken("ck_plan_ends_after_start", {"ends": "starts"}),
    Broken("ck_plan_thresholds_in_order", {"off_track_points": "behind_points"}),
    Broken("ck_plan_thresholds_in_order", {"behind_points": "0"}),
    Broken("ck_plan_stale_after_weeks_positive", {"stale_after_weeks": "0"}),
    Broken("ck_plan_total_value_not_negative", {"value": "-1"}),
    Broken("ck_theme_number_positive", {"number": "0"}),
    Broken("ck_item_weight_positive", {"weight": "0"}),
    Broken("ck_item_weight_positive", {"weight": "-1"}),
    Broken("ck_item_due_after_start", {"baseline_due": "DATE('2020-05-31')"}, "code = 'T-003'"),
    Broken("ck_withdrawal_takes_back_one", {"status_update_id": "NULL"}, "status_update_id IS NOT NULL"),
    Broken(
        "ck_withdrawal_takes_back_one", {"status_update_id": "9", "observation_id": "9"}, "status_update_id IS NOT NULL"
    ),
    Broken("ck_milestone_number_positive", {"number": "0"}),
    Broken("ck_milestone_weight_positive", {"weight": "0"}),
    Broken("ck_milestone_weight_positive", {"weight": "-25"}),
    Broken("ck_indicator_number_positive", {"number": "0"}),
    Broken("ck_status_update_percent_in_range", {"percent": "-1"}),
    Broken("ck_status_update_percent_in_range", {"percent": "101"}),
    Broken("ck_status_update_completed_has_its_date", {"completed_on": "NULL"}, "phase = 'completed'"),
    Broken("ck_status_update_completed_has_its_date", {"phase": "'completed'"}, "phase <> 'completed'"),
    Broken("ck_status_update_completed_has_its_date", {"completed_on": "as_of"}, "phase <> 'completed'"),
    Broken("ck_status_update_ended_is_dropped", {"ended_on": "as_of"}, "phase = 'in_progress'"),
    Broken("ck_status_update_merged_names_an_item", {"merged_into_id": "item_id"}, "phase = 'in_progress'"),
    Broken("ck_status_update_help_asked_says_what", {"help_by": "as_of"}, "help_needed IS NULL"),
    Broken("ck_status_update_help_asked_says_what", {"help_from": "'Anybody'"}, "help_needed IS NULL"),
    Broken("ck_redacted_event_seq_positive", {"seq": "0"}),
    Broken("ck_clock_correction_run_in_order", {"last_seq": "0"}),
    Broken("ck_clock_correction_instants_in_order", {"false_until": "DATE('2019-12-31')"}),
    Broken("ck_completion_confirmation_by_somebody_else", {"actor": "reported_by"}),
    Broken("ck_completion_confirmation_return_has_a_reason", {"outcome": "'returned'"}, "reason IS NULL"),
    Broken("ck_completion_confirmation_return_has_a_reason", {"outcome": "'returned'", "reason": "' '"}),
    Broken("ck_date_change_date_moves", {"new_date": "old_date"}),
    Broken("ck_extension_request_asks_for_later", {"new_date": "old_date"}),
    Broken("ck_extension_answer_by_somebody_else", {"actor": "asked_by"}),
    Broken("ck_extension_answer_refusal_has_a_reason", {"outcome": "'refused'"}, "reason IS NULL"),
    Broken("ck_extension_answer_refusal_has_a_reason", {"outcome": "'refused'", "reason": "' '"}),
    Broken("ck_item_change_value_changes", {"new_value": "old_value"}),
    Broken("ck_item_change_value_changes", {"old_value": "NULL", "new_value": "''"}),
    Broken("ck_person_change_value_changes", {"new_value": "old_value"}),
    Broken("ck_person_change_value_changes", {"old_value": "NULL", "new_value": "''"}),
    Broken("ck_plan_change_value_changes", {"new_value": "old_value"}),
    Broken("ck_plan_change_value_changes", {"old_value": "NULL", "new_value": "''"}),
    Broken("ck_target_change_target_changes", {"new_value": "old_value", "new_due": "old_due"}),
    Broken("ck_organisation_change_renamed_has_its_name", {"new_name": "NULL"}, "kind = 'renamed'"),
    Broken("ck_organisation_change_merged_names_another", {"into_id": "1"}, "kind = 'renamed'"),
    Broken("ck_plan_act_carried_over_to_a_plan", {"other_plan_id": "1"}, "kind = 'closed'"),
    Broken("ck_milestone_report_met_by_the_day_reported", {"met_on": "DATE('2020-04-01')"}, "as_of = '2020-03-31'"),
    Broken("ck_weekly_issue_number_positive", {"number": "0", "reason": "'Late.'"}),
    Broken("ck_weekly_issue_issued_again_has_a_reason", {"number": "2"}, "reason IS NULL"),
    Broken("ck_weekly_issue_issued_again_has_a_reason", {"number": "2", "reason": "' '"}),
    Broken("ck_finding_review_accepted_until_a_day", {"until": "NULL"}, "decision = 'accepted'"),
    Broken("ck_finding_review_accepted_until_a_day", {"decision": "'reopened'"}, "decision = 'accepted'"),
    Broken("ck_mandate_draft_adopted_is_a_version", {"key": "'another'", "state": "'open'"}),
    Broken("ck_mandate_draft_adopted_is_a_version", {"key": "'another'", "mandate_id": "NULL"}),
    Broken("ck_mandate_draft_first_names_its_plan", {"key": "'another'", "supersedes_id": "NULL"}),
    Broken("ck_mandate_draft_first_names_its_plan", {"key": "'another'", "plan_id": "1"}),
    *(
        Broken("ck_drafted_clause_accepted_is_restated", {"key": "'duty-2'", "restatement": nothing, "state": state})
        for nothing in ("NULL", "' '")
        for state in ("'accepted'", "'changed'")
    ),
    Broken("ck_drafted_row_new_comes_from_nothing", {"from_clause_id": "NULL"}),
    Broken("ck_drafted_row_new_comes_from_nothing", {"lineage": "'new'"}),
    Broken("ck_drafted_row_withdrawn_goes_nowhere", {"to_drafted_id": "NULL"}),
    Broken("ck_drafted_row_withdrawn_goes_nowhere", {"lineage": "'withdrawn'"}),
    Broken("ck_drafted_row_likeness_from_0_to_1", {"likeness": "-0.1"}),
    Broken("ck_drafted_row_likeness_from_0_to_1", {"likeness": "1.1"}),
    Broken("ck_issued_file_size_not_negative", {"size": "-1"}),
    Broken("ck_audit_event_leaf_length", {"leaf": "substr(leaf, 1, 31)"}),
]

# One event has nothing before it; its guard refuses what the check would, so only without the guard it shows.
UNGUARDED = Broken("ck_audit_event_first_has_no_previous", {"previous_leaf": "leaf"}, "seq = 1")

# Each unique key, with what sets a copy apart in all other keys of its table.
TWICE = [
    Broken("uq_organisation_key", {}),
    Broken("uq_organisation_name_organisation_id_language", {}),
    *(
        Broken(f"uq_title_name_{owner}_id_language", {}, f"{owner}_id IS NOT NULL")
        for owner in ("goal", "theme", "measure")
    ),
    Broken("uq_person_login", {}),
    Broken("uq_derivation_rule_key", {}),
    Broken("uq_document_key", {"sha256": f"'{'1' * 64}'"}),
    Broken("uq_document_sha256", {"key": "'another'"}),
    Broken("uq_citation_document_id_start_point_end_point", {}),
    Broken("uq_attachment_document_id_sha256", {}),
    Broken("uq_attached_span_attachment_id_citation_id", {}),
    Broken("uq_mandate_key", {}),
    Broken("uq_expression_mandate_id_language", {}),
    Broken("uq_clause_mandate_id_key", {"position": "99"}),
    Broken("uq_clause_expression_clause_id_expression_id", {}),
    Broken("uq_crosswalk_row_from_clause_id_to_clause_id", {}, "lineage = 'moved-to'"),
    Broken("uq_text_finding_key", {}),
    Broken("uq_finding_side_finding_id_position", {}),
    Broken("uq_link_measure_id_clause_id", {}, "measure_id IS NOT NULL"),
    Broken("uq_link_item_id_clause_id", {}, "item_id IS NOT NULL"),
    Broken("uq_unlinked_measure_id_mandate_id", {}),
    Broken("uq_plan_key", {}),
    Broken("uq_plan_total_plan_id_name", {}),
    Broken("uq_goal_plan_id_number", {}),
    Broken("uq_theme_plan_id_number", {}),
    Broken("uq_measure_plan_id_code", {"position": "99"}),
    Broken("uq_item_plan_id_code", {"code_key": "'another'"}),
    Broken("uq_item_kind_plan_id_key", {}),
    Broken("uq_import_mapping_plan_id_shape", {}),
    Broken("uq_responsibility_item_id_organisation_id", {}),
    # The later tables that a withdrawal can name have unique indexes, which are no constraints.
    *(
        Broken(name, {}, f"{table}_id IS NOT NULL")
        for table in WITHDRAWABLE
        if (name := f"uq_withdrawal_{table}_id") in TABLE_OF
    ),
    Broken("uq_milestone_item_id_number", {"key": "'another'"}),
    Broken("uq_indicator_item_id_number", {"key": "'another'"}),
    Broken("uq_redacted_event_redaction_id_seq", {}),
    Broken("uq_target_indicator_id_due", {}),
    Broken("uq_weekly_issue_plan_id_week_number", {}),
    Broken("uq_issued_content_digest", {}),
    Broken("uq_issued_file_issue_id_name", {}),
    Broken("uq_drafted_clause_draft_id_key", {}),
    Broken("uq_drafted_row_draft_id_from_clause_id_to_drafted_id", {}),
    Broken("uq_seeded_row_source_table_name_seed_key", {"row_id": "-1"}),
    Broken("uq_seeded_row_source_table_name_row_id", {"seed_key": "'another'"}),
]


# What sets a copy apart where the guard of history would speak of replacing before anything else is looked at.
APART = {
    "attached_span": {"citation_id": "2"},
    "issued_content": {"digest": f"'{'b' * 64}'"},
    "issued_file": {"name": "'another.csv'"},
    "redacted_event": {"seq": "2"},
    "weekly_issue": {"week": "'2020-W15'"},
}


def said(case: Broken) -> str:
    """A case's name in the output of a run."""
    return f"{case.constraint}-{'-'.join(case.changes.values())}"


def for_postgresql(connection: Connection, statement: str) -> str:
    """SQLite's dates are text; PostgreSQL's DATE() is not a function there."""
    if connection.dialect.name == "sqlite":
        return re.sub(r"DATE\(('[^']*')\)", r"\1", statement)
    return re.sub(r"DATE\(('[^']*')\)", r"DATE \1", statement)


def refusal(connection: Connection, case: Broken) -> str:
    """What the database says to a case's row; the row to copy must be there, or the case would prove nothing."""
    found = connection.execute(text(f"SELECT count(*) FROM {case.table} WHERE {case.where}")).scalar_one()
    assert found, f"no row of {case.table} is there to be copied"
    apart = APART.get(case.table, {}) if case.constraint.startswith("ck_") else {}
    changes = {**apart, **case.changes}
    if case.table == "audit_event":
        newest = "(SELECT max(seq) FROM audit_event)"
        changes |= {"seq": f"{newest} + 1", "previous_leaf": f"(SELECT leaf FROM audit_event WHERE seq = {newest})"}
    statement = for_postgresql(connection, copy_statement(case.table, changes, case.where))
    with pytest.raises(IntegrityError) as raised:
        run(connection, statement)
    return str(raised.value.orig)


@pytest.mark.parametrize("case", [*GENERAL, *PARTICULAR], ids=said)
def test_row_that_breaks_a_check_is_refused(connection, case):
    assert re.search(rf"\b{case.constraint}\b", refusal(connection, case))


def test_every_check_has_a_case():
    checks = {
        str(constraint.name)
        for table in TABLES.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }

    assert {case.constraint for case in (*GENERAL, *PARTICULAR, UNGUARDED)} == checks


def test_first_event_alone_has_nothing_before_it(connection):
    table = "" if connection.dialect.name == "sqlite" else " ON audit_event"
    run(connection, f"DROP TRIGGER guard_audit_event_insert{table}")

    with pytest.raises(IntegrityError, match=UNGUARDED.constraint):
        run(connection, copy_statement("audit_event", {"previous_leaf": "NULL"}, "seq = 2"))


@pytest.mark.parametrize("case", TWICE, ids=lambda case: case.constraint)
def test_same_key_twice_is_refused(connection, case):
    message = refusal(connection, case)

    if connection.dialect.name == "postgresql":
        assert case.constraint in message
    elif case.table in HISTORY_TABLES:
        assert message == f"{case.table} is history: no replacing"
    else:
        columns = case.constraint.removeprefix(f"uq_{case.table}_")
        assert "UNIQUE constraint failed" in message
        assert "_".join(re.findall(rf"\b{case.table}\.(\w+)", message)) == columns


def test_every_unique_key_has_a_case():
    """Those with the row's own id in them are only there for foreign keys to refer to."""
    keys = {
        str(constraint.name)
        for table in TABLES.values()
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint) and "id" not in constraint.columns
    }

    assert {case.constraint for case in TWICE} == keys


REFERENCES = sorted(
    (
        (table.name, [column.name for column in constraint.columns])
        for table in TABLES.values()
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint)
    ),
)


@pytest.mark.parametrize(("table", "columns"), REFERENCES, ids=str)
def test_reference_to_nothing_is_refused(connection, table, columns):
    column = columns[-1]
    nothing = {"reported_by": "'nobody'", "digest": f"'{'0' * 64}'"}.get(column, str(NOWHERE))
    rows = connection.execute(text(f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL")).scalar_one()
    where = f"{column} IS NOT NULL" if rows else "1 = 1"
    key = key_of(table)
    sound = {
        "merged_into_id": {"phase": "'merged'"},
        "first_seq": {"last_seq": nothing},
        "into_id": {"kind": "'merged'", "new_name": "NULL"},
        "other_plan_id": {"kind": "'carried-over'"},
    }.get(column, {})
    statement = (
        copy_statement(table, {**APART.get(table, {}), **sound, column: nothing}, where)
        if table in HISTORY_TABLES
        else f"UPDATE {table} SET {column} = {nothing} WHERE {key} = (SELECT min({key}) FROM {table} WHERE {where})"
    )

    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        run(connection, statement)


# References that hold two columns together: a row of the other parent must not do.
TOGETHER = {
    "an item's measure is in the item's theme": "UPDATE item SET theme_id = (SELECT id FROM theme WHERE number = 2)"
    " WHERE code = 'T-001'",
    "a clause's parent is in its own mandate": "UPDATE clause SET parent_id = (SELECT id FROM clause"
    " WHERE key = 'duty-3' AND mandate_id = (SELECT id FROM mandate WHERE key = 'old')) WHERE key = 'duty-3.1'",
    "a clause's text is of its own mandate": "UPDATE clause_expression SET expression_id ="
    " (SELECT id FROM expression WHERE mandate_id = (SELECT id FROM mandate WHERE key = 'old'))"
    " WHERE printed_number = 'III.'",
    "a crosswalk's row goes to the mandate it names": "UPDATE crosswalk_row SET to_clause_id ="
    " (SELECT id FROM clause WHERE key = 'duty-2' AND mandate_id = (SELECT id FROM mandate WHERE key = 'old'))"
    " WHERE lineage = 'new' AND to_clause_id = (SELECT id FROM clause WHERE key = 'duty-3.1')",
    "a moved milestone is the item's own": copy_statement(
        "date_change", {"item_id": "(SELECT id FROM item WHERE code = 'T-001')"}, "milestone_id IS NOT NULL"
    ),
    "a confirmation names who reported": copy_statement("completion_confirmation", {"reported_by": "'cleo'"}),
}


@pytest.mark.parametrize("statement", TOGETHER.values(), ids=TOGETHER.keys())
def test_row_of_another_parent_is_refused(connection, statement):
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        run(connection, statement)


def test_item_has_just_one_lead(connection):
    with pytest.raises(IntegrityError, match=r"(?i)not.null"):
        run(connection, "UPDATE item SET lead_id = NULL WHERE code = 'T-001'")


def test_plan_with_items_is_not_deleted(connection):
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        run(connection, "DELETE FROM plan")


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("clause", {"key": "'article-12.3'", "position": "99"}),
        ("measure", {"code": "'2.1.3'", "position": "99"}),
        ("item", {"code": "'第39项'", "code_key": "'第0000000039项'", "kind": "'사업'", "measure_id": "NULL"}),
        ("seeded_row", {"source": "'register'"}),
        ("status_update", {"percent": "0"}),
        ("status_update", {"percent": "100", "confidence": "NULL"}),
        ("completion_confirmation", {"outcome": "'returned'", "reason": "'The tower leans.'"}),
        ("attached_span", {"citation_id": "2", "match": "'missing'", "start_point": "NULL", "end_point": "NULL"}),
        ("weekly_issue", {"number": "2", "reason": "'A value was wrong.'"}),
        ("issued_file", {"name": "'empty.csv'", "size": "0"}),
    ],
)
def test_row_at_the_edge_of_a_check_is_taken(connection, table, changes):
    assert run(connection, copy_statement(table, changes)) == 1
