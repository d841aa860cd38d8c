"""JSON documents are written in pieces, so that large ones need little memory."""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from planner.domain.vocabulary import Phase
from planner.tables.json_form import json_pieces, json_text, json_value

CONTENT = {
    "phases": (Phase.IN_PROGRESS,),
    "days": {Phase.COMPLETED: date(2031, 1, 2)},
    "nothing": None,
    "text": "a\u202eb",
}


class Line(Mapping[str, int]):
    """A line of a document, which notes that it was converted."""

    def __init__(self, converted: list[int], number: int) -> None:
        self._converted = converted
        self._number = number

    def __getitem__(self, key: str) -> int:
        return self._number

    def __iter__(self) -> Iterator[str]:
        self._converted.append(self._number)
        return iter(("number",))

    def __len__(self) -> int:
        return 1


def test_the_pieces_are_the_document():
    text = json_text("sample", CONTENT)
    assert "".join(json_pieces("sample", CONTENT)) == text
    assert json.loads(text) == {"kind": "planner-sample", "version": 1, "sample": json_value(CONTENT)}
    assert "\u202e" not in text


def test_what_comes_later_is_not_converted_before_a_piece_is_written():
    converted: list[int] = []
    pieces = json_pieces("sample", [Line(converted, number) for number in range(20_000)])
    next(pieces)
    assert 0 < len(converted) < 10_000
    assert sum(piece.count('"number"') for piece in pieces) + len(converted) >= 20_000
