"""Finding a text in the bytes of issued files: each format writes it in another way."""

import csv
import html
import io
import json
import zipfile

import pytest

from planner.base.visible_text import one_line
from planner.queries.weeks.issued_text import holds
from planner.weekly.brief.wrapping import wrapped

TEXT = 'Called Mara "M" Vint,\nQuay 4 (港口) <home> at C:\\new & told her mother'


def in_csv(text: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(["T-001", text, "2020-W14"])
    return out.getvalue().encode()


def in_page(text: str) -> bytes:
    return f"<td>T-001</td><td>{html.escape(text)}</td>".replace("\n", "<br>").encode()


def in_workbook(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<si><t>{html.escape(text)}</t></si>")
    return out.getvalue()


FORMATS = {
    "csv": in_csv,
    "json": lambda text: json.dumps({"done": text}, ensure_ascii=False).encode(),
    "escaped-json": lambda text: json.dumps({"done": text}).encode(),
    "page": in_page,
    "workbook": in_workbook,
    "brief": lambda text: "\n".join(wrapped(one_line(text), 20)).encode(),
}


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_found_in_each_format_and_nothing_else_is(form):
    assert holds(FORMATS[form](f"Before. {TEXT} After."), TEXT)
    assert not holds(FORMATS[form]("Called Mara, who is at home."), TEXT)


@pytest.mark.parametrize(
    ("content", "text", "found"),
    [
        ("Light the quay.", "Li", False),
        ("Mr Li, the quay.", "Li", True),
        ("李明在家", "李明", True),
        ("她说李明在\n     家里等着", "李明在家里", True),
        (f"{'港口' * 20}…", "港口" * 30, True),
        ("Nothing", "***", False),
        ("Stars: ***", "***", True),
        (f"{'The story of a name. ' * 4}and more", f"{'The story of a name. ' * 4}which was cut off", True),
    ],
)
def test_short_long_and_odd_texts(content, text, found):
    assert holds(content.encode(), text) is found
