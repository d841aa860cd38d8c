"""Measure how fast the machine is. The budgets are scaled by this."""

from bench.speed import first_paint
from bench.speed.budgets import Reference
from bench.speed.setting import Setting
from bench.timing import importing, interleaved


def taken(setting: Setting) -> dict[str, float]:
    """Return the milliseconds that a trivial app's first paint and an import take now, by the reference's name."""
    runs = setting.sizes.runs
    ((painted,),) = first_paint.medians(runs, setting.folder, {"": first_paint.trivial()}).values()
    (imported,) = interleaved(runs, {"": importing("sqlalchemy.orm")}).values()
    return {Reference.APP.name: painted, Reference.ORM.name: imported}
