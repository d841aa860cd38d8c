"""The first run: what somebody is asked who has no register yet, and what each answer does."""

from collections.abc import Callable
from pathlib import Path

from planner.base.language import later, tr, tr_later
from planner.cli.context import Context
from planner.cli.output import print_line, print_paragraph
from planner.cli.setup.demo import open_demonstration
from planner.cli.walk import EndedError, ask_until, unknown_answer


def begin(context: Context, file: Path) -> bool:
    """Ask how to begin, and do it. Return whether there is now a register to open.

    `file` is where the register would be. It is not made if the person only looks at the demonstration, or leaves.
    """
    print_paragraph(tr("There is no register at {file} yet. You can:", file=file))
    for answer, (line, _) in _WAYS.items():
        print_line(f"  {answer}  {tr_later(line)}")
    print_line(tr("  q  leave"))
    try:
        way = ask_until(tr("What do you want?"), _read, "1", first=True)
    except EndedError:
        return False
    return way(context)


def _read(answer: str) -> Callable[[Context], bool]:
    """Return what an answer does. Raises BadValueError if it is none of the ways to begin."""
    if answer not in _WAYS:
        raise unknown_answer(answer, tr("Answer with one of these: {answers}", answers=", ".join([*_WAYS, "q"])))
    return _WAYS[answer][1]


def _look(_context: Context) -> bool:
    open_demonstration(Context())
    return False


def _take_tour(_context: Context) -> bool:
    open_demonstration(Context(), tour=True)
    return False


def _make_own(context: Context) -> bool:
    from planner.cli.plans.new import make_by_questions

    make_by_questions(context)
    return True


def _load_bundled(context: Context) -> bool:
    from planner.base.resources import bundled
    from planner.bundle.reader import read_bundle
    from planner.bundle.references import check
    from planner.cli.setup.init import make_register

    bundle = read_bundle(bundled("seeds"))
    check(bundle)
    make_register(context, bundle, "text")
    return True


# For each answer: what it means, and what it does. The demonstration is a file of its own, whatever register is named.
_WAYS: dict[str, tuple[str, Callable[[Context], bool]]] = {
    "1": (later("look at the demonstration: a simulated year, in a file of its own"), _look),
    "2": (later("make a register for your own plan: you are asked for title and dates"), _make_own),
    "3": (later("take the tour: the demonstration, one line about each screen"), _take_tour),
    "4": (later("make a register with the bundled plan, Beijing 2020"), _load_bundled),
}
