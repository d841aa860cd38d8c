"""How much an import writes: the numbers that its preview and its result say, as text and for programs."""

from collections.abc import Iterator

from planner.base.language import tr_count
from planner.base.views import value_class
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Field


@value_class
class Imported:
    """What an import wrote: numbers of rows.

    `milestones` and `indicators` are new ones, of new items and of others, and `part_reports` are reports on them.
    `organisations` and `themes` are new ones, beside those that were changed or renamed. `answers` are the answers that
    are kept for the next import, and `removed` the items that leave the plan.
    """

    new: int
    changed: int
    reports: int
    milestones: int
    indicators: int
    organisations: int
    changed_organisations: int
    people: int
    themes: int
    renamed_themes: int
    kinds: int
    answers: int
    removed: int = 0
    part_reports: int = 0

    @property
    def only_answers(self) -> bool:
        """Whether only answers were kept."""
        return not any(number for name, number in vars(self).items() if name != "answers")


def numbers_of(preview: Preview) -> Imported:
    """Return the numbers of the rows that an import writes."""
    written = preview.written
    parts = [part for item in preview.new for part in (*item.milestones, *item.indicators)]
    parts += [part for item in written for part in item.new_parts]
    part_reports = [part.report for part in parts]
    part_reports += [part.report for item in written for part in item.changed_parts]
    reports = [item.report for item in preview.new] + [item.report for item in written]
    return Imported(
        new=len(preview.new),
        changed=len(written),
        reports=sum(report is not None for report in reports),
        milestones=sum(part.field is Field.MILESTONES for part in parts),
        indicators=sum(part.field is Field.INDICATORS for part in parts),
        organisations=len(preview.organisations),
        changed_organisations=len(preview.changed_organisations),
        people=len(preview.people),
        themes=len(preview.themes),
        renamed_themes=len(preview.renamed_themes),
        kinds=len(preview.kinds),
        answers=len(preview.same_items) + len(preview.same_themes) + len(preview.declined),
        removed=len(preview.removed),
        part_reports=sum(one is not None for one in part_reports),
    )


def other_numbers(numbers: Imported) -> Iterator[str]:
    """Yield in words how much is written beside items and reports, without what is not."""
    of = numbers
    words = (
        (of.removed, tr_count("{count:,} item taken out", "{count:,} items taken out", of.removed)),
        (of.milestones, tr_count("{count:,} new milestone", "{count:,} new milestones", of.milestones)),
        (of.indicators, tr_count("{count:,} new indicator", "{count:,} new indicators", of.indicators)),
        (
            of.part_reports,
            tr_count(
                "{count:,} report on a milestone or an indicator",
                "{count:,} reports on milestones and indicators",
                of.part_reports,
            ),
        ),
        (of.themes, tr_count("{count:,} new theme", "{count:,} new themes", of.themes)),
        (of.renamed_themes, tr_count("{count:,} theme renamed", "{count:,} themes renamed", of.renamed_themes)),
        (of.organisations, tr_count("{count:,} new organisation", "{count:,} new organisations", of.organisations)),
        (
            of.changed_organisations,
            tr_count("{count:,} organisation changed", "{count:,} organisations changed", of.changed_organisations),
        ),
        (of.people, tr_count("{count:,} new person", "{count:,} new people", of.people)),
        (of.kinds, tr_count("{count:,} new kind of item", "{count:,} new kinds of item", of.kinds)),
    )
    return (text for number, text in words if number)
