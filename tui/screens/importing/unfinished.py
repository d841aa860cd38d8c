"""What a person answered about files in an import that was not written: kept, and offered when the files come again."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from planner.base.language import tr
from tui.data.importing import ChosenFiles
from tui.dialogs.imports.choices import ChoiceDialog
from tui.dialogs.pick import Pick
from tui.screens.importing.options import Said

if TYPE_CHECKING:
    from textual.screen import Screen

    from planner.intake.answering.unfinished import UnfinishedAnswers
    from planner.intake.proposed import Problem

_TAKE = "take"


class UnfinishedImport:
    """Keeps what the person says about files of one register, and passes what is taken again to `say`."""

    def __init__(self, screen: "Screen[bool]", say: Callable[[Said], None]) -> None:
        self._screen = screen
        self._say = say
        self._answers: UnfinishedAnswers | None = None
        self._files: ChosenFiles | None = None
        # Whether the person wants the answers wherever the corrected files ask the same.
        self._goes_on = False

    def offer(self, register: str, plan: str, files: ChosenFiles, said: Said, asked: "Sequence[Problem]") -> None:
        """Offer the answers of an earlier try, once for the files, if the person has said nothing yet.

        If the files were corrected since, these are the answers to what they still ask. `asked` are the open questions.
        """
        from planner.intake.answering.unfinished import UnfinishedAnswers

        if files is not self._files:
            self._files, self._goes_on = files, False
            self._answers = UnfinishedAnswers(register, plan, files.content.files)
            if not said.wishes.answers and not said.wishes.mapping:
                self._ask(self._answers, said, asked)
        elif self._answers is not None and self._goes_on:
            # An answer can lead to further questions.
            wishes, number = self._answers.fitting(said.wishes, asked)
            if number:
                self._say(Said(wishes, said.reason))

    def _ask(self, answers: "UnfinishedAnswers", said: Said, asked: "Sequence[Problem]") -> None:
        """Ask whether to take the answers again, if there are any."""
        wishes, number = answers.taken(said.wishes), answers.count
        if not answers.same_files:
            wishes, number = answers.fitting(said.wishes, asked)
        if not number:
            return

        def chosen(wanted: str | None) -> None:
            if wanted == _TAKE:
                self._goes_on = not answers.same_files
                self._say(Said(wishes, said.reason))
            elif wanted is not None:
                answers.drop()

        picks = [Pick(_TAKE, tr("Take them again")), Pick("", tr("Answer anew"))]
        dialog = ChoiceDialog(tr("Your earlier answers"), answers.question(number), picks, at=_TAKE)
        self._screen.app.push_screen(dialog, chosen)

    def keep(self, said: Said, asked: "Iterable[Problem]") -> None:
        """Keep what the person has said, until it is imported. `asked` are the questions, open and answered."""
        if self._answers is not None:
            for problem in asked:
                self._answers.note(problem)
            self._answers.keep(said.wishes)

    def written(self) -> None:
        """Forget the answers, because the import was written with them."""
        if self._answers is not None:
            self._answers.drop()
