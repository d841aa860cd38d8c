"""The meanings of the vocabularies' words in plain language, as printed on the covers of the weekly file.

The rules themselves are in planner/domain/rules/ and docs/rules.md. This module has what the reader of a table needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True)
class Definitions:
    """A vocabulary as explained to readers: its name, a sentence about it, and the meaning of each word, in order."""

    name: str
    says: str
    meanings: Mapping[StrEnum, str]


PHASES = Definitions(
    "Phase",
    "Where an item stands in its life, as last reported.",
    {
        Phase.NOT_STARTED: "No work on it has been reported yet.",
        Phase.IN_PROGRESS: "Work on it has been reported.",
        Phase.SUSPENDED: "Work has been halted; it has no schedule state meanwhile.",
        Phase.COMPLETED: "Reported as done; it has ended once somebody other than the reporter confirms that.",
        Phase.CANCELLED: "Given up, for a reason; once confirmed it is counted, but not averaged.",
        Phase.MERGED: "Goes on as part of another item; once confirmed it is counted, but not averaged.",
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
    "How an item stands against its dates, computed and never typed. The points are the plan's settings.",
    {
        Schedule.ON_TRACK: "Less than 10 points below the percent expected by the dates first agreed.",
        Schedule.BEHIND: "From 10 to 30 points below the percent expected.",
        Schedule.OFF_TRACK: "More than 30 points below the percent expected.",
        Schedule.OVERDUE: "The due date agreed now has passed, and no ending in time is confirmed.",
        Schedule.NONE: "Suspended or dropped: it has no schedule.",
    },
)

FRESHNESSES = Definitions(
    "Freshness",
    "How recent the last officer's report is that counts, computed and never typed.",
    {
        Freshness.REPORTED: "A report came in this reporting week.",
        Freshness.DUE: "A report is owed for this week and has not come.",
        Freshness.STALE: "No report for four reporting weeks, or what the plan sets.",
        Freshness.NEVER: "A report is owed, and there has never been one.",
        Freshness.NOT_OWED: "Reported as ended, or not begun before its start date: no report is owed.",
    },
)

STATES = Definitions(
    "State",
    "The one word an item is counted under in a stacked bar.",
    {
        State.COMPLETED: "Completed, as somebody else confirmed.",
        State.ON_TRACK: "Open and on track by its dates.",
        State.BEHIND: "Open and behind by its dates.",
        State.OFF_TRACK: "Open and off track by its dates.",
        State.OVERDUE: "After the due date agreed now, without an ending that is confirmed.",
        State.SUSPENDED: "Halted.",
        State.DROPPED: "Cancelled or merged, as somebody else confirmed: promised, and not done here.",
    },
)

CONCERNS = Definitions(
    "Concern",
    "What somebody should look at an item for; an item can be counted under several, or none.",
    {
        Concern.UNREPORTED: "It owes a report for this week: freshness due, stale or never.",
        Concern.SILENT: "It has been without a report for long, or never had one: freshness stale or never.",
        Concern.CONTRADICTION: "Its officer rates it green while it is overdue or off track.",
        Concern.AWAITING: "It is reported as completed, cancelled or merged, and nobody has confirmed that yet.",
    },
)

COMPLETIONS = Definitions(
    "Completion",
    "Whether the reported ending of an item is confirmed: that it is completed, cancelled or merged.",
    {
        Completion.NONE: "Not reported as ended.",
        Completion.AWAITING: "Reported as ended; nobody else has confirmed it yet, and it counts as open.",
        Completion.CONFIRMED: "Reported as ended, and confirmed by somebody else.",
    },
)

BASES = Definitions(
    "Basis",
    "On what a fact stands.",
    {
        Basis.STATED: "A cited document says it.",
        Basis.DERIVED: "It follows from stated facts by a rule that is named.",
        Basis.WORKING: "Drafted for this register because no public text gives it; to be replaced.",
        Basis.REGISTERED: "Entered or imported by the office that runs the plan.",
        Basis.SIMULATED: "Made up, for demonstration only.",
    },
)

VERDICTS = Definitions(
    "Outlook",
    "What the pace so far says of a due date: an estimate, never a report.",
    {
        Prospect.MISSED: "The due date has passed; this alone is no estimate.",
        Prospect.LIKELY_LATE: "The likely date is after the due date.",
        Prospect.MAY_BE_LATE: "The likely date is in time; the late end of the range is after the due date, or open.",
        Prospect.LIKELY_IN_TIME: "The whole range is before the due date.",
        Prospect.NO_OUTLOOK: "There is too little to estimate from; the outlook says why.",
        Prospect.DONE: "It is done already.",
    },
)

# Every vocabulary in the weekly file, in the order in which the file explains them.
DEFINITIONS = (PHASES, CONFIDENCES, SCHEDULES, FRESHNESSES, STATES, CONCERNS, COMPLETIONS, VERDICTS, BASES)
