"""Reading JSON documents entry by entry gives what reading them as a whole does."""

import io
import json

import pytest

from planner.intake.files import json_lists
from planner.intake.files.json_lists import JsonLists


def read(content: bytes) -> dict[str, object]:
    """The document, with its lists as lists."""
    fields = JsonLists(io.BytesIO(content)).fields()
    return {name: list(value) if hasattr(value, "__next__") else value for name, value in fields}


@pytest.mark.parametrize("piece", [4, 7, 1 << 20])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_size_of_the_pieces_does_not_matter(piece, encoding, monkeypatch):
    monkeypatch.setattr(json_lists, "_PIECE", piece)
    items = [{"t": '修路 "\\ 🙂', "w": -12.5e3}, 12, None]
    document = {"format": "a", "plan": {"n": 12, "x": [1, {}]}, "items": items, "no": []}
    for indent in (None, 1):
        assert read(json.dumps(document, ensure_ascii=False, indent=indent).encode(encoding)) == document
    assert read(b"{}") == {}


@pytest.mark.parametrize(
    "text", ["", "[", "{", '{"a"', '{"a":', '{"a":[1', '{"a":[1 2]}', '{"a":[1,]}', '{"a":1}}', '{"a":"b', "[1]"]
)
def test_what_is_no_document_is_an_error(text):
    with pytest.raises(ValueError, match=r"missing|Expecting|Unterminated|follows"):
        read(text.encode())
