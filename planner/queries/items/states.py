"""The state of items on a day, computed by the rules from what was agreed and what was reported."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import NamedTuple

from planner.base.views import view
from planner.domain.rules.endings import completion_of, is_dropped
from planner.domain.rules.freshness import freshness
from planner.domain.rules.progress import Levels, MilestoneData, Step, actual_percent, planned_levels
from planner.domain.rules.schedule import contradicts, days_late
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Basis, Completion, Confidence, Freshness, MeasuredBy, Phase, Schedule
from planner.queries.items.agreed import AgreedItem, AgreedItems, AgreedMilestone, basis_of_date
from planner.queries.items.computed import Agreed, computed_state
from planner.queries.items.reported import (
    DateRow,
    MilestoneRow,
    Reported,
    ReportedInBrief,
    ReportRow,
    StatusRow,
    ending_key,
    status_view,
)
from planner.queries.items.views import (
    ItemLine,
    ItemView,
    MilestoneView,
    OrganisationView,
    ReturnedView,
    SearchedItem,
    StatusView,
)
from planner.queries.search.other_names import NO_NAMES

_NO_REPORT = (None, None, None, None, None)


@view
class ItemProgress:
    """The progress of an item on a day: only the fields that are needed when many days are computed.

    `actual` is from 0 to 100. It is None until the first report on an item that is measured by reports. `is_dropped`
    tells whether the item was cancelled or merged, and this was confirmed.
    """

    id: int
    phase: Phase
    confidence: Confidence | None
    actual: float | None
    is_dropped: bool


def not_yet_added(item_id: int) -> ItemProgress:
    """Return the progress of an item on a day before it was added to the plan: none."""
    return ItemProgress(item_id, Phase.NOT_STARTED, None, None, is_dropped=False)


class _Undated(NamedTuple):
    """The first fields of `ItemLine`, in their order. They are the same on each day."""

    id: int
    code: str
    kind: str
    title: str
    basis: Basis
    theme: int
    theme_title: str
    measure: str | None
    measure_title: str | None
    allocation_basis: Basis
    lead: OrganisationView
    lead_basis: Basis
    lead_rule: str | None
    lead_rule_key: str | None
    lead_note: str | None
    supporting: tuple[OrganisationView, ...]
    starts: date
    starts_basis: Basis
    baseline_due: date
    due_basis: Basis


class _Dated(NamedTuple):
    """The further fields of `ItemLine`, up to the last report, in their order."""

    current_due: date
    measured_by: MeasuredBy
    weight: float
    phase: Phase
    confidence: Confidence | None
    actual: float | None
    expected: float
    schedule: Schedule
    freshness: Freshness
    days_late: int
    days_late_baseline: int
    contradiction: bool
    completion: Completion
    returned: ReturnedView | None


@view
class ItemViews:
    """Makes the views of items for several days. Parts that are the same on two days are made once."""

    agreed: AgreedItems
    settings: Settings
    # The codes on the day of the items that have another code now, by their present codes.
    codes: Mapping[str, str]
    # The current day, if nobody chose the day that is shown.
    today: date | None
    simulated: bool = False
    _levels: dict[int, Levels] = field(default_factory=dict)
    _reports: dict[int, tuple[StatusRow, StatusView]] = field(default_factory=dict)
    _milestones: dict[int, tuple[MilestoneRow | None, DateRow | None, MilestoneView]] = field(default_factory=dict)
    _undated: dict[int, "_Undated"] = field(default_factory=dict)
    _other_names: dict[tuple[int, ...], str] = field(default_factory=dict)

    def on(self, day: date, reported: Reported) -> list[ItemView]:
        """Return the views of all items on a day, given what was reported up to that day."""
        return [self._item(item, reported, day) for item in self.agreed.items]

    def lines_on(self, day: date, reported: ReportedInBrief, steps: Mapping[int, Sequence[Step]]) -> list[ItemLine]:
        """Return the lines of all items on a day. `steps` are the items' milestones, with the days they were met."""
        return [self._line(item, reported, steps.get(item.id, ()), day) for item in self.agreed.items]

    def searched(self) -> list[SearchedItem]:
        """Return what searches look at of all items."""
        return [self._searched(item) for item in self.agreed.items]

    def _searched(self, item: AgreedItem) -> SearchedItem:
        values = self._undated_values(item)
        return SearchedItem(
            item.code,
            item.title,
            item.basis,
            values.theme_title,
            values.measure,
            values.measure_title,
            values.lead,
            values.supporting,
            item.position,
            self._names_in_other_languages(item),
        )

    def progress_on(self, reported: Reported) -> list[ItemProgress]:
        """Return the progress of all items on the day of `reported`, in the order of the agreed items."""
        return [self._progress(item, reported) for item in self.agreed.items]

    def _progress(self, item: AgreedItem, reported: Reported) -> ItemProgress:
        last = reported.status.get(item.id)
        phase = last.phase if last else Phase.NOT_STARTED
        measured_by = item.measured_by
        steps = self._steps(item, reported) if measured_by is MeasuredBy.MILESTONES else []
        actual = actual_percent(measured_by, phase, steps, last.percent if last else None)
        confidence = last.confidence if last else None
        # Confirmations are only looked up for cancelled and merged items, which are few.
        confirmed = phase.dropped and ending_key(item.id, last) in reported.confirmed if last else False
        dropped = is_dropped(phase, completion_of(phase, confirmed))
        return ItemProgress(item.id, phase, confidence, actual, dropped)

    def _steps(self, item: AgreedItem, reported: Reported) -> list[Step]:
        reports = reported.milestone_reports
        return [
            Step(step.baseline_date, step.weight, reports[step.id].met_on if step.id in reports else None)
            for step in self.agreed.milestones.get(item.id, ())
        ]

    def _item(self, item: AgreedItem, reported: Reported, day: date) -> ItemView:
        row = reported.status.get(item.id)
        last = self._report(row) if row else None
        milestones = self._milestones_of(item, reported)
        planned = self._planned(item, milestones)
        undated = self._undated.get(item.id)
        if undated is None:
            undated = self._undated[item.id] = self._undated_values(item)
        return ItemView(
            *undated,
            *self._dated_values(item, row, milestones, planned, reported, day),
            last,
            item.position,
            self.agreed.surroundings.kinds.get(item.kind),
            self.agreed.surroundings.numbers[item.theme_id],
            self._names_in_other_languages(item),
            self._due_assumed(item, reported),
            milestones,
        )

    def _line(self, item: AgreedItem, reported: ReportedInBrief, steps: Sequence[Step], day: date) -> ItemLine:
        row = reported.status.get(item.id)
        last = row
        if row and row.merged_into and row.merged_into in self.codes:
            last = row._replace(merged_into=self.codes[row.merged_into])
        return ItemLine(
            *self._undated_values(item),
            *self._dated_values(item, row, steps, planned_levels(item.baseline_due, steps), reported, day),
            last,
            item.position,
            self.agreed.surroundings.kinds.get(item.kind),
            self.agreed.surroundings.numbers[item.theme_id],
            self._names_in_other_languages(item),
            self._due_assumed(item, reported),
        )

    def _due_assumed(self, item: AgreedItem, reported: Reported | ReportedInBrief) -> bool:
        """Return whether nobody gave the current due date. A demonstration marks no date: all are made up."""
        return item.due_basis is Basis.WORKING and not self.simulated and item.id not in reported.due

    def _dated_values(
        self,
        item: AgreedItem,
        row: StatusRow | ReportRow | None,
        milestones: Sequence[MilestoneData],
        planned: Levels,
        reported: Reported | ReportedInBrief,
        day: date,
    ) -> _Dated:
        moved = reported.due.get(item.id)
        starts, baseline_due = item.starts, item.baseline_due
        current_due = moved.new_date if moved else baseline_due
        confidence = row.confidence if row else None
        completed_on = row.completed_on if row else None
        phase, actual, expected, completion, computed = computed_state(
            Agreed(item, current_due, milestones, planned), row, reported.confirmed, day, self.settings
        )
        returned_report = reported.returned.get(item.id)
        return _Dated(
            current_due,
            item.measured_by,
            item.weight,
            phase,
            confidence,
            actual,
            expected,
            computed,
            freshness(phase, starts, row.as_of if row else None, self._owing(day), self.settings),
            days_late(phase, current_due, day, completed_on, completion=completion),
            days_late(phase, baseline_due, day, completed_on, completion=completion),
            contradicts(confidence, computed, phase),
            completion,
            returned_report if returned_report and not _reported_again(row, returned_report) else None,
        )

    def _owing(self, day: date) -> date:
        """Return the day as of which reports are owed. A plan that has not begun is shown as of its first day.

        Until that day has come, nobody owes a report.
        """
        # docs/decisions/0143: nothing can be reported on a plan that has not begun.
        return day if self.today is None else min(day, self.today)

    def _undated_values(self, item: AgreedItem) -> "_Undated":
        surroundings = self.agreed.surroundings
        theme = surroundings.themes[item.theme_id]
        measure = surroundings.measures[item.measure_id] if item.measure_id else None
        rule = surroundings.rules.get(item.lead_rule_id) if item.lead_rule_id else None
        # Names for the arguments would take as long as all the rest.
        return _Undated(
            item.id,
            item.code,
            item.kind,
            item.title,
            item.basis,
            theme.number,
            theme.title,
            measure.code if measure else None,
            measure.title if measure else None,
            item.allocation_basis,
            surroundings.organisations[item.lead_id],
            item.lead_basis,
            rule.statement if rule else None,
            rule.key if rule else None,
            item.lead_note,
            self.agreed.supporting.get(item.id, ()),
            item.starts,
            item.starts_basis,
            item.baseline_due,
            item.due_basis,
        )

    def _names_in_other_languages(self, item: AgreedItem) -> str:
        """Return the names, in other languages, of the rows that the item refers to.

        Items that refer to the same rows share one text.
        """
        if self.agreed.surroundings.other_names is NO_NAMES:
            return ""
        supporting = [body.id for body in self.agreed.supporting.get(item.id, ())]
        referred = (item.theme_id, item.measure_id or 0, item.lead_id, *supporting)
        found = self._other_names.get(referred)
        if found is None:
            names = self.agreed.surroundings.other_names
            lines = [names.themes.get(item.theme_id), names.measures.get(item.measure_id or 0)]
            lines += [names.organisations.get(body) for body in (item.lead_id, *supporting)]
            found = self._other_names[referred] = "\n".join(filter(None, lines))
        return found

    def _planned(self, item: AgreedItem, milestones: tuple[MilestoneView, ...]) -> Levels:
        levels = self._levels.get(item.id)
        if levels is None:
            levels = self._levels[item.id] = planned_levels(item.baseline_due, milestones)
        return levels

    def _report(self, row: StatusRow) -> StatusView:
        made = self._reports.get(row.owner)
        if made is None or made[0] is not row:
            made = self._reports[row.owner] = (row, status_view(row, self.codes))
        return made[1]

    def _milestones_of(self, item: AgreedItem, reported: Reported) -> tuple[MilestoneView, ...]:
        reports, moves, kept = reported.milestone_reports, reported.milestone_dates, self._milestones
        views = []
        for step in self.agreed.milestones.get(item.id, ()):
            step_id = step.id
            report, moved = reports.get(step_id), moves.get(step_id)
            made = kept.get(step_id)
            if made is None or made[0] is not report or made[1] != moved:
                made = kept[step_id] = (report, moved, self._milestone(step, report, moved))
            views.append(made[2])
        return tuple(views)

    def _milestone(self, step: AgreedMilestone, report: MilestoneRow | None, moved: DateRow | None) -> MilestoneView:
        # Names for the arguments would take as long as making the view.
        step_id, _, number, title, baseline, weight, completion_test, basis, first_basis, _ = step
        _, _, met_on, forecast, evidence = report or _NO_REPORT
        current = moved.new_date if moved else baseline
        of_date = basis_of_date(basis, first_basis, is_moved=moved is not None, simulated=self.simulated)
        return MilestoneView(
            *(step_id, number, title, baseline, current, forecast, met_on, weight, completion_test, evidence, basis),
            None if of_date is basis else of_date,
            of_date is Basis.WORKING and not self.simulated,
        )


def _reported_again(last: StatusRow | ReportRow | None, returned_report: ReturnedView) -> bool:
    """Return whether the last report replaces a returned one: it has a later date, or was recorded later."""
    if last is None:
        return False
    later = (last.as_of, last.id) > (returned_report.report.as_of, returned_report.report.id)
    return later or last.recorded_at > returned_report.recorded_at
