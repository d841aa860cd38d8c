"""Which tests `make test` runs on a PostgreSQL server, and which only on a SQLite file.

On the server a test takes a tenth of a second more, most of it for the database that it gets. What differs between the
databases is the statement. So `make test` runs there the tests of reads and writes that send statements which no other
test sends, and all tests of locks, guards and constraints; `make test-more` runs the rest (docs/decisions/0099).
"""

from pathlib import Path

# Folders and files whose tests `make test` runs on SQLite only. What is tested in the folders is made of other reads
# and writes, whose own tests try both databases. The files' writes add such rows as writes/reports/test_entries.py.
SQLITE_IS_ENOUGH = (
    *("bundle", "calendar", "chasing", "demo", "exchange", "mandates", "queries/weeks", "sheets", "weekly"),
    *(
        f"writes/reports/test_{name}.py"
        for name in ("bulk", "confirmations", "dates", "doubts", "endings", "milestones", "observations", "status")
    ),
)

# Files of which `make test` runs only these tests on the server: all statements of their other tests are among those
# that these tests and the tests of other files send there.
ON_THE_SERVER: dict[str, tuple[str, ...]] = {
    "queries/findings/test_findings.py": (
        "test_a_clause_that_an_item_of_its_own_is_linked_to_is_served",
        "test_a_clause_that_only_such_a_measure_serves_is_named_with_it",
        "test_a_copy_is_not_quoted_as_known_before_it_was_attached",
        "test_a_measure_without_a_clause_and_without_a_reason_is_told_too",
        "test_a_stated_total_that_the_register_does_not_hold_is_told_with_its_citation",
        "test_a_theme_measure_that_lost_its_only_item_is_told_as_one_of_a_theme",
        "test_green_against_overdue_is_told_by_what_was_known",
    ),
    "queries/findings/test_on_demand.py": (
        "test_a_green_rating_is_at_odds_with_the_state_that_the_list_of_items_shows",
        "test_the_finding_of_one_item_is_read_from_this_item_alone",
    ),
    "queries/history/test_history.py": (
        "test_a_confirmed_completion_is_listed_with_who_confirmed_it",
        "test_an_edit_tells_each_field_before_and_after_and_names_what_it_refers_to",
        "test_marks_are_as_known_at_the_instant",
        "test_what_was_taken_back_stays_listed_and_says_by_whom_when_and_why",
    ),
    "queries/history/test_log.py": (
        "test_a_page_that_ends_with_the_last_event_says_that_no_more_follow",
        "test_all_that_belongs_to_an_item_is_found_by_its_code",
        "test_pages_follow_each_other_without_gap_or_repetition",
        "test_references_are_told_by_name",
        "test_since_and_until_include_their_own_instant",
        "test_who_and_action_and_table_narrow",
    ),
    "queries/history/test_two_clocks.py": ("test_a_revised_observation_keeps_the_earlier_one",),
    "queries/items/test_item.py": (
        "test_a_milestone_taken_back_stays_in_the_history",
        "test_an_indicator_without_a_target_is_normal",
        "test_attainment_of_a_decrease_goes_up_as_the_value_goes_down_and_is_not_clipped",
        "test_reports_come_newest_first_by_the_date_they_are_as_of",
        "test_the_history_tells_everything_in_the_order_it_was_recorded_newest_first",
    ),
    "queries/items/test_register.py": (
        "test_a_register_read_in_parts_is_the_register",
        "test_only_the_items_asked_for_are_read",
    ),
    "queries/links/test_links.py": (
        "test_a_copy_that_reads_otherwise_makes_links_suspect_and_names_language_and_copy",
        "test_a_place_checked_later_in_a_copy_attached_before_counts_from_then",
        "test_another_text_of_a_clause_is_another_wording",
        "test_before_and_after_come_from_the_log",
        "test_copies_are_shown_beside_what_is_cited",
    ),
    "queries/mandates/test_matrix.py": ("test_a_link_that_was_drawn_later_is_not_known_before",),
    "queries/mandates/test_trace.py": (
        "test_a_clause_is_shown_in_each_of_its_languages_with_the_number_printed_there",
        "test_a_clause_leads_down_to_its_measures_and_their_items",
        "test_a_clause_with_nothing_behind_it_says_so_and_where_it_went",
        "test_a_new_part_of_a_clause_knows_its_parent_and_that_it_is_new",
        "test_an_item_has_the_findings_about_its_own_measure_and_not_those_about_its_theme",
        "test_an_unknown_clause_or_version_is_told_so",
    ),
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
    "writes/reports/test_entries.py": (
        "test_after_a_refusal_the_same_session_can_write",
        "test_all_that_is_said_is_one_write",
    ),
    "writes/reports/test_unchanged.py": (
        "test_a_report_of_the_month_before_is_another_one_also_in_the_same_week",
        "test_no_change_keeps_what_stands_and_says_so",
    ),
    "writes/test_carry_over.py": (
        "test_a_code_that_another_item_has_gets_the_year",
        "test_again_only_what_was_not_carried_over_is_added",
        "test_an_accountable_person_who_has_left_is_named_and_not_carried_over",
        "test_unfinished_items_go_on_and_say_what_they_continue",
        "test_what_is_carried_over_during_the_year_was_added_on_that_day",
        "test_what_is_only_working_stays_so_in_the_next_plan",
    ),
    "writes/test_clock.py": (
        "test_a_write_with_the_clock_far_ahead_is_refused_and_leaves_nothing",
        "test_jumps_are_named",
        "test_only_an_administrator_corrects_and_only_what_is_wrong",
    ),
    "writes/test_finding_reviews.py": (
        "test_decisions_are_in_the_audit_log_under_the_item_they_are_about",
        "test_the_newer_decision_holds_and_a_reopened_finding_says_so",
    ),
    "writes/test_people.py": (
        "test_what_is_changed_is_in_the_log_with_what_was",
        "test_who_has_left_is_nobody_but_still_in_the_list",
    ),
    "writes/test_undo.py": (
        "test_a_save_of_several_parts_is_taken_back_as_a_whole",
        "test_one_answered_report_keeps_the_whole_write",
        "test_only_one_s_own_writes_are_taken_back",
        "test_the_last_write_is_taken_back_by_one_that_says_so",
    ),
}


def is_enough_on_sqlite(file: Path, test: str) -> bool:
    """Return whether `make test` runs a test, of a file below the folder of the tests, on SQLite only."""
    if any(file.is_relative_to(name) for name in SQLITE_IS_ENOUGH):
        return True
    return test not in ON_THE_SERVER.get(file.as_posix(), (test,))
