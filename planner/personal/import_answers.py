"""What a person answered about files in an import that was not written, so that the next try need not ask again.

Each set of files has a file of its own in the user's data folder. It is deleted when the import is written. A file that
cannot be read or written counts as missing: the person is asked again.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Any

from planner.base.errors import FileTroubleError
from planner.base.views import value_class
from planner.personal.drafts import register_address
from planner.personal.person_file import delete_file, read_json, save_json
from planner.store import location

FORMAT = "planner-import-answers/2"
FOLDER_NAME = "import-answers"
# Answers about older sets of files are deleted.
MOST_KEPT = 20
# In bytes. A large register can have thousands of questions.
_LARGEST = 8_000_000


@value_class
class ImportAnswers:
    """The answers to questions by their names, and the fields of columns by their headings.

    `questions` has what each question was about, by its name. `same_files` says that the files have not changed since.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    same_files: bool = True

    @property
    def count(self) -> int:
        """The number of answers."""
        return len(self.answers) + len(self.mapping)


class KeptImportAnswers:
    """The answers about one set of files, each with its name and digest, for one plan of a register."""

    def __init__(self, register: str, plan: str, files: Sequence[tuple[str, str]]) -> None:
        # A file that was corrected has another digest.
        key = json.dumps([register_address(register), plan, sorted(name for name, _ in files)])
        self._digests = sorted(digest for _, digest in files)
        self._folder = location.data_folder() / FOLDER_NAME
        self._file = self._folder / f"{hashlib.sha256(key.encode('ascii')).hexdigest()}.json"

    def read(self) -> ImportAnswers:
        """Return the answers, which are none if nothing is kept or the file cannot be read."""
        try:
            return read_json(self._file, FORMAT, self._decoded, _LARGEST) or ImportAnswers()
        except FileTroubleError:
            return ImportAnswers()

    def keep(self, said: ImportAnswers) -> bool:
        """Replace the answers, and return whether this was possible. Those about the oldest other files are deleted."""
        try:
            content = {"answers": dict(said.answers), "mapping": dict(said.mapping), "questions": dict(said.questions)}
            save_json(self._file, FORMAT, {**content, "digests": self._digests})
        except FileTroubleError:
            return False
        for old in _newest_first(self._folder)[MOST_KEPT:]:
            with suppress(FileTroubleError):
                delete_file(old)
        return True

    def drop(self) -> None:
        """Delete the answers."""
        with suppress(FileTroubleError):
            delete_file(self._file)

    def _decoded(self, data: dict[str, Any]) -> ImportAnswers:
        """Return the content of a file. Raises ValueError if it is no set of answers."""
        answers, mapping = _texts(data, "answers"), data.get("mapping")
        if not isinstance(mapping, dict) or not all(isinstance(name, str | None) for name in mapping.values()):
            raise ValueError("mapping")
        return ImportAnswers(answers, mapping, _texts(data, "questions"), data.get("digests") == self._digests)


def _texts(data: dict[str, Any], name: str) -> dict[str, str]:
    texts = data.get(name)
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise ValueError(name)
    return texts


def _newest_first(folder: Path) -> list[Path]:
    dated = []
    for path in folder.glob("*.json"):
        # Another process may delete it meanwhile.
        with suppress(OSError):
            dated.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(dated, reverse=True)]
