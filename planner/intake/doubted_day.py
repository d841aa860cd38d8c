"""Whether the day that a file names for its reports can be that of an earlier file: people forget to change it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from planner.base.language import tr
from planner.base.views import value_class
from planner.dates.arithmetic import last_of_month
from planner.dates.span import Span
from planner.intake.answering.refused import refused_words
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.stored import StoredRegister
from planner.intake.layout.stated.told_days import days_told
from planner.intake.proposed import Field, Given, Problem, ProposedItem, Severity
from planner.intake.sheets import Place

# So many texts are searched for later days. A larger file has them among its first rows too.
_MOST_TEXTS = 2_000
# A file that corrects an earlier one changes less than this part of its reports.
_MANY = 1 / 3
# So many ends of months are offered beside the day of the file and today: the next ones are the likeliest.
_MOST_MONTHS = 3


@value_class
class DoubtedDay:
    """The day that a text of a file names for its reports.

    `told` is a later day on which something was done, with the place of the text that tells it, if there is one.
    `answer` is one that does not fit.
    """

    day: date
    place: Place
    today: date
    told: tuple[date, Place] | None = None
    answer: str | None = None

    def question(self, preview: Preview, stored: StoredRegister, place: Place) -> Problem | None:
        """Return the question which day is meant, at the place of the file, if something speaks against the day."""
        what = self._told_later() or self._given_before(preview, stored)
        if what is None:
            return None
        asked = what if self.answer is None else refused_words(self.answer, what)
        do = tr("Choose the day for which the reports hold; the file may still have that of an earlier file")
        return Problem(Severity.QUESTION, place, Field.DATE, "", asked, do, tuple(map(str, self._choices())))

    def _told_later(self) -> str | None:
        if self.told is None:
            return None
        return tr(
            "the reports would count as of {day}, which the file names ({place}). But its rows tell of later days, "
            "such as {told} ({row})",
            day=self.day,
            place=self.place,
            told=self.told[0],
            row=self.told[1],
        )

    def _given_before(self, preview: Preview, stored: StoredRegister) -> str | None:
        """Return that an import already gave reports for this day, if the files change many of them."""
        names = {item.code for items in (preview.changed, preview.unchanged) for item in items}
        same_day = stored.other_reports.same_day
        before = sum(item.id in same_day and item.code in names for item in stored.items) if same_day else 0
        changed = sum(item.report is not None and item.id in same_day for item in preview.changed)
        if not changed or changed < before * _MANY:
            return None
        return tr(
            "the reports would count as of {day}, which the file names ({place}). An earlier import has reports for "
            "this day already, and {changed:,} of {count:,} would change",
            day=self.day,
            place=self.place,
            changed=changed,
            count=before,
        )

    def _choices(self) -> list[date]:
        """Return the days that can be meant: that of the file, the ends of the next months, and today.

        The month of which the rows tell is among them.
        """
        told = self.told[0] if self.told is not None else self.day
        ends = [day for day in _ends_of_months(self.day, self.today) if day >= told]
        return [self.day, *ends[:_MOST_MONTHS], self.today]


def later_day(items: Iterable[ProposedItem], span: Span, day: date, today: date) -> tuple[date, Place] | None:
    """Return the last day after a day, up to today, on which the items say that something was done, with its place."""
    texts = (given for item in items if (given := item.facts.get(Field.DONE)) is not None)
    found = [(one, given.place) for given in islice(texts, _MOST_TEXTS) for one in _days_in(given, span)]
    return max(((one, place) for one, place in found if day < one <= today), key=lambda pair: pair[0], default=None)


def _days_in(given: Given, span: Span) -> Iterator[date]:
    return days_told(given.value, span) if isinstance(given.value, str) else iter(())


def _ends_of_months(after: date, before: date) -> Iterator[date]:
    year, month = after.year, after.month
    while (last := last_of_month(year, month)) < before:
        if last > after:
            yield last
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
