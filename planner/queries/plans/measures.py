"""The measures of a plan with the numbers of their themes, for choosing one of them."""

from sqlalchemy import select

from planner.base.views import value_class
from planner.register.reading import Reading
from planner.store.models import Measure, Theme


@value_class
class MeasureOfTheme:
    """A measure, and the number of its theme."""

    code: str
    title: str
    theme: int


def read_measures(reading: Reading) -> list[MeasureOfTheme]:
    """Return the measures of the plan in their own order."""
    rows = reading.session.execute(
        select(Measure.code, Measure.title, Theme.number)
        .join(Theme, Theme.id == Measure.theme_id)
        .where(Measure.plan_id == reading.plan.id)
        .order_by(Measure.position)
    )
    return [MeasureOfTheme(code, title, theme) for code, title, theme in rows]
