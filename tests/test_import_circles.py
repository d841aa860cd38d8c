"""Imports without circles, so that each module can be read, and changed, with only what it imports in mind."""

import ast
from pathlib import Path

import pytest

from bench.import_circles import When, circles, imported_modules, imports_of

ROOT = Path(__file__).parent.parent


def modules() -> dict[str, tuple[ast.Module, bool]]:
    """Every module of the program by its dotted name, with its syntax tree and whether it is a package."""
    found = {}
    for file in (path for folder in ("planner", "tui") for path in (ROOT / folder).rglob("*.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = (ast.parse(file.read_text(encoding="utf-8")), file.name == "__init__.py")
    return found


@pytest.mark.parametrize("when", When)
def test_no_modules_import_each_other(when: When) -> None:
    """Not when the program starts, not inside functions, and not for types."""
    known = modules()
    edges = {
        name: imported_modules((imported for imported, at in imports_of(name, tree, package) if at <= when), known)
        for name, (tree, package) in known.items()
    }
    assert circles(edges) == []
