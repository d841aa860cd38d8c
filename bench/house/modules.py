"""Read the Python files of the repository, as they are now or at a git revision."""

import ast
import io
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OURS = {"build", "dist", "node_modules", "__pycache__"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A Python file: its path below the root of the repository, and its text."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        """The dotted name by which the module is imported."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if self.is_package else parts)

    @property
    def is_package(self) -> bool:
        """Whether the module is the `__init__.py` of a package."""
        return self.path.name == "__init__.py"

    @property
    def package(self) -> str:
        """The top-level folder of the repository that contains the module."""
        return self.path.parts[0]

    @property
    def is_below_the_edges(self) -> bool:
        """Whether the module belongs to the core, which knows neither the command line nor the app."""
        return self.package == "planner" and self.path.parts[1] != "cli"

    @property
    def lines(self) -> int:
        """The number of the module's lines."""
        return len(self.text.splitlines())

    @cached_property
    def functions(self) -> list[Function]:
        """All functions and methods in the module."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @property
    def top_names(self) -> list[str]:
        """The names of functions and classes at the top level of the module."""
        return [node.name for node in self.tree.body if isinstance(node, Function | ast.ClassDef)]

    @cached_property
    def strings(self) -> list[tuple[str, bool]]:
        """The module's string literals except docstrings, and whether each is passed to `tr` or `tr_count`."""
        return list(_strings(self.tree, translated=False))


def read_modules(root: Path) -> list[Module]:
    """Read all Python files below a folder, except in folders that are hidden or hold built files."""
    files = sorted(_files(root))
    return [Module(file.relative_to(root), file.read_text(encoding="utf-8")) for file in files]


def read_revision(revision: str, root: Path = ROOT) -> list[Module]:
    """Read the Python files of a revision of the git repository at `root`."""
    command = ["git", "archive", "--format=zip", revision]
    archive = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, check=True).stdout
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        paths = [path for name in sorted(files.namelist()) if _is_ours(path := Path(name))]
        return [Module(path, files.read(path.as_posix()).decode()) for path in paths]


def _files(folder: Path) -> Iterator[Path]:
    # Folders that are not ours can have more files than all others together.
    for found in folder.iterdir():
        if found.is_dir() and _is_folder_of_ours(found.name):
            yield from _files(found)
        elif found.suffix == ".py":
            yield found


def _is_folder_of_ours(name: str) -> bool:
    return name not in NOT_OURS and not name.startswith(".")


def _is_ours(path: Path) -> bool:
    return path.suffix == ".py" and all(map(_is_folder_of_ours, path.parts[:-1]))


def _strings(node: ast.AST, translated: bool) -> Iterator[tuple[str, bool]]:
    """Yield the string literals below a node, except bare strings such as docstrings. An f-string is one text."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, translated
    elif isinstance(node, ast.JoinedStr):
        yield "".join(_literal(part) for part in node.values), translated
    else:
        translated = translated or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tr", "tr_count"}
        )
        for child in ast.iter_child_nodes(node):
            yield from _strings(child, translated)


def _literal(part: ast.expr) -> str:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "…"
