"""What is said about a register of `planner export register --format json` that somebody cut off or edited."""

import json
from pathlib import Path
from typing import Any

import pytest

from planner.base.errors import ImportFileError
from planner.intake.files.reading import read_files
from planner.intake.files.register_file import FORMAT

ITEMS = [{"code": "1.1", "percent": 40}, {"code": "1.10", "theme": ["Harbour", "Quays"], "colour": "red"}]


def written(folder: Path, document: Any, indent: int | None = 1) -> Path:
    path = folder / "r.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document, indent=indent), encoding="utf-8")
    return path


def register(**lists: Any) -> dict[str, Any]:
    return {"format": FORMAT, "plan": {"key": "a-year"}, **lists}


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (register(items={"1.1": {}}), "in line 6, 'items' is not a list of entries"),
        (register(items=[*ITEMS, 5]), "in line 19, an entry of 'items' has no fields"),
        (register(items=[{"lead": {"name": "x"}}]), "in line 7, 'lead' of an entry is not a text, a number"),
        (register(items=[{"theme": [["x"]]}]), "in line 7, 'theme' of an entry is not a text, a number"),
        (register() | {"format": "planner-register/9"}, "has the form planner-register/9, which this version"),
        ({"items": ITEMS}, "not a register that planner exported. .* which begins with {.format.: .planner-register"),
        (ITEMS, "not a register that planner exported"),
        ({"items": {}}, "not a register that planner exported"),
        (json.dumps(register(items=ITEMS))[:-9], "the file ends in line 1, in the middle of the register"),
        (json.dumps(register(items=ITEMS), indent=1).replace("40", "4 0"), "line 9 or the one before it cannot"),
        (f'{{"format": "{FORMAT}",\n"items": [],\n"items": []}}', "in line 3, the list 'items' is there twice"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(document: Any, what: str, tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match=what):
        read_files([written(tmp_path, document)])


@pytest.mark.parametrize(("indent", "rows"), [(1, [6, 7, 11]), (None, [0, 1, 2])])
def test_an_entry_is_found_by_its_line_or_else_by_its_number(
    indent: int | None, rows: list[int], tmp_path: Path
) -> None:
    (sheet,) = read_files([written(tmp_path, register(items=ITEMS), indent)]).sheets
    assert [row.number for row in sheet.rows] == rows
    # The name of a field stands beside the place, unless it is none of a register. Cells have no letters.
    assert [str(sheet.place(rows[2], column)) for column in (3, 4)] == [
        f"r.json: items!{rows[2]}",
        f"r.json: items!{rows[2]} colour",
    ]
