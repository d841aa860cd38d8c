"""Where the three opinions about an item differ: its officer's rating, the computed schedule, and an assessment."""

from enum import StrEnum

from planner.base.language import later, tr_later
from planner.domain.rules.schedule import contradicts
from planner.domain.vocabulary import Confidence, Phase, Schedule


class Difference(StrEnum):
    """Which two of the three opinions differ. Computed, never entered, and never resolved."""

    OFFICER_ASSESSMENT = "officer_assessment"
    ASSESSMENT_SCHEDULE = "assessment_schedule"
    OFFICER_SCHEDULE = "officer_schedule"

    @property
    def words(self) -> str:
        """The two opinions in words."""
        return tr_later(_WORDS[self])


_WORDS = {
    Difference.OFFICER_ASSESSMENT: later("officer and assessment"),
    Difference.ASSESSMENT_SCHEDULE: later("assessment and schedule"),
    Difference.OFFICER_SCHEDULE: later("officer and schedule"),
}


def differences(
    reported: Confidence | None, schedule: Schedule, assessed: Confidence | None, phase: Phase
) -> tuple[Difference, ...]:
    """Return which opinions about an item differ, given both ratings, where there is one, and the computed schedule.

    Two ratings differ if they are not the same. A rating differs from the schedule if it is green and the schedule is
    overdue or off track.
    """
    # docs/decisions/0157: the program lists what differs, and says nowhere who is right.
    differ = {
        Difference.OFFICER_ASSESSMENT: None not in (reported, assessed) and reported is not assessed,
        Difference.ASSESSMENT_SCHEDULE: contradicts(assessed, schedule, phase),
        Difference.OFFICER_SCHEDULE: contradicts(reported, schedule, phase),
    }
    return tuple(difference for difference, applies in differ.items() if applies)
