"""The phrases of simulated reports: short office notes without names or figures.

Notes are grouped by the topic of the step that they lead to, and by the stage of the work. This module only has data.
"""

from dataclasses import dataclass
from enum import Enum


class Topic(Enum):
    """The kind of work that a step is."""

    SURVEY = "finding out and listing"
    TEXT = "writing a text"
    AGREEMENT = "coming to terms"
    SELECTION = "choosing"
    TRIAL = "trying out"
    START = "setting up and beginning"
    REVIEW = "looking at what was done"
    EVENT = "meeting"
    OTHER = "anything else"


class Stage(Enum):
    """How much of the work towards a step is done."""

    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"


@dataclass(frozen=True)
class Notes:
    """Notes about work done, and about what comes next."""

    done: tuple[str, ...]
    next: tuple[str, ...]


@dataclass(frozen=True)
class Trouble:
    """Something that delays an item: phrases for the blocker, the help needed, and the reason for a new date.

    If `topics` is empty, it can delay any kind of work.
    """

    blockers: tuple[str, ...]
    helps: tuple[str, ...]
    reasons: tuple[str, ...]
    topics: frozenset[Topic] = frozenset()


# Beginnings of words that give a step's topic, searched first in its title and then in its completion test.
STEMS = {
    Topic.EVENT: (
        "meeting", "session", "forum", "event", "workshop", "held", "heard", "talks", "invit", "host",
        "conference",
    ),
    Topic.TRIAL: (
        "trial", "tried", "test", "runs", "pilot", "demonstrat", "experiment", "measured",
    ),
    Topic.SELECTION: (
        "chosen", "select", "apprais", "applica", "candidat", "admitted", "commission", "judged",
    ),
    Topic.AGREEMENT: (
        "agree", "consent", "contract", "terms", "signed", "negotiat", "match", "guarantee", "partner",
    ),
    Topic.START: (
        "begun", "begin", "open", "founded", "established", "under", "access", "premises", "handed", "install",
        "trained", "start", "provided", "use", "running", "service",
    ),
    Topic.REVIEW: (
        "review", "inspect", "verif", "assess", "evaluat", "check", "examin", "account", "reported", "progress",
        "judg", "interim", "lessons", "visit", "experience", "report",
    ),
    Topic.TEXT: (
        "draft", "text", "rules", "regulation", "guid", "criteria", "answer", "comment", "requirement", "paper",
        "plan", "programme", "outline", "scheme", "procedure", "principles", "issued", "adopted", "proposal",
        "statement", "options", "document", "published", "written", "approved", "measures",
    ),
    Topic.SURVEY: (
        "gather", "collect", "survey", "listed", "list", "inventory", "catalogue", "questionnaire", "interview",
        "register", "describ", "identif", "stocktak", "compar", "map", "analys", "ranked", "needs", "gaps",
        "sources",
    ),
}  # fmt: skip

