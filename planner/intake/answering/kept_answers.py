"""Answers that people gave in earlier imports, so that the same file, and the same text in a later file, is not asked.

They are recorded with the import by the digest of the file, because an answer is about a cell of it: in another file,
the cell can have another value. Those about the text of a cell are also recorded by the column and the text. If the
import is undone, they do not count.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.intake.files.reading import ImportedFile
from planner.queries.plans.earlier_imports import counting_imports
from planner.store.models import ImportBatch

# Where the record of an import has the answers, beside the columns of its tables, which are named by digests.
KEPT_ANSWERS = "answers"
# Where it has the answers about texts of cells (`same_cells`), by the column.
KEPT_CELLS = "cells"

# What follows the name of the file in the name of a question.
_AFTER_FILE = ("", "!", ":", " ")


def read_kept_answers(session: Session, plan_id: int, files: Sequence[ImportedFile]) -> dict[str, str]:
    """Return the answers that imports of the same files recorded, by the names of their questions in these files."""
    digests = _digests(files)
    found: dict[str, str] = {}
    batches = select(ImportBatch.mapping).where(counting_imports(plan_id)).order_by(ImportBatch.id)
    for mapping in session.execute(batches).scalars() if digests else ():
        said = mapping.get(KEPT_ANSWERS)
        for name, digest in digests.items() if isinstance(said, dict) else ():
            found |= {f"{name}{rest}": answer for rest, answer in said.get(digest, {}).items()}
    return found


def read_kept_cells(session: Session, plan_id: int) -> dict[str, dict[str, str]]:
    """Return the answers that earlier imports into a plan recorded. A later one replaces an earlier one."""
    found: dict[str, dict[str, str]] = {}
    batches = select(ImportBatch.mapping).where(counting_imports(plan_id)).order_by(ImportBatch.id)
    for mapping in session.execute(batches).scalars():
        said: Any = mapping.get(KEPT_CELLS)
        for column, answers in said.items() if isinstance(said, dict) else ():
            found.setdefault(column, {}).update(answers)
    return found


def answers_to_keep(answers: Mapping[str, str], files: Sequence[ImportedFile]) -> dict[str, dict[str, str]]:
    """Return the answers about cells of files, by the digest of the file and the rest of the question's name."""
    found: dict[str, dict[str, str]] = {}
    for name, digest in _digests(files).items():
        own = {key.removeprefix(name): answer for key, answer in answers.items() if _is_about(key, name)}
        if own:
            found[digest] = own
    return found


def _is_about(key: str, name: str) -> bool:
    return key.startswith(name) and key[len(name) : len(name) + 1] in _AFTER_FILE


def _digests(files: Sequence[ImportedFile]) -> dict[str, str]:
    """Return the digests of the files by their names. Files with the same name are left out."""
    names = [file.name for file in files]
    return {file.name: file.sha256 for file in files if names.count(file.name) == 1}
