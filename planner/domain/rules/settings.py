"""A plan's settings for the rules. The defaults are the same as those of the `plan` table."""

from planner.base.views import value_class


@value_class
class Settings:
    """The limits for 'behind' and 'off track' in percentage points, and the weeks after which a report is stale."""

    behind_points: float = 10
    off_track_points: float = 30
    stale_after_weeks: int = 4