NOTES = {
    (Topic.SURVEY, Stage.EARLY): Notes(
        done=(
            "Those to be asked listed and the questions fixed.",
            "Letters of enquiry sent out.",
            "What is already known on the subject looked through.",
            "Form for the returns tried on a small sample.",
            "Went through the old files first; less usable than hoped.",
        ),
        next=(
            "Send out the enquiry.",
            "Agree the form in which returns are to come.",
            "Look through the returns as they come in.",
            "Name somebody who answers questions from those asked.",
        ),
    ),
    (Topic.SURVEY, Stage.MIDDLE): Notes(
        done=(
            "Returns coming in; reminders sent to those who have not answered.",
            "Entries checked against the files, doubtful ones marked.",
            "Rang those whose answers were incomplete.",
            "Returns so far put into one table.",
            "Some returns use other terms than ours; brought into line.",
        ),
        next=(
            "Remind those who have not replied.",
            "Clear up the doubtful entries.",
            "Put the returns into one table.",
            "Decide what to do with returns that cannot be compared.",
        ),
    ),
    (Topic.SURVEY, Stage.LATE): Notes(
        done=(
            "Last gaps filled by telephone.",
            "Compiled version sent to the contributors for a check.",
            "Contributors' corrections entered.",
            "Summary written, cross-checked by a colleague.",
            "Table complete but for a few replies promised in the coming days.",
        ),
        next=(
            "Have the compiled version checked by the contributors.",
            "Enter the corrections and close the table.",
            "Write the covering note.",
            "Cross-check the summary and hand it in.",
        ),
    ),
    (Topic.TEXT, Stage.EARLY): Notes(
        done=(
            "Outline settled, sections divided among the authors.",
            "Earlier texts on the subject read; points worth keeping marked.",
            "First sections written.",
            "Points that need a decision listed for the working group.",
            "Talked the aim of the text through with those who will have to apply it.",
        ),
        next=(
            "Write the first full version.",
            "Settle the open points of the outline.",
            "Ask the units concerned for their contributions.",
            "Go through the outline with the legal side.",
        ),
    ),
    (Topic.TEXT, Stage.MIDDLE): Notes(
        done=(
            "Working draft circulated within the office.",
            "Contributions of the units worked in; the wording is still uneven.",
            "Draft gone through point by point; most points settled.",
            "Explanatory notes written beside the draft.",
            "Shortened the draft considerably after a first reading.",
        ),
        next=(
            "Reconcile the comments that contradict each other.",
            "Send the draft to the units concerned.",
            "Bring the disputed points before the working group.",
            "Even out the wording.",
        ),
    ),
    (Topic.TEXT, Stage.LATE): Notes(
        done=(
            "Comments answered in a table and the text revised accordingly.",
            "Wording checked by the legal side, small changes only.",
            "Clean version passed up for signature.",
            "Final read-through done; references and annexes checked.",
            "Last disputed passage settled.",
        ),
        next=(
            "Submit the clean version.",
            "Have the final text approved.",
            "Prepare covering letter and distribution list.",
            "Wait for signature; nothing else is open.",
        ),
    ),
    (Topic.AGREEMENT, Stage.EARLY): Notes(
        done=(
            "First talk with the parties; positions noted.",
            "Draft terms sent to the parties.",
            "Points on which the parties differ listed.",
            "Contacts on each side settled.",
            "Sounded out the parties; all are willing in principle.",
        ),
        next=(
            "Hear the parties on the draft terms.",
            "Take the differing points one by one.",
            "Fix a date for the next round.",
            "Find out who may sign on each side.",
        ),
    ),
    (Topic.AGREEMENT, Stage.MIDDLE): Notes(
        done=(
            "Second round of talks; fewer points left open.",
            "Main points worded; who bears the costs is still open.",
            "Amended terms back from one side and under study.",
            "Questions on liability put to the legal side.",
            "Progress on the duties of each side, none on the length of the term.",
        ),
        next=(
            "Settle the remaining points.",
            "Obtain the legal side's opinion.",
            "Circulate the amended terms to all parties.",
            "Propose a middle way on the costs.",
        ),
    ),
    (Topic.AGREEMENT, Stage.LATE): Notes(
        done=(
            "Terms settled; copies on their way for signature.",
            "All parties have confirmed the wording informally.",
            "Signature copies checked and sent round.",
            "Last reservation withdrawn after a talk.",
            "Wording final; annexes still being put together.",
        ),
        next=(
            "Collect the signatures.",
            "Fix the day of signing.",
            "Complete the annexes.",
            "File the signed copies and inform those concerned.",
        ),
    ),
    (Topic.SELECTION, Stage.EARLY): Notes(
        done=(
            "Conditions for taking part written and agreed.",
            "Call prepared; application form tested.",
            "Appraisers asked whether they are free.",
            "Notice drafted with dates and contact point.",
            "Grounds for exclusion discussed with the legal side.",
        ),
        next=(
            "Publish the conditions.",
            "Confirm the appraisers.",
            "Answer questions as they come in.",
            "Agree how the appraisals are to be weighed.",
        ),
    ),
    (Topic.SELECTION, Stage.MIDDLE): Notes(
        done=(
            "Proposals coming in; completeness checked on arrival.",
            "Questions from applicants answered.",
            "Proposals sorted by field and handed to the appraisers.",
            "First appraisals back.",
            "Replaced an appraiser who had an interest in one of the cases.",
        ),
        next=(
            "Collect the outstanding appraisals.",
            "Check the proposals for completeness.",
            "Prepare the appraisal meeting.",
            "Ask for the missing enclosures.",
        ),
    ),
    (Topic.SELECTION, Stage.LATE): Notes(
        done=(
            "Appraisals complete, ranking under discussion.",
            "Short list with reasons laid before those who decide.",
            "Doubtful cases heard a second time.",
            "Record of the choice being written.",
            "Choice is clear but for one case on the border.",
        ),
        next=(
            "Obtain the decision.",
            "Inform applicants of the outcome.",
            "Put the reasons for each choice on file.",
            "Settle the borderline case.",
        ),
    ),
    (Topic.TRIAL, Stage.EARLY): Notes(
        done=(
            "Trial plan written, conditions for stopping agreed.",
            "Place and equipment inspected.",
            "Those taking part briefed.",
            "Agreed with the users what is to be measured.",
            "Equipment checked; one part had to be ordered.",
        ),
        next=(
            "Begin the first runs.",
            "Obtain the approvals still needed.",
            "Check the equipment on the spot.",
            "Set up the log.",
        ),
    ),
    (Topic.TRIAL, Stage.MIDDLE): Notes(
        done=(
            "First runs made; log kept.",
            "A fault found and mended, run repeated.",
            "Runs going on, readings sent in each week.",
            "Users' remarks collected and sorted.",
            "Readings vary more than expected; cause being looked for.",
        ),
        next=(
            "Continue the runs.",
            "Repeat the runs with doubtful readings.",
            "Compare the readings with the agreed criteria.",
            "Talk the users' remarks over with the developers.",
        ),
    ),
    (Topic.TRIAL, Stage.LATE): Notes(
        done=(
            "Runs finished, readings being evaluated.",
            "Evaluation written; users asked to countersign.",
            "Results set beside the criteria, deviations explained.",
            "Draft report sent to those who took part.",
            "Last run made up for the one that was lost.",
        ),
        next=(
            "Finish the evaluation.",
            "Obtain the users' countersignature.",
            "Deliver the report on the trial.",
            "Explain the deviations.",
        ),
    ),
    (Topic.START, Stage.EARLY): Notes(
        done=(
            "What must be in place before the start listed.",
            "Settled who does what in the first weeks.",
            "Rooms, equipment and access arranged in outline.",
            "Orders prepared and checked against the plan.",
            "Looked at comparable set-ups for what to avoid.",
        ),
        next=(
            "Place the orders.",
            "Instruct the staff.",
            "Settle access and working hours.",
            "Find out which approvals are needed.",
        ),
    ),
    (Topic.START, Stage.MIDDLE): Notes(
        done=(
            "Set-up going on, most parts in place.",
            "Staff instructed, a first dry run made.",
            "Deliveries checked against the orders.",
            "Working instructions written with those who will use them.",
            "Dry run showed gaps in the instructions; being mended.",
        ),
        next=(
            "Complete the set-up.",
            "Mend what the dry run showed.",
            "Announce the start to the users.",
            "Name a contact point for questions.",
        ),
    ),
    (Topic.START, Stage.LATE): Notes(
        done=(
            "Ready but for the acceptance inspection.",
            "Shortcomings from the inspection mended.",
            "Users informed of the day of the start.",
            "Contact point for questions staffed.",
            "Only the formal go-ahead is missing.",
        ),
        next=(
            "Pass the acceptance inspection.",
            "Start, and keep a record of the first days.",
            "Obtain the formal go-ahead.",
            "Collect the users' first remarks.",
        ),
    ),
    (Topic.REVIEW, Stage.EARLY): Notes(
        done=(
            "Questions fixed and the files asked for.",
            "Dates for the visits agreed.",
            "Yardsticks agreed with those concerned.",
            "Asked those concerned for their own view first.",
            "Files of the last months sorted by subject.",
        ),
        next=(
            "Read the files sent in.",
            "Make the first visits.",
            "Remind those who still owe their files.",
            "Settle who reads what.",
        ),
    ),
    (Topic.REVIEW, Stage.MIDDLE): Notes(
        done=(
            "Visits under way, notes written the same day.",
            "Files read; questions sent back where the evidence is thin.",
            "First findings discussed with those concerned.",
            "Evidence put beside each point.",
            "Two readings of the same file differed; third opinion asked for.",
        ),
        next=(
            "Write up the notes.",
            "Ask for the missing evidence.",
            "Discuss the findings with those concerned.",
            "Draft the conclusions.",
        ),
    ),
    (Topic.REVIEW, Stage.LATE): Notes(
        done=(
            "Draft findings sent to those concerned for reply.",
            "Replies received and worked in.",
            "Conclusions agreed, text being edited.",
            "Recommendations put in order of weight.",
            "Toned down one conclusion that the evidence did not carry.",
        ),
        next=(
            "Deliver the result.",
            "Lay the findings before those who decide.",
            "Agree who follows up each finding.",
            "Work in the last replies.",
        ),
    ),
    (Topic.EVENT, Stage.EARLY): Notes(
        done=(
            "Programme sketched, possible dates compared.",
            "Those to be invited listed.",
            "Room and equipment reserved provisionally.",
            "Contributions asked for.",
            "Subject narrowed so that it fits one sitting.",
        ),
        next=(
            "Fix the date.",
            "Send the invitations.",
            "Confirm who contributes.",
            "Settle who takes the minutes.",
        ),
    ),
    (Topic.EVENT, Stage.MIDDLE): Notes(
        done=(
            "Invitations sent, acceptances coming in.",
            "Programme settled but for some contributions.",
            "Papers collected from the contributors.",
            "Recording and interpretation arranged.",
            "Some of those invited ask to take part from a distance; being arranged.",
        ),
        next=(
            "Close the list of participants.",
            "Distribute the papers.",
            "Try out the equipment.",
            "Chase the missing contributions.",
        ),
    ),
    (Topic.EVENT, Stage.LATE): Notes(
        done=(
            "Participants have their papers.",
            "Final list of participants circulated.",
            "Last questions on the programme answered.",
            "Chair and note-taker briefed.",
            "Equipment tried out on the spot.",
        ),
        next=(
            "Hold it and take the minutes.",
            "Circulate the minutes for correction.",
            "Write to the participants on what follows.",
            "Set down who does what afterwards.",
        ),
    ),
    (Topic.OTHER, Stage.EARLY): Notes(
        done=(
            "Work divided among those concerned, first steps taken.",
            "Earlier work on the subject brought together.",
            "First talk held; open points noted with who sees to them.",
            "Read into the subject; a list of questions is with the experts.",
        ),
        next=(
            "Clear the open points.",
            "Settle the order of the next steps.",
            "Get the contributions of the supporting units.",
        ),
    ),
    (Topic.OTHER, Stage.MIDDLE): Notes(
        done=(
            "Working group met; open points have a name and a date each.",
            "Part of the contributions received.",
            "The larger part done; the rest waits for contributions.",
            "Took up the points left over from last time.",
        ),
        next=(
            "Get the outstanding contributions.",
            "Bring the pieces together.",
            "Decide the points on which views differ.",
        ),
    ),
    (Topic.OTHER, Stage.LATE): Notes(
        done=(
            "Remaining points settled, papers put in order.",
            "Result with the leadership for approval.",
            "Proofs for the milestone being put together.",
            "All but the approval is done.",
        ),
        next=(
            "Obtain approval.",
            "Put the proofs on file.",
            "Close this step and begin the next.",
        ),
    ),
}

