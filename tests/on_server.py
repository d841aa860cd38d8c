"""Which tests `make test` runs on a PostgreSQL server, and which only on a SQLite file.

On the server a test takes a tenth of a second more, most of it for the database that it gets. What differs between the
databases is the statement. So `make test` runs there the tests of reads and writes that send statements which no other
test sends, and all tests of locks, guards and constraints; `make test-more` runs the rest (docs/decisions/0099).
"""

from pathlib import Path

# Folders and files whose tests `make test` runs on SQLite only. What is tested in the folders is made of other reads
# and writes, whose own tests try both databases. The files' writes add such rows as writes/reports/test_entries.py
# and intake/applying/test_undo.py, and the one read among the files sends what the reads of items send.
SQLITE_IS_ENOUGH = (
    *("bundle", "calendar", "chasing", "demo", "exchange", "mandates", "queries/weeks", "sheets", "weekly"),
    "queries/people/test_organisations.py",
    "intake/applying/test_apply.py",
    *(
        f"writes/reports/test_{name}.py"
        for name in ("bulk", "confirmations", "dates", "doubts", "endings", "milestones", "observations", "status")
    ),
)

# Files of which `make test` runs only these tests on the server: all statements of their other tests are among those
# that these tests and the tests of other files send there.
ON_THE_SERVER: dict[str, tuple[str, ...]] = {
    "intake/applying/test_undo.py": (
        "test_an_import_is_taken_back_also_after_an_act_that_does_not_depend_on_it",
        "test_import_is_taken_back_as_a_whole_and_can_be_repeated",
        "test_languages_of_organisations_are_imported_and_taken_back",
    ),
    "integrity/helpers/test_helpers.py": ("test_a_helper_finds_what_one_process_finds",),
    "integrity/helpers/test_parts.py": ("test_of_a_sound_history_parts_say_the_same",),
    "queries/findings/test_findings.py": (
        "test_a_clause_that_an_item_of_its_own_is_linked_to_is_served",
        "test_a_clause_that_only_such_a_measure_serves_is_named_with_it",
        "test_a_measure_without_a_clause_and_without_a_reason_is_told_too",
        "test_a_stated_total_that_the_register_does_not_hold_is_told_with_its_citation",
        "test_a_theme_measure_that_lost_its_only_item_is_told_as_one_of_a_theme",
        "test_green_against_overdue_is_told_by_what_was_known",
    ),
    "queries/findings/test_findings_computed.py": (
        "test_a_clause_of_which_the_crosswalk_says_nothing_is_told_on_either_side",
        "test_a_copy_that_differs_or_lacks_a_place_is_told_with_what_it_says",
        "test_a_reworded_end_makes_a_link_suspect_and_each_rewording_is_another_substance",
        "test_a_working_measure_and_working_supporters_are_told_too",
        "test_an_item_is_without_clause_in_the_version_in_force_until_it_has_a_link_of_its_own",
        "test_dropped_and_added_duties_are_told_where_something_relies_on_them",
        "test_working_facts_of_an_item_are_one_finding_that_names_them",
    ),
    "queries/findings/test_on_demand.py": ("test_the_finding_of_one_item_is_read_from_this_item_alone",),
    "queries/history/test_history.py": (
        "test_a_confirmed_completion_is_listed_with_who_confirmed_it",
        "test_an_edit_tells_each_field_before_and_after_and_names_what_it_refers_to",
        "test_marks_are_as_known_at_the_instant",
        "test_what_was_taken_back_stays_listed_and_says_by_whom_when_and_why",
    ),
    "queries/history/test_log.py": (
        "test_a_page_that_ends_with_the_last_event_says_that_no_more_follow",
        "test_pages_follow_each_other_without_gap_or_repetition",
        "test_references_are_told_by_name",
        "test_since_and_until_include_their_own_instant",
        "test_who_and_action_and_table_narrow",
    ),
    "queries/history/test_revisions.py": ("test_what_was_recorded_later_or_is_of_later_is_left_out",),
    "queries/history/test_two_clocks.py": ("test_a_revised_observation_keeps_the_earlier_one",),
    "queries/items/test_item.py": (
        "test_a_milestone_taken_back_stays_in_the_history",
        "test_an_indicator_without_a_target_is_normal",
    ),
    "queries/items/test_lineage.py": ("test_a_merger_names_the_code_that_the_other_item_had_on_that_day",),
    "queries/items/test_register.py": ("test_a_register_read_in_parts_is_the_register",),
    "queries/links/test_links.py": (
        "test_a_copy_that_reads_otherwise_makes_links_suspect_and_names_language_and_copy",
        "test_a_place_checked_later_in_a_copy_attached_before_counts_from_then",
        "test_another_text_of_a_clause_is_another_wording",
        "test_before_and_after_come_from_the_log",
        "test_copies_are_shown_beside_what_is_cited",
    ),
    "queries/links/test_links_then.py": ("test_a_link_is_named_by_the_code_of_the_day_or_of_now",),
    "queries/mandates/test_matrix.py": ("test_a_link_that_was_drawn_later_is_not_known_before",),
    "queries/mandates/test_trace.py": (
        "test_a_clause_with_nothing_behind_it_says_so_and_where_it_went",
        "test_a_new_part_of_a_clause_knows_its_parent_and_that_it_is_new",
        "test_an_item_has_the_findings_about_its_own_measure_and_not_those_about_its_theme",
        "test_an_unknown_clause_or_version_is_told_so",
    ),
    "queries/search/test_global_search.py": ("test_what_has_a_name_in_another_language_is_found_by_it",),
    "queries/test_effective_records.py": (
        "test_an_item_stands_as_if_what_was_taken_back_had_never_been",
        "test_the_course_of_an_item_leaves_it_out_too",
        "test_what_was_taken_back_stays_in_the_history_and_says_so",
    ),
    "register/test_known.py": (
        "test_a_changed_start_date_reads_as_a_date",
        "test_a_milestone_added_or_re_based_later_does_not_change_what_was_expected",
        "test_a_supporting_body_added_later_did_not_support_then",
        "test_names_around_an_item_are_those_of_then",
        "test_the_target_that_counts_is_the_one_that_counted_then",
    ),
    "sources/test_attach.py": (
        "test_a_copy_that_differs_is_attached_as_it_stands",
        "test_of_two_copies_the_true_one_is_read",
        "test_what_is_attached_can_be_read_in_its_own_language",
    ),
    "writes/plan_changes/test_items.py": (
        "test_a_moved_item_keeps_its_reports_and_was_elsewhere_before",
        "test_a_split_item_continues_in_new_ones_and_awaits_a_confirmation",
        "test_an_edit_changes_what_was_agreed_from_its_day_on",
        "test_an_item_on_which_something_stands_is_not_removed",
        "test_the_report_of_a_split_is_not_returned_if_its_new_items_are_in_use",
    ),
    "writes/plan_changes/test_organisations.py": (
        "test_a_renamed_organisation_has_its_earlier_name_before",
        "test_a_revised_target_was_the_earlier_one_before",
        "test_an_organisation_has_mail_addresses_until_they_are_removed",
        "test_the_organisation_that_another_one_is_merged_into_takes_over_its_work",
    ),
    "writes/plan_changes/test_parts.py": (
        "test_a_part_that_was_a_mistake_is_removed_and_was_there_before",
        "test_organisations_support_an_item_from_a_day_on_and_no_longer",
        "test_the_target_to_revise_is_named_by_its_day",
    ),
    "writes/reports/test_entries.py": (
        "test_after_a_refusal_the_same_session_can_write",
        "test_all_that_is_said_is_one_write",
    ),
    "writes/reports/test_help_answers.py": (
        "test_a_later_answer_replaces_an_earlier_one_and_undo_brings_it_back",
        "test_an_answer_is_recorded_with_its_event",
    ),
    "writes/reports/test_returns_together.py": ("test_all_of_one_save_falls_back_together_and_comes_back_together",),
    "writes/reports/test_unchanged.py": ("test_a_report_of_the_month_before_is_another_one_also_in_the_same_week",),
    "writes/test_carry_over.py": (
        "test_an_item_whose_code_another_one_has_gets_a_code_of_the_program",
        "test_again_only_what_was_not_carried_over_is_added",
        "test_an_accountable_person_who_has_left_is_named_and_not_carried_over",
        "test_unfinished_items_go_on_and_say_what_they_continue",
        "test_what_is_carried_over_during_the_year_was_added_on_that_day",
        "test_what_is_only_working_stays_so_in_the_next_plan",
    ),
    "writes/test_clock.py": (
        "test_a_write_with_the_clock_far_ahead_is_refused_and_leaves_nothing",
        "test_jumps_are_named",
    ),
    "writes/test_edit_plan.py": (
        "test_a_first_day_after_the_first_report_is_refused",
        "test_a_plan_is_changed_from_a_day_on",
        "test_only_an_empty_plan_is_removed_and_its_key_is_free_again",
    ),
    "writes/test_finding_reviews.py": (
        "test_decisions_are_in_the_audit_log_under_the_item_they_are_about",
        "test_the_newer_decision_holds_and_a_reopened_finding_says_so",
    ),
    "writes/test_issues.py": (
        "test_a_second_issue_needs_a_reason_and_is_number_two",
        "test_an_issue_its_files_and_their_bytes_are_kept_with_an_event_for_each",
    ),
    "writes/test_link_reviews.py": (
        "test_a_review_is_one_row_and_one_event_and_pins_both_ends",
        "test_several_links_are_decided_in_one_write",
    ),
    "writes/test_new_links.py": ("test_several_links_are_added_in_one_write",),
    "writes/test_people.py": (
        "test_what_is_changed_is_in_the_log_with_what_was",
        "test_who_has_left_is_nobody_but_still_in_the_list",
    ),
    "writes/test_plans.py": ("test_a_plan_needs_no_mandate",),
    "writes/test_redactions.py": (
        "test_a_reason_given_once_for_several_rows_goes_from_all_of_them",
        "test_all_events_of_the_row_lose_it_and_a_second_redaction_leaves_the_first",
        "test_both_values_of_one_change_go",
        "test_the_source_and_the_note_of_an_item_go",
        "test_the_text_goes_and_the_tree_stays",
    ),
    "writes/test_undo.py": (
        "test_a_save_of_several_parts_is_taken_back_as_a_whole",
        "test_the_last_write_is_taken_back_by_one_that_says_so",
    ),
}


def is_enough_on_sqlite(file: Path, test: str) -> bool:
    """Return whether `make test` runs a test, of a file below the folder of the tests, on SQLite only."""
    if any(file.is_relative_to(name) for name in SQLITE_IS_ENOUGH):
        return True
    return test not in ON_THE_SERVER.get(file.as_posix(), (test,))
