"""Find public functions and classes that nothing but tests refers to."""

import ast
import re
from collections.abc import Container, Iterable, Iterator, Mapping

from bench.house.import_circles import imported_modules, imports_of
from bench.house.modules import Module

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
# A decorator with one of these names registers the function, as `@links.command("list")` does.
REGISTERING = {"command", "group"}


def unused_names(modules: Iterable[Module], defining: set[str]) -> list[str]:
    """Return the dotted names of public functions and classes that no module refers to.

    Only names at the top level of modules in the packages `defining` are checked. A name is used if its own module
    refers to it outside its definition. It is also used if another module imports it, reads it as an attribute of the
    imported module, or has it in a string such as "planner.cli.main:cli". A re-export by a package does not count.
    """
    by_name = {module.name: module for module in modules}
    imports = {name: {target for target, _ in _imports(module)} for name, module in by_name.items()}
    public = {
        f"{name}.{node.name}": node
        for name, module in by_name.items()
        if name.partition(".")[0] in defining
        for node in _public(module.tree)
    }
    used = set(_used(by_name, imports, {node.name for node in public.values()}))
    return [
        dotted
        for dotted, node in public.items()
        if dotted not in used and not _is_used_here(node, by_name[dotted.rpartition(".")[0]].tree)
    ]


def _imports(module: Module) -> Iterator[tuple[str, object]]:
    return imports_of(module.name, module.tree, module.is_package)


def _public(tree: ast.Module) -> Iterator[Definition]:
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_") and not _is_registered(node):
            yield node


def _is_registered(node: Definition) -> bool:
    calls = (decorator.func for decorator in node.decorator_list if isinstance(decorator, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in REGISTERING for call in calls)


def _is_used_here(node: Definition, tree: ast.Module) -> bool:
    others = (part for other in tree.body if other is not node for part in ast.walk(other))
    return any(
        (isinstance(part, ast.Name) and part.id == node.name)
        # A type in quotes, as in `cast("Screen", found)`.
        or (isinstance(part, ast.Constant) and part.value == node.name)
        for part in others
    )


def _used(modules: Mapping[str, Module], imports: Mapping[str, set[str]], public: Container[str]) -> Iterator[str]:
    """Yield the names that modules use from other modules, as dotted names in the defining modules.

    Attributes count only if they are among the `public` names.
    """
    for name, module in modules.items():
        if not module.is_package:
            yield from (_defined(target, modules, imports) for target in imports[name])
        read = {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute) and node.attr in public}
        for target in imported_modules(imports[name], modules):
            yield from (_defined(f"{target}.{attribute}", modules, imports) for attribute in read)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from (
                    found.replace(":", ".") for found in re.findall(r"\b(?:planner|tui)\.[\w.]+:\w+", node.value)
                )


def _defined(dotted: str, modules: Mapping[str, Module], imports: Mapping[str, set[str]]) -> str:
    """Return the dotted name of an imported name in the module that defines it, also if a package re-exports it."""
    module, _, name = dotted.rpartition(".")
    if module in modules and modules[module].is_package:
        for target in imports[module]:
            if target != dotted and target.rpartition(".")[2] == name:
                return _defined(target, modules, imports)
    return dotted
