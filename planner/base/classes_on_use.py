"""Classes that SQLAlchemy makes when it is imported, made when they are first used.

For each of its 105 kinds of columns, tables and statements, SQLAlchemy makes a second class, for copies with notes
(`sqlalchemy.sql.annotation`). A command uses some 15 of them.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

MODULE = "sqlalchemy.sql.annotation"


def make_on_use() -> None:
    """Let SQLAlchemy make these classes on first use. It does so by itself for classes that a program defines."""
    if MODULE not in sys.modules and _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)


# docs/decisions/0156: SQLAlchemy calls the replaced function during its import, so the import has to be intercepted.
class _Finder:
    """Finds the module as Python does, and changes it right after it was loaded."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the specification of the module, or None for any other module."""
        if name != MODULE:
            return None
        sys.meta_path.remove(_Finder)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            _run_after(spec.loader)
        return spec


def _run_after(loader: Any) -> None:
    run = loader.exec_module

    def run_and_change(module: ModuleType) -> None:
        run(module)
        _change(module)

    loader.exec_module = run_and_change


def _change(annotation: Any) -> None:
    """Let the module note hierarchies of classes in place of making a class for each of their members."""
    if not hasattr(annotation, "_new_annotation_type") or not hasattr(annotation, "_prepare_annotations"):
        return
    make = annotation._new_annotation_type
    hierarchies: dict[type, type] = {}

    def made(cls: type, base: type) -> Any:
        top = next((one for one in hierarchies if issubclass(cls, one)), None)
        if top is None:
            return make(cls, base)
        above = next((one for one in cls.__mro__[1:] if issubclass(one, top)), None)
        if above is not None:
            # SQLAlchemy takes the nearest class that exists as the base.
            made(above, base)
        return make(cls, hierarchies[top])

    def note(top: type, base: type) -> None:
        earlier = tuple(hierarchies)
        for cls in annotation.util.walk_subclasses(top):
            nearest = next((one for one in cls.__mro__[1:] if issubclass(one, (top, *earlier))), cls)
            if issubclass(cls, earlier) and not issubclass(nearest, earlier):
                # The class belongs to an earlier hierarchy, but later its base would be taken from this one.
                made(cls, base)
        hierarchies[top] = base
        make(top, base)

    annotation._new_annotation_type = made
    annotation._prepare_annotations = note
