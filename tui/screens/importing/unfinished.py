"""What a person answered about files in an import that was not written: kept, and offered when the files come again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.base.language import tr
from tui.data.importing import ChosenFiles
from tui.dialogs.imports.choices import ChoiceDialog
from tui.dialogs.pick import Pick
from tui.screens.importing.options import Said

if TYPE_CHECKING:
    from textual.screen import Screen

    from planner.intake.answering.unfinished import UnfinishedAnswers

_TAKE = "take"


class UnfinishedImport:
    """Keeps what the person says about files of one register, and passes what is taken again to `say`."""

    def __init__(self, screen: "Screen[bool]", say: Callable[[Said], None]) -> None:
        self._screen = screen
        self._say = say
        self._answers: UnfinishedAnswers | None = None
        self._files: ChosenFiles | None = None

    def offer(self, register: str, plan: str, files: ChosenFiles, said: Said) -> None:
        """Offer the answers of an earlier try, once for the files, if the person has said nothing yet."""
        from planner.intake.answering.unfinished import UnfinishedAnswers

        if files is self._files:
            return
        self._files = files
        self._answers = answers = UnfinishedAnswers(register, plan, files.content.files)
        if not answers.count or said.wishes.answers or said.wishes.mapping:
            return

        def chosen(wanted: str | None) -> None:
            if wanted == _TAKE:
                self._say(Said(answers.taken(said.wishes), said.reason))
            elif wanted is not None:
                answers.drop()

        picks = [Pick(_TAKE, tr("Take them again")), Pick("", tr("Answer anew"))]
        dialog = ChoiceDialog(tr("Your earlier answers"), answers.question(), picks, at=_TAKE)
        self._screen.app.push_screen(dialog, chosen)

    def keep(self, said: Said) -> None:
        """Keep what the person has said, until it is imported."""
        if self._answers is not None:
            self._answers.keep(said.wishes)

    def written(self) -> None:
        """Forget the answers, because the import was written with them."""
        if self._answers is not None:
            self._answers.drop()