# For reports of officers who write little.
BRIEF = (
    "As planned.",
    "Work continues.",
    "On course, nothing to add.",
    "No change worth reporting.",
    "Continued as in the last report.",
    "Small steps this week.",
    "Routine work.",
)
WAITING = (
    "Not begun. First to come: {title}.",
    "No work yet; the people for it are still bound elsewhere.",
    "Start put off.",
    "Beginning prepared on paper only.",
)
WAITING_NEXT = ("Begin.", "Get people released for the start.", "Settle the day of the start.")
STUCK_DONE = (
    "No progress since the last report.",
    "Did what can be done without it: {note}",
    "Hardly moved. {note}",
    "Still held up; used the time to put the files in order.",
    "Talked again to those we depend on.",
)
REACHED = (
    "Milestone {number} reached on {day}: {title}.",
    "{title} ({day}). On file: {test}.",
    "Milestone reached: {title} ({day}).",
    "{title}, {day}. Proof: {test}.",
)
REACHED_EARLY = ("Milestone {number} reached ahead of its date: {title}.", "Earlier than agreed, on {day}: {title}.")
REACHED_LATE = (
    "Milestone {number} reached, later than first agreed: {title}.",
    "Later than first agreed, on {day}: {title}.",
)
REACHED_TOO = ("Also reached: {title}.", "With it: {title}.", "And on {day}: {title}.")
COMING = (
    "Milestone {number}: {title}, {day}.",
    "{title}, by {day}.",
    "{note} Then milestone {number}: {title}.",
    "{note} Milestone {number} stands at {day}.",
    "{note}",
    "{note}",
    "Get ready for milestone {number}: {title}.",
)
LATE_COMING = (
    "{note} Milestone {number} is past its date.",
    "Bring milestone {number} home: {title}.",
    "{note}",
    "Make up for the lost time on milestone {number}.",
)
STANDING = {
    Stage.EARLY: (
        "{note}",
        "{note}",
        "{note}",
        "{note} Next to come is milestone {number}.",
        "Towards “{title}”: {note}",
        "Begun on milestone {number}, {title}. {note}",
    ),
    Stage.MIDDLE: (
        "{note}",
        "{note}",
        "{note}",
        "Towards “{title}”: {note}",
        "{note} Preparing milestone {number}: {title}.",
        "In hand: {test}.",
    ),
    Stage.LATE: (
        "{note}",
        "{note}",
        "{note}",
        "{note} Still missing for milestone {number}: {test}.",
        "Nearly there with “{title}”. {note}",
        "{note} Next to come is milestone {number}.",
    ),
}
COUNTED = ("{name}: {value}.", "{name} now at {value}.", "Count of the week, {name}: {value}.")
COUNTED_AGAIN = (
    "{name}: {value}, after {before}.",
    "{name} went from {before} to {value}.",
    "{name}: {value} ({before} before).",
)
COMPLETED = (
    "All milestones reached; the last: {title}. Files closed.",
    "Complete. Last step, {day}: {title}.",
    "Work complete with “{title}”. Closing note on file.",
    "Finished on {day}. Files handed to the registry.",
)
COMPLETED_NEXT = ("Closing to be confirmed.", "Hand over what others can use.", "Nothing further.")
SUSPENDED = (
    "Work put on hold.",
    "On hold from this week; what was done so far is on file.",
    "Work stopped for the time being, before “{title}”.",
)
STILL_SUSPENDED = (
    "Still on hold.",
    "On hold. Asked again when work can go on.",
    "No change: on hold.",
    "On hold; files kept up to date.",
)
SUSPENDED_NEXT = (
    "Look again at the end of the month.",
    "Resume as soon as the ground for the pause is gone.",
    "Keep those involved informed.",
)
RESUMED = (
    "Work resumed; dates being looked at.",
    "Taken up again where it was left, at “{title}”.",
    "On hold no longer. {note}",
)
CANCELLED = (
    "Given up after a review of priorities; what was done is on file.",
    "Ended before “{title}”: the need for it is no longer seen.",
)
MERGED = ("Carried on under {sibling}, whose work had come to overlap with this.",)
# The reason given when an item is cancelled because the item it was to be merged into has ended.
CANCELLED_INSTEAD = "Given up: the item that was to take it over has ended itself."
ENDED = ("What was done so far is on file.", "Wound up; the results so far are on file.")
ENDED_NEXT = ("Put on file what can be used elsewhere.", "Inform those who took part.")
RETURNED = (
    "Back after a gap in reporting.",
    "No reports for some weeks; this one covers them.",
    "Report catches up on the weeks left out.",
)
CLEARED = ("What held us up is out of the way.", "The obstacle of the last weeks is removed.", "Free to go on.")

