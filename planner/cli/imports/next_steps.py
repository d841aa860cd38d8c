"""What a person can do after the preview of an import, in terms of the options of the command."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.base.language import tr, tr_count
from planner.base.visible_text import one_line

if TYPE_CHECKING:
    from planner.intake.comparing.preview import Preview


def next_steps(preview: "Preview", *, listed_all: bool) -> Iterator[str]:
    """Yield a line for each thing that a person may want to do about a preview."""
    from planner.intake.comparing.decided.conflicts import FROM_FILE, key_of
    from planner.intake.comparing.likeness import LIKELY
    from planner.intake.comparing.match_questions import NEW
    from planner.intake.preview_text import has_more, has_reports
    from planner.intake.proposed import Severity

    severities = {problem.severity for problem in preview.problems}
    if Severity.QUESTION in severities:
        asks = tr("in a terminal, 'planner import' asks them")
        if Severity.ERROR in severities and not any(one.is_about_rows for one in preview.problems):
            # Files with errors have to be corrected and read again, so that asking now would be for nothing.
            asks = tr("in a terminal, 'planner import' asks them once the errors are corrected")
        yield tr(
            "Questions: {asks}. --write-answers FILE writes a file with all of them; fill it in, and give it with "
            "--answers FILE.",
            asks=asks,
        )
    codes = {item.code for items in (preview.changed, preview.unchanged, preview.missing) for item in items}
    # Questions about kinds and themes can be answered with `new` too.
    same = sum(
        problem.severity is Severity.QUESTION and NEW in problem.choices and not codes.isdisjoint(problem.choices)
        for problem in preview.problems
    )
    if same > 1:
        yield tr_count(
            "Same items: {count:,} question is whether an item is one of the register. --match-likely takes those that "
            "are at least {likely}% alike, and no other nearly so; the others are asked.",
            "Same items: {count:,} questions are whether an item is one of the register. --match-likely takes those "
            "that are at least {likely}% alike, and no other nearly so; the others are asked.",
            same,
            likely=LIKELY,
        )
    found = next(iter(preview.conflicts), None)
    if found is not None:
        item, conflict = found
        yield one_line(
            tr(
                "Conflicts: --take-file takes the files' values in all of them. The answer '{key}: {choice}' decides "
                "one of them.",
                key=key_of(item, conflict),
                choice=FROM_FILE,
            )
        )
    if preview.removable:
        yield tr("Working titles: --remove-working takes those that are not in the files out of the plan.")
    if has_reports(preview):
        yield tr("Reports: --as-of DATE says for which day the state of items in the files is true.")
    if not listed_all and has_more(preview):
        yield tr("Long lists: with --all, all entries are listed.")
