"""A plan's settings for the rules. The defaults are the same as those of the `plan` table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The limits for 'behind' and 'off track' in percentage points, and the weeks after which a report is stale."""

    behind_points: float = 10
    off_track_points: float = 30
    stale_after_weeks: int = 4
