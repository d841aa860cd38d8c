"""What a person can still answer about an import, and the file of answers that is ready to be filled in."""

from collections.abc import Iterator, Mapping

from planner.base.language import tr
from planner.base.views import view
from planner.base.visible_text import one_line
from planner.intake.answering.answers import FILL_IN, answer_line
from planner.intake.comparing.decided.conflicts import FROM_FILE, FROM_REGISTER, key_of
from planner.intake.comparing.preview import Preview
from planner.intake.preview_text import conflict_text, problem_text
from planner.intake.proposed import Severity


@view
class OpenAnswer:
    """A question without an answer, or a conflict: its name in a file of answers, and the possible answers.

    `about` is the question in one line. `answer` is what counts now in a conflict, and None for an open question.
    `values` are the values that the choices of a conflict stand for.
    """

    key: str
    about: str
    choices: tuple[str, ...]
    answer: str | None
    values: tuple[str, ...] = ()


def open_answers(preview: Preview) -> Iterator[OpenAnswer]:
    """Yield all open questions of a preview, and then all conflicts."""
    for problem in preview.problems:
        if problem.severity is Severity.QUESTION:
            yield OpenAnswer(problem.key, problem_text(problem), problem.choices, None)
    for item, conflict in preview.all_conflicts:
        yield OpenAnswer(
            key_of(item, conflict),
            conflict_text(preview, item, conflict),
            (FROM_FILE, FROM_REGISTER),
            FROM_FILE if conflict.taken else FROM_REGISTER,
            tuple(preview.shown(conflict.change.field, value) for value in (conflict.change.new, conflict.change.old)),
        )


def answers_file(preview: Preview, title: str, given: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a file of answers, in YAML: those that were given now or earlier, and a line per open answer.

    A question decides nothing until a person writes an answer in place of ANSWER.
    """
    files = ", ".join(preview.files)
    yield _comment(tr("Answers to the import of {files} into {plan}", files=files, plan=title))
    yield _comment(tr("Write your answer in place of {word}. A line that keeps this word has no effect.", word=FILL_IN))
    found = {one.key: one for one in open_answers(preview)}
    for key, answer in {**preview.kept, **given}.items():
        if key not in found:
            yield answer_line(key, answer)
    for one in found.values():
        yield ""
        yield _comment(one.about)
        yield answer_line(one.key, one.answer or FILL_IN)


def _comment(text: str) -> str:
    return f"# {one_line(text)}"
