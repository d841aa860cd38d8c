"""A plan's settings for the rules. The defaults are the same as those of the `plan` table."""

from datetime import date

from planner.base.views import value_class
from planner.domain.vocabulary import Cadence


@value_class
class Settings:
    """The limits for 'behind' and 'off track' in percentage points, and the weeks after which a report is stale.

    `cadence` says how often officers report. Fortnights are counted from the week of `plan_starts`.
    """

    behind_points: float = 10
    off_track_points: float = 30
    stale_after_weeks: int = 4
    cadence: Cadence = Cadence.WEEKLY
    plan_starts: date = date.min
