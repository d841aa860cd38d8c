"""Reads a folder of data files into checked forms. Errors name the file, the entry and the field."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from planner.base.errors import SeedError
from planner.base.files import read_bounded
from planner.base.language import tr
from planner.base.listing import listed
from planner.bundle import forms

_Form = TypeVar("_Form", bound=forms.FileEntry)
_SafeLoader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# The greatest size of a data file, in bytes. The files of the bundled plan have some tens of kilobytes each.
LARGEST_DATA_FILE = 16 * 1024 * 1024

# The data files directly in the folder.
FILES = (
    "crosswalk.yaml",
    "demonstration.yaml",
    "documents.yaml",
    "links.yaml",
    "measures.yaml",
    "organisations.yaml",
    "plan.yaml",
    "rules.yaml",
    "text-findings.yaml",
)

# The folders with further data files. That of the demonstration belongs to the program, not to the plan.
FOLDERS = ("demonstration", "items", "mandates")

# The fields that identify an entry to people, in the order in which they are tried.
ENTRY_NAMES = ("code", "key", "number", "measure", "name")


@dataclass(frozen=True)
class Bundle:
    """All data files of one plan, with checked entries. `items` has the file name of each item for error messages."""

    folder: Path
    documents: list[forms.DocumentForm]
    organisations: list[forms.OrganisationForm]
    mandates: list[forms.MandateFile]
    crosswalks: list[forms.CrosswalkForm]
    rules: list[forms.RuleForm]
    working_leads: list[forms.WorkingLeadForm]
    plan: forms.PlanFile
    measures: list[forms.MeasureForm]
    items: list[tuple[str, forms.ItemForm]]
    links: list[forms.LinkForm]
    without_clause: list[forms.WithoutClauseForm]
    findings: list[forms.FindingForm]
    divisions: list[forms.DivisionForm]


class _Loader(_SafeLoader):  # type: ignore[misc]  # which of PyYAML's loaders it is depends on how that was built
    """A safe YAML loader that refuses a repeated key, where YAML would silently keep the last value."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping. Raises ConstructorError with the line of a repeated key."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, tr("a key is a word"), key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, tr("'{key}' is given twice", key=key.value), key.start_mark
                )
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def read_bundle(folder: Path) -> Bundle:
    """Read and check all data files of a plan. Raises SeedError at the first file with an error."""
    if not folder.is_dir():
        raise SeedError(tr("there is no such folder"), where=str(folder), do=tr("Give the path of a plan's folder"))
    _refuse_unknown(folder)
    rules = _read_if_there(folder / "rules.yaml", forms.RulesFile)
    links = _read_if_there(folder / "links.yaml", forms.LinksFile)
    crosswalk = _read_if_there(folder / "crosswalk.yaml", forms.CrosswalkFile).crosswalk
    return Bundle(
        folder=folder,
        documents=_read_if_there(folder / "documents.yaml", forms.DocumentsFile).documents,
        organisations=read_file(folder / "organisations.yaml", forms.OrganisationsFile).organisations,
        mandates=_read_mandates(folder / "mandates"),
        crosswalks=[crosswalk] if crosswalk else [],
        rules=rules.rules,
        working_leads=rules.working_leads,
        plan=read_file(folder / "plan.yaml", forms.PlanFile),
        measures=read_file(folder / "measures.yaml", forms.MeasuresFile).measures,
        items=[
            (f"items/{file.name}", item)
            for file in _files(folder / "items")
            for item in read_file(file, forms.ItemsFile).items
        ],
        links=links.links,
        without_clause=links.without_clause,
        findings=_read_if_there(folder / "text-findings.yaml", forms.FindingsFile).findings,
        divisions=_read_if_there(folder / "demonstration.yaml", forms.DemonstrationFile).divisions,
    )


def _read_mandates(folder: Path) -> list[forms.MandateFile]:
    """Return the mandate versions, older first, so that each can refer to the version that it supersedes."""
    ordered: list[forms.MandateFile] = []
    left = [read_file(file, forms.MandateFile) for file in _files(folder, needed=False)]
    while left:
        known = {file.mandate.key for file in ordered}
        ready = [file for file in left if file.mandate.supersedes is None or file.mandate.supersedes in known]
        if not ready:
            names = ", ".join(file.mandate.key for file in left)
            raise SeedError(
                tr("the mandate versions {names} supersede each other, or a version that is missing", names=names),
                where="mandates",
                do=tr("Check the field 'supersedes' of each version"),
            )
        ordered.extend(ready)
        left = [file for file in left if file not in ready]
    return ordered


