"""Make a large register as an office would send it: a table with 15 columns in several scripts, as CSV or workbook.

python -m bench.registers.office_files FILE [ITEMS]

The ending of the file says which of the two it is. All names are invented. Every second item carries a report.
"""

import argparse
import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

HEADINGS = (
    "Code",
    "Title",
    "Kind",
    "Theme",
    "Lead",
    "Supporting",
    "Accountable",
    "Start",
    "Due",
    "Weight",
    "Phase",
    "Percent",
    "Done",
    "Next",
    "Note",
)
# The plan that the items belong to, and a day in it for which the reports are true: a plan that is to come has none.
STARTS, ENDS = date(2021, 1, 1), date(2021, 12, 31)
REPORTED = date(2021, 6, 30)

Cell = str | float | date | None

_WORK = (
    "建设第{n}号公共服务中心并投入使用",
    "Open service point {n} for residents",
    "제{n}호 주민센터를 개관하고 운영한다",
    "第{n}地区の避難所を整備する",
    "افتتاح مركز الخدمة رقم {n} للسكان",
    "修建第{n}段綠道並對市民開放",
)
_THEMES = ("一、经济发展", "二、民生", "三、生态环境", "City services", "도시 안전", "地域づくり", "الخدمات العامة")
_KINDS = ("Task", "Key project")
_BODIES = 60
_PEOPLE = 200


def write(path: Path, items: int) -> Path:
    """Write a file with so many items. Its ending is `.csv` or `.xlsx`."""
    rows = map(row, range(1, items + 1))
    if path.suffix == ".xlsx":
        _workbook(path, rows)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS)
            writer.writerows(rows)
    return path


def row(number: int) -> tuple[Cell, ...]:
    """Return the cells of an item."""
    start = STARTS + timedelta(days=number % 90)
    due = ENDS - timedelta(days=number % 200)
    percent = number % 99 + 1 if number % 2 else None
    lead, other = number % _BODIES, (number + 7) % _BODIES
    return (
        f"W-{number:06d}",
        _WORK[number % len(_WORK)].format(n=number),
        _KINDS[number % 3 == 0],
        _THEMES[number % len(_THEMES)],
        f"第{lead}办公室" if lead % 2 else f"Office of district {lead}",
        f"第{other}办公室" if other % 2 else f"Office of district {other}",
        f"Officer {number % _PEOPLE}",
        start,
        due,
        1 + number % 5,
        "in progress" if percent else "not started",
        f"{percent}%" if percent else None,
        f"已完成第{number}段的勘察和设计，正在施工" if percent else None,
        f"Finish section {number} and inspect it" if percent else None,
        f"見第{number}號附件" if number % 10 == 0 else None,
    )


def _workbook(path: Path, rows: Iterator[Sequence[Cell]]) -> None:
    from xlsxwriter import Workbook

    book = Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Register")
    sheet.write_row(0, 0, HEADINGS)
    for number, cells in enumerate(rows, 1):
        sheet.write_row(number, 0, cells)
    book.close()


def main() -> None:
    """Write the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("items", type=int, nargs="?", default=100_000)
    given = parser.parse_args()
    write(given.file, given.items)


if __name__ == "__main__":
    main()
