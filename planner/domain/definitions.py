"""The meanings of the vocabularies' words in plain language, as printed on the covers of the weekly file.

The rules themselves are in planner/domain/rules/ and docs/rules.md. This module explains what readers of a table need.
"""

from collections.abc import Mapping
from enum import StrEnum

from planner.base.views import value_class
from planner.domain.vocabulary import (
    Basis,
    Completion,
    Concern,
    Confidence,
    Freshness,
    Phase,
    Prospect,
    Schedule,
    State,
)


@value_class
class Definitions:
    """The explanation of a vocabulary: its name, a sentence about it, and the meanings of its words, in order."""

    name: str
    says: str
    meanings: Mapping[StrEnum, str]


PHASES = Definitions(
    "Phase",
    "The stage of an item, as last reported.",
    {
        Phase.NOT_STARTED: "No work on the item has been reported yet.",
        Phase.IN_PROGRESS: "Work on the item has been reported.",
        Phase.SUSPENDED: "Work has been stopped for now. Meanwhile the item has no schedule state.",
        Phase.COMPLETED: "Reported as done. The item has ended once somebody other than the reporter confirms that.",
        Phase.CANCELLED: "Given up, for a reason. Once confirmed, the item is counted but left out of averages.",
        Phase.MERGED: "Continued in another item. Once confirmed, this item is counted but left out of averages.",
    },
)

CONFIDENCES = Definitions(
    "Confidence",
    "The officer's own rating of delivery, in the three tiers used for UK major projects.",
    {
        Confidence.GREEN: "Success looks highly likely; nothing outstanding threatens it.",
        Confidence.AMBER: "Success looks feasible, but significant issues need management attention.",
        Confidence.RED: "Success looks out of reach as planned; the issues do not look manageable now.",
    },
)

SCHEDULES = Definitions(
    "Schedule",
    "Progress compared with the item's dates. It is computed, never entered. The limits are the plan's settings.",
    {
        Schedule.ON_TRACK: "Less than 10 points below the percent expected by the dates first agreed.",
        Schedule.BEHIND: "From 10 to 30 points below the percent expected.",
        Schedule.OFF_TRACK: "More than 30 points below the percent expected.",
        Schedule.OVERDUE: "The current due date has passed, and no ending in time is confirmed.",
        Schedule.NONE: "Suspended or dropped items have no schedule.",
    },
)

FRESHNESSES = Definitions(
    "Freshness",
    "The age of the officer's last report that counts. It is computed, never entered.",
    {
        Freshness.REPORTED: "A report came in this reporting week.",
        Freshness.DUE: "A report is due for this week and has not been made.",
        Freshness.STALE: "No report for four reporting weeks, or for the number that the plan sets.",
        Freshness.NEVER: "A report is due, and there has never been one.",
        Freshness.NOT_OWED: "No report is due: the item was reported as ended before, or has not begun.",
    },
)

STATES = Definitions(
    "State",
    "The one word under which an item is counted in a stacked bar.",
    {
        State.COMPLETED: "Completed, and confirmed by somebody other than the reporter.",
        State.ON_TRACK: "Open and on track by its dates.",
        State.BEHIND: "Open and behind by its dates.",
        State.OFF_TRACK: "Open and off track by its dates.",
        State.OVERDUE: "After the current due date, without a confirmed ending.",
        State.SUSPENDED: "Work has been stopped for now.",
        State.DROPPED: "Cancelled or merged, and confirmed by somebody else: promised, but not done under this item.",
    },
)

CONCERNS = Definitions(
    "Concern",
    "A reason to look at an item. An item can have several or none.",
    {
        Concern.UNREPORTED: "A report is due for this week: freshness due, stale or never.",
        Concern.SILENT: "The last report is old, or there is none: freshness stale or never.",
        Concern.CONTRADICTION: "The officer rates the item green although it is overdue or off track.",
        Concern.AWAITING: "The item is reported as completed, cancelled or merged, and nobody has confirmed that yet.",
    },
)

COMPLETIONS = Definitions(
    "Completion",
    "Whether the reported ending of an item (completed, cancelled or merged) is confirmed.",
    {
        Completion.NONE: "Not reported as ended.",
        Completion.AWAITING: "Reported as ended. Nobody else has confirmed it yet, so the item counts as open.",
        Completion.CONFIRMED: "Reported as ended, and confirmed by somebody else.",
    },
)

BASES = Definitions(
    "Basis",
    "The source of a fact.",
    {
        Basis.STATED: "A cited document says it.",
        Basis.DERIVED: "It follows from stated facts by a named rule.",
        Basis.WORKING: "Drafted for this register because no public text gives it. It is to be replaced.",
        Basis.REGISTERED: "Entered or imported by the office that runs the plan.",
        Basis.SIMULATED: "Made up, for demonstration only.",
    },
)

VERDICTS = Definitions(
    "Outlook",
    "An estimate, from the pace so far, of whether a due date will be met. It is never a report.",
    {
        Prospect.MISSED: "The due date has passed. Only this verdict is not an estimate.",
        Prospect.LIKELY_LATE: "The likely date is after the due date.",
        Prospect.MAY_BE_LATE: "The likely date is in time, but the late end of the range is late or open.",
        Prospect.LIKELY_IN_TIME: "The whole range is before the due date.",
        Prospect.NO_OUTLOOK: "There is too little data for an estimate. The outlook gives the reason.",
        Prospect.DONE: "The item is already done.",
    },
)

# Every vocabulary in the weekly file, in the order in which the file explains them.
DEFINITIONS = (PHASES, CONFIDENCES, SCHEDULES, FRESHNESSES, STATES, CONCERNS, COMPLETIONS, VERDICTS, BASES)