TROUBLES = (
    Trouble(
        blockers=(
            "Written consent of a unit concerned is outstanding.",
            "A unit concerned has not answered yet.",
            "One reply is missing, and without it we cannot go on.",
        ),
        helps=("A reminder from the leadership to the unit concerned.", "A word with the unit that has not answered."),
        reasons=(
            "Consent of a unit concerned came later than agreed.",
            "Waited for the reply of a unit concerned.",
        ),
    ),
    Trouble(
        blockers=(
            "More comments than expected; answering them takes longer.",
            "Comments contradict each other on the main point.",
        ),
        helps=("A ruling on the points where the comments contradict each other.",),
        reasons=(
            "The consultation brought more comments than could be answered by the date.",
            "Contradicting comments had to be reconciled first.",
        ),
        topics=frozenset({Topic.TEXT, Topic.AGREEMENT, Topic.REVIEW}),
    ),
    Trouble(
        blockers=(
            "Those who do the work are needed for urgent matters elsewhere.",
            "Too few people free for this at present.",
            "The colleague in charge is on other duties until further notice.",
        ),
        helps=("Somebody to stand in for some weeks.", "Release of the people named in the plan of work."),
        reasons=("Staff were bound by urgent matters for several weeks.", "No stand-in could be found in time."),
    ),
    Trouble(
        blockers=("Too few usable proposals on the first call.", "Several appraisals are overdue."),
        helps=("Leave to extend the call.", "Another appraiser from outside."),
        reasons=(
            "The call was extended because too few usable proposals had come in.",
            "Appraisals came in late.",
        ),
        topics=frozenset({Topic.SELECTION}),
    ),
    Trouble(
        blockers=("Visits cannot take place as planned.", "The dates for meeting in person fell through."),
        helps=("Equipment for meeting at a distance.",),
        reasons=("Visits had to be put off.", "Meetings in person were replaced by written rounds, which took longer."),
        topics=frozenset({Topic.EVENT, Topic.REVIEW, Topic.SURVEY, Topic.AGREEMENT}),
    ),
    Trouble(
        blockers=(
            "Returns come in late and in different forms.",
            "Several of those asked have not replied in spite of reminders.",
            "The data cannot be compared as they are.",
        ),
        helps=("Support in getting the outstanding returns.", "Somebody who knows the older data."),
        reasons=("Returns came in late and had to be brought into one form.", "The enquiry needed a second round."),
        topics=frozenset({Topic.SURVEY, Topic.REVIEW}),
    ),
    Trouble(
        blockers=("The legal side asks for changes.", "Competence for one part is not clear."),
        helps=("An opinion on who is competent.", "A quick answer from the legal side."),
        reasons=("Legal review asked for changes.", "Competence for one part had to be cleared up first."),
        topics=frozenset({Topic.TEXT, Topic.AGREEMENT, Topic.START}),
    ),
    Trouble(
        blockers=(
            "A fault in the equipment; runs have to be repeated.",
            "Readings are not good enough to judge by.",
            "Not enough users for the trial yet.",
        ),
        helps=("Time on other equipment.", "Help in finding users for the trial."),
        reasons=("Runs had to be repeated after a fault.", "Users for the trial were found later than planned."),
        topics=frozenset({Topic.TRIAL}),
    ),
    Trouble(
        blockers=("A delivery is late.", "Rooms are not free by the date agreed.", "Acceptance found shortcomings."),
        helps=("Pressure on the supplier.", "Rooms for the time in between."),
        reasons=("A delivery came late.", "Shortcomings found at acceptance had to be mended."),
        topics=frozenset({Topic.START, Topic.TRIAL}),
    ),
    Trouble(
        blockers=("Waits for the result of another item.", "What we build on is itself late."),
        helps=("A date for the work we depend on.",),
        reasons=("The work this builds on was finished later than planned.",),
    ),
    Trouble(
        blockers=("Signature is outstanding.", "The papers have been with the signatories for some time."),
        helps=("A date for the signature.",),
        reasons=("The signature round took longer than planned.",),
        topics=frozenset({Topic.TEXT, Topic.AGREEMENT, Topic.SELECTION}),
    ),
    Trouble(
        blockers=("Release of the means for this step is awaited.", "The means for this step are not yet confirmed."),
        helps=("A decision on the means.",),
        reasons=("The means were released later than planned.",),
    ),
    Trouble(
        blockers=("The parties differ on one main point.", "One side wants to come back to a point already settled."),
        helps=("A talk at a higher level.",),
        reasons=("Talks took more rounds than planned.", "A point thought settled had to be negotiated again."),
        topics=frozenset({Topic.AGREEMENT, Topic.EVENT}),
    ),
    Trouble(
        blockers=("The task turned out larger than it looked.", "Scope is under discussion again."),
        helps=("A decision on the scope.",),
        reasons=("The task turned out larger than assumed when the date was set.", "The scope was settled late."),
    ),
)  # fmt: skip

FOLLOWS = (
    "Follows milestone {number}.",
    "Moved with milestone {number}.",
    "Cannot be before milestone {number} is reached.",
)
DUE_FOLLOWS = ("Follows the last milestone.", "The last milestone was moved; the item is complete with it.")
FORWARD = (
    "Work went faster than planned.",
    "Those involved are ready sooner.",
    "Contributions came in sooner than assumed.",
)
EVIDENCE = (
    "Papers on file.",
    "File note.",
    "Minutes on file.",
    "Copy kept with the item's papers.",
    "Entry in the office register.",
)

# Reasons of the manager for returning a report, and notes of the officer who reports a completion again.
SENT_BACK = (
    "Please say what was done this week, not what is planned.",
    "This repeats the report before; please bring it up to date.",
    "The rating does not go with what is written; please look at it again.",
    "Please name who is to decide what is asked for.",
)
COMPLETION_SENT_BACK = (
    "The papers named are not on file yet.",
    "Please add what shows that the last milestone is met.",
    "One part of the completion test is still open.",
)
COMPLETED_AGAIN = ("What was missing is on file now.", "The papers asked for were added.")
