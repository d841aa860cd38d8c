"""Write the table and the growth curves of docs/performance.md from the results of a run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.docs.documents import with_generated_part
from bench.speed.budgets import BY_HAND, CURVES, REFERENCES, ROWS, Curve, Figure, Reference, Row, Unit

DOCUMENT = Path(__file__).parents[2] / "docs" / "performance.md"
BEGIN = "<!-- Measured: `make bench` writes what follows. A test fails if rows are missing. -->"
END = "<!-- End of what is measured. -->"

HEAD = "| what | yardstick, same run | measured | must | aim | |\n|---|---|---|---|---|---|"
# How often a flat curve may take the time of its first point at its last, to allow for the noise of a machine.
FLAT = 1.25
# The number of blocks of the longest bar.
LONGEST = 40


def update(results: dict[str, Any]) -> None:
    """Replace the measured part of the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(with_generated_part(text, measured_part(results), BEGIN, END), encoding="utf-8")


def measured_part(results: dict[str, Any]) -> str:
    """Return the table of measurements, and the growth curves as a table and as bars."""
    measured = {name: Figure(**figure) for name, figure in results["figures"].items()}
    figures = measured | BY_HAND
    rows = "\n".join(_row(row, figures.get(row.name), _factor(row, figures)) for row in ROWS)
    return "\n\n".join([_machine(results, measured), f"{HEAD}\n{rows}", *_growth(figures)])


def _factor(row: Row, figures: dict[str, Figure]) -> float:
    """Return how much longer the row's reference took here than on the machine of the budgets.

    What was not measured yet keeps the budgets as they are set.
    """
    figure = figures.get(row.name)
    if figure is None or row.reference is None:
        return 1.0
    return figure.references[row.reference.name] / REFERENCES[row.reference]


def _machine(results: dict[str, Any], measured: dict[str, Figure]) -> str:
    took = sum(results["seconds"].values()) / 60
    here = " and ".join(f"{one.value} took {_span(one, measured)} ms" for one in Reference)
    app, orm = REFERENCES.values()
    return (
        f"Measured on {results['day']} on {results['machine']}, in {took:.0f} minutes.\n"
        f"Before and after each part was measured, {here}.\n"
        f"The budgets are for a machine where these take {app} and {orm} ms. The table has them for this one, as it\n"
        "was when the row was measured: the app's milliseconds scale with the first, other times and rates with the\n"
        "second."
    )


def _span(reference: Reference, measured: dict[str, Figure]) -> str:
    """Return the least and the most milliseconds that a reference took, such as `209 to 230`."""
    took = [figure.references[reference.name] for figure in measured.values() if reference.name in figure.references]
    least, most = (f"{milliseconds:.0f}" for milliseconds in (min(took), max(took)))
    return least if least == most else f"{least} to {most}"


def _row(row: Row, figure: Figure | None, factor: float) -> str:
    must, aim = (_scaled(budget, row.unit, factor) for budget in (row.must, row.aim))
    cells = [row.what, row.yardstick, _measured(row.unit, figure), _shown(row.unit, must), _shown(row.unit, aim)]
    return f"| {' | '.join([*cells, _verdict(row.unit, figure, must, aim)])} |"


def _scaled(budget: float | None, unit: Unit, factor: float) -> float | None:
    if budget is None or unit in (Unit.RATIO, Unit.MEGABYTES):
        return budget
    return budget / factor if unit is Unit.RATE else budget * factor


def _measured(unit: Unit, figure: Figure | None) -> str:
    if figure is None:
        return "not measured"
    return _shown(unit, figure.value) + (f" ({figure.detail})" if figure.detail else "")


def _shown(unit: Unit, value: float | None) -> str:
    if value is None:
        return ""
    return {
        Unit.RATIO: f"{value:.2f} ×",
        Unit.LATER: f"+ {value:,.0f} ms",
        Unit.MILLISECONDS: f"{value:,.0f} ms",
        Unit.SECONDS: f"{value:.1f} s",
        Unit.MINUTES: f"{value:.1f} min",
        Unit.MEGABYTES: f"{value:.0f} MB",
        Unit.RATE: f"{value:,.0f}/s",
    }[unit]


def _verdict(unit: Unit, figure: Figure | None, must: float | None, aim: float | None) -> str:
    if figure is None or must is None:
        return ""
    sign = -1 if unit is Unit.RATE else 1
    if aim is not None and sign * figure.value <= sign * aim:
        return "aim met"
    return "must met" if sign * figure.value <= sign * must else "**missed**"


def _growth(figures: dict[str, Figure]) -> Iterator[str]:
    """Yield the curves as a table of seconds, and as bars."""
    curves = {curve: _points(figures, curve) for curve in CURVES}
    sizes = sorted({size for points in curves.values() for size in points})
    lines = [f"| items | {' | '.join(f'{size:,}' for size in sizes)} | |", "|---" * (len(sizes) + 2) + "|"]
    bars = []
    for curve, points in curves.items():
        cells = [f"{points[size]:.2f} s" if size in points else "–" for size in sizes]
        lines.append(f"| {curve.what} | {' | '.join(cells)} | {_flatness(curve, points)} |")
        for size, seconds in points.items():
            name = curve.name if size == min(points) else ""
            bar = "█" * max(1, round(LONGEST * seconds / max(points.values())))
            bars.append(f"{name:<15}{size:>10,}  {bar} {seconds:.2f} s")
    yield "### Growth\n\nSeconds at growing sizes of the register; –: not measured."
    yield "\n".join(lines)
    yield "The same as bars, each curve by its own scale:\n\n```\n" + "\n".join(bars) + "\n```"


def _points(figures: dict[str, Figure], curve: Curve) -> dict[int, float]:
    """Return a curve's seconds by size."""
    points = {
        name.partition("@")[2]: figure.value for name, figure in figures.items() if name.startswith(f"{curve.name}@")
    }
    return {int(size): milliseconds / 1000 for size, milliseconds in points.items()}


def _flatness(curve: Curve, points: dict[int, float]) -> str:
    """Return a text that says whether a curve that should be flat is flat."""
    if not curve.flat or not points:
        return ""
    return "flat" if points[max(points)] <= FLAT * points[min(points)] else "**should be flat**"