def _files(folder: Path, *, needed: bool = True) -> list[Path]:
    files = sorted(folder.glob("*.yaml"))
    if needed and not files:
        raise SeedError(
            tr("the folder has no data files"),
            where=str(folder),
            do=tr("Check that the folder of the plan is complete"),
        )
    return files


def _refuse_unknown(folder: Path) -> None:
    """Raise SeedError for a file with an unknown name. Otherwise, a file with a misspelt name would be ignored."""
    unknown = [file.name for file in sorted(folder.glob("*.y*ml")) if file.name not in FILES]
    if unknown:
        raise SeedError(
            tr("this is not the name of a data file"),
            where=unknown[0],
            do=tr("Rename the file or move it to another folder. The data files are {files}", files=listed(FILES)),
        )


def _read_if_there(file: Path, form: type[_Form]) -> _Form:
    """Read an optional file. A missing file gives an empty form."""
    return read_file(file, form) if file.exists() or file.is_symlink() else form()


def read_file(file: Path, form: type[_Form]) -> _Form:
    """Read and check one data file. Raises SeedError if it has an error."""
    name = file.name if file.parent.name not in FOLDERS else f"{file.parent.name}/{file.name}"
    try:
        content = yaml.load(read_bounded(file, LARGEST_DATA_FILE).decode("utf-8"), Loader=_Loader)
    except OSError as error:
        raise SeedError(
            tr("the file cannot be read ({reason})", reason=error.strerror),
            where=name,
            do=tr("Check that the file exists"),
        ) from error
    except UnicodeDecodeError as error:
        raise SeedError(
            tr("byte {start} is not valid UTF-8", start=error.start), where=name, do=tr("Save the file as UTF-8")
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = tr("{file}, line {number}", file=name, number=mark.line + 1) if mark else name
        raise SeedError(
            tr("this is not YAML: {problem}", problem=error.problem), where=where, do=tr("Correct the line")
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        # YAML raises ValueError for a value that looks like a date but is not one, such as 2020-02-31.
        raise SeedError(tr("this is not YAML: {error}", error=error), where=name, do=tr("Correct the file")) from error
    try:
        return form.model_validate(content)
    except ValidationError as error:
        raise _first_problem(error, name, content) from error


def _first_problem(error: ValidationError, file: str, content: Any) -> SeedError:
    """Return an error with the file, entry and field of the first problem, and the number of further problems."""
    first, more = error.errors()[0], error.error_count() - 1
    entry, field = _place(first["loc"], content)
    reason = _reason(first)
    what = tr("{reason} (more errors in this file: {more})", reason=reason, more=more) if more else reason
    return SeedError(what, where=place(file, entry, field), do=tr("Correct the entry and load the files again"))


def place(file: str, entry: object, field: str = "") -> str:
    """Return where an error is: the file, and the entry and the field if they are known."""
    if entry == "":
        return tr("{file}, field {field}", file=file, field=field) if field else file
    if field:
        return tr("{file}, entry {entry}, field {field}", file=file, entry=entry, field=field)
    return tr("{file}, entry {entry}", file=file, entry=entry)


def _reason(detail: ErrorDetails) -> str:
    message = detail["msg"].removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    given = detail["input"]
    simple = given is None or isinstance(given, str | int | float | bool)
    if not simple or detail["type"] == "value_error":
        return message
    return tr("{problem}; the value in the file is {value}", problem=message, value=repr(given))


def _place(path: tuple[int | str, ...], content: Any) -> tuple[str, str]:
    """Return the name of the entry with an error, and the path of the field within the entry."""
    entry, field = "", ""
    here = content
    for part in path:
        if isinstance(part, int):
            here = here[part] if isinstance(here, list) and part < len(here) else None
            name = _entry_name(here)
            if entry or name is None:
                field += f"[{part + 1}]"
            else:
                entry, field = name, ""
        else:
            here = here.get(part) if isinstance(here, dict) else None
            field += f".{part}" if field else part
    return entry, field


def _entry_name(entry: Any) -> str | None:
    if isinstance(entry, dict):
        for name in ENTRY_NAMES:
            if name in entry:
                return str(entry[name])
    return None
