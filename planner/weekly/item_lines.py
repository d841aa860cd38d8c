"""Make the lines of the section `items` as CSV in parts, half of them in a second process if the register is large."""

import gc
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from planner.base.views import value_class
from planner.queries.items.register import IdsOfPart, ids_in_parts
from planner.tables.csv_form import USUAL, CsvStyle, csv_bytes
from planner.weekly.item_parts import ItemLineReader, ItemLines
from planner.weekly.reading import ItemAndWeekBefore, WeekReading
from planner.weekly.second_reader import Job, SecondReader, second_reader
from planner.weekly.section import Section

if TYPE_CHECKING:
    from sqlalchemy import URL

# The parts that this process makes at least. A second one takes half a second to start, as long as two parts take.
LEAST = 4


@value_class
class PartOfLines:
    """The lines of a part, with the number of items read so far and the total number of items."""

    lines: ItemLines
    read: int
    total: int


def items_header(reading: WeekReading, section: Section[ItemAndWeekBefore], style: CsvStyle = USUAL) -> bytes:
    """Return the header of the CSV."""
    return b"".join(csv_bytes(section.columns_in(reading.instance.frame), (), style))


def read_item_lines(
    reading: WeekReading, section: Section[ItemAndWeekBefore], address: "URL", style: CsvStyle = USUAL
) -> Generator[PartOfLines, None, None]:
    """Yield the lines of all items in code order, part after part. Close the generator before the register.

    `section` is the section `items`, with the columns that the lines shall have, and `style` is that of the CSV.
    `address` is the address of the register. Of a large one, a second process opens it and makes half of the parts.
    """
    parts = list(ids_in_parts(reading, in_order=True))
    half = max(LEAST, len(parts) // 2 + 1)
    columns = [column.name for column in section.columns]
    job = Job(address, gc.get_threshold(), reading.instance, columns, style, [part.ids for part in parts[half:]])
    count = 0
    with second_reader(job) as second:
        for part, lines in zip(
            parts, _lines(ItemLineReader(reading, columns, style), parts, half, second), strict=True
        ):
            count += len(part.ids)
            yield PartOfLines(lines, count, part.total)


def _lines(
    read_lines: ItemLineReader, parts: Sequence[IdsOfPart], half: int, second: SecondReader | None
) -> Iterator[ItemLines]:
    """Yield the lines of the parts of the first half, which this process makes, and then those of the others."""
    yield from (read_lines(part.ids) for part in parts[:half])
    made = second.lines() if second else None
    yield from made or (read_lines(part.ids) for part in parts[half:])
