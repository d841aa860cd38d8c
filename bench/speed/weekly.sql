-- The items of the weekly file in one statement: the yardstick of `planner weekly` (bench/speed/weekly.py). It has all columns,
-- but knows no instant and no register (all data is simulated), and leaves formulas as they are; halves are rounded up.
-- Parameters: :day and :before (the Sundays of this week and the one before), :monday (of this week), :week (its name).
WITH
answer AS (
    SELECT * FROM completion_confirmation
    WHERE id NOT IN (SELECT completion_confirmation_id FROM withdrawal WHERE completion_confirmation_id IS NOT NULL)
),
returned AS (SELECT status_update_id, reason FROM answer WHERE outcome = 'returned'),
-- With a report that was returned goes what was recorded of its item in the same write.
sent_back AS (
    SELECT item_id, recorded_at, actor FROM status_update WHERE id IN (SELECT status_update_id FROM returned)
),
withdrawn_step AS (
    SELECT milestone_report_id FROM withdrawal WHERE milestone_report_id IS NOT NULL
    UNION ALL SELECT milestone_report.id FROM sent_back
    JOIN milestone ON milestone.item_id = sent_back.item_id
    JOIN milestone_report ON milestone_report.milestone_id = milestone.id
        AND milestone_report.recorded_at = sent_back.recorded_at AND milestone_report.actor = sent_back.actor
),
withdrawn_date AS (
    SELECT date_change_id FROM withdrawal WHERE date_change_id IS NOT NULL
    UNION ALL SELECT date_change.id FROM sent_back
    JOIN date_change ON date_change.item_id = sent_back.item_id
        AND date_change.recorded_at = sent_back.recorded_at AND date_change.actor = sent_back.actor
),
discounted AS (
    SELECT status_update_id FROM withdrawal WHERE status_update_id IS NOT NULL
    UNION ALL SELECT status_update_id FROM returned
),
references_of AS (
    SELECT measure_id, group_concat(reference, '; ') AS list
    FROM (
        SELECT link.measure_id, mandate.key || ':' || clause.key AS reference
        FROM link
        JOIN clause ON clause.id = link.clause_id
        JOIN mandate ON mandate.id = clause.mandate_id
        LEFT JOIN clause AS whole ON whole.id = clause.parent_id
        WHERE link.measure_id IS NOT NULL
        ORDER BY mandate.id <> (SELECT mandate_id FROM plan), mandate.id,
            coalesce(whole.position, clause.position), whole.id IS NOT NULL, clause.position
    )
    GROUP BY measure_id
),
steps AS (
    SELECT item_id, number, id, weight, baseline_date,
        (
            SELECT met_on FROM milestone_report
            WHERE milestone_id = milestone.id AND as_of <= :day AND id NOT IN withdrawn_step
            ORDER BY as_of DESC, id DESC LIMIT 1
        ) IS NOT NULL AS met,
        (
            SELECT met_on FROM milestone_report
            WHERE milestone_id = milestone.id AND as_of <= :before AND id NOT IN withdrawn_step
            ORDER BY as_of DESC, id DESC LIMIT 1
        ) IS NOT NULL AS met_before,
        coalesce((
            SELECT new_date FROM date_change
            WHERE item_id = milestone.item_id AND milestone_id = milestone.id AND as_of <= :day
                AND id NOT IN withdrawn_date
            ORDER BY as_of DESC, id DESC LIMIT 1
        ), baseline_date) AS agreed
    FROM milestone
),
course AS (
    SELECT item_id, sum(weight) AS weights,
        coalesce(sum(weight) FILTER (WHERE baseline_date <= :day), 0) AS passed,
        max(baseline_date) FILTER (WHERE baseline_date <= :day) AS last_step,
        min(baseline_date) FILTER (WHERE baseline_date > :day) AS next_step,
        coalesce(sum(weight) FILTER (WHERE met), 0) AS met,
        coalesce(sum(weight) FILTER (WHERE met_before), 0) AS met_before,
        -- The day, number and id of the first that is awaited, in one text that sorts.
        min(agreed || printf('%05d', number) || id) FILTER (WHERE NOT met) AS awaited
    FROM steps GROUP BY item_id
),
found AS (
    SELECT item.*, theme.number || ' ' || theme.title AS theme, lead.name AS lead, now.phase, now.confidence,
        was.confidence AS confidence_last_week, now.completed_on, now.done, now.unchanged,
        CASE WHEN now.ending_reason IS NOT NULL THEN coalesce(
            'merged into ' || (SELECT code FROM item AS target WHERE target.id = now.merged_into_id) || ': ', ''
        ) || now.ending_reason END AS why_ended,
        CASE
            WHEN coalesce(now.phase, '') NOT IN ('completed', 'cancelled', 'merged') THEN 'none'
            WHEN EXISTS (
                SELECT 1 FROM answer JOIN status_update ON status_update.id = status_update_id
                WHERE item_id = item.id AND outcome = 'confirmed' AND status_update.phase = now.phase
                    AND coalesce(status_update.completed_on, status_update.ended_on)
                        IS coalesce(now.completed_on, now.ended_on)
                    AND status_update.merged_into_id IS now.merged_into_id
                    AND status_update.id NOT IN discounted
            ) THEN 'confirmed'
            ELSE 'awaiting'
        END AS completion, now.next, now.blocker, now.help_needed,
        now.as_of AS last_update, next_step, last_step, passed, weights,
        CASE WHEN coalesce(now.phase, '') NOT IN ('completed', 'cancelled', 'merged') THEN awaited END AS awaited,
        CASE
            WHEN now.phase = 'completed' THEN 100.0
            WHEN measured_by = 'milestones' AND weights IS NOT NULL THEN 100.0 * met / weights
            ELSE 1.0 * now.percent
        END AS actual,
        CASE
            WHEN was.phase = 'completed' THEN 100.0
            WHEN measured_by = 'milestones' AND weights IS NOT NULL THEN 100.0 * met_before / weights
            ELSE 1.0 * was.percent
        END AS actual_before,
        CASE
            WHEN :day < starts THEN 0.0
            WHEN weights IS NULL THEN
                min(100.0, 100.0 * (julianday(:day) - julianday(starts)) / (julianday(baseline_due) - julianday(starts)))
            WHEN next_step IS NULL THEN 100.0
            ELSE 100.0 * (passed + (
                SELECT sum(weight) FROM milestone WHERE item_id = item.id AND baseline_date = next_step
            ) * (julianday(:day) - julianday(max(coalesce(last_step, starts), starts)))
                / (julianday(next_step) - julianday(max(coalesce(last_step, starts), starts)))) / weights
        END AS expected,
        coalesce((
            SELECT new_date FROM date_change
            WHERE item_id = item.id AND milestone_id IS NULL AND as_of <= :day AND id NOT IN withdrawn_date
            ORDER BY as_of DESC, id DESC LIMIT 1
        ), baseline_due) AS current_due
    FROM item
    JOIN theme ON theme.id = item.theme_id
    JOIN organisation AS lead ON lead.id = item.lead_id
    LEFT JOIN course ON course.item_id = item.id
    LEFT JOIN status_update AS now ON now.id = (
        SELECT id FROM status_update WHERE item_id = item.id AND as_of <= :day AND id NOT IN discounted
        ORDER BY as_of DESC, id DESC LIMIT 1
    )
    LEFT JOIN status_update AS was ON was.id = (
        SELECT id FROM status_update WHERE item_id = item.id AND as_of <= :before AND id NOT IN discounted
        ORDER BY as_of DESC, id DESC LIMIT 1
    )
    ORDER BY item.kind <> 'task', length(item.code), item.code
    LIMIT -1 OFFSET 0  -- keeps SQLite from working each expression out again wherever it is named below
)
SELECT found.code, found.kind, found.theme, found.title, 'simulated' AS basis, found.lead,
    (SELECT group_concat(name, '; ') FROM (
        SELECT organisation.name FROM responsibility JOIN organisation ON organisation.id = organisation_id
        WHERE item_id = found.id ORDER BY responsibility.id
    )) AS supporting,
    coalesce(phase, 'not_started') AS phase,
    completion,
    confidence, confidence_last_week,
    CASE
        WHEN phase = 'suspended' OR (phase IN ('cancelled', 'merged') AND completion = 'confirmed') THEN 'none'
        WHEN completion = 'confirmed' THEN 'on_track'
        WHEN phase = 'completed' THEN CASE WHEN completed_on > current_due THEN 'overdue' ELSE 'on_track' END
        WHEN :day > current_due THEN 'overdue'
        WHEN round(expected - coalesce(actual, 0), 9) > plan.off_track_points THEN 'off_track'
        WHEN round(expected - coalesce(actual, 0), 9) >= plan.behind_points THEN 'behind'
        ELSE 'on_track'
    END AS schedule,
    CASE
        WHEN last_update >= :monday THEN 'reported'
        WHEN phase IN ('completed', 'cancelled', 'merged') THEN 'not_owed'
        WHEN coalesce(phase, 'not_started') = 'not_started' AND :day < found.starts THEN 'not_owed'
        WHEN last_update IS NULL THEN 'never'
        WHEN last_update < date(:monday, (7 - 7 * plan.stale_after_weeks) || ' days') THEN 'stale'
        ELSE 'due'
    END AS freshness,
    round(actual, 1) AS percent, round(expected, 1) AS expected_percent,
    round(round(actual, 1) - coalesce(round(actual_before, 1), 0), 1) AS change_since_last_week,
    baseline_due, current_due,
    CASE WHEN phase IN ('cancelled', 'merged') AND completion = 'confirmed' THEN 0
        ELSE max(0, cast(julianday(coalesce(completed_on, :day)) - julianday(current_due) AS integer))
    END AS days_late,
    milestone.title AS next_milestone,
    substr(awaited, 1, 10) AS next_milestone_date,
    done, next, blocker, help_needed, last_update,
    CASE WHEN last_update IS NULL THEN NULL WHEN unchanged THEN 'no_change' ELSE 'news' END AS report,
    why_ended AS ended,
    (
        SELECT reason FROM returned JOIN status_update ON status_update.id = status_update_id
        WHERE item_id = found.id AND as_of <= :day AND coalesce(as_of > last_update, TRUE)
        ORDER BY as_of DESC, status_update.id DESC LIMIT 1
    ) AS returned,
    references_of.list AS mandate_clauses,
    NULL AS comes_from,
    CASE WHEN why_ended LIKE 'merged into %' THEN substr(why_ended, 1, instr(why_ended, ': ') - 1) END AS became,
    :week AS week, :day AS as_of, 'simulated' AS data
FROM found
JOIN plan ON plan.id = found.plan_id
LEFT JOIN milestone ON milestone.id = cast(substr(awaited, 16) AS integer)
LEFT JOIN references_of ON references_of.measure_id = found.measure_id
ORDER BY found.kind <> 'task', length(found.code), found.code;
