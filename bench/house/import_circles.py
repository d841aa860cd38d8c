"""Find circles of imports: groups of modules that all import each other, directly or through others."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum


class When(IntEnum):
    """When an import is executed."""

    AT_START = 1
    IN_FUNCTION = 2
    FOR_TYPES = 3


def imports_of(module: str, tree: ast.Module, is_package: bool) -> Iterator[tuple[str, When]]:
    """Yield each dotted name that a module imports, and when the import is executed.

    `from a import b` yields `a.b`, because `b` may be a module. `imported_modules` finds the module in such a name.
    """
    package = module if is_package else module.rpartition(".")[0]
    for node, when in _import_statements(tree, When.AT_START):
        if isinstance(node, ast.Import):
            yield from ((alias.name, when) for alias in node.names)
        else:
            parent = _absolute(package, node)
            yield from ((f"{parent}.{alias.name}", when) for alias in node.names)


def _import_statements(node: ast.AST, when: When) -> Iterator[tuple[ast.Import | ast.ImportFrom, When]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, when
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _import_statements(child, max(when, When.IN_FUNCTION))
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            yield from _import_statements(child, When.FOR_TYPES)
        elif not isinstance(child, ast.expr):
            yield from _import_statements(child, when)


def _absolute(package: str, node: ast.ImportFrom) -> str:
    """Return the absolute name of the module after `from`."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def imported_modules(names: Iterable[str], modules: Mapping[str, object]) -> set[str]:
    """Return the modules that these dotted names import.

    Each dotted name refers to the longest name of a module that it begins with.
    """
    return {found for name in names if (found := _module_in(name, modules))}


def _module_in(name: str, modules: Mapping[str, object]) -> str:
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


def circles(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the strongly connected components of more than one module, the largest first (Tarjan's algorithm)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def close(root: str) -> None:
        component = stack[stack.index(root) :]
        del stack[-len(component) :]
        for module in component:
            lowest[module] = len(edges)
        if len(component) > 1:
            found.append(sorted(component))

    def visit(module: str) -> None:
        order[module] = lowest[module] = len(order)
        stack.append(module)
        for target in sorted(edges[module] - {module}):
            if target not in order:
                visit(target)
            lowest[module] = min(lowest[module], lowest[target])
        if lowest[module] == order[module]:
            close(module)

    for module in sorted(edges):
        if module not in order:
            visit(module)
    return sorted(found, key=len, reverse=True)
