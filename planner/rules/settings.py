"""A plan's settings of the rules; the defaults are the plan table's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Thresholds in points of percent, and the age in weeks from which an item's last report is stale."""

    behind_points: float = 10
    off_track_points: float = 30
    stale_after_weeks: int = 4
