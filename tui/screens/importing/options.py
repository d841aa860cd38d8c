"""The options of an import: what is chosen, and the dialogs that ask for something else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from planner.base.errors import PlannerError
from planner.base.language import tr
from tui.data.importing import Chosen, ChosenFiles
from tui.dialogs.imports.choices import ChoiceDialog, ReportDayDialog
from tui.dialogs.imports.files import ImportFilesDialog
from tui.dialogs.pick import NameDialog, Pick, SeveralDialog
from tui.widgets.importing import OptionRow

if TYPE_CHECKING:
    from planner.intake.wishes import Wishes
    from planner.register.plan_view import PlanView
    from tui.shell import Shell

# Keys of a choice between two.
_YES, _NO = "yes", "no"


@dataclass(frozen=True)
class Said:
    """What the person has said about an import, and the reason for the history."""

    wishes: "Wishes"
    reason: str | None = None


class ImportOptions:
    """Asks for the options of one import.

    `say` takes what the person says from now on, `read` reads files, and `take` takes files that were read. `found` is
    the day of the reports in the present preview, which the files may name. It is None while a preview is made.
    """

    def __init__(
        self,
        app: "Shell",
        say: Callable[[Said], None],
        read: Callable[[Chosen], None],
        take: Callable[[ChosenFiles], None],
        found: date | None = None,
    ) -> None:
        self._app = app
        self._say = say
        self._read = read
        self._take = take
        self._found = found

    def rows(self, files: ChosenFiles, said: Said) -> list[OptionRow]:
        """Return the options with what is chosen."""
        found_out, wishes = tr("found out by the program"), said.wishes
        standing = self._app.standing
        rows = [
            OptionRow("plan", tr("Plan"), standing.plan.title if standing else ""),
            OptionRow("files", tr("Files"), files.names),
            OptionRow("as_of", tr("Day of the reports"), self._day_words(wishes.as_of or self._found)),
            OptionRow("take_file", tr("In conflicts"), _sides()[_YES if wishes.take_file else _NO]),
            OptionRow("likely", tr("Titles much alike"), _alike()[_YES if wishes.decisions.likely else _NO]),
            OptionRow("working", tr("Missing working titles"), _working()[_YES if wishes.remove_working else _NO]),
            OptionRow("matches", tr("Same items"), _matches_text(wishes.decisions.same) or tr("as the program finds")),
            OptionRow("sheets", tr("Sheets"), ", ".join(wishes.sheets) or tr("all")),
            OptionRow("encoding", tr("Encoding of texts"), files.chosen.encoding or found_out),
            OptionRow("delimiter", tr("Delimiter of texts"), files.chosen.delimiter or found_out),
            OptionRow("reason", tr("Reason"), said.reason or tr("none")),
        ]
        return [row for row in rows if row.name != "sheets" or len(files.sheets) > 1]

    def ask(self, name: str, files: ChosenFiles, said: Said) -> None:
        """Ask for one option."""
        asks: Mapping[str, Callable[[ChosenFiles, Said], None]] = {
            "plan": self._ask_plan,
            "files": self._ask_files,
            "as_of": self._ask_day,
            "take_file": self._ask_side,
            "likely": self._ask_alike,
            "working": self._ask_working,
            "matches": self._ask_matches,
            "sheets": self._ask_sheets,
            "encoding": self._ask_encoding,
            "delimiter": self._ask_delimiter,
            "reason": self._ask_reason,
        }
        asks[name](files, said)

    def _day_words(self, day: date | None) -> str:
        from planner.domain.period_names import week_or_period

        plan = self._plan()
        if plan is None:
            return ""
        today = self._app.door.today(plan)
        shown = day or today
        words = tr("{day} ({period})", day=shown, period=week_or_period(plan.settings, shown))
        return tr("today, {day}", day=words) if shown == today else words

    def _plan(self) -> "PlanView | None":
        return self._app.standing.plan if self._app.standing else None

    def _ask_plan(self, files: ChosenFiles, said: Said) -> None:
        self._app.plans.choose(lambda: self._app.imports.show(files))

    def _ask_files(self, files: ChosenFiles, said: Said) -> None:
        self._app.push_screen(ImportFilesDialog(files.chosen), lambda found: self._take(found) if found else None)

    def _ask_day(self, files: ChosenFiles, said: Said) -> None:
        plan = self._plan()
        if plan is None:
            return
        today = self._app.door.today(plan)
        seen = said.wishes.as_of or self._found or today

        def chosen(day: date | None) -> None:
            if day is not None and day != seen:
                self._wish(said, replace(said.wishes, as_of=day))

        dialog = ReportDayDialog(seen=seen, today=today, span=plan.span)
        self._app.push_screen(dialog, chosen)

    def _ask_side(self, files: ChosenFiles, said: Said) -> None:
        question = tr("Which value counts where a person has entered another one than the files have?")
        picks = [Pick(key, label) for key, label in _sides().items()]

        def chosen(key: str | None) -> None:
            if key is not None:
                self._wish(said, replace(said.wishes, take_file=key == _YES))

        at = _YES if said.wishes.take_file else _NO
        self._app.push_screen(ChoiceDialog(tr("In conflicts"), question, picks, at=at), chosen)

    def _ask_alike(self, files: ChosenFiles, said: Said) -> None:
        def chosen(key: str | None) -> None:
            if key is not None:
                decisions = replace(said.wishes.decisions, likely=key == _YES)
                self._wish(said, replace(said.wishes, decisions=decisions))

        question = tr("What to do where the title of an item is much like that of an item of the register?")
        picks = [Pick(key, label) for key, label in _alike().items()]
        at = _YES if said.wishes.decisions.likely else _NO
        self._app.push_screen(ChoiceDialog(tr("Titles much alike"), question, picks, at=at), chosen)

    def _ask_working(self, files: ChosenFiles, said: Said) -> None:
        def chosen(key: str | None) -> None:
            if key is not None:
                self._wish(said, replace(said.wishes, remove_working=key == _YES))

        question = tr("What becomes of items that only have working titles and are not in the files?")
        picks = [Pick(key, label) for key, label in _working().items()]
        at = _YES if said.wishes.remove_working else _NO
        self._app.push_screen(ChoiceDialog(tr("Missing working titles"), question, picks, at=at), chosen)

    def _ask_matches(self, files: ChosenFiles, said: Said) -> None:
        def typed(text: str | None) -> None:
            if text is not None:
                self._take_matches(text, said)

        title = tr("Codes of the files = codes of the register")
        present = _matches_text(said.wishes.decisions.same)
        self._app.push_screen(NameDialog(title, present, tr("KP-7=T-004, KP-8=new; empty for none")), typed)

    def _take_matches(self, text: str, said: Said) -> None:
        from planner.intake.wishes import read_matches

        try:
            same = read_matches([part for part in text.split(",") if part.strip()])
        except PlannerError as error:
            self._app.warn(error)
            return
        self._wish(said, replace(said.wishes, decisions=replace(said.wishes.decisions, same=same)))

    def _ask_sheets(self, files: ChosenFiles, said: Said) -> None:
        def ticked(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self._wish(said, replace(said.wishes, sheets=() if len(names) == len(files.sheets) else names))

        wanted = said.wishes.sheets or files.sheets
        picks = [Pick(name, name, chosen=name in wanted) for name in files.sheets]
        self._app.push_screen(SeveralDialog(tr("Sheets to import"), picks), ticked)

    def _ask_encoding(self, files: ChosenFiles, said: Said) -> None:
        title, hint = tr("Encoding of text files"), tr("such as gb18030, big5 or cp1252; empty to find it out")
        self._ask_text(title, files.chosen.encoding, hint, lambda text: replace(files.chosen, encoding=text))

    def _ask_delimiter(self, files: ChosenFiles, said: Said) -> None:
        title, hint = tr("Character between the columns of text files"), tr("such as ; or tab; empty to find it out")
        self._ask_text(title, files.chosen.delimiter, hint, lambda text: replace(files.chosen, delimiter=text))

    def _ask_text(self, title: str, present: str | None, hint: str, choose: Callable[[str | None], Chosen]) -> None:
        """Ask how files are read, and read them again if the answer is another one."""

        def typed(text: str | None) -> None:
            if text is not None and (text.strip() or None) != present:
                self._read(choose(text.strip() or None))

        self._app.push_screen(NameDialog(title, present or "", hint), typed)

    def _ask_reason(self, files: ChosenFiles, said: Said) -> None:
        def typed(text: str | None) -> None:
            if text is not None:
                self._say(Said(said.wishes, text.strip() or None))

        title, hint = tr("Reason for the history"), tr("such as a decision or a letter; empty for none")
        self._app.push_screen(NameDialog(title, said.reason or "", hint), typed)

    def _wish(self, said: Said, wishes: "Wishes") -> None:
        self._say(Said(wishes, said.reason))


def _sides() -> dict[str, str]:
    """Return the two ways to decide conflicts."""
    return {_NO: tr("the register keeps its values"), _YES: tr("the files' values are taken")}


def _alike() -> dict[str, str]:
    """Return the two ways to treat items with titles that are much alike."""
    from planner.intake.comparing.likeness import LIKELY

    return {
        _NO: tr("ask about each"),
        _YES: tr("the same item if the titles are at least {likely}% alike, else a new one", likely=LIKELY),
    }


def _working() -> dict[str, str]:
    """Return what becomes of working titles that the files do not have."""
    return {_NO: tr("stay in the plan"), _YES: tr("leave the plan with this import")}


def _matches_text(same: Mapping[str, str]) -> str:
    return ", ".join(_pairs(same))


def _pairs(same: Mapping[str, str]) -> Iterator[str]:
    return (f"{code}={answer}" for code, answer in same.items())
