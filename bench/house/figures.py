"""Compute code metrics: sizes, folders, circles of imports, functions, names and messages."""

import ast
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.house.import_circles import When, circles, imported_modules, imports_of
from bench.house.modules import Function, Module
from bench.house.unused_names import unused_names

WORDS = ("told", "said", "asked", "anew", "beside", "of which", "is none")
LARGE_FOLDER = 20
LONG_FUNCTION = 30
# Up to this many unused names are listed.
MOST_NAMED = 5

BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


def figures(modules: list[Module]) -> dict[str, str]:
    """Return all metrics by their labels."""
    code = [module for module in modules if module.package != "tests"]
    tests = [module for module in modules if module.package == "tests"]
    return {
        **_sizes(code, tests),
        **_circles(code),
        **_functions(code),
        **_repeated_names(code),
        **_unused_names(code),
        **_habits(code),
        **_messages(code),
    }


def _sizes(code: list[Module], tests: list[Module]) -> dict[str, str]:
    per_folder = Counter(str(module.path.parent) for module in code)
    per_test_folder = Counter(str(module.path.parent) for module in tests)
    return {
        "lines outside tests": _number(sum(module.lines for module in code)),
        "lines in tests": _number(sum(module.lines for module in tests)),
        "files outside tests": _number(len(code)),
        "files in tests": _number(len(tests)),
        "largest folders": ", ".join(f"{name} {count}" for name, count in per_folder.most_common(6)),
        f"folders of over {LARGE_FOLDER} files": _number(_large(per_folder)),
        f"test folders of over {LARGE_FOLDER} files": _number(_large(per_test_folder)),
    }


def _large(per_folder: Counter[str]) -> int:
    return sum(count > LARGE_FOLDER for count in per_folder.values())


def circles_of(code: list[Module], until: When) -> list[list[str]]:
    """Return the groups of modules that all import each other, counting only imports executed at `until` or earlier."""
    by_name = {module.name: module for module in code}
    edges = {
        name: imported_modules(
            (target for target, when in imports_of(name, module.tree, module.is_package) if when <= until), by_name
        )
        for name, module in by_name.items()
    }
    return circles(edges)


def _circles(code: list[Module]) -> dict[str, str]:
    def counted(until: When) -> str:
        sizes = [len(circle) for circle in circles_of(code, until)]
        return f"{len(sizes)} of {sum(sizes)} modules" if sizes else "0"

    return {
        "import circles at run time": counted(When.AT_START),
        "… imports in functions counted": counted(When.IN_FUNCTION),
        "… and imports for types only": counted(When.FOR_TYPES),
    }


def _functions(code: list[Module]) -> dict[str, str]:
    # Migrations are never changed, and one of them makes the whole schema in one function.
    functions = [function for module in code if module.package != "migrations" for function in module.functions]
    sizes = sorted(_size(function) for function in functions) or [0]
    documented = [ast.get_docstring(node) is not None for module in code for node in _documentable(module)]
    return {
        "functions": _number(len(functions)),
        "function lines, median": _number(round(statistics.median(sizes))),
        "function lines, 90th percentile": _number(sizes[int(0.9 * (len(sizes) - 1))]),
        "function lines, longest": _number(sizes[-1]),
        f"functions of over {LONG_FUNCTION} lines": _number(sum(size > LONG_FUNCTION for size in sizes)),
        "deepest nesting": _number(max((_nesting(function) for function in functions), default=0)),
        "public parts with a docstring": _share(sum(documented), len(documented)),
    }


def _size(function: Function) -> int:
    """Return the lines of a function from `def` to its end, without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    docstring = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
    return lines - ((docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0)


def _nesting(node: ast.AST) -> int:
    """Return the greatest depth of nested blocks in a function. An `elif` is no deeper than its `if`."""
    return max((_depth(node, child) + _nesting(child) for child in ast.iter_child_nodes(node)), default=0)


def _depth(parent: ast.AST, child: ast.AST) -> int:
    if not isinstance(child, BLOCKS):
        return 0
    is_elif = isinstance(parent, ast.If) and isinstance(child, ast.If) and parent.orelse == [child]
    return 0 if is_elif else 1


def _documentable(module: Module) -> Iterator[ast.Module | ast.ClassDef | Function]:
    """Yield the module, and its public classes, functions and methods."""
    yield module.tree
    for node in ast.walk(module.tree):
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node


def _repeated_names(code: list[Module]) -> dict[str, str]:
    in_modules = Counter(name for module in code for name in set(module.top_names))
    folders: dict[tuple[str, str], set[Path]] = defaultdict(set)
    for module in code:
        if not module.path.stem.startswith("__"):
            folders[module.package, module.path.stem].add(module.path.parent)
    public = [name for name, count in in_modules.items() if count > 1 and not name.startswith("_")]
    private = [name for name, count in in_modules.items() if count > 2 and name.startswith("_")]
    return {
        "public names in several modules": _number(len(public)),
        "private names in three modules or more": _number(len(private)),
        "file names in several folders of a package": _number(sum(len(found) > 1 for found in folders.values())),
    }


def _unused_names(code: list[Module]) -> dict[str, str]:
    found = unused_names(code, {"planner", "tui"})
    names = f": {', '.join(found)}" if 0 < len(found) <= MOST_NAMED else ""
    return {"public names that only tests use": f"{len(found)}{names}"}


def _habits(code: list[Module]) -> dict[str, str]:
    core = [module for module in code if module.is_below_the_edges]
    planner = (node for module in code if module.package == "planner" for node in ast.walk(module.tree))
    values = sum(isinstance(node, ast.Attribute) and node.attr == "value" for node in planner)
    # A variable of a style sheet, such as var(--paper), is no option.
    option = re.compile(r"(?<![\w-])(?<!var\()--[a-z]")
    options = sum(len(option.findall(text)) for module in core for text, _ in module.strings)
    clumps = sum(_is_clump(function) for module in code for function in module.functions)
    return {
        "`.value` in planner": _number(values),
        "option names in strings below the edges": _number(options),
        "functions of over 5 parameters with session and plan": _number(clumps),
    }


def _is_clump(function: Function) -> bool:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return len(names) > 5 and {"session", "plan"} <= set(names)


def _messages(code: list[Module]) -> dict[str, str]:
    product = [module for module in code if module.package in {"planner", "tui"}]
    text = "\n".join(module.text for module in product)
    sentences = [
        translated
        for module in product
        for string, translated in module.strings
        if re.search(r"[A-Za-z]{2,} [a-z]+ [a-z]+", string)
    ]
    return {
        **{f"the word '{word}'": _number(_occurrences(word, text)) for word in WORDS},
        "sentences in strings": _number(len(sentences)),
        "… through tr or tr_count": _share(sum(sentences), len(sentences)),
    }


def _occurrences(word: str, text: str) -> int:
    """Return how often a word or a phrase occurs in a text."""
    return len(re.findall(rf"\b{word}\b", text))


def _number(count: int) -> str:
    return f"{count:,}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"
