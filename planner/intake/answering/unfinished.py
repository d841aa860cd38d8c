"""The answers to an import that was not written yet, kept for the next try."""

from collections.abc import Mapping, Sequence

from planner.base.language import tr_count
from planner.intake.files.reading import ImportedFile
from planner.intake.proposed import Field
from planner.intake.wishes import Wishes
from planner.personal.import_answers import ImportAnswers, KeptImportAnswers


class UnfinishedAnswers:
    """What a person has said about files in imports that wrote nothing. `count` is the number of these answers.

    `register` is the address of the register, and `plan` the key of the plan.
    """

    def __init__(self, register: str, plan: str, files: Sequence[ImportedFile]) -> None:
        self._kept = KeptImportAnswers(register, plan, [(file.name, file.sha256) for file in files])
        self._said = self._kept.read()
        self.count = self._said.count

    def question(self) -> str:
        """Return the question whether to take the answers again."""
        return tr_count(
            "You gave {count:,} answer when you last tried to import these files. Take it again?",
            "You gave {count:,} answers when you last tried to import these files. Take them again?",
            self.count,
        )

    def taken(self, wishes: Wishes) -> Wishes:
        """Return wishes with the answers. What the wishes say themselves wins."""
        known = set(Field)
        mapping: Mapping[str, Field | None] = {
            heading: None if name is None else Field(name)
            for heading, name in self._said.mapping.items()
            # A later version of the program may know more fields.
            if name is None or name in known
        }
        return wishes.with_answers({**self._said.answers, **wishes.answers}).with_mapping({**mapping, **wishes.mapping})

    def keep(self, wishes: Wishes) -> bool:
        """Keep what wishes say, in place of earlier answers. Return whether anything is kept now."""
        if not wishes.answers and not wishes.mapping:
            self.drop()
            return False
        mapping = {heading: field and field.value for heading, field in wishes.mapping.items()}
        return self._kept.keep(ImportAnswers(wishes.answers, mapping))

    def drop(self) -> None:
        """Forget the answers, because the import was written or the person wants to answer anew."""
        self._kept.drop()
