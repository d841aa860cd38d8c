"""Measure how fast the machine is. The budgets are scaled by this."""

from collections.abc import Iterator

from bench.speed import first_paint
from bench.speed.budgets import Figure, Reference
from bench.speed.setting import Setting
from bench.timing import importing, interleaved


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Measure a trivial app's first paint and an import."""
    runs = setting.sizes.runs
    ((painted,),) = first_paint.medians(runs, setting.folder, {"": first_paint.trivial()}).values()
    yield Reference.APP.name, Figure(painted)
    (imported,) = interleaved(runs, {"": importing("sqlalchemy.orm")}).values()
    yield Reference.ORM.name, Figure(imported)


def taken(setting: Setting) -> dict[str, float]:
    """Return the milliseconds that each reference takes now, by its name."""
    return {name: figure.value for name, figure in measure(setting)}
