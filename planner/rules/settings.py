"""A plan's settings for the rules. The defaults are the same as those of the `plan` table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Thresholds in points of percent, and the age in weeks from which an item's last report is stale."""

    behind_points: float = 10
    off_track_points: float = 30
    stale_after_weeks: int = 4
