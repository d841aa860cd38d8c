"""Compare two folders of files, and count the lines by which the files differ."""

import difflib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ARCHIVES = {".zip", ".xlsx"}
# Names an archive in the list if its bytes differ although its members are the same.
ARCHIVE_ITSELF = "(the archive itself)"


@dataclass(frozen=True)
class FileDifference:
    """How a file differs in two folders.

    `lines` are the lines of the diff. `only_in` names the folder if only one of them has the file.
    """

    name: str
    lines: tuple[str, ...] = ()
    only_in: str = ""
    is_same: bool = False

    @property
    def outcome(self) -> str:
        """The result of the comparison in words."""
        if self.only_in:
            return f"only {self.only_in}"
        if self.is_same:
            return "same"
        if not self.lines:
            return "differs: not as text"
        removed = sum(line.startswith("-") for line in self.lines)
        count = max(removed, len(self.lines) - removed)
        return f"differs: {count} line{'s' if count > 1 else ''}"


def compare_folders(before: Path, after: Path) -> list[FileDifference]:
    """Compare all files below two folders, by name."""
    return _compare_files(_files(before), _files(after))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def _compare_files(before: dict[str, bytes], after: dict[str, bytes], prefix: str = "") -> list[FileDifference]:
    found: list[FileDifference] = []
    for name in sorted(before.keys() | after.keys()):
        if name in before and name in after:
            found += _compare(prefix + name, before[name], after[name])
        else:
            found.append(FileDifference(prefix + name, only_in="before" if name in before else "after"))
    return found


def _compare(name: str, before: bytes, after: bytes) -> list[FileDifference]:
    if before == after:
        return [FileDifference(name, is_same=True)]
    if Path(name).suffix in ARCHIVES:
        return _compare_archives(name, before, after)
    return [FileDifference(name, tuple(_diff(_lines(name, before), _lines(name, after))))]


def _compare_archives(name: str, before: bytes, after: bytes) -> list[FileDifference]:
    members = _compare_files(_members(before), _members(after), f"{name}: ")
    different = [member for member in members if not member.is_same]
    return different or [FileDifference(f"{name}: {ARCHIVE_ITSELF}")]


def _members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as members:
        return {name: members.read(name) for name in members.namelist()}


def _lines(name: str, content: bytes) -> list[str]:
    """Return the content's lines. JSON and markup are broken into more lines, so that a difference is a short line."""
    text = content.decode("utf-8", "replace")
    if Path(name).suffix == ".json":
        return json.dumps(json.loads(text), indent=1, ensure_ascii=False).splitlines()
    if Path(name).suffix in {".xml", ".svg"}:
        text = text.replace("><", ">\n<")
    return text.splitlines()


def _diff(before: list[str], after: list[str]) -> Iterator[str]:
    """Yield the removed and added lines, each beginning with - or +. Common lines are left out."""
    lines = difflib.unified_diff(before, after, lineterm="", n=0)
    for line in list(lines)[2:]:
        if not line.startswith("@@"):
            yield line


def table(differences: list[FileDifference]) -> Iterator[str]:
    """Yield the lines of a Markdown table with a line per file."""
    yield "| file | compared |"
    yield "|---|---|"
    for difference in differences:
        yield f"| {difference.name} | {difference.outcome} |"


def details(differences: list[FileDifference]) -> Iterator[str]:
    """Yield the lines that differ, file by file."""
    for difference in differences:
        if difference.lines:
            yield f"=== {difference.name}"
            yield from difference.lines
            yield ""
